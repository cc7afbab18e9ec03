using Breakwater.App.Accounts.Passkeys;
using Breakwater.App.Accounts.Sessions;
using Breakwater.App.Accounts.Store;
using Breakwater.App.Pages;
using Breakwater.Publications;

namespace Breakwater.App.Accounts.Pages;

/// <summary><c>/account/sign-in</c>: by password; from here also by recovery code, passkey or an outside provider.</summary>
internal static class SignInPage
{
    private const string Path = "/account/sign-in";

    public static Task Show(Visit visit) => Show(visit, visit.Why(), StatusCodes.Status200OK);

    public static async Task SignIn(Visit visit)
    {
        if (!visit.Get<Crowds>().SignIns.Allows(visit.Http.Connection.RemoteIpAddress))
        {
            await Show(visit, NotDone.TooOften, StatusCodes.Status429TooManyRequests)
                .ConfigureAwait(false);
            return;
        }

        (Account? account, NotDone? why) = await visit
            .Get<SigningIn>()
            .Try(visit.Field("name"), visit.Secret("password"), visit.Cancel)
            .ConfigureAwait(false);
        if (account is null)
        {
            await Show(visit, why, Status(why)).ConfigureAwait(false);
            return;
        }

        await Session.Start(visit.Http, account).ConfigureAwait(false);
        await visit.Go(visit.Back).ConfigureAwait(false);
    }

    public static int Status(NotDone? why) =>
        why switch
        {
            NotDone.Busy => StatusCodes.Status503ServiceUnavailable,
            NotDone.TooOften => StatusCodes.Status429TooManyRequests,
            NotDone.NotAccepted => StatusCodes.Status401Unauthorized,
            _ => StatusCodes.Status400BadRequest,
        };

    private static async Task Show(Visit visit, NotDone? why, int status)
    {
        var page = new Markup(visit.Texts);
        page.Title("account.sign-in")
            .Why(why)
            .Say(visit.Texts.Html("account.sign-in.intro"))
            .Open(visit, Path)
            .Hidden("back", visit.Back)
            .Pseudonym(visit.Field("name"), isKnown: true)
            .Password("password")
            .Close("account.sign-in")
            .Head("otherwise", visit.Texts.Html("account.otherwise"));
        await page.PasskeySignIn(visit).ConfigureAwait(false);
        if (visit.Get<AccountSettings>().Outside is { } outside)
        {
            page.Open(visit, "/account/outside/sign-in")
                .Raw(
                    $"<p><button type=\"submit\" class=\"plainly\">{visit.Texts.Html("account.outside.go", ("name", new Free(outside.Name)))}</button></p>\n</form>\n"
                );
        }

        page.Items([
            page.Link("/account/recover", visit.Texts.Html("account.recover.link")),
            page.Link("/account/register", visit.Texts.Html("account.register.link")),
        ]);
        await visit
            .ShowWithScript(Form.Whole(page, Path, "account.sign-in"), status)
            .ConfigureAwait(false);
    }
}
