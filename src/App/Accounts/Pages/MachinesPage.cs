using System.Globalization;
using Breakwater.App.Accounts.Store;
using Breakwater.App.Accounts.Tokens;
using Breakwater.App.Pages;
using Breakwater.Publications;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Breakwater.App.Accounts.Pages;

/// <summary><c>/account/machines</c>: tokens, and the service accounts that the person answers for.</summary>
internal static class MachinesPage
{
    public const string Path = "/account/machines";

    public static async Task Show(Visit visit)
    {
        AccountsContext accounts = visit.Get<AccountsContext>();
        Guid id = visit.Account!.Value;
        List<Account> services = await accounts
            .Users.AsNoTracking()
            .Where(each => each.AnsweredForBy == id)
            .OrderBy(each => each.NormalizedUserName)
            .ToListAsync(visit.Cancel)
            .ConfigureAwait(false);
        Guid[] holders = [id, .. services.Select(service => service.Id)];
        List<KeptToken> tokens = await accounts
            .Tokens.AsNoTracking()
            .Where(each => holders.Contains(each.AccountId))
            .OrderBy(each => each.Id)
            .ToListAsync(visit.Cancel)
            .ConfigureAwait(false);
        var page = new Markup(visit.Texts);
        page.Title("account.machines")
            .Why(visit.Why())
            .Say(visit.Texts.Html("account.machines.intro"))
            .Items([page.Link("/account", visit.Texts.Html("account.back"))]);
        Tokens(page, visit, services, tokens);
        Services(page, visit, services);
        await visit.Show(Form.Whole(page, Path, "account.machines")).ConfigureAwait(false);
    }

    /// <summary>The page of a token that was made: it is shown here and nowhere else.</summary>
    public static string Made(Visit visit, string token)
    {
        var page = new Markup(visit.Texts);
        page.Title("account.token.made")
            .Say(visit.Texts.Html("account.token.once"), "caution")
            .Once([token])
            .Say(visit.Texts.Html("account.token.how"))
            .Once([$"Authorization: Bearer {Secret.TokenPrefix}…"])
            .Items([page.Link(Path, visit.Texts.Html("account.go-on"))]);
        return Form.Whole(page, Path, "account.token.made");
    }

    private static void Tokens(
        Markup page,
        Visit visit,
        List<Account> services,
        List<KeptToken> tokens
    )
    {
        PageTexts texts = visit.Texts;
        page.Head("tokens", texts.Html("account.tokens"));
        if (tokens.Count == 0)
        {
            page.Say(texts.Html("account.tokens.none"), "quiet");
        }
        else
        {
            page.Grid(
                texts.Html("account.tokens"),
                ["token-label", "token-holder", "token-scopes", "token-until", "token-used", "act"],
                [
                    .. tokens.Select(token => new GridRow([
                        texts.Html(new Free(token.Name)),
                        texts.Html(
                            new Code(
                                services
                                    .FirstOrDefault(each => each.Id == token.AccountId)
                                    ?.UserName
                                    ?? visit.Person
                            )
                        ),
                        texts.Html(new Code(token.Scopes)),
                        Day(texts, DateOnly.FromDateTime(token.Until.UtcDateTime)),
                        token.LastUsed is { } used
                            ? Day(texts, used)
                            : texts.Html("account.token.unused"),
                        Form.Button(
                            visit,
                            "/account/tokens/revoke",
                            "account.token.revoke",
                            ("token", token.Id.ToString("N"))
                        ),
                    ])),
                ]
            );
        }

        page.Head("new-token", texts.Html("account.token.new"))
            .Open(visit, "/account/tokens")
            .Field(
                "label",
                $"type=\"text\" required maxlength=\"{TokenBook.LabelMax}\" autocomplete=\"off\""
            )
            .Raw(
                $"<div class=\"field\"><label for=\"holder\">{texts.Html("account.field.holder")}</label>\n<select id=\"holder\" name=\"holder\">\n<option value=\"\">{texts.Html("account.field.holder.me")}</option>\n"
            );
        foreach (Account service in services)
        {
            page.Raw(
                $"<option value=\"{service.Id:N}\">{Spoken.Html(service.UserName!)}</option>\n"
            );
        }

        page.Raw("</select></div>\n")
            .Field(
                "scopes",
                "type=\"text\" dir=\"ltr\" required maxlength=\"1000\" autocomplete=\"off\" autocapitalize=\"none\" spellcheck=\"false\"",
                TokenScope.Read
            )
            .Field(
                "days",
                $"type=\"number\" required min=\"1\" max=\"{TokenBook.DaysMax}\"",
                TokenBook.DaysDefault.ToString(CultureInfo.InvariantCulture)
            )
            .Close("account.token.make");
    }

    private static void Services(Markup page, Visit visit, List<Account> services)
    {
        PageTexts texts = visit.Texts;
        page.Head("services", texts.Html("account.services"))
            .Say(texts.Html("account.services.intro"));
        if (services.Count > 0)
        {
            page.Grid(
                texts.Html("account.services"),
                ["service-name", "service-since", "act"],
                [
                    .. services.Select(service => new GridRow([
                        texts.Html(new Code(service.UserName!)),
                        Day(texts, service.Since),
                        Form.Button(
                            visit,
                            "/account/services/remove",
                            "account.service.remove",
                            ("service", service.Id.ToString("N"))
                        ),
                    ])),
                ]
            );
        }

        page.Open(visit, "/account/services")
            .Field(
                "service-name",
                "type=\"text\" dir=\"ltr\" required minlength=\"3\" maxlength=\"40\" pattern=\"[A-Za-z0-9\\-]+\" autocomplete=\"off\" autocapitalize=\"none\" spellcheck=\"false\""
            )
            .Close("account.service.make");
    }

    private static string Day(PageTexts texts, DateOnly day) =>
        texts.Html(new Day(LocalDate.FromDateOnly(day)));
}
