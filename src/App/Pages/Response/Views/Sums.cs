using Breakwater.App.Api;
using Breakwater.App.Subjects;
using Breakwater.Decisions;
using Breakwater.Publications;
using NodaTime;

namespace Breakwater.App.Pages.Response.Views;

/// <summary>
/// Totals above a board. Civilians and responders stand apart and are never added, and what is only promised is never
/// counted as working.
/// </summary>
internal static class Sums
{
    /// <summary>True when somebody other than the supplier saw it work.</summary>
    public static bool Works(Seen commitment) =>
        commitment.Text("state") is "working" or "still-working";

    public static async Task Write(Markup page, SubjectKind kind, Reading reading, Caller caller)
    {
        switch (kind.Kind)
        {
            case "fuel-depot":
                await DarkView.Write(page, reading, caller).ConfigureAwait(false);
                await FuelAsked(page, reading, caller).ConfigureAwait(false);
                break;
            case "commitment"
            or "mission"
            or "notification"
            or "clearance"
            or "contest"
            or "duty-roster"
            or "publication":
                await All(page, kind, reading, caller).ConfigureAwait(false);
                break;
            default:
                break;
        }

        if (OverlapView.IsOn(kind))
        {
            await OverlapView.Write(page, kind, reading, caller).ConfigureAwait(false);
        }
    }

    private static async Task All(Markup page, SubjectKind kind, Reading reading, Caller caller)
    {
        IReadOnlyList<Seen> all = await reading.All(kind, caller).ConfigureAwait(false);
        if (all.Count >= Reading.SumMax)
        {
            page.Say(
                page.Texts.Html("response.sums.newest", ("n", new Count(all.Count))),
                "caution"
            );
        }

        Of(page, kind, all, reading.Now);
    }

    public static void Of(Markup page, SubjectKind kind, IReadOnlyList<Seen> all, Instant now)
    {
        PageTexts texts = page.Texts;
        switch (kind.Kind)
        {
            case "commitment" when all.Count > 0:
                Commitments(page, all);
                break;
            case "notification":
                page.Say(texts.Html("response.statement"), "caution");
                break;
            case "clearance" when all.Any(one => one.Standing == "no-answer"):
                page.Say(
                    $"{texts.Html("response.silent", ("n", new Count(all.Count(one => one.Standing == "no-answer"))))} {texts.Html("response.silence")}",
                    "caution"
                );
                break;
            case "mission":
                foreach (Seen one in all.Where(one => one.Standing is "overdue" or "alarm"))
                {
                    page.Raw(
                        $"<p role=\"alert\"><strong>{texts.Html($"response.mission.{one.Standing}")}</strong> {page.Link(one.Path, Titles.Html(page, one))}</p>\n"
                    );
                }

                break;
            case "publication":
                foreach (Seen one in all.Where(one => one.Standing == "withdrawal-overdue"))
                {
                    page.Raw(
                        $"<p role=\"alert\"><strong>{texts.Html("response.publication.overdue")}</strong> {page.Link(one.Path, Titles.Html(page, one))}</p>\n"
                    );
                }

                break;
            case "contest":
                ContestView.Rates(page, all);
                break;
            case "duty-roster":
                OnDuty(page, all, now);
                break;
            default:
                break;
        }
    }

    /// <summary>What is asked for and not closed, soonest first; what is late already leads.</summary>
    private static async Task FuelAsked(Markup page, Reading reading, Caller caller)
    {
        SubjectKind kind = Catalogue.Known.Of("fuel-request")!;
        Seen[] open =
        [
            .. (await reading.All(kind, caller).ConfigureAwait(false))
                .Where(request => request.Time("closedAt") is null)
                .OrderBy(request => request.Time("neededBy")),
        ];
        page.Head("asked", page.Texts.Html("response.fuel-asked"));
        if (open.Length == 0)
        {
            page.Say(page.Texts.Html("response.part.none"), "quiet");
        }
        else
        {
            Columns.Write(page, kind, Columns.Urgent(open), reading.Now);
        }
    }

    private static void Commitments(Markup page, IReadOnlyList<Seen> all)
    {
        PageTexts texts = page.Texts;
        page.Rows(
                texts.Html("response.sums"),
                [
                    texts.Html("field.state"),
                    texts.Html("response.sums.count"),
                    texts.Html("field.civilians"),
                    texts.Html("field.responders"),
                    texts.Html("response.sums.overdue"),
                ],
                [
                    .. Enum.GetNames<CommitmentState>()
                        .Select(Members.Kebab)
                        .Where(state => all.Any(one => one.Text("state") == state))
                        .Select(state =>
                        {
                            Seen[] of = [.. all.Where(one => one.Text("state") == state)];
                            return new GridRow(
                                [
                                    Labels.Value(texts, typeof(CommitmentState), state),
                                    texts.Html(new Count(of.Length)),
                                    People(texts, of, "civilians"),
                                    People(texts, of, "responders"),
                                    texts.Html(new Count(of.Count(IsOverdue))),
                                ],
                                Look: $"total-{state}"
                            );
                        }),
                ]
            )
            .Say(
                texts.Html(
                    "response.sums.working",
                    ("n", new Count(all.Count(Works))),
                    ("all", new Count(all.Count))
                )
            )
            .Say(texts.Html("response.sums.apart"), "quiet");
        Seen[] broadcasts = [.. all.Where(one => !IsConnection(one))];
        if (broadcasts.Length > 0)
        {
            page.Say(
                texts.Html(
                    "response.sums.broadcast",
                    ("n", new Count(broadcasts.Length)),
                    ("people", new Count((long)broadcasts.Sum(one => one.Amount("civilians"))))
                ),
                "quiet"
            );
        }
    }

    private static void OnDuty(Markup page, IReadOnlyList<Seen> all, Instant now)
    {
        PageTexts texts = page.Texts;
        GridRow[] on =
        [
            .. all.SelectMany(
                roster => RosterView.OnDuty(roster, now),
                (roster, shift) =>
                    new GridRow([
                        Labels.Value(
                            texts,
                            typeof(Vocabulary.Role),
                            Seen.Text(shift, "role") ?? ""
                        ),
                        texts.Html(new Code(Seen.Text(shift, "person") ?? "—")),
                        Values.Moment(texts, Seen.Time(shift, "until")),
                        page.Link(roster.Path, Titles.Html(page, roster)),
                    ])
            ),
        ];
        page.Head("on-duty", texts.Html("response.on-duty"));
        if (on.Length == 0)
        {
            page.Say(texts.Html("response.on-duty.none"), "caution");
            return;
        }

        page.Rows(
            texts.Html("response.on-duty"),
            [
                texts.Html("field.role"),
                texts.Html("field.person"),
                texts.Html("field.until"),
                texts.Html("kind.duty-roster"),
            ],
            on
        );
    }

    private static bool IsOverdue(Seen one) =>
        one.At("isOverdue") is { ValueKind: System.Text.Json.JsonValueKind.True };

    /// <summary>A broadcast reconnects nobody, so its listeners are told apart and are in no sum.</summary>
    private static string People(PageTexts texts, Seen[] of, string whose) =>
        texts.Html(new Count((long)of.Where(IsConnection).Sum(one => one.Amount(whose))));

    private static bool IsConnection(Seen one) =>
        one.Text("service") != Members.Kebab(nameof(Vocabulary.Service.Broadcast));
}
