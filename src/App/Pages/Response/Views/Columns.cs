using System.Text.Json;
using Breakwater.App.Subjects;
using Breakwater.Decisions.Continuity;
using Breakwater.Publications;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Pages.Response.Views;

/// <summary>A column that no member of the state has.</summary>
internal sealed record Own(string Title, Func<PageTexts, Seen, Instant, string> Of);

/// <summary>The columns of a board, by kind.</summary>
internal static class Columns
{
    /// <summary>Standings that must be seen first.</summary>
    private static readonly string[] _urgent =
    [
        "overdue",
        "deadline-missed",
        "withdrawal-overdue",
        "alarm",
        "escalated",
        "outdated",
        "withdrawal-unconfirmed",
        "withdrawal-disputed",
        "waits-for-second",
        "release-approved",
        "with-gaps",
        "no-answer",
        "open",
    ];

    /// <summary>Members of the state that a board of the kind shows beside name and standing.</summary>
    private static readonly Dictionary<string, string[]> _members = new(StringComparer.Ordinal)
    {
        ["response"] = ["Place", "ActivatedAt", "AdoptedPlan", "ChangedAt"],
        ["decision"] = ["Kind", "Subject", "Deadline", "QuorumClasses"],
        ["offer"] = ["Expires", "OfferedAt", "Parent"],
        ["commitment"] =
        [
            "Stakeholder",
            "Place",
            "Service",
            "Units",
            "Civilians",
            "Responders",
            "ExpectedBy",
            "NextConfirmationBy",
        ],
        ["clearance"] = ["Permit", "Authority", "AskedAt", "Until", "Waiting"],
        ["mission"] = ["LastSeenAt", "StartedAt", "EndedAt"],
        ["notification"] = ["Mission", "Party", "Area", "SentAt"],
        ["fuel-depot"] = ["Fuel", "Area", "Free", "Delivered", "Lost"],
        ["fuel-request"] = ["Site", "Area", "Litres", "NeededBy", "OverdueAt"],
        ["organisation"] = ["Class", "Mandate", "AppliedAt", "VettedAt"],
        ["publication"] = ["Response", "AsOf", "ReleasedAt", "ReplacedBy", "ChangedAt"],
        ["approval"] = ["Action", "Subject", "ExpiresAt"],
        ["duty-roster"] = ["Organisation", "Roles", "Since", "Until"],
        ["cross-stream-act"] = ["Stream", "AffectedStreams", "Subject", "OpenedAt"],
        ["conflict"] = ["Subject", "OpenedAt", "ChangedAt"],
        ["common-position"] = ["PenHolder", "AdoptedAt", "ChangedAt"],
        ["consultation"] = ["Stream", "InputsUntil", "PositionsUntil", "LaunchedAt"],
        ["consultation-input"] = ["Consultation", "Class", "Region", "ReceivedAt"],
        ["meeting"] = ["StartsAt", "Zone", "About"],
        ["work-area"] = ["Stream", "AffectedStreams", "Cycle", "ChangedAt"],
        ["cycle"] = ["OpenedAt", "ClosedAt"],
        ["contest"] = ["Aspect", "Finding", "Outcome", "ReceivedAt"],
        ["fact-sheet"] = ["Conduct", "DisruptionId", "Organisation", "ChangedAt"],
        ["scope-judgement"] = ["DisruptionId", "Ground", "ChangedAt"],
        ["dossier"] = ["DisruptionId", "Response", "Organisation", "ChangedAt"],
        ["continuity-case"] = ["Type", "Place", "Institution", "ChangedAt"],
        ["shutdown-order"] = ["Place", "RegisteredAt", "ChangedAt"],
        ["baseline"] = ["SetAt"],
        ["input-file"] = ["Place", "TakenAt"],
        ["imported-list"] = ["Source", "Licence", "Rows", "Faults", "TakenAt"],
        ["indicator-file"] = ["Values", "Faults", "TakenAt"],
        ["protection"] = ["Status"],
        ["agreement"] = ["InForceSince", "EndedAt", "ChangedAt"],
        ["country-plan"] = ["OpenedAt", "ChangedAt"],
        ["contact-point"] = ["VerifiedAt", "Bounce", "ChangedAt"],
        ["contact-ping"] = ["Contact", "Way", "MadeAt", "ExpiresAt", "Reason"],
    };

