using Breakwater.Disruptions;
using Breakwater.Vocabulary;

namespace Breakwater.Publications;

/// <summary>Each disruption with what is said for and against it, and the rival claims beside each other.</summary>
internal static class WhatWeKnow
{
    /// <summary>More than this many are listed in one table instead of a passage each.</summary>
    private const int MostPassages = 8;

    public static Section Section(Released released)
    {
        Walked walk = released.Walk;
        var draft = new Draft("known");
        Timeline timeline = Timeline.Of(walk);
        if (timeline.Bands.Count > 0)
        {
            draft.Draw(
                "timeline",
                timeline.Inputs,
                (id, inputs) => new TimelineFigure(id, timeline, inputs)
            );
            if (timeline.NotDrawn > 0)
            {
                draft.Say(
                    new Said("timeline.not-drawn", ("n", new Count(timeline.NotDrawn))),
                    [Ids.OfScenario(walk)],
                    tone: Tone.Quiet
                );
            }
        }

        var ordered = walk
            .Detection.Disruptions.OrderBy(disruption => disruption.Onset.Latest)
            .ThenBy(disruption => disruption.Id, StringComparer.Ordinal)
            .ToList();
        var leading = ordered
            .OrderByDescending(IsLikelyAndOpen)
            .ThenByDescending(disruption => disruption.Confidence)
            .DistinctBy(SameRoutes)
            .Take(ordered.Count <= MostPassages ? MostPassages : 3)
            .ToHashSet();
        foreach (Disruption disruption in ordered.Where(leading.Contains))
        {
            Passage(draft, disruption);
        }

        draft.Tabulate(
            "other-disruptions",
            [new("what"), new("where"), new("state"), new("onset"), new("end"), new("sure")],
            ordered
                .Where(disruption => !leading.Contains(disruption))
                .Select(disruption =>
                    (
                        new[]
                        {
                            Word.Of("kind", disruption.Kind),
                            Place(disruption),
                            Word.Of("state", disruption.State),
                            Word.Of(disruption.Onset),
                            End(disruption),
                            Headline.HowSure(disruption.Confidence),
                        },
                        (IEnumerable<string>)[disruption.Id],
                        (IEnumerable<Origin>)[disruption.Origin]
                    )
                )
        );
        return draft.Section;
    }

    /// <summary>What lasts is read before what is over; below even odds it is no news of the night.</summary>
    private static bool IsLikelyAndOpen(Disruption disruption) =>
        disruption.End is null && disruption.Confidence.Probability >= 0.5;

    /// <summary>A hundred prefixes announced by one network are told once, by the one that presses most; the table has them all.</summary>
    private static string SameRoutes(Disruption disruption) =>
        disruption.Routing is { SuspectOrigins: { Count: > 0 } suspects }
            ? $"{disruption.Kind} {string.Join('+', suspects)}"
            : disruption.Id;

    public static Section Rivals(Released released)
    {
        var draft = new Draft("rivals");
        var rows = released
            .Walk.Detection.Disruptions.SelectMany(disruption =>
                disruption.Claims.Select(claim => (Claim: claim, disruption.Id))
            )
            .GroupBy(pair => pair.Claim, pair => pair.Id)
            .OrderBy(group => group.Key.Start?.Earliest)
            .ThenBy(group => group.Key.Source, StringComparer.Ordinal)
            .ToList();
        if (rows.Count == 0)
        {
            draft.Say(
                released.None("rivals.none", "signal", "disruption"),
                [Ids.OfScenario(released.Walk)]
            );
            return draft.Section;
        }

        draft.Say(
            new Said("rivals.intro", ("n", new Count(rows.Count))),
            rows.SelectMany(row => row),
            tone: Tone.Quiet
        );
        draft.Tabulate(
            "claims",
            [
                new("says-who"),
                new("what"),
                new("cause"),
                new("actor"),
                new("onset"),
                new("end"),
                new("wording"),
            ],
            rows.Select(row =>
                (
                    new Word[]
                    {
                        new Free(row.Key.Source),
                        new Term("kind", row.Key.What),
                        row.Key.Cause is { } cause ? new Free(cause) : new Said("not-stated"),
                        Word.Of("actor", row.Key.Actor),
                        Word.Of(row.Key.Start),
                        Word.Of(row.Key.End),
                        new Free(row.Key.Wording),
                    },
                    (IEnumerable<string>)row,
                    (IEnumerable<Origin>)[row.Key.Origin]
                )
            )
        );
        return draft.Section;
    }

    private static void Passage(Draft draft, Disruption disruption)
    {
        string[] id = [disruption.Id];
        Origin[] origin = [disruption.Origin];
        draft.Head(
            new Said(
                "known.title",
                ("kind", Word.Of("kind", disruption.Kind)),
                ("where", Place(disruption))
            )
        );
        draft.Say(
            new Said(
                "known.onset",
                ("onset", Word.Of(disruption.Onset)),
                ("state", Word.Of("state", disruption.State)),
                ("sure", Headline.HowSure(disruption.Confidence))
            ),
            id,
            origin
        );
        draft.Say(
            disruption.End is null
                ? new Said("known.lasting")
                : new Said("known.ended", ("end", Word.Of(disruption.End))),
            id,
            origin
        );
        foreach (string note in disruption.Notes)
        {
            draft.Say(new Said("known.note", ("note", new Free(note))), id, origin, Tone.Caution);
        }

        if (disruption.Severity.Count > 0)
        {
            draft.Say(
                new Said(
                    "known.severity",
                    ("families", new Listed([.. disruption.Severity.Select(Deep)]))
                ),
                id,
                origin
            );
        }

        if (disruption.Links.Count > 0)
        {
            draft.Say(
                new Listed([
                    .. disruption.Links.Select(link => new Said(
                        "known.link",
                        ("relation", new Term("relation", link.Relation)),
                        ("id", new Code(link.DisruptionId))
                    )),
                ]),
                disruption.Links.Select(link => link.DisruptionId).Append(disruption.Id),
                origin,
                Tone.Quiet
            );
        }

        draft.Tabulate(
            "sources",
            [
                new("source"),
                new("family"),
                new("verdict"),
                new("tag"),
                new("weight", IsNumber: true),
            ],
            disruption.Sources.Select(source =>
                (
                    new Word[]
                    {
                        new Free(source.Name),
                        Word.Of("family", source.Family),
                        Word.Of("verdict", source.Verdict),
                        new Code(source.Tag),
                        new Number(source.Weight, 1),
                    },
                    (IEnumerable<string>)id,
                    (IEnumerable<Origin>)origin
                )
            )
        );
    }

    private static Word Deep(Severity severity) =>
        new Said(
            "known.deep",
            ("family", Word.Of("family", severity.Family)),
            ("share", new Share(severity.DropShare)),
            ("n", new Count(severity.Minutes / 60))
        );

    private static Word Place(Disruption disruption) =>
        disruption.Network is { } network
            ? new Said(
                "known.network",
                ("network", new Free(network)),
                ("where", Word.Of(disruption.Place))
            )
            : Word.Of(disruption.Place);

    private static Word End(Disruption disruption) =>
        disruption.End is null ? new Said("not-ended") : Word.Of(disruption.End);
}
