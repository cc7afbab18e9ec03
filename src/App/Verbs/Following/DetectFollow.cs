using System.CommandLine;
using Breakwater.Disruptions;
using Breakwater.Feeds;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Verbs.Following;

/// <summary><c>detect --follow</c>: after a history, if there is one, samples line by line from standard input.</summary>
internal sealed class DetectFollow
{
    public static readonly Option<bool> Follow = new("--follow")
    {
        Description =
            "After the inputs, which may be none, read samples line by line from standard input until it ends or Ctrl-C, and print each revision at once; lines are JSON: {\"source\":\"probing\",\"family\":\"probing\",\"place\":\"IR\",\"time\":\"2026-01-08T16:30:00Z\",\"value\":53.2,\"step\":1800}, or those of probe --out -",
    };
    public static readonly Option<string?> Step = new("--step")
    {
        Description =
            "With --follow: distance of samples where no line or input tells it, such as 30m",
        HelpName = "DURATION",
    };
    public static readonly Option<string> Lateness = new("--lateness")
    {
        Description = "With --follow: how late a sample may come",
        HelpName = "DURATION",
        DefaultValueFactory = _ => "48h",
    };

    private static readonly TimeSpan _look = TimeSpan.FromSeconds(30);
    private static readonly Duration _latenessMax = Duration.FromDays(14);

    private readonly Printing print;
    private readonly FollowOutput output;
    private readonly FollowedSamples followed;
    private readonly List<InputFault> faults;
    private readonly List<string> notes;

    private DetectFollow(
        Printing print,
        ParseResult parsed,
        bool isJson,
        Place? place,
        DetectorProfile profile,
        List<InputFault> faults,
        List<string> notes
    )
    {
        this.print = print;
        (this.faults, this.notes) = (faults, notes);
        output = new FollowOutput(print, isJson);
        Duration? step = parsed.GetValue(Step) is { } text ? Options.Length(Step, text) : null;
        if (step < SampleLine.StepMin || step > SampleLine.StepMax)
        {
            throw new Fault(
                ExitCode.Usage,
                $"--step must lie between {SampleLine.StepMin.TotalSeconds} seconds and {SampleLine.StepMax.TotalDays} days"
            );
        }

        Duration lateness = Options.Length(Lateness, parsed.GetValue(Lateness)!);
        if (lateness <= Duration.Zero || lateness > _latenessMax)
        {
            throw new Fault(
                ExitCode.Usage,
                $"--lateness must lie between nothing and {_latenessMax.TotalDays} days"
            );
        }

        followed = new FollowedSamples(
            new LiveDetection(profile, lateness),
            place,
            step,
            SystemClock.Instance.GetCurrentInstant,
            fault => print.Faults([fault])
        );
    }

    /// <summary>Refuses what does not go together, before anything is read.</summary>
    public static void Check(
        ParseResult parsed,
        IReadOnlyList<string> inputs,
        params Option[] refused
    )
    {
        if (!parsed.GetValue(Follow))
        {
            return;
        }

        if (inputs.Contains("-"))
        {
            throw new Fault(
                ExitCode.Usage,
                "--follow reads samples from standard input, so it cannot be an input too. Name a file instead of -"
            );
        }

        foreach (
            Option option in refused.Where(option =>
                parsed.GetResult(option) is { Implicit: false }
            )
        )
        {
            throw new Fault(
                ExitCode.Usage,
                $"--follow does not go with {option.Name}. Keep the lines (| tee samples.jsonl |) and afterwards: breakwater detect samples.jsonl {option.Name}"
            );
        }
    }

    /// <param name="signals">The history; it is let go of once it is taken.</param>
    public static Task<int> Run(
        Printing print,
        ParseResult parsed,
        bool isJson,
        Place? place,
        DetectorProfile profile,
        List<Signal> signals,
        List<InputFault> faults,
        List<string> notes,
        CancellationToken cancel
    ) =>
        new DetectFollow(print, parsed, isJson, place, profile, faults, notes).Run(signals, cancel);

    private async Task<int> Run(List<Signal> signals, CancellationToken cancel)
    {
        print.Faults(faults);
        Begin(signals);
        Signal[] stated = [.. signals.Where(signal => signal is ClaimSignal or ContextSignal)];
        signals.Clear();
        await using Stream stream = Console.OpenStandardInput();
        using var lines = new LineReader(stream, SignalsFromProbes.LineOctetsMax);
        try
        {
            while (await Next(lines, cancel).ConfigureAwait(false) is { } line)
            {
                (IReadOnlyList<Revision> revisions, IReadOnlyList<Disruption> known) =
                    followed.Take(line);
                output.Tell(followed.Turns());
                output.Tell(revisions, known);
            }
        }
        catch (OperationCanceledException)
        {
            // Ended by hand: what is known is told all the same.
        }

        Detection detection = followed.End(stated, lines.Sha256);
        faults.AddRange(followed.Faults);
        output.End(followed, detection, faults, notes);
        return ExitCode.Done;
    }

    /// <summary>The next line; while none comes, the clock is looked at.</summary>
    private async Task<ReadLine?> Next(LineReader lines, CancellationToken cancel)
    {
        Task<ReadLine?> next = lines.Next(cancel).AsTask();
        while (await Task.WhenAny(next, Task.Delay(_look, cancel)).ConfigureAwait(false) != next)
        {
            cancel.ThrowIfCancellationRequested();
            followed.LookAtClock();
            output.Tell(followed.Turns());
        }

        return await next.ConfigureAwait(false);
    }

    private void Begin(List<Signal> signals)
    {
        SeriesSignal[] history =
        [
            .. signals
                .OfType<SeriesSignal>()
                .Where(series => !RoutingFeatures.IsFeature(series.Metric)),
        ];
        foreach (
            IGrouping<string, Signal> others in signals
                .Except(history)
                .Where(signal => signal is not (ClaimSignal or ContextSignal))
                .GroupBy(signal => signal is SeriesSignal ? "features of routing" : WordOf(signal))
                .OrderBy(group => group.Key, StringComparer.Ordinal)
        )
        {
            string note =
                $"{others.Count()} {others.Key} of the inputs are not followed: detect without --follow judges them";
            notes.Add(note);
            print.Fault($"note: {note}");
        }

        if (history.Any(series => series.Place.Area is not null))
        {
            const string note =
                "areas are followed each by itself; the wider place is judged by its areas without --follow only";
            notes.Add(note);
            print.Fault($"note: {note}");
        }

        IReadOnlyList<Revision> open = followed.Begin(history);
        print.ProgressDone();
        print.Fault(
            $"following {followed.SeriesCount} series and what comes on standard input; Ctrl-C ends it and tells what is known"
        );
        output.Tell(followed.Turns());
        output.Tell(open, [.. history.SelectMany(followed.Known)]);
    }

    private static string WordOf(Signal signal) =>
        signal switch
        {
            ReportSignal => "field reports",
            RouteSignal or LeakSignal => "departures in routing",
            DelegationSignal => "delegations",
            _ => "signals",
        };
}
