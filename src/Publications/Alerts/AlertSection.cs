using Breakwater.Decisions;
using Breakwater.Disruptions;
using Breakwater.Vocabulary;

namespace Breakwater.Publications.Alerts;

/// <summary>The words of an alert, once for its page and for its CAP file, so that the two never differ.</summary>
internal static class AlertSection
{
    /// <summary>More than this many at once read as a list of lists; the rest is counted.</summary>
    private const int Most = 3;

    /// <summary>The surest first, and of equals the one that began last.</summary>
    public static IReadOnlyList<Disruption> Ordered(Walked walk) =>
        [
            .. walk
                .Detection.Disruptions.OrderBy(each => each.State == DisruptionState.Closed)
                .ThenByDescending(each => each.Confidence)
                .ThenByDescending(each => each.Onset.Latest)
                .ThenBy(each => each.Id, StringComparer.Ordinal),
        ];

    public static Word Headline(Disruption disruption) =>
        new Said(
            disruption.State == DisruptionState.Closed ? "alert.headline.closed" : "alert.headline",
            ("kind", Word.Of("kind", disruption.Kind)),
            ("where", Word.Of(disruption.Place))
        );

    public static Section Section(Released released)
    {
        var draft = new Draft("alert");
        if (released.Walk.Corrects is { } corrected)
        {
            draft.Say(
                new Said(
                    released.Walk.Detection.Disruptions.Count == 0
                        ? "alert.cancelled"
                        : "alert.updates",
                    ("why", new Free(corrected.Why))
                ),
                [corrected.Id],
                tone: Tone.Caution
            );
        }

        foreach (Spoke spoke in Said(released))
        {
            draft.Say(spoke.Word, spoke.Inputs, spoke.Origins, spoke.Tone);
        }

        return draft.Section;
    }

    /// <summary>What is known, and what helps, as plain text.</summary>
    public static (IReadOnlyList<string> Known, string? Help) Texts(Released released, Texts texts)
    {
        IReadOnlyList<Spoke> said = Said(released);
        string help = string.Join(
            '\n',
            said.Where(each => each.IsHelp).Select(each => texts.Plain(each.Word))
        );
        return (
            [.. said.Where(each => !each.IsHelp).Select(each => texts.Plain(each.Word))],
            help.Length == 0 ? null : help
        );
    }

    private static List<Spoke> Said(Released released)
    {
        Walked walk = released.Walk;
        IReadOnlyList<Disruption> all = Ordered(walk);
        var said = new List<Spoke>();
        foreach (Disruption each in all.Take(Most))
        {
            Origin[] origins = [each.Origin];
            said.Add(
                new Spoke(
                    new Said(
                        "alert.what",
                        ("kind", Word.Of("kind", each.Kind)),
                        ("where", Word.Of(each.Place)),
                        ("onset", Word.Of(each.Onset))
                    ),
                    [each.Id],
                    origins
                )
            );
            said.Add(new Spoke(Lasting(each), [each.Id], origins));
            said.Add(
                new Spoke(
                    new Said(
                        "alert.sure",
                        ("state", Word.Of("state", each.State)),
                        ("sure", Publications.Headline.HowSure(each.Confidence))
                    ),
                    [each.Id],
                    origins
                )
            );
        }

        if (all.Count > Most)
        {
            said.Add(
                new Spoke(
                    new Said("alert.more", ("n", new Count(all.Count - Most))),
                    all.Skip(Most).Select(each => each.Id),
                    []
                )
            );
        }

        said.Add(Unseen(released));
        said.AddRange(Working(walk));
        return said;
    }

    private static Said Lasting(Disruption each) =>
        each.End is { } end ? new Said("alert.ended", ("end", Word.Of(end)))
        : each.SeenUntil is { } until ? new Said("alert.unseen-since", ("at", new Moment(until)))
        : new Said("alert.lasts");

    private static Spoke Unseen(Released released)
    {
        IReadOnlyList<Blind> blind = released.Walk.Detection.Blind;
        int feeds = blind.Select(each => each.Feed).Distinct(StringComparer.Ordinal).Count();
        return feeds == 0
            ? new Spoke(
                new Said(
                    released.HoldsBackAny("blind", "signal")
                        ? "alert.blind-withheld"
                        : "alert.no-blind"
                ),
                [Ids.OfScenario(released.Walk)],
                []
            )
            : new Spoke(
                new Said("alert.blind", ("n", new Count(feeds))),
                blind.Select(Ids.Of),
                [],
                Tone.Caution
            );
    }

    /// <summary>Where a service works, by area: who needs it asks there, and nobody learns where a terminal stands.</summary>
    private static IEnumerable<Spoke> Working(Walked walk)
    {
        Commitment[] working =
        [
            .. walk
                .Commitments.Where(WhatWasDecided.IsWorking)
                .OrderBy(commitment => commitment.PlaceName, StringComparer.Ordinal),
        ];
        yield return working.Length == 0
            ? new Spoke(new Said("alert.none-working"), [Ids.OfScenario(walk)], [], IsHelp: true)
            : new Spoke(
                new Said(
                    "alert.working",
                    (
                        "areas",
                        new Listed([
                            .. working
                                .Select(commitment => (commitment.Service, commitment.PlaceName))
                                .Distinct()
                                .Take(20)
                                .Select(each => new Said(
                                    "alert.service-in",
                                    ("service", Word.Of("service", each.Service)),
                                    ("where", new Free(each.PlaceName))
                                )),
                        ])
                    )
                ),
                working.Select(commitment => commitment.Id),
                [],
                IsHelp: true
            );
        yield return new Spoke(new Said("alert.help"), [Ids.OfScenario(walk)], [], IsHelp: true);
    }

    private sealed record Spoke(
        Word Word,
        IEnumerable<string> Inputs,
        IEnumerable<Origin> Origins,
        Tone Tone = Tone.Plain,
        bool IsHelp = false
    );
}
