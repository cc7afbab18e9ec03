using System.Text.Json;
using Breakwater.App.Api;
using Breakwater.Decisions;
using Breakwater.Publications;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Pages.Response.Views;

/// <summary>A question: what each said by class, who objects and what that was answered, and whose silence is how old.</summary>
internal static class DecisionView
{
    public static void Write(Markup page, Seen seen, Instant now)
    {
        PageTexts texts = page.Texts;
        if (seen.Text("text") is { Length: > 0 } text)
        {
            page.Say(texts.Html(new Free(text)));
        }

        page.Facts([
            .. First.Facts(page, seen, "Kind", "Subject", "Deadline"),
            (
                texts.Html("response.left"),
                seen.Standing == "open"
                    ? ResponseView.Left(texts, seen.Time("deadline"), now)
                    : Labels.Standing(texts, seen.Standing)
            ),
            (texts.Html("response.quorum"), Quorum(texts, seen)),
            .. First.Facts(page, seen, "OutcomeReason", "AppealUntil"),
        ]);
        Lacking(page, seen);
        Proof(page, seen);
        Positions(page, seen);
        Consents(page, seen, now);
        Streams(page, seen);
        First.Table(page, seen, "Recusals");
        First.Table(page, seen, "Dissent");
        First.Table(page, seen, "Appeals");
    }

    /// <summary>What a reminder would say, in the language of the page.</summary>
    public static IReadOnlyList<string> Lacking(PageTexts texts, Seen seen) =>
        seen.State.Deserialize<Decision>(Json.Compact) is { } decision
            ? [.. decision.Lacking.Select(texts.Refused)]
            : [];

    private static void Lacking(Markup page, Seen seen)
    {
        if (Lacking(page.Texts, seen) is { Count: > 0 } lacking)
        {
            page.Head("lacking", page.Texts.Html("response.lacking")).Items(lacking);
        }
    }

    /// <summary>What was decided, to take away, with what proves it to whoever has this node's public key.</summary>
    private static void Proof(Markup page, Seen seen)
    {
        if (seen.Standing != "open")
        {
            string one = $"{SubjectRoutes.Root}/{seen.Kind.Plural}/{Uri.EscapeDataString(seen.Id)}";
            page.Say(
                $"{page.Texts.Html("response.proof.intro")} {page.Link($"{one}/record", page.Texts.Html("response.proof.record"))} {page.Link($"{one}/proof", page.Texts.Html("response.proof.proof"))}"
            );
        }
    }

    private static string Quorum(PageTexts texts, Seen seen) =>
        texts.Html(
            "response.quorum.of",
            (
                "n",
                new Count(
                    Votes(seen)
                        .Where(position => Seen.Text(position, "stand") != "recuse")
                        .Select(position => Seen.Text(position, "class"))
                        .Distinct()
                        .Count()
                )
            ),
            ("of", new Count((long)seen.Amount("quorumClasses")))
        );

    /// <summary>Whoever speaks for no organisation, or has declared a conflict of interest, is heard and not counted.</summary>
    private static IEnumerable<JsonElement> Votes(Seen seen) =>
        seen.List("positions")
            .Where(position =>
                Seen.At(position, "isVoice") is not { ValueKind: JsonValueKind.True }
                && Seen.At(position, "conflict") is null
            );

    private static void Positions(Markup page, Seen seen)
    {
        PageTexts texts = page.Texts;
        page.Head("positions", texts.Html("response.positions"));
        JsonElement[] votes = [.. Votes(seen)];
        page.Rows(
            texts.Html("response.positions.by-class"),
            [
                texts.Html("field.class"),
                .. Enum.GetNames<Stand>()
                    .Select(stand => Labels.Value(texts, typeof(Stand), Members.Kebab(stand))),
            ],
            [
                .. Enum.GetNames<StakeholderClass>()
                    .Select(Members.Kebab)
                    .Select(group => new GridRow([
                        Labels.Value(texts, typeof(StakeholderClass), group),
                        .. Enum.GetNames<Stand>()
                            .Select(stand =>
                                texts.Html(
                                    new Count(
                                        votes.Count(vote =>
                                            Seen.Text(vote, "class") == group
                                            && Seen.Text(vote, "stand") == Members.Kebab(stand)
                                        )
                                    )
                                )
                            ),
                    ])),
            ]
        );
        page.Say(texts.Html("response.positions.silence"), "quiet");
        if (seen.List("positions").Count > 0)
        {
            StatePart.Table(
                page,
                texts.Html("response.positions"),
                // Objections first: they want an answer.
                [
                    .. seen.List("positions")
                        .OrderBy(position => Seen.Text(position, "stand") == "object" ? 0 : 1),
                ],
                typeof(Position),
                ["Stakeholder", "Class", "Stand", "Reason", "Conflict", "Answer", "At", "IsVoice"]
            );
        }
    }

    private static void Consents(Markup page, Seen seen, Instant now)
    {
        PageTexts texts = page.Texts;
        if (seen.List("consents") is not { Count: > 0 } consents)
        {
            return;
        }

        page.Head("consents", texts.Html("field.consents"))
            .Rows(
                texts.Html("field.consents"),
                [
                    texts.Html("field.party"),
                    texts.Html("field.consent"),
                    texts.Html("field.asked-at"),
                    texts.Html("field.answered-at"),
                    texts.Html("response.silent-for"),
                    texts.Html("field.reason"),
                ],
                [
                    .. consents.Select(consent => new GridRow([
                        texts.Html(new Free(Seen.Text(consent, "party") ?? "")),
                        $"<span class=\"consent {Seen.Text(consent, "consent")}\">{Labels.Value(texts, typeof(Consent), Seen.Text(consent, "consent") ?? "")}</span>",
                        Date(texts, consent, "askedAt"),
                        Date(texts, consent, "answeredAt"),
                        Seen.Text(consent, "consent") == "no-answer"
                        && Seen.Time(consent, "askedAt") is { } asked
                            ? Values.Length(texts, Duration.Max(Duration.Zero, now - asked))
                            : "—",
                        texts.Html(new Free(Seen.Text(consent, "reason") ?? "")),
                    ])),
                ]
            )
            .Say(texts.Html("response.silence"), "quiet");
    }

    private static string Date(PageTexts texts, System.Text.Json.JsonElement of, string when) =>
        Seen.Time(of, when) is { } at ? Values.Moment(texts, at) : "—";

    private static void Streams(Markup page, Seen seen)
    {
        PageTexts texts = page.Texts;
        string?[] known =
        [
            .. seen.List("acknowledgements").Select(said => Seen.Text(said, "stream")),
            seen.Text("stream"),
        ];
        string[] waits =
        [
            .. seen.List("affectedStreams")
                .Select(stream => stream.GetString()!)
                .Where(stream => !known.Contains(stream)),
        ];
        if (waits.Length > 0)
        {
            page.Say(
                $"{texts.Html("response.waits-for-streams")} {string.Join(texts.Html("response.and"), waits.Select(stream => Labels.Value(texts, typeof(Workstream), stream)))}",
                "caution"
            );
        }

        First.Table(page, seen, "Acknowledgements");
    }
}
