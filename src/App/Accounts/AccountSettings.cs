namespace Breakwater.App.Accounts;

/// <summary>Where accounts are kept, and how their doors are set.</summary>
/// <param name="Folder">The data folder: the file of accounts and the keys of forms lie there.</param>
/// <param name="Postgres">Connection to the database server that holds the accounts; null for a file of the data folder.</param>
/// <param name="Outside">Sign-in with an outside provider; null, the default, for none.</param>
public sealed record AccountSettings(
    string Folder,
    string? Postgres = null,
    OutsideSignIn? Outside = null
)
{
    public AccountLimits Limits { get; init; } = new();

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>As the operator has set them for a data folder: the accounts lie in the server of the store where there is one.</summary>
    public static AccountSettings Of(string folder)
    {
        Settings settings = Settings.Read(folder);
        return new AccountSettings(
            folder,
            settings.Store.Length > 0 ? settings.Store : null,
            settings.Outside
        );
    }
}

/// <summary>An OpenID Connect provider that the operator has chosen.</summary>
/// <param name="Name">What the pages call it.</param>
/// <param name="SecretFile">Path of the file that holds the client's secret.</param>
public sealed record OutsideSignIn(string Name, Uri Authority, string ClientId, string SecretFile);

/// <summary>How much one origin may do at the doors of accounts.</summary>
/// <param name="SignIns">In five minutes: a whole camp may stand behind one address.</param>
/// <param name="Registrations">In an hour.</param>
public sealed record AccountLimits(int SignIns = 60, int Registrations = 20);
