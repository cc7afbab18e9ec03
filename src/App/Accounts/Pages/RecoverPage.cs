using Breakwater.App.Accounts.Sessions;
using Breakwater.App.Accounts.Store;
using Breakwater.App.Pages;

namespace Breakwater.App.Accounts.Pages;

/// <summary><c>/account/recover</c>: a recovery code opens the account once and sets a new password.</summary>
internal static class RecoverPage
{
    private const string Path = "/account/recover";

    public static Task Show(Visit visit) => Show(visit, visit.Why(), StatusCodes.Status200OK);

    public static async Task Recover(Visit visit)
    {
        if (!visit.Get<Crowds>().SignIns.Allows(visit.Http.Connection.RemoteIpAddress))
        {
            await Show(visit, NotDone.TooOften, StatusCodes.Status429TooManyRequests)
                .ConfigureAwait(false);
            return;
        }

        (Account? account, NotDone? why) = await visit
            .Get<Recovering>()
            .Use(
                visit.Field("name"),
                visit.Field("code"),
                visit.Secret("new-password"),
                visit.Cancel
            )
            .ConfigureAwait(false);
        if (account is null)
        {
            await Show(visit, why, SignInPage.Status(why)).ConfigureAwait(false);
            return;
        }

        visit.Get<Living>().Forget(account.Id);
        await Session.Start(visit.Http, account).ConfigureAwait(false);
        await visit.Go("/account").ConfigureAwait(false);
    }

    private static Task Show(Visit visit, NotDone? why, int status)
    {
        var page = new Markup(visit.Texts);
        page.Title("account.recover")
            .Why(why)
            .Say(visit.Texts.Html("account.recover.intro"))
            .Open(visit, Path)
            .Pseudonym(visit.Field("name"), isKnown: true)
            .Field(
                "code",
                "type=\"text\" dir=\"ltr\" required maxlength=\"60\" autocomplete=\"off\" autocapitalize=\"none\" spellcheck=\"false\""
            )
            .Password("new-password")
            .Close("account.recover")
            .Items([page.Link("/account/sign-in", visit.Texts.Html("account.sign-in.link"))]);
        return visit.Show(Form.Whole(page, Path, "account.recover"), status);
    }
}
