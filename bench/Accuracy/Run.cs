using System.Text;
using Breakwater.Bench.Accuracy.Detectors;
using Breakwater.Bench.Accuracy.Metrics;
using Breakwater.Bench.Accuracy.Plots;
using Breakwater.Bench.Accuracy.Reports;
using Breakwater.Bench.Accuracy.Sets;
using Breakwater.Signals;

namespace Breakwater.Bench.Accuracy;

/// <summary>The whole run: sets, the threshold from the training split, scores, plots, report.</summary>
/// <param name="shared">Folder of the reference data, or null.</param>
/// <param name="isQuick">Fewer cases of our own making; the real events all the same.</param>
internal sealed class Run(string? shared, bool isQuick, ulong seed, Action<string> progress)
{
    private static readonly double[] _thresholds = [2, 2.5, 3, 4, 5, 6, 8];
    private readonly Protocol _protocol = new();
    private readonly Reference _reference = new(shared);
    private double _threshold;

    public IReadOnlyList<Section> Sections(string folder)
    {
        Directory.CreateDirectory(folder);
        IReadOnlyList<SeriesSignal>? iran2026 = Iran2026.Series(_reference);
        IReadOnlyList<Area>? iran2019 = Iran2019.Areas(_reference);
        IReadOnlyList<SeriesSignal>? ukraine = Ukraine2022.Series(_reference);
        List<CaseSet> sets = Sets(iran2026, iran2019, ukraine);
        progress("choosing the threshold of the z-score on the training split");
        _threshold = Threshold([.. sets.SelectMany(set => set.Training)]);
        IReadOnlyList<Peer> peers = Peers.All(_threshold);
        List<SetScores> scores = [];
        foreach (CaseSet set in sets)
        {
            progress($"scoring {set.Name}: {set.Test.Count} cases, {peers.Count} detectors");
            scores.Add(SetScores.Of(set, peers, _protocol));
        }

        List<Section> sections = [.. scores.Select(score => score.ToSection(seed))];
        Charts.Compare(sections, folder);
        Charts.ByDepth(scores, folder);
        Charts.Delays(scores, folder);
        if (iran2026 is not null)
        {
            Charts.Timeline(scores.Single(score => score.Set.Name == "iran-2026-01"), folder);
        }

        if (iran2019 is not null)
        {
            IReadOnlyList<AreaRow> rows = AreaTable.Of(iran2019);
            Charts.Map(rows, folder);
            File.WriteAllLines(Path.Combine(folder, "iran-2019-11-areas.csv"), AreaTable.Csv(rows));
            sections.Add(AreaTable.ToSection(rows, AreaTable.OfCountry(iran2019)));
        }

        sections.AddRange(Further(iran2026, iran2019));
        WriteMisses(scores, folder);
        return sections;
    }

    public string Report(IReadOnlyList<Section> sections, IReadOnlyList<string> floors)
    {
        var text = new StringBuilder();
        text.AppendLine("# Accuracy of detection");
        text.AppendLine();
        text.AppendLine(
            FormattableString.Invariant(
                $"Protocol, fixed before scoring: cases are split by event or by stretch, never by row; alarms below confidence {_protocol.ConfidenceMin} are no statement; an event is recalled when an alarm begins within {_protocol.OnsetTolerance.TotalHours:0} h of its labelled onset, and touched when any alarm overlaps it; an alarm is false when it overlaps no event; further alarms on one event count neither way. Delay is from the labelled onset to the moment at which the detector, given only the samples that were complete by then, first reports it ({_protocol.DelayMax.TotalHours:0} h at most). Seed {seed}{(isQuick ? ", quick: fewer cases" : "")}."
            )
        );
        text.AppendLine();
        text.AppendLine(
            "Each number has a 95 % interval from a block bootstrap of 1,000 rounds; `w` marks Wilson's interval of a share and `p` the exact Poisson interval of a rate, given where everything went one way and resampling would claim certainty. \"No interval\": one event or too few blocks."
        );
        text.AppendLine();
        text.AppendLine("| detector | rule |");
        text.AppendLine("|---|---|");
        foreach (Peer peer in Peers.All(_threshold))
        {
            text.AppendLine($"| {peer.Name} | {peer.Rule} |");
        }

        text.AppendLine();
        text.AppendLine(
            "IODA's rules and the z-score are implemented here from their descriptions. The threshold of the z-score has the best F1 on the training split."
        );
        text.AppendLine();
        text.AppendLine(
            "![Found and falsely raised](compared.svg) ![By depth](by-depth.svg) ![Delay](delay.svg)"
        );
        foreach (Section section in sections)
        {
            text.AppendLine();
            text.AppendLine($"## {section.Title}");
            text.AppendLine();
            foreach (string line in section.Lines)
            {
                text.AppendLine(line);
            }
        }

        text.AppendLine();
        text.AppendLine("## Floors");
        text.AppendLine();
        foreach (string line in floors)
        {
            text.AppendLine($"- {line}");
        }

        foreach (string absent in _reference.Absent.Distinct())
        {
            text.AppendLine($"- not scored: no {absent} in BREAKWATER_SHARED");
        }

        return text.ToString().ReplaceLineEndings("\n");
    }

