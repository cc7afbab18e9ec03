using Breakwater.App.Accounts.Sessions;
using Breakwater.App.Accounts.Tokens;
using Breakwater.App.Pages;

namespace Breakwater.App.Accounts.Pages;

/// <summary><c>/account/delete</c>: what goes, what stays, and the pseudonym typed once more.</summary>
internal static class DeletePage
{
    private const string Path = "/account/delete";

    public static Task Show(Visit visit) => Show(visit, visit.Why(), StatusCodes.Status200OK);

    public static async Task Delete(Visit visit)
    {
        if (!visit.Field("confirm").Equals(visit.Person, StringComparison.OrdinalIgnoreCase))
        {
            await Show(visit, NotDone.NotConfirmed, StatusCodes.Status400BadRequest)
                .ConfigureAwait(false);
            return;
        }

        Guid account = visit.Account!.Value;
        await visit.Get<Enrolling>().Delete(account, visit.Cancel).ConfigureAwait(false);
        visit.Get<Living>().Forget(account);
        visit.Get<TokenBook>().Forget();
        await Session.End(visit.Http).ConfigureAwait(false);
        await visit.Go("/").ConfigureAwait(false);
    }

    private static Task Show(Visit visit, NotDone? why, int status)
    {
        var page = new Markup(visit.Texts);
        page.Title("account.delete")
            .Why(why)
            .Items([
                visit.Texts.Html("account.delete.goes"),
                visit.Texts.Html("account.delete.stays"),
                visit.Texts.Html("account.delete.name"),
            ])
            .Open(visit, Path)
            .Field(
                "confirm",
                "type=\"text\" dir=\"ltr\" required maxlength=\"40\" autocomplete=\"off\" autocapitalize=\"none\" spellcheck=\"false\""
            )
            .Close("account.delete", "grave")
            .Items([page.Link("/account", visit.Texts.Html("account.back"))]);
        return visit.Show(Form.Whole(page, Path, "account.delete"), status);
    }
}
