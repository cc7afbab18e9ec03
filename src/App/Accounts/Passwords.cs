using Breakwater.App.Accounts.Store;
using Microsoft.AspNetCore.Identity;

namespace Breakwater.App.Accounts;

/// <summary>Which passwords are taken, and the work of hashing them, of which only so much is done at once.</summary>
internal sealed class Passwords(IPasswordHasher<Account> hasher) : IDisposable
{
    public const int LengthMin = 12;
    public const int LengthMax = 256;

    /// <summary>Rounds of PBKDF2 with HMAC-SHA512: OWASP asks for 210,000.</summary>
    public const int Rounds = 250_000;

    private const int AtOnce = 2;
    private const int WaitingMax = 32;
    private const int DifferentMin = 6;

    /// <summary>What the commonest passwords are made of, in the languages of the pages; digits around them add little.</summary>
    private static readonly string[] _common =
    [
        "password",
        "passw0rd",
        "motdepasse",
        "breakwater",
        "qwertyuiop",
        "qwerty",
        "azertyuiop",
        "azerty",
        "asdfghjkl",
        "letmein",
        "welcome",
        "bienvenue",
        "iloveyou",
        "administrator",
        "admin",
        "abcdefghijkl",
        "abcdef",
        "abc",
        "dragon",
        "football",
        "sunshine",
        "princess",
        "monkey",
        "master",
        "secret",
        "changeme",
        "marhaba",
        "habibi",
    ];

    private readonly SemaphoreSlim _turns = new(AtOnce);
    private readonly Lazy<string> _nobodys = new(() =>
        hasher.HashPassword(new Account(), Secret.Code())
    );
    private int _waiting;

    /// <summary>Null for a password that is taken.</summary>
    public static NotDone? Problem(string name, string password)
    {
        if (password.Length < LengthMin)
        {
            return NotDone.PasswordShort;
        }

        return password.Length > LengthMax ? NotDone.PasswordLong
            : IsCommon(name, password) ? NotDone.PasswordCommon
            : null;
    }

    public void Dispose() => _turns.Dispose();

    /// <summary>Does work that hashes a password, when it is its turn.</summary>
    /// <returns>Default when so much waits already that this would only wait in vain.</returns>
    public async Task<(bool Done, T? Result)> InTurn<T>(
        Func<Task<T>> work,
        CancellationToken cancel
    )
    {
        if (Interlocked.Increment(ref _waiting) > WaitingMax)
        {
            Interlocked.Decrement(ref _waiting);
            return (false, default);
        }

        try
        {
            await _turns.WaitAsync(cancel).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }

        try
        {
            return (true, await work().ConfigureAwait(false));
        }
        finally
        {
            _turns.Release();
        }
    }

    /// <summary>The same work whether or not there is such an account, or a password of it.</summary>
    public bool Fits(Account? account, string password) =>
        hasher.VerifyHashedPassword(
            account ?? new Account(),
            account?.PasswordHash ?? _nobodys.Value,
            password[..Math.Min(password.Length, LengthMax)]
        ) != PasswordVerificationResult.Failed
        && account?.PasswordHash is not null;

    private static bool IsCommon(string name, string password)
    {
        string rest = password.ToLowerInvariant();
        if (name.Length > 0)
        {
            rest = rest.Replace(name.ToLowerInvariant(), "", StringComparison.Ordinal);
        }

        foreach (string word in _common)
        {
            rest = rest.Replace(word, "", StringComparison.Ordinal);
        }

        return rest.Count(char.IsLetter) + (rest.Count(letter => !char.IsLetter(letter)) / 3)
                < DifferentMin
            || password.Distinct().Count() < DifferentMin
            || IsRun(rest);
    }

    /// <summary>Letters that mostly follow each other: <c>123456789012</c>, <c>zyxwvu</c>.</summary>
    private static bool IsRun(string text)
    {
        int steps = text.Skip(1)
            .Zip(text, (after, before) => Math.Abs(after - before) <= 1)
            .Count(isStep => isStep);
        return text.Length > 1 && steps * 4 >= (text.Length - 1) * 3;
    }
}
