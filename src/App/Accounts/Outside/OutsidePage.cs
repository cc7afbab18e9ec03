using Breakwater.App.Accounts.Pages;
using Breakwater.App.Accounts.Store;
using Breakwater.App.Pages;
using Breakwater.Publications;
using Microsoft.AspNetCore.Identity;

namespace Breakwater.App.Accounts.Outside;

/// <summary>On the way to an outside provider and back: a page each time, which says who will know what.</summary>
internal static class OutsidePage
{
    public static async Task SignIn(Visit visit)
    {
        if (!visit.Get<Crowds>().SignIns.Allows(visit.Http.Connection.RemoteIpAddress))
        {
            await visit.Go("/account/sign-in", NotDone.TooOften).ConfigureAwait(false);
            return;
        }

        await Go(visit, null).ConfigureAwait(false);
    }

    public static async Task Link(Visit visit) =>
        await Go(
                visit,
                await AccountActs
                    .Own(visit, visit.Get<UserManager<Account>>())
                    .ConfigureAwait(false)
            )
            .ConfigureAwait(false);

    public static async Task Unlink(Visit visit)
    {
        UserManager<Account> users = visit.Get<UserManager<Account>>();
        if (await AccountActs.Own(visit, users).ConfigureAwait(false) is { } account)
        {
            foreach (
                UserLoginInfo link in await users.GetLoginsAsync(account).ConfigureAwait(false)
            )
            {
                await users
                    .RemoveLoginAsync(account, link.LoginProvider, link.ProviderKey)
                    .ConfigureAwait(false);
            }
        }

        await visit.Go("/account").ConfigureAwait(false);
    }

    /// <summary>
    /// After the provider's answer. A page and no redirect: the browser comes from another site, and sends the strict cookie
    /// of the session only once somebody follows a link of this one.
    /// </summary>
    public static Task Back(HttpContext context, string language, NotDone? why)
    {
        PageTexts texts = PageTexts.For(language);
        var page = new Markup(texts);
        page.Title("account.outside")
            .Why(why)
            .Items([
                why is null
                    ? page.Link("/account", texts.Html("account.outside.done"))
                    : page.Link("/account/sign-in", texts.Html("account.sign-in.link")),
            ]);
        var visit = new Visit(context, texts, FormCollection.Empty);
        return visit.Show(
            Form.Whole(page, "/account/sign-in", "account.outside"),
            why is null ? StatusCodes.Status200OK : StatusCodes.Status401Unauthorized
        );
    }

    private static async Task Go(Visit visit, Account? link)
    {
        string? address = await OutsideDoor
            .Ask(visit.Http, link, visit.Texts.Language)
            .ConfigureAwait(false);
        if (address is null)
        {
            await visit.Go("/account/sign-in", NotDone.Busy).ConfigureAwait(false);
            return;
        }

        string name = visit.Get<AccountSettings>().Outside!.Name;
        var page = new Markup(visit.Texts);
        page.Title("account.outside")
            .Say(visit.Texts.Html("account.outside.knows", ("name", new Free(name))))
            .Say(visit.Texts.Html("account.outside.kept"))
            .Items([
                $"<a rel=\"noreferrer\" href=\"{Spoken.Html(address)}\">{visit.Texts.Html("account.outside.go", ("name", new Free(name)))}</a>",
                page.Link("/account/sign-in", visit.Texts.Html("account.outside.stay")),
            ]);
        await visit
            .Show(Form.Whole(page, "/account/sign-in", "account.outside"))
            .ConfigureAwait(false);
    }
}