    /// <summary>What must be seen first goes first; the rest stays newest first.</summary>
    public static IReadOnlyList<Seen> Urgent(IReadOnlyList<Seen> found) =>
        [
            .. found.OrderBy(one =>
                IsLate(one) ? -1
                : Array.IndexOf(_urgent, one.Standing) is >= 0 and var at ? at
                : _urgent.Length
            ),
        ];

    public static void Write(Markup page, SubjectKind kind, IReadOnlyList<Seen> found, Instant now)
    {
        PageTexts texts = page.Texts;
        var members = (_members.GetValueOrDefault(kind.Kind) ?? [])
            .Select(name => Members.Of(kind.State).FirstOrDefault(member => member.Name == name))
            .OfType<System.Reflection.PropertyInfo>()
            .ToArray();
        string? age = kind.Kind switch
        {
            "clearance" => "askedAt",
            "notification" => "sentAt",
            _ => null,
        };
        page.Rows(
            Labels.Kinds(texts, kind),
            [
                Labels.Kind(texts, kind),
                texts.Html("response.standing"),
                .. age is null ? (string[])[] : [texts.Html("response.silent-for")],
                .. Own(kind).Select(column => texts.Html(column.Title)),
                .. members.Select(member => Labels.Member(texts, member)),
            ],
            [
                .. found.Select(one => new GridRow(
                    [
                        page.Link(one.Path, Titles.Html(page, one)),
                        Standing(texts, one),
                        .. age is null
                            ? (string[])[]
                            : [ClearanceView.Age(texts, one, age, now) ?? "—"],
                        .. Own(kind).Select(column => column.Of(texts, one, now)),
                        .. members.Select(member =>
                            (
                                one.At(Members.JsonName(member)) is { } value
                                    ? Values.Html(page, member, value)
                                    : null
                            ) ?? "—"
                        ),
                    ],
                    Look: IsLate(one) ? "late" : null
                )),
            ]
        );
    }

    /// <summary>What a board of the kind works out, beside what is recorded.</summary>
    private static Own[] Own(SubjectKind kind) =>
        kind.Kind switch
        {
            "fuel-depot" =>
            [
                new(
                    "response.allocated",
                    (texts, one, _) => texts.Html(new Number((double)DepotView.Allocated(one), 0))
                ),
            ],
            "decision" =>
            [
                new(
                    "response.lacking",
                    (texts, one, _) =>
                        DecisionView.Lacking(texts, one) is { Count: > 0 } lacking
                            ? string.Join("<br>", lacking)
                            : "—"
                ),
            ],
            "common-position" =>
            [
                new(
                    "response.lacking",
                    (texts, one, _) =>
                        CommonPositionView.Lacking(texts, one) is { Count: > 0 } lacking
                            ? string.Join("<br>", lacking)
                            : "—"
                ),
            ],
            "fact-sheet" =>
            [
                new("norms.sheet.said", (texts, one, _) => FactSheetView.Told(texts, one)),
            ],
            "continuity-case" =>
            [
                new(
                    "response.next-deadline",
                    (texts, one, _) =>
                        one.State.Deserialize<ContinuityCase>(Json.Compact)?.DueAt is { } due
                            ? texts.Html(new Moment(due))
                            : "—"
                ),
            ],
            "commitment" =>
            [
                new("response.in-state", CommitmentView.InState),
                new("response.last-word", CommitmentView.LastWord),
            ],
            _ => [],
        };

    private static string Standing(PageTexts texts, Seen one) =>
        $"<span class=\"state {one.Standing}\">{Labels.Standing(texts, one.Standing)}</span>"
        + (
            one.Standing is not ("overdue" or "withdrawal-overdue") && IsLate(one)
                ? $" <strong class=\"late\">{texts.Html("response.late-word")}</strong>"
                : ""
        );

    private static bool IsLate(Seen one) =>
        one.Standing is "overdue" or "alarm" or "withdrawal-overdue"
        || one.At("isOverdue") is { ValueKind: JsonValueKind.True }
        || one.At("overdueAt") is not null;
}
