using System.Security.Claims;

namespace Breakwater.App.Accounts;

/// <summary>
/// Whose request it is. It says who, and nothing of what they may do: organisation and roles stand in the ledger, and an
/// account alone grants no permission.
/// </summary>
/// <param name="Person">The pseudonym; it is the author of what is done.</param>
/// <param name="IsService">A machine that a person answers for.</param>
/// <param name="Scopes">What the token is limited to; null for a person who signed in on the pages.</param>
public sealed record SignedIn(string Person, bool IsService, IReadOnlySet<string>? Scopes)
{
    /// <summary>The person who answers for a service account; the person itself otherwise.</summary>
    public string AnsweredForBy { get; init; } = Person;

    /// <summary>May seat the first registrar of a fresh node.</summary>
    public bool IsOperator { get; init; }

    /// <summary>Null when nobody is signed in.</summary>
    public static SignedIn? Of(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return (context.User.Identity as KnownIdentity)?.Who;
    }

    /// <summary>Whether the token lets its holder read subjects of a kind.</summary>
    public bool MayRead(string kind) => MayWrite(kind) || Scopes!.Contains(TokenScope.Read);

    /// <summary>Whether the token lets its holder send commands to subjects of a kind.</summary>
    public bool MayWrite(string kind) =>
        Scopes is null || Scopes.Contains(TokenScope.Write) || Scopes.Contains(kind);
}

/// <summary>The scopes that are not the name of a kind.</summary>
public static class TokenScope
{
    /// <summary>Read everything that the account may read.</summary>
    public const string Read = "read";

    /// <summary>Read, and send every command that the account may send.</summary>
    public const string Write = "write";
}

/// <summary>An identity that carries <see cref="SignedIn"/>, so that nobody takes it out of claims again.</summary>
internal sealed class KnownIdentity(Guid account, SignedIn who, string scheme)
    : ClaimsIdentity([new Claim(ClaimTypes.Name, who.Person)], scheme)
{
    public Guid Account { get; } = account;

    public SignedIn Who { get; } = who;
}
