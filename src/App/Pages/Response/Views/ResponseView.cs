using System.Text.Json;
using Breakwater.App.Api;
using Breakwater.App.Pages.Agreements;
using Breakwater.App.Pages.Contacts;
using Breakwater.App.Subjects;
using Breakwater.Decisions;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Pages.Response.Views;

/// <summary>The situation of one response: its clocks, what is open and since when, and everything that belongs to it.</summary>
internal static class ResponseView
{
    /// <summary>What belongs to a response, in the order in which it comes about.</summary>
    private static readonly string[] _parts =
    [
        "decision",
        "offer",
        "commitment",
        "clearance",
        "mission",
        "fuel-request",
        "fuel-depot",
        "cross-stream-act",
        "publication",
    ];

    private static Place? PlaceOf(Seen seen) =>
        seen.At("place") is { } place ? place.Deserialize<Place>(Json.Compact) : null;

    public static async Task Write(
        Markup page,
        Seen seen,
        Reading reading,
        Naming naming,
        Caller caller
    )
    {
        await Scope(page, seen, reading, caller).ConfigureAwait(false);
        if (
            seen.Text("disruptionId") is { } named
            && !page.Names.ContainsKey($"/disruptions/{Uri.EscapeDataString(named)}")
        )
        {
            page.Say(page.Texts.Html("response.disruption.unknown"), "caution");
        }

        Clocks(page, seen, reading.Now);
        page.Facts(
            First.Facts(
                page,
                seen,
                "DisruptionId",
                "Place",
                "Reason",
                "ActivationDecision",
                "ActivatedByClasses",
                "AdoptedPlan",
                "StandDownDecision"
            )
        );
        First.Table(page, seen, "Relapses");
        if (seen.Text("disruptionId") is { } disruption)
        {
            ActivationsPart.Write(
                page,
                await reading.Activations(disruption, caller).ConfigureAwait(false)
            );
        }

        // For those who coordinate: the public finds the directory by itself.
        if (caller.SignedIn is not null && PlaceOf(seen) is { } place)
        {
            await CallsPart
                .Write(page, [new CalledAbout(place)], reading, caller)
                .ConfigureAwait(false);
        }

        await ReachView.Write(page, seen, reading, caller).ConfigureAwait(false);
        First.Table(page, seen, "Plans");
        First.Table(page, seen, "ScaleUps");
        foreach (string name in _parts)
        {
            if (Catalogue.Known.Of(name) is { } kind)
            {
                await Part(page, seen, kind, reading, naming, caller).ConfigureAwait(false);
            }
        }

        First.Table(page, seen, "Hands");
        First.Table(page, seen, "Lessons");
    }

    /// <summary>What was said of the scope of its disruption, whatever became of it.</summary>
    private static async Task Scope(Markup page, Seen seen, Reading reading, Caller caller)
    {
        if (
            seen.Text("disruptionId") is { } disruption
            && await reading.One($"scope-judgement/{disruption}", caller).ConfigureAwait(false)
                is { } scope
        )
        {
            page.Raw(
                $"<p class=\"caution\">{page.Texts.Html($"scope.{scope.Standing}")} {page.Link(scope.Path, page.Texts.Html("scope.reasons"))}</p>\n"
            );
        }
    }

    private static void Clocks(Markup page, Seen seen, Instant now)
    {
        PageTexts texts = page.Texts;
        page.Head("clocks", texts.Html("response.clocks"));
        page.Rows(
            texts.Html("response.clocks"),
            [
                texts.Html("response.clock"),
                texts.Html("response.standing"),
                texts.Html("response.due"),
                texts.Html("response.left"),
            ],
            [
                .. seen.List("clocks")
                    .Select(clock =>
                    {
                        string state = Seen.Text(clock, "state") ?? "";
                        Instant? due = Seen.Time(clock, "due");
                        bool isLate =
                            state is "missed" or "lost-again" || (state == "running" && due < now);
                        return new GridRow(
                            [
                                Labels.Value(
                                    texts,
                                    typeof(ServiceClock),
                                    Seen.Text(clock, "which") ?? ""
                                ),
                                Labels.Value(texts, typeof(ClockState), state),
                                Values.Moment(texts, due),
                                state is "running" or "missed" && seen.Time("endedAt") is null
                                    ? Left(texts, due, now)
                                    : "—",
                            ],
                            Look: isLate ? "late" : null
                        );
                    }),
            ]
        );
    }

    /// <summary>What of one kind belongs to the response, and where to begin more of it.</summary>
    private static async Task Part(
        Markup page,
        Seen seen,
        SubjectKind kind,
        Reading reading,
        Naming naming,
        Caller caller
    )
    {
        IReadOnlyList<Seen> found = await reading
            .All(kind, caller, seen.Subject)
            .ConfigureAwait(false);
        PageTexts texts = page.Texts;
        page.Head(kind.Plural, Labels.Kinds(texts, kind));
        if (found.Count == 0)
        {
            page.Say(texts.Html("response.part.none"), "quiet");
        }
        else
        {
            await naming.Learn(page, found, caller).ConfigureAwait(false);
            Sums.Of(page, kind, found, reading.Now);
            Columns.Write(page, kind, Columns.Urgent(found), reading.Now);
        }

        string[] starts =
        [
            .. kind
                .Commands.Where(command => command.IsStart && caller.WhyNot(kind, command) is null)
                .Select(command => (Command: command, Begins: Begins(command, seen)))
                .Where(start => start.Begins is not null)
                .Select(start =>
                    $"<a href=\"{Addresses.Of(kind, start.Command, null)}?{start.Begins}&amp;lang={texts.Language}\">{Labels.Command(texts, kind, start.Command)}</a>"
                ),
        ];
        if (starts.Length > 0)
        {
            page.Items(starts);
        }
    }

    /// <summary>What the form begins with so that it is about this response; null for one that is about none.</summary>
    private static string? Begins(CommandKind command, Seen seen) =>
        Members.Of(command.Request).Any(member => member.Name == "Parent")
            ? $"parent={Uri.EscapeDataString(seen.Subject)}"
        : Members.Of(command.Request).Any(member => member.Name == "Response")
            ? $"response={Uri.EscapeDataString(seen.Id)}"
        : null;

    /// <summary>Time until a moment, or since it when it has passed, said loudly.</summary>
    public static string Left(PageTexts texts, Instant? due, Instant now) =>
        due is not { } at ? "—"
        : at >= now ? Values.Length(texts, at - now)
        : $"<strong class=\"late\">{texts.Html("response.late")} {Values.Length(texts, now - at)}</strong>";
}
