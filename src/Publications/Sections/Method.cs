using Breakwater.Signals;
using Breakwater.Vocabulary;

namespace Breakwater.Publications;

/// <summary>How it was computed and from which inputs, with their hashes.</summary>
internal static class Method
{
    public static Section Section(Released released)
    {
        Walked walk = released.Walk;
        var draft = new Draft("method");
        string[] scenario = [Ids.OfScenario(walk)];
        draft.Say(
            new Said(
                walk.Response is null ? "method.window" : "method.window.response",
                ("from", new Moment(walk.Window.Since)),
                ("to", new Moment(walk.Window.Until)),
                ("scenario", new Code(walk.Scenario))
            ),
            scenario,
            [walk.Origin]
        );
        draft.Say(new Said($"method.origin.{Kebab(walk.Origin)}"), scenario, [walk.Origin]);
        var detectors = walk
            .Detection.Disruptions.Select(disruption => disruption.Detector)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToList();
        if (detectors.Count > 0)
        {
            draft.Say(
                new Said(
                    "method.detector",
                    ("detectors", new Listed([.. detectors.Select(name => new Code(name))]))
                ),
                walk.Detection.Disruptions.Select(disruption => disruption.Id)
            );
        }

        draft.Say(new Said("method.trace"), scenario, tone: Tone.Quiet);
        draft.Tabulate(
            "inputs",
            [new("file"), new("feeds"), new("hash")],
            walk.Signals.SelectMany(signal =>
                    signal.Evidence.Select(evidence => (evidence, signal))
                )
                .GroupBy(pair => (pair.evidence.File, pair.evidence.Sha256))
                .OrderBy(group => group.Key.File, StringComparer.Ordinal)
                .ThenBy(group => group.Key.Sha256, StringComparer.Ordinal)
                .Select(group =>
                    (
                        new Word[]
                        {
                            new Code(group.Key.File),
                            Feeds([.. group.Select(pair => pair.signal)]),
                            new Code(group.Key.Sha256),
                        },
                        group.Select(pair => pair.signal.Id),
                        group.Select(pair => pair.signal.Origin)
                    )
                )
        );
        return draft.Section;
    }

    /// <summary>A national file may hold a hundred series; their names would bury the hash.</summary>
    private static Word Feeds(IReadOnlyList<Signal> signals)
    {
        const int most = 6;
        var names = signals
            .Select(signal => signal.Source)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToList();
        Word named = new Listed([.. names.Take(most).Select(name => new Free(name))]);
        return names.Count <= most
            ? named
            : new Said("headline.more", ("named", named), ("n", new Count(names.Count - most)));
    }

    private static string Kebab(Origin origin) => origin.ToString().ToLowerInvariant();
}
