using Breakwater.App.Accounts.Outside;
using Breakwater.App.Accounts.Passkeys;
using Breakwater.App.Accounts.Sessions;
using Breakwater.App.Pages;
using Microsoft.AspNetCore.Antiforgery;

namespace Breakwater.App.Accounts.Pages;

/// <summary>The addresses of the account pages, and what every form must show before it is heard.</summary>
internal static class AccountRoutes
{
    private static readonly string[] _reading = [HttpMethods.Get, HttpMethods.Head];

    public static void Map(WebApplication site)
    {
        Read(site, "/account/sign-in", SignInPage.Show);
        Send(site, "/account/sign-in", SignInPage.SignIn);
        Read(site, "/account/register", RegisterPage.Show);
        Send(site, "/account/register", RegisterPage.Register);
        Read(site, "/account/recover", RecoverPage.Show);
        Send(site, "/account/recover", RecoverPage.Recover);
        OwnRead(site, "/account", AccountPage.Show);
        OwnSend(site, "/account/sign-out", AccountActs.SignOut);
        OwnSend(site, "/account/sign-out-everywhere", AccountActs.SignOutEverywhere);
        OwnSend(site, "/account/password", AccountActs.SetPassword, mustBeFresh: true);
        OwnSend(site, "/account/codes", AccountActs.MakeCodes, mustBeFresh: true);
        OwnRead(site, "/account/delete", DeletePage.Show);
        OwnSend(site, "/account/delete", DeletePage.Delete, mustBeFresh: true);
        site.MapMethods(PasskeyForm.ScriptPath, _reading, PasskeyForm.Script);
        OwnRead(site, "/account/passkeys/add", PasskeyActs.ShowAdd);
        OwnSend(site, "/account/passkeys/add", PasskeyActs.Add, mustBeFresh: true);
        OwnSend(site, "/account/passkeys/remove", PasskeyActs.Remove, mustBeFresh: true);
        Send(site, "/account/passkeys/sign-in", PasskeyActs.SignIn);
        if (site.Services.GetRequiredService<AccountSettings>().Outside is not null)
        {
            Send(site, "/account/outside/sign-in", OutsidePage.SignIn);
            OwnSend(site, "/account/outside/link", OutsidePage.Link, mustBeFresh: true);
            OwnSend(site, "/account/outside/unlink", OutsidePage.Unlink, mustBeFresh: true);
        }

        OwnRead(site, "/account/machines", MachinesPage.Show);
        OwnSend(site, "/account/tokens", MachineActs.MakeToken, mustBeFresh: true);
        OwnSend(site, "/account/tokens/revoke", MachineActs.RevokeToken);
        OwnSend(site, "/account/services", MachineActs.MakeService, mustBeFresh: true);
        OwnSend(site, "/account/services/remove", MachineActs.RemoveService, mustBeFresh: true);
    }

    private static void Read(WebApplication site, string path, Func<Visit, Task> show) =>
        site.MapMethods(
            path,
            _reading,
            context =>
                show(new Visit(context, PageTexts.For(context.Request), FormCollection.Empty))
        );

    private static void OwnRead(WebApplication site, string path, Func<Visit, Task> show) =>
        Read(
            site,
            path,
            visit =>
                visit.Account is null
                    ? visit.Go($"/account/sign-in?back={Uri.EscapeDataString(path)}")
                    : show(visit)
        );

    private static void Send(WebApplication site, string path, Func<Visit, Task> act) =>
        site.MapPost(
            path,
            async context =>
            {
                PageTexts texts = PageTexts.For(context.Request);
                var visit = new Visit(context, texts, FormCollection.Empty);
                // The page that the form stands on is its own address, or the page of the whole account.
                string page = context.Request.Path.Value switch
                {
                    "/account/sign-in" or "/account/register" or "/account/recover" => context
                        .Request
                        .Path
                        .Value,
                    _ => "/account",
                };
                if (
                    !context.Request.HasFormContentType
                    || !await visit
                        .Get<IAntiforgery>()
                        .IsRequestValidAsync(context)
                        .ConfigureAwait(false)
                )
                {
                    await visit.Go(page, NotDone.FormExpired).ConfigureAwait(false);
                    return;
                }

                await act(
                        visit with
                        {
                            Fields = await context
                                .Request.ReadFormAsync(context.RequestAborted)
                                .ConfigureAwait(false),
                        }
                    )
                    .ConfigureAwait(false);
            }
        );

    private static void OwnSend(
        WebApplication site,
        string path,
        Func<Visit, Task> act,
        bool mustBeFresh = false
    ) =>
        Send(
            site,
            path,
            visit =>
                visit.Account is null ? visit.Go("/account/sign-in")
                : mustBeFresh && !Session.IsFresh(visit.Http)
                    ? visit.Go("/account/sign-in", NotDone.SignInAgain)
                : act(visit)
        );
}