    private List<CaseSet> Sets(
        IReadOnlyList<SeriesSignal>? iran2026,
        IReadOnlyList<Area>? iran2019,
        IReadOnlyList<SeriesSignal>? ukraine
    )
    {
        List<CaseSet> sets = [Synthetic.Make(isQuick ? 32 : 160, seed)];
        List<Case> quiet =
        [
            .. ukraine?.Select(Ukraine2022.Quiet) ?? [],
            .. iran2019 is null ? [] : Iran2019.Quiet(iran2019, isQuick ? 6 : 30),
            .. iran2026 is null ? (Case[])[] : [Iran2026.Quiet(iran2026)],
        ];
        if (quiet.Count > 0)
        {
            sets.Add(Injections.Make(quiet, isQuick ? 2 : 8, seed + 1));
        }

        sets.AddRange(iran2026 is null ? [] : [Iran2026.Make(iran2026)]);
        sets.AddRange(iran2019 is null ? [] : [Iran2019.Make(iran2019)]);
        sets.AddRange(ukraine is null ? [] : [Ukraine2022.Make(ukraine)]);
        return sets;
    }

    /// <summary>Sections beside the sets of cases: those that score another thing than alarms on series.</summary>
    private IEnumerable<Section> Further(
        IReadOnlyList<SeriesSignal>? iran2026,
        IReadOnlyList<Area>? iran2019
    )
    {
        List<(string, IReadOnlyList<SeriesSignal>)> inputs = [];
        if (iran2026 is not null)
        {
            inputs.Add(("iran-2026-01", iran2026));
        }

        if (iran2019 is not null)
        {
            inputs.Add(("iran-2019-11", [.. iran2019.Select(area => area.Series)]));
        }

        Section?[] further =
        [
            ListRecall.Of(_reference, inputs),
            FurtherSections.Storms(_reference, shared),
            FurtherSections.Kinds(_reference, shared),
        ];
        return further.OfType<Section>();
    }

    private double Threshold(IReadOnlyList<Case> training) =>
        _thresholds.MaxBy(threshold =>
            Measure.F1.Of(
                Tally.Sum(
                    training.Select(item =>
                        Scoring
                            .Score(item, Peers.ZScore(threshold).Detect, _protocol, hasDelay: false)
                            .Whole
                    )
                )
            ) ?? 0
        );

    private static void WriteMisses(List<SetScores> scores, string folder) =>
        File.WriteAllLines(
            Path.Combine(folder, "misses.csv"),
            scores
                .SelectMany(set =>
                    set.Scores.SelectMany(item =>
                        item.Scores.SelectMany(score =>
                            score
                                .Missed.Select(miss => (Kind: "missed", Miss: miss))
                                .Concat(score.False.Select(miss => (Kind: "false", Miss: miss)))
                                .Select(line =>
                                    $"{set.Set.Name},{item.Peer.Name.Replace(",", "", StringComparison.Ordinal)},{line.Kind},{line.Miss.Case},\"{line.Miss.What}\",{line.Miss.At}"
                                )
                        )
                    )
                )
                .Prepend("set,detector,kind,case,what,at")
        );
}
