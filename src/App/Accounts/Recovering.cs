using Breakwater.App.Accounts.Store;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Breakwater.App.Accounts;

/// <summary>Recovery codes: written on paper, each opens the account once and sets a new password.</summary>
internal sealed class Recovering(
    UserManager<Account> users,
    AccountsContext accounts,
    Passwords passwords
)
{
    public const int CodesAtOnce = 10;

    /// <summary>Makes new codes; those from before are void.</summary>
    /// <returns>The codes, which nobody can read again.</returns>
    public async Task<IReadOnlyList<string>> Make(Guid account, int count, CancellationToken cancel)
    {
        string[] codes = [.. Enumerable.Range(0, count).Select(_ => Secret.Code())];
        List<RecoveryCode> before = await accounts
            .RecoveryCodes.Where(each => each.AccountId == account)
            .ToListAsync(cancel)
            .ConfigureAwait(false);
        accounts.RecoveryCodes.RemoveRange(before);
        accounts.RecoveryCodes.AddRange(
            codes.Select(code => new RecoveryCode
            {
                Id = Guid.CreateVersion7(),
                AccountId = account,
                Hash = Secret.Hash(code),
            })
        );
        await accounts.SaveChangesAsync(cancel).ConfigureAwait(false);
        return codes;
    }

    /// <summary>Uses a code up, sets the password, and ends every session of the account.</summary>
    public async Task<(Account? Account, NotDone? Why)> Use(
        string name,
        string code,
        string password,
        CancellationToken cancel
    )
    {
        if (Passwords.Problem(name, password) is { } problem)
        {
            return (null, problem);
        }

        (bool done, Account? account) = await passwords
            .InTurn(() => Open(name, code, password, cancel), cancel)
            .ConfigureAwait(false);
        return done
            ? (account, account is null ? NotDone.NotAccepted : null)
            : (null, NotDone.Busy);
    }

    private async Task<Account?> Open(
        string name,
        string code,
        string password,
        CancellationToken cancel
    )
    {
        Account? account = AccountName.IsForm(name)
            ? await users.FindByNameAsync(name).ConfigureAwait(false)
            : null;
        Guid id = account?.Id ?? Guid.Empty;
        byte[] hash = Secret.Hash(Secret.ReadCode(code));
        // Gone with the look: of two who show one code at the same moment, one gets in.
        int used = await accounts
            .RecoveryCodes.Where(each => each.AccountId == id && each.Hash == hash)
            .ExecuteDeleteAsync(cancel)
            .ConfigureAwait(false);
        string hashed = users.PasswordHasher.HashPassword(account ?? new Account(), password);
        if (account is null || used != 1)
        {
            return null;
        }

        account.PasswordHash = hashed;
        account.AccessFailedCount = 0;
        account.LockoutEnd = null;
        // Also saves what was set before.
        return (await users.UpdateSecurityStampAsync(account).ConfigureAwait(false)).Succeeded
            ? account
            : null;
    }
}
