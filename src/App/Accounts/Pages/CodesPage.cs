using Breakwater.App.Pages;

namespace Breakwater.App.Accounts.Pages;

/// <summary>Recovery codes, shown once.</summary>
internal static class CodesPage
{
    public static string Write(Visit visit, IReadOnlyList<string> codes)
    {
        var page = new Markup(visit.Texts);
        page.Title("account.codes")
            .Say(visit.Texts.Html("account.codes.once"), "caution")
            .Once(codes)
            .Say(visit.Texts.Html("account.codes.how"))
            .Items([page.Link("/account", visit.Texts.Html("account.go-on"))]);
        return Form.Whole(page, "/account", "account.codes");
    }
}
