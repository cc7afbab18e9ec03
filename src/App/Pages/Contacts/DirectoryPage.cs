using Breakwater.App.Accounts.Pages;
using Breakwater.App.Api;
using Breakwater.App.Contacts;
using Breakwater.App.Pages.Response;
using Breakwater.App.Subjects;
using Breakwater.Preparedness.Contacts;
using Breakwater.Publications;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Pages.Contacts;

/// <summary>The directory: who is called now for what somebody asks, who cannot be reached and why, and all that there is.</summary>
internal sealed class DirectoryPage(IRecords records, Callers callers, IClock clock)
{
    public const string Path = "/contacts";

    /// <summary>Rows of one page; who has more narrows them, or takes the file.</summary>
    private const int RowsMax = 200;

    public async Task Show(Visit visit)
    {
        Caller caller = await callers.Of(visit.Http).ConfigureAwait(false);
        Instant now = clock.GetCurrentInstant();
        (IReadOnlyList<Contact> contacts, bool isWhole) = await ContactsOnRecord
            .Of(records, caller.ReaderOf(ContactsOnRecord.Kind), now, ContactsOnRecord.PageMost)
            .ConfigureAwait(false);
        var filter = Filter.Of(visit);
        PageTexts texts = visit.Texts;
        Markup page = new Markup(texts).Title("contacts.title");
        page.Say(texts.Html("contacts.intro"))
            .Say(texts.Html("response.as-of.list", ("at", new Moment(now))), "quiet");
        Links(page, visit, caller);
        if (!isWhole)
        {
            page.Say(
                texts.Html("contacts.not-whole", ("n", new Count(ContactsOnRecord.PageMost))),
                "caution"
            );
        }

        filter.Write(page, visit);
        if (!filter.IsNone && filter.State is null)
        {
            Calls(page, WhoToCall.Of(contacts, filter.Wanted, now), now);
        }

        All(page, [.. contacts.Where(filter.Holds)], now);
        await visit
            .Show(Layout.Page(texts, Path, texts.Plain("contacts.title"), page.ToString()))
            .ConfigureAwait(false);
    }

    private static void Links(Markup page, Visit visit, Caller caller)
    {
        PageTexts texts = page.Texts;
        SubjectKind kind = Catalogue.Known.Of(ContactsOnRecord.Kind)!;
        CommandKind add = kind.Commands.First(command => command.IsStart);
        page.Raw("<ul class=\"acts\">\n");
        foreach (
            string link in (string[])
                [
                    .. caller.WhyNot(kind, add) is null
                        ?
                        [
                            page.Link(
                                Addresses.Of(kind, add, null),
                                Labels.Command(texts, kind, add)
                            ),
                            page.Link(ContactsImportPage.Path, texts.Html("contacts.import.title")),
                        ]
                        : (string[])[],
                    page.Link(ReadinessPage.Path, texts.Html("contacts.readiness.title")),
                    page.Link("/contact-pings", texts.Html("kinds.contact-pings")),
                    page.Link(PingMessage.AnswerPath, texts.Html("contacts.answer.title")),
                    $"<a href=\"{Spoken.Html(Filter.Again(visit, DirectoryFiles.CsvPath))}\">CSV</a>",
                    $"<a href=\"{Spoken.Html(Filter.Again(visit, DirectoryFiles.VCardPath))}\">vCard</a>",
                ]
        )
        {
            page.Raw($"<li>{link}</li>\n");
        }

        page.Raw("</ul>\n");
    }

    private static void Calls(Markup page, WhoToCall calls, Instant now)
    {
        PageTexts texts = page.Texts;
        page.Head("now", texts.Html("contacts.now"));
        if (calls.Now.Count == 0)
        {
            page.Say(texts.Html("contacts.now.nobody"), "caution");
        }
        else
        {
            page.Rows(
                texts.Html("contacts.now"),
                [
                    texts.Html("contacts.order"),
                    texts.Html("kind.contact-point"),
                    texts.Html("contacts.ways"),
                    texts.Html("field.duty"),
                    texts.Html("response.standing"),
                ],
                [
                    .. calls
                        .Now.Take(RowsMax)
                        .Select(
                            (one, at) =>
                                new GridRow([
                                    texts.Html(new Count(at + 1)),
                                    ContactParts.Name(page, one.Contact)
                                        + (
                                            one.StandsInFor is { } absent
                                                ? $"<br><span class=\"quiet\">{texts.Html("contacts.stands-in", ("who", new Free($"{absent.Entry.Role}, {absent.Entry.Name}")))}</span>"
                                                : ""
                                        ),
                                    ContactParts.Ways(page, one.Contact),
                                    ContactParts.Duty(page, one.Contact, now),
                                    ContactParts.State(page, one.Contact),
                                ])
                        ),
                ]
            );
        }

        if (calls.Not.Count > 0)
        {
            page.Head("not", texts.Html("contacts.not"))
                .Rows(
                    texts.Html("contacts.not"),
                    [
                        texts.Html("kind.contact-point"),
                        texts.Html("contacts.why"),
                        texts.Html("contacts.again"),
                    ],
                    [
                        .. calls
                            .Not.Take(RowsMax)
                            .Select(one => new GridRow([
                                ContactParts.Name(page, one.Contact),
                                texts.Html($"contacts.why.{Checks.Word(one.Why)}")
                                    + (
                                        one
                                            is {
                                                Why: WhyNotCalled.Bounced,
                                                Contact.Bounce: { } bounce
                                            }
                                            ? $": {texts.Html(new Free(bounce.Reason))}"
                                            : ""
                                    ),
                                one.OpensAt is { } opens ? Values.Moment(texts, opens) : "—",
                            ])),
                    ]
                );
        }
    }

    private static void All(Markup page, IReadOnlyList<Contact> found, Instant now)
    {
        PageTexts texts = page.Texts;
        page.Head("all", texts.Html("contacts.all", ("n", new Count(found.Count))));
        if (found.Count == 0)
        {
            page.Say(texts.Html("contacts.none"), "quiet");
            return;
        }

        page.Rows(
            texts.Html("contacts.title"),
            [
                texts.Html("kind.contact-point"),
                texts.Html("field.class"),
                texts.Html("contacts.for"),
                texts.Html("field.duty"),
                texts.Html("response.standing"),
            ],
            [
                .. found
                    .OrderBy(one => one.Entry.Name, StringComparer.Ordinal)
                    .ThenBy(one => one.Entry.Escalation)
                    .Take(RowsMax)
                    .Select(one => new GridRow(
                        [
                            ContactParts.Name(page, one),
                            Labels.Value(
                                texts,
                                typeof(StakeholderClass),
                                Checks.Word(one.Entry.Class)
                            ),
                            ContactParts.For(page, one),
                            ContactParts.Duty(page, one, now),
                            ContactParts.State(page, one),
                        ],
                        Look: one.State is ContactState.Expired or ContactState.Bounced
                            ? "late"
                            : null
                    )),
            ]
        );
        if (found.Count > RowsMax)
        {
            page.Say(texts.Html("contacts.more", ("n", new Count(RowsMax))), "caution");
        }
    }
}
