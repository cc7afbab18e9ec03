using Breakwater.App.Api;
using Breakwater.App.Pages.Response;
using Breakwater.Preparedness.Contacts;
using Breakwater.Publications;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Pages.Contacts;

/// <summary>Something that somebody is called about: a place, and why.</summary>
/// <param name="Why">In words of whoever opened the case; null for the place itself.</param>
internal sealed record CalledAbout(Place Place, string? Why = null);

/// <summary>
/// On a page of something that goes on: who is called for it now, as far as its reader may see contact points. Nobody is
/// said in words, with who was the last to answer.
/// </summary>
internal static class CallsPart
{
    /// <summary>For one place; the directory has the rest.</summary>
    private const int ShownMax = 5;

    public static async Task Write(
        Markup page,
        IReadOnlyList<CalledAbout> about,
        Reading reading,
        Caller caller
    )
    {
        if (about.Count == 0)
        {
            return;
        }

        PageTexts texts = page.Texts;
        (IReadOnlyList<Contact> contacts, bool isWhole) = await reading
            .Contacts(caller)
            .ConfigureAwait(false);
        page.Head("calls", texts.Html("contacts.calls"));
        if (!isWhole)
        {
            page.Say(
                texts.Html(
                    "contacts.not-whole",
                    ("n", new Count(App.Contacts.ContactsOnRecord.PageMost))
                ),
                "caution"
            );
        }

        List<GridRow> rows = [];
        foreach (CalledAbout one in about.DistinctBy(each => each.Place.Key))
        {
            rows.AddRange(Rows(page, one, contacts, reading.Now));
        }

        page.Rows(
            texts.Html("contacts.calls"),
            [
                texts.Html("contacts.for"),
                texts.Html("kind.contact-point"),
                texts.Html("contacts.ways"),
                texts.Html("field.duty"),
                texts.Html("response.standing"),
            ],
            rows
        );
        page.Say(page.Link(DirectoryPage.Path, texts.Html("contacts.calls.directory")));
    }

    private static IEnumerable<GridRow> Rows(
        Markup page,
        CalledAbout one,
        IReadOnlyList<Contact> contacts,
        Instant now
    )
    {
        PageTexts texts = page.Texts;
        string what =
            texts.Html(Word.Of(one.Place))
            + (
                one.Why is { } why
                    ? $"<br><span class=\"quiet\">{texts.Html(new Free(why))}</span>"
                    : ""
            );
        var wanted = CallFor.Of(one.Place);
        if (wanted == new CallFor())
        {
            // A function of a registry narrows nothing, and everybody is nobody.
            return [Nobody("contacts.calls.other", null)];
        }

        WhoToCall calls = WhoToCall.Of(contacts, wanted, now);
        return calls.Now.Count == 0
            ? [Nobody("contacts.calls.nobody", Last(page, calls))]
            : calls
                .Now.Take(ShownMax)
                .Select(call => new GridRow([
                    what,
                    ContactParts.Name(page, call.Contact),
                    ContactParts.Ways(page, call.Contact),
                    ContactParts.Duty(page, call.Contact, now),
                    ContactParts.State(page, call.Contact),
                ]));

        GridRow Nobody(string key, string? last) =>
            new(
                [
                    what,
                    $"{texts.Html(key, ("what", Word.Of(one.Place)))}{(last is null ? "" : $"<br>{last}")}",
                    "—",
                    "—",
                    "—",
                ],
                Look: "caution"
            );
    }

    /// <summary>The one that answered last, of those that the reader may see, and why it is not called; null for none.</summary>
    private static string? Last(Markup page, WhoToCall calls) =>
        calls
            .Not.OrderByDescending(one => one.Contact.VerifiedAt ?? Instant.MinValue)
            .FirstOrDefault()
            is not { } last
            ? null
            : $"{page.Texts.Html("contacts.calls.last")} {ContactParts.Name(page, last.Contact)} ({page.Texts.Html($"contacts.why.{Checks.Word(last.Why)}")}) {ContactParts.State(page, last.Contact)}";
}
