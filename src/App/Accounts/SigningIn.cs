using Breakwater.App.Accounts.Store;
using Microsoft.AspNetCore.Identity;

namespace Breakwater.App.Accounts;

/// <summary>Signing in with a pseudonym and a password.</summary>
internal sealed class SigningIn(
    UserManager<Account> accounts,
    Passwords passwords,
    TimeProvider clock
)
{
    private const int WrongTriesFree = 5;
    private static readonly TimeSpan _firstRest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _longestRest = TimeSpan.FromHours(1);

    /// <summary>
    /// After five wrong tries the account rests, each time twice as long, up to an hour. Passkeys and recovery codes cannot be
    /// guessed, so they open a resting account: nobody is kept out of it by someone else's tries.
    /// </summary>
    public async Task<(Account? Account, NotDone? Why)> Try(
        string name,
        string password,
        CancellationToken cancel
    )
    {
        // Looked up within the turn: whoever tries many at once does not outrun the count.
        (bool done, Account? account) = await passwords
            .InTurn(() => Fitting(name, password), cancel)
            .ConfigureAwait(false);
        return done
            ? (account, account is null ? NotDone.NotAccepted : null)
            : (null, NotDone.Busy);
    }

    /// <summary>How long an account rests after so many wrong tries in a row.</summary>
    public static TimeSpan Rest(int wrongTries) =>
        wrongTries < WrongTriesFree
            ? TimeSpan.Zero
            : TimeSpan.FromSeconds(
                Math.Min(
                    _firstRest.TotalSeconds * Math.Pow(2, wrongTries - WrongTriesFree),
                    _longestRest.TotalSeconds
                )
            );

    private async Task<Account?> Fitting(string name, string password)
    {
        Account? account = AccountName.IsForm(name)
            ? await accounts.FindByNameAsync(name).ConfigureAwait(false)
            : null;
        DateTimeOffset now = clock.GetUtcNow();
        bool isResting = account?.LockoutEnd > now;
        bool fits = passwords.Fits(account, password);
        if (account?.PasswordHash is null || isResting)
        {
            return null;
        }

        if (fits && account.AccessFailedCount == 0)
        {
            return account;
        }

        account.AccessFailedCount = fits ? 0 : account.AccessFailedCount + 1;
        TimeSpan rest = Rest(account.AccessFailedCount);
        account.LockoutEnd = rest > TimeSpan.Zero ? now + rest : null;
        // The count must be on record before the answer: a try that is not counted is not accepted either.
        return (await accounts.UpdateAsync(account).ConfigureAwait(false)).Succeeded && fits
            ? account
            : null;
    }
}
