using Breakwater.App.Accounts.Pages;
using Breakwater.App.Api;
using Breakwater.App.Contacts;
using Breakwater.App.Pages.Response;
using Breakwater.Preparedness.Contacts;
using Breakwater.Publications;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Pages.Contacts;

/// <summary>How many contact points would answer, by country and class, of those that the reader may see. No row is not zero.</summary>
internal sealed class ReadinessPage(IRecords records, Callers callers, IClock clock)
{
    public const string Path = "/contacts/readiness";

    public async Task Show(Visit visit)
    {
        Caller caller = await callers.Of(visit.Http).ConfigureAwait(false);
        Instant now = clock.GetCurrentInstant();
        (IReadOnlyList<Contact> contacts, bool isWhole) = await ContactsOnRecord
            .Of(records, caller.ReaderOf(ContactsOnRecord.Kind), now, ContactsOnRecord.PageMost)
            .ConfigureAwait(false);
        PageTexts texts = visit.Texts;
        Markup page = new Markup(texts).Title("contacts.readiness.title");
        page.Say(texts.Html("contacts.readiness.intro"))
            .Say(texts.Html("response.as-of.list", ("at", new Moment(now))), "quiet");
        if (!isWhole)
        {
            page.Say(
                texts.Html("contacts.not-whole", ("n", new Count(ContactsOnRecord.PageMost))),
                "caution"
            );
        }

        Table(page, "contacts.readiness.by-country", ContactReadiness.ByCountry(contacts));
        Table(page, "contacts.readiness.by-class", ContactReadiness.ByCountryAndClass(contacts));
        page.Items([page.Link(DirectoryPage.Path, texts.Html("contacts.title"))]);
        await visit
            .Show(
                Layout.Page(texts, Path, texts.Plain("contacts.readiness.title"), page.ToString())
            )
            .ConfigureAwait(false);
    }

    private static void Table(Markup page, string title, IReadOnlyList<ContactReadiness> rows)
    {
        PageTexts texts = page.Texts;
        page.Head(title.Split('.')[^1], texts.Html(title));
        if (rows.Count == 0)
        {
            page.Say(texts.Html("contacts.readiness.none"), "quiet");
            return;
        }

        bool hasClasses = rows.Any(row => row.Class is not null);
        page.Rows(
            texts.Html(title),
            [
                texts.Html("contacts.filter.country"),
                .. hasClasses ? [texts.Html("field.class")] : (string[])[],
                .. States.Select(state =>
                    Labels.Value(texts, typeof(ContactState), Checks.Word(state))
                ),
                texts.Html("contacts.readiness.share"),
            ],
            [
                .. rows.Select(row => new GridRow([
                    row.Country is { } country
                        ? $"<a href=\"{Spoken.Html($"{DirectoryPage.Path}?country={country}&lang={texts.Language}")}\">{texts.Html(new Free(country))}</a>"
                        : texts.Html("contacts.readiness.no-country"),
                    .. row.Class is { } of
                        ? [Labels.Value(texts, typeof(StakeholderClass), Checks.Word(of))]
                        : (string[])[],
                    .. Counts(row).Select(count => texts.Html(new Count(count))),
                    row.VerifiedShare is { } share ? texts.Html(new Share(share)) : "—",
                ])),
            ]
        );
    }

    private static ContactState[] States { get; } =
    [
        ContactState.Verified,
        ContactState.Stale,
        ContactState.Expired,
        ContactState.Bounced,
        ContactState.NeverVerified,
    ];

    private static int[] Counts(ContactReadiness row) =>
        [row.Verified, row.Stale, row.Expired, row.Bounced, row.NeverVerified];
}
