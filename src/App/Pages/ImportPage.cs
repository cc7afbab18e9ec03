using Breakwater.App.Accounts.Pages;
using Breakwater.App.Api;
using Breakwater.App.Pages.Response.Acts;
using Breakwater.App.Subjects;

namespace Breakwater.App.Pages;

/// <summary>A page on which files are taken in: who may not is told why, others have its form.</summary>
/// <param name="Key">That of its texts: their title, and what it is.</param>
/// <param name="Command">Who may give it may import.</param>
internal sealed record ImportPage(string Path, string Key, CommandKind Command)
{
    /// <param name="before">What the last import came to, above the form; null for nothing.</param>
    /// <param name="back">Where what was taken in is found, and its name as HTML.</param>
    public async Task Show(
        Visit visit,
        Caller caller,
        Action<Markup>? before,
        Action<Markup> form,
        (string Path, string Name) back,
        int status
    )
    {
        PageTexts texts = visit.Texts;
        Markup page = new Markup(texts).Title($"{Key}.title");
        before?.Invoke(page);
        if (caller.WhyNotLook(Command.Roles) is not null)
        {
            page.Say(ActPage.WhyNot(texts, Command, caller), "caution");
            if (caller.SignedIn is null)
            {
                page.Items([page.Link("/account/sign-in", texts.Html("account.sign-in.link"))]);
            }
        }
        else
        {
            page.Say(texts.Html($"{Key}.what"));
            form(page);
        }

        page.Items([page.Link(back.Path, back.Name)]);
        await visit
            .Show(Layout.Page(texts, Path, texts.Plain($"{Key}.title"), page.ToString()), status)
            .ConfigureAwait(false);
    }
}
