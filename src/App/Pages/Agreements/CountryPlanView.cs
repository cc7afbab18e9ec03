using System.Text.Json;
using Breakwater.App.Api;
using Breakwater.App.CountryPlans;
using Breakwater.App.Pages.Response;
using Breakwater.Preparedness.CountryPlans;
using Breakwater.Publications;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Pages.Agreements;

/// <summary>The checklist of a country: what to fix first, what to find out, and each item with its answer, evidence, owner and age.</summary>
internal static class CountryPlanView
{
    private const int FirstShown = 10;
    private static readonly (string Name, string Key)[] _acts =
    [
        ("answer-item", "answer"),
        ("set-item-owner", "owner"),
    ];

    public static void Write(Markup page, Seen seen, Instant now, Caller caller)
    {
        PageTexts texts = page.Texts;
        if (ChecklistAtHand.Read.Checklist is not { } checklist)
        {
            ChecklistPage.Damaged(page);
            return;
        }

        CountryPlan plan = seen.State.Deserialize<CountryPlan>(Json.Compact)!;
        var stands = PlanCompleteness.Of(checklist, seen.Id, plan, now);
        page.Say(texts.Html("checklist.unknown-is-not-no"), "caution");
        ChecklistWords.Counts(
            page,
            texts.Html("checklist.counts"),
            stands
                .Chapters.Select(one =>
                    (
                        $"<a href=\"#{one.Chapter.Id}\">{ChecklistWords.Html(texts, one.Chapter.Title)}</a>",
                        one.Counts
                    )
                )
                .Append(($"<strong>{texts.Html("checklist.items")}</strong>", stands.All))
        );
        page.Facts(ChecklistWords.Shares(texts, stands.All));
        page.Items([
            page.Link($"{seen.Path}/changes", texts.Html("checklist.changes")),
            page.Link(ChecklistPage.Path, texts.Html("checklist.title")),
            $"<a href=\"{AgreementGapsPage.Path}?country={seen.Id}&amp;lang={texts.Language}\">{texts.Html("agreement.gaps")}</a>",
        ]);
        First(page, seen, caller, stands.FixFirst, "fix-first");
        First(page, seen, caller, stands.FindOutFirst, "find-out");
        foreach (ChecklistChapter chapter in checklist.Chapters)
        {
            page.Head(chapter.Id, ChecklistWords.Html(texts, chapter.Title));
            Items(
                page,
                seen,
                caller,
                ChecklistWords.Html(texts, chapter.Title),
                [.. stands.Items.Where(item => chapter.Items.Contains(item.Item))]
            );
        }

        if (stands.NoLongerAsked.Count > 0)
        {
            page.Head("no-longer", texts.Html("checklist.no-longer"))
                .Items(
                    stands.NoLongerAsked.Select(answer =>
                        $"{texts.Html(new Code(answer.Item))}: {ActivationsPart.Value(texts, answer.Answer)}"
                    )
                );
        }
    }

    private static void First(
        Markup page,
        Seen seen,
        Caller caller,
        IReadOnlyList<ItemStanding> items,
        string key
    )
    {
        PageTexts texts = page.Texts;
        page.Head(key, texts.Html($"checklist.{key}"));
        if (items.Count == 0)
        {
            page.Say(texts.Html($"checklist.{key}.none"), "quiet");
            return;
        }

        page.Items(
            items
                .Take(FirstShown)
                .Select(item =>
                    $"{(item.Item.IsFirst ? $"<strong>{texts.Html("checklist.first")}</strong> · " : "")}{ChecklistWords.Html(texts, item.Item.Question)} {ActivationsPart.Value(texts, item.Answer)}{(item.IsStale ? $", {texts.Html("checklist.stale")}" : "")} · {texts.Html("checklist.owner")}: {Owner(page, item.Owner)} {Acts(page, seen, caller, item.Item)}"
                )
        );
        if (items.Count > FirstShown)
        {
            page.Say(
                texts.Html("checklist.more", ("n", new Count(items.Count - FirstShown))),
                "quiet"
            );
        }
    }

    private static void Items(
        Markup page,
        Seen seen,
        Caller caller,
        string title,
        IReadOnlyList<ItemStanding> items
    )
    {
        PageTexts texts = page.Texts;
        page.Rows(
            title,
            [
                texts.Html("checklist.question"),
                texts.Html("checklist.answer"),
                texts.Html("checklist.evidence"),
                texts.Html("checklist.who"),
                texts.Html("checklist.owner"),
            ],
            [
                .. items.Select(item => new GridRow([
                    $"{ChecklistWords.Html(texts, item.Item.Question)} {texts.Html(new Code(item.Item.Id))} {Acts(page, seen, caller, item.Item)}",
                    ChecklistWords.Answer(texts, item.Answer)
                        + (item.IsStale ? $"<br>{texts.Html("checklist.stale")}" : "")
                        + (item.Given?.Note is { } note ? $"<br>{texts.Html(new Free(note))}" : ""),
                    ChecklistWords.Evidence(page, item.Given?.Evidence ?? []),
                    Who(page, item),
                    Owner(page, item.Owner),
                ])),
            ]
        );
    }

    private static string Who(Markup page, ItemStanding item)
    {
        if (item.Given is not { } given)
        {
            return "—";
        }

        PageTexts texts = page.Texts;
        return $"{Organisation(page, given)}{texts.Comma}{texts.Html(new Moment(given.At))}<br>{ChecklistWords.Age(texts, item.Age)}"
            + string.Concat(
                item.Otherwise.Select(other =>
                    $"<br><em>{Organisation(page, other)}: {ActivationsPart.Value(texts, other.Answer)}{texts.Comma}{texts.Html(new Moment(other.At))}</em>"
                )
            );
    }

    private static string Organisation(Markup page, ItemAnswer answer) =>
        answer.Organisation is { } id
            ? Values.Organisation(page, id)
            : page.Texts.Html(new Code(answer.By));

    private static string Owner(Markup page, ItemOwner? owner) =>
        owner is null ? page.Texts.Html("checklist.owner.none")
        : owner.Due is { } due
            ? page.Texts.Html(
                "checklist.due",
                ("owner", new Free(owner.Owner)),
                ("at", new Moment(due))
            )
        : page.Texts.Html(new Free(owner.Owner));

    /// <summary>The way to the forms of an item, for whoever may fill them in.</summary>
    private static string Acts(Markup page, Seen seen, Caller caller, ChecklistItem item) =>
        string.Join(
            ' ',
            _acts
                .Select(act =>
                    (
                        Command: seen.Kind.Commands.First(command => command.Name == act.Name),
                        act.Key
                    )
                )
                .Where(act => caller.WhyNot(seen.Kind, act.Command) is null)
                .Select(act =>
                    $"<a href=\"{Addresses.Of(seen.Kind, act.Command, seen.Id)}?item={Uri.EscapeDataString(item.Id)}&amp;lang={page.Texts.Language}\">{page.Texts.Html($"checklist.act.{act.Key}")}</a>"
                )
        );
}
