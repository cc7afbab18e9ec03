using Breakwater.Disruptions;
using Breakwater.Needs;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Publications;

/// <summary>The box at the top: what, where, since when, how sure, how many, as of when.</summary>
internal static class Headline
{
    public static Section Section(Released released)
    {
        Walked walk = released.Walk;
        var draft = new Draft("headline");
        if (walk.Corrects is { } corrected)
        {
            draft.Say(
                new Said(
                    "headline.corrects",
                    ("at", new Moment(corrected.AsOf)),
                    ("id", new Code(corrected.Id)),
                    ("why", new Free(corrected.Why))
                ),
                [corrected.Id],
                tone: Tone.Caution,
                label: "corrects"
            );
        }

        IReadOnlyList<Disruption> disruptions = walk.Detection.Disruptions;
        if (disruptions.Count == 0)
        {
            draft.Say(
                new Said("headline.none"),
                [Ids.OfScenario(walk)],
                tone: Tone.Caution,
                label: "what"
            );
        }
        else
        {
            WhatWhereWhen(draft, disruptions);
        }

        foreach (PopulationGroup group in Groups(walk.Assessment.Needs))
        {
            Without(
                draft,
                walk.Assessment.Needs,
                group,
                Ids.OfScenario(walk),
                walk.Assessment.AsOf
            );
        }

        AsOf(draft, walk);
        return draft.Section;
    }

    private static void WhatWhereWhen(Draft draft, IReadOnlyList<Disruption> disruptions)
    {
        var ids = disruptions.Select(disruption => disruption.Id).ToList();
        var origins = disruptions.Select(disruption => disruption.Origin).ToList();
        var kinds = disruptions.Select(disruption => disruption.Kind).Distinct().Order();
        draft.Say(
            new Said(
                "headline.what",
                ("n", new Count(disruptions.Count)),
                ("kinds", new Listed([.. kinds.Select(kind => Word.Of("kind", kind))]))
            ),
            ids,
            origins,
            label: "what"
        );
        draft.Say(Where(disruptions), ids, origins, label: "where");

        InstantRange first = disruptions.MinBy(disruption => disruption.Onset.Earliest)!.Onset;
        InstantRange last = disruptions.MaxBy(disruption => disruption.Onset.Latest)!.Onset;
        draft.Say(
            first == last
                ? Word.Of(first)
                : new Said("headline.since", ("first", Word.Of(first)), ("last", Word.Of(last))),
            ids,
            origins,
            label: "since"
        );
        draft.Say(
            new Listed([
                .. disruptions
                    .GroupBy(disruption => disruption.State)
                    .OrderBy(group => group.Key)
                    .Select(group => new Said(
                        "headline.state",
                        ("state", Word.Of("state", group.Key)),
                        ("n", new Count(group.Count()))
                    )),
            ]),
            ids,
            origins,
            label: "state"
        );

        Confidence low = disruptions.Min(disruption => disruption.Confidence);
        Confidence high = disruptions.Max(disruption => disruption.Confidence);
        draft.Say(
            low == high
                ? HowSure(low)
                : new Said("headline.sure", ("low", HowSure(low)), ("high", HowSure(high))),
            ids,
            origins,
            label: "sure"
        );
    }

    private static Word Where(IReadOnlyList<Disruption> disruptions)
    {
        const int most = 8;
        var places = disruptions.Select(disruption => disruption.Place).Distinct().ToList();
        var networks = disruptions
            .Select(disruption => disruption.Network)
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToList();
        Word named = new Listed([.. places.Take(most).Select(place => Word.Of(place))]);
        if (places.Count > most)
        {
            named = new Said(
                "headline.more",
                ("named", named),
                ("n", new Count(places.Count - most))
            );
        }

        return networks.Count == 0
            ? named
            : new Said(
                "headline.networks",
                ("where", named),
                ("n", new Count(networks.Count)),
                ("networks", new Listed([.. networks.Select(name => new Free(name))]))
            );
    }

    /// <summary>Words of estimative probability as in ICD 203 (2015), table of section D.6.e.</summary>
    public static Word HowSure(Confidence confidence) =>
        new Said(
            "sure",
            (
                "word",
                new Term(
                    "confidence",
                    confidence.Probability switch
                    {
                        >= 0.95 => "almost-certain",
                        >= 0.80 => "very-likely",
                        >= 0.55 => "likely",
                        >= 0.45 => "even",
                        >= 0.20 => "unlikely",
                        >= 0.05 => "very-unlikely",
                        _ => "almost-none",
                    }
                )
            ),
            ("number", new Number(confidence.Probability, 2))
        );

    /// <summary>Residents and responders always have a line, so that a missing count reads "unknown" and not as nobody.</summary>
    private static IEnumerable<PopulationGroup> Groups(IReadOnlyList<Need> needs) =>
        needs
            .Select(need => need.Group)
            .Append(PopulationGroup.Residents)
            .Append(PopulationGroup.Responders)
            .Distinct()
            .Order();

    private static void Without(
        Draft draft,
        IReadOnlyList<Need> needs,
        PopulationGroup group,
        string scenario,
        Instant computedAt
    )
    {
        var ofGroup = needs.Where(need => need.Group == group).ToList();
        (CountRange? count, int unknown) = People.Without(needs, group);
        Word people = People.Printed(count);
        Word text = unknown switch
        {
            _ when count is null => new Said("unknown"),
            0 => people,
            _ => new Said("headline.people", ("people", people), ("n", new Count(unknown))),
        };
        // Needs stand as of the plan; the report is later. A count without its date would be read as today's.
        draft.Say(
            count is null
                ? text
                : new Said("headline.computed", ("people", text), ("at", new Moment(computedAt))),
            ofGroup.Count == 0 ? [scenario] : ofGroup.Select(need => need.Id),
            ofGroup.Select(need => need.Origin),
            label: $"without.{(group == PopulationGroup.Responders ? "responders" : group.ToString().ToLowerInvariant())}"
        );
    }

    private static void AsOf(Draft draft, Walked walk)
    {
        draft.Say(new Moment(walk.AsOf), [Ids.OfScenario(walk)], label: "asof");
        (Instant At, string Id)? newest = walk
            .Signals.Select(signal => Newest(signal, walk.AsOf))
            .OfType<(Instant At, string Id)>()
            .OrderByDescending(seen => seen.At)
            .ThenBy(seen => seen.Id, StringComparer.Ordinal)
            .Select(seen => ((Instant, string)?)seen)
            .FirstOrDefault();
        if (newest is not { } seen)
        {
            draft.Say(
                new Said("unknown"),
                [Ids.OfScenario(walk)],
                tone: Tone.Caution,
                label: "newest"
            );
            return;
        }

        // Two days is the reference clock for first service: older evidence cannot say whether it was kept.
        var age = walk.AsOf - seen.At;
        draft.Say(
            age <= Duration.FromHours(48)
                ? new Moment(seen.At)
                : new Said(
                    "headline.stale",
                    ("at", new Moment(seen.At)),
                    ("n", new Count((long)age.TotalDays))
                ),
            [seen.Id],
            tone: age <= Duration.FromHours(48) ? Tone.Plain : Tone.Caution,
            label: "newest"
        );
    }

    private static (Instant At, string Id)? Newest(Signal signal, Instant asOf) =>
        signal switch
        {
            SeriesSignal series => series
                .Samples.Where(sample => sample.Value is not null && sample.At <= asOf)
                .Select(sample => ((Instant, string)?)(sample.At, series.Id))
                .LastOrDefault(),
            ReportSignal report when report.ObservedAt <= asOf => (report.ObservedAt, report.Id),
            _ => null,
        };
}
