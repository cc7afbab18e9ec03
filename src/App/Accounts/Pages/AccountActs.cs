using Breakwater.App.Accounts.Sessions;
using Breakwater.App.Accounts.Store;
using Breakwater.App.Accounts.Tokens;
using Microsoft.AspNetCore.Identity;

namespace Breakwater.App.Accounts.Pages;

/// <summary>What the forms of the account page do.</summary>
internal static class AccountActs
{
    public static async Task SignOut(Visit visit)
    {
        await Session.End(visit.Http).ConfigureAwait(false);
        await visit.Go("/account/sign-in").ConfigureAwait(false);
    }

    public static async Task SignOutEverywhere(Visit visit)
    {
        UserManager<Account> users = visit.Get<UserManager<Account>>();
        if (await Own(visit, users).ConfigureAwait(false) is { } account)
        {
            await users.UpdateSecurityStampAsync(account).ConfigureAwait(false);
            visit.Get<Living>().Forget(account.Id);
            if (visit.Field("tokens").Length > 0)
            {
                await visit
                    .Get<TokenBook>()
                    .Revoke(account.Id, null, visit.Cancel)
                    .ConfigureAwait(false);
            }
        }

        await SignOut(visit).ConfigureAwait(false);
    }

    /// <summary>Ends every other session: whoever knew the old password is out.</summary>
    public static async Task SetPassword(Visit visit)
    {
        string password = visit.Secret("new-password");
        if (Passwords.Problem(visit.Person, password) is { } problem)
        {
            await visit.Go("/account", problem).ConfigureAwait(false);
            return;
        }

        UserManager<Account> users = visit.Get<UserManager<Account>>();
        if (await Own(visit, users).ConfigureAwait(false) is not { } account)
        {
            await SignOut(visit).ConfigureAwait(false);
            return;
        }

        (bool done, _) = await visit
            .Get<Passwords>()
            .InTurn(
                () =>
                {
                    account.PasswordHash = users.PasswordHasher.HashPassword(account, password);
                    return users.UpdateSecurityStampAsync(account);
                },
                visit.Cancel
            )
            .ConfigureAwait(false);
        if (!done)
        {
            await visit.Go("/account", NotDone.Busy).ConfigureAwait(false);
            return;
        }

        await Renew(visit, account).ConfigureAwait(false);
        await visit.Go("/account").ConfigureAwait(false);
    }

    public static async Task MakeCodes(Visit visit)
    {
        IReadOnlyList<string> codes = await visit
            .Get<Recovering>()
            .Make(visit.Account!.Value, Recovering.CodesAtOnce, visit.Cancel)
            .ConfigureAwait(false);
        await visit.Show(CodesPage.Write(visit, codes)).ConfigureAwait(false);
    }

    /// <summary>The stamp of the account has changed: this session goes on, all others end.</summary>
    public static Task Renew(Visit visit, Account account)
    {
        visit.Get<Living>().Forget(account.Id);
        return Session.Start(visit.Http, account);
    }

    public static Task<Account?> Own(Visit visit, UserManager<Account> users) =>
        users.FindByIdAsync(visit.Account!.Value.ToString());
}
