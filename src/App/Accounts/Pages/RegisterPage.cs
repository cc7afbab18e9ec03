using Breakwater.App.Accounts.Sessions;
using Breakwater.App.Accounts.Store;
using Breakwater.App.Pages;

namespace Breakwater.App.Accounts.Pages;

/// <summary><c>/account/register</c>: anyone may join deliberation; an account alone has no permission (INV-09).</summary>
internal static class RegisterPage
{
    private const string Path = "/account/register";

    public static Task Show(Visit visit) => Show(visit, visit.Why(), StatusCodes.Status200OK);

    public static async Task Register(Visit visit)
    {
        if (!visit.Get<Crowds>().Registrations.Allows(visit.Http.Connection.RemoteIpAddress))
        {
            await Show(visit, NotDone.TooOften, StatusCodes.Status429TooManyRequests)
                .ConfigureAwait(false);
            return;
        }

        (Account? account, NotDone? why) = await visit
            .Get<Enrolling>()
            .Register(visit.Field("name"), visit.Secret("new-password"), visit.Cancel)
            .ConfigureAwait(false);
        if (account is null)
        {
            await Show(visit, why, SignInPage.Status(why)).ConfigureAwait(false);
            return;
        }

        IReadOnlyList<string> codes = await visit
            .Get<Recovering>()
            .Make(account.Id, Recovering.CodesAtOnce, visit.Cancel)
            .ConfigureAwait(false);
        await Session.Start(visit.Http, account).ConfigureAwait(false);
        await visit.Show(CodesPage.Write(visit, codes)).ConfigureAwait(false);
    }

    private static Task Show(Visit visit, NotDone? why, int status)
    {
        var page = new Markup(visit.Texts);
        page.Title("account.register")
            .Why(why)
            .Say(visit.Texts.Html("account.register.intro"))
            .Say(visit.Texts.Html("account.kept.never"))
            .Open(visit, Path)
            .Pseudonym(visit.Field("name"), isKnown: false)
            .Password("new-password")
            .Close("account.register")
            .Items([page.Link("/account/sign-in", visit.Texts.Html("account.sign-in.link"))]);
        return visit.Show(Form.Whole(page, Path, "account.register"), status);
    }
}
