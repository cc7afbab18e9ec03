using Breakwater.Feeds.Yaml;
using Breakwater.Preparedness.Exercises;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Feeds.Injects;

/// <summary>What those who run an exercise bring into a scenario, and when it begins and ends. What the file leaves open is null.</summary>
public sealed record InjectPlan(
    Instant? StartsAt,
    Instant? EndsAt,
    Duration? FeedsEvery,
    ScenarioTruth? Truth,
    IReadOnlyList<Inject> Injects
)
{
    /// <summary>By when what is expected of those who play.</summary>
    public IReadOnlyDictionary<string, Instant> Expected { get; init; } =
        new Dictionary<string, Instant>();

    public static InjectPlan None { get; } = new(null, null, null, null, []);
}

public sealed record InjectsRead(InjectPlan? Plan, IReadOnlyList<InputFault> Faults);

/// <summary>Reads <c>injects.yaml</c> of a scenario. Every fault is found and named by line; a plan comes out only when there is none.</summary>
public static class InjectsReader
{
    public const string FileName = "injects.yaml";
    public const long MaxBytes = 1024 * 1024;
    private const int MinutesOfDay = 24 * 60;

    /// <param name="folder">The scenario's folder.</param>
    /// <returns>A plan without injects where the folder has no such file.</returns>
    public static InjectsRead Read(string folder, Scenario scenario)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return new InjectsRead(InjectPlan.None, []);
        }

        FileRead read = Files.Read(path, MaxBytes, FileName);
        return read.File is { } file ? Read(file, scenario) : new InjectsRead(null, [read.Fault!]);
    }

    public static InjectsRead Read(SourceFile file, Scenario scenario)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(scenario);
        var faults = new FaultList(file.Name);
        switch (YamlTree.Read(file, faults))
        {
            case YamlMap map:
                InjectPlan plan = Plan(new Fields(map, "", faults), scenario);
                return faults.Count == 0
                    ? new InjectsRead(plan, [])
                    : new InjectsRead(null, faults.InOrder());
            case { } other:
                faults.Add(other.Line, "holds no keys", "Write injects: and a list below it");
                break;
        }

        return new InjectsRead(null, faults.InOrder());
    }

    private static InjectPlan Plan(Fields root, Scenario scenario)
    {
        Instant? startsAt = root.Time("start");
        Instant? endsAt = root.Time("end");
        if (startsAt < scenario.Window.Since || startsAt >= scenario.Window.Until)
        {
            root.Fault(
                "start",
                "'start' is outside the window of the scenario",
                $"Choose a time from {scenario.Window.Since} and before {scenario.Window.Until}"
            );
        }

        if (endsAt <= startsAt)
        {
            root.Fault("end", "'end' is not after 'start'", "Swap them, or correct one of them");
        }

        long? every = root.Whole("feedsEveryMinutes", 5, MinutesOfDay);
        ScenarioTruth? truth = root.Map("truth") is { } told ? Truth(told) : null;
        Dictionary<string, Instant> expected = root.Map("expected") is { } moments
            ? Expected(moments, startsAt ?? scenario.Window.Since, endsAt)
            : [];
        var injects = new List<Inject>();
        foreach (Fields one in root.Maps("injects", isRequired: true))
        {
            Inject inject = new OneInject(one, scenario).Read();
            // Without a start of its own, it begins nowhere before the scenario does.
            Placed(one, inject, startsAt ?? scenario.Window.Since, endsAt);
            if (injects.Any(other => other.Id == inject.Id))
            {
                one.Fault("id", $"'{inject.Id}' stands twice", "Give each inject an id of its own");
            }

            one.Close();
            injects.Add(inject);
        }

        if (injects.Count > Inject.Max)
        {
            root.Fault("injects", $"more than {Inject.Max} injects", "Leave some of them out");
        }

        root.Close();
        return new InjectPlan(
            startsAt,
            endsAt,
            every is { } minutes ? Duration.FromMinutes(minutes) : null,
            truth,
            injects
        )
        {
            Expected = expected,
        };
    }

    private static Dictionary<string, Instant> Expected(
        Fields one,
        Instant startsAt,
        Instant? endsAt
    )
    {
        var expected = new Dictionary<string, Instant>(StringComparer.Ordinal);
        foreach (string key in ExpectedMoments.Keys.Where(one.Has))
        {
            if (one.Time(key) is not { } at)
            {
                continue;
            }

            if (at < startsAt || at > endsAt)
            {
                one.Fault(
                    key,
                    $"'{key}' {at} does not lie between the beginning and the end of the exercise",
                    "Move it between 'start' and 'end'"
                );
            }

            expected[key] = at;
        }

        one.Close();
        return expected;
    }

    /// <summary>An inject before the beginning could only be dropped or fired at a wrong moment, so it is neither.</summary>
    private static void Placed(Fields one, Inject inject, Instant? startsAt, Instant? endsAt)
    {
        if (inject.At == default)
        {
            return;
        }

        if (inject.At < startsAt)
        {
            one.Fault(
                "at",
                $"'at' {inject.At} is in the past: the exercise begins no earlier than {startsAt}",
                "Move it to a later time, or let 'start' be earlier"
            );
        }

        if (inject.At > endsAt)
        {
            one.Fault(
                "at",
                $"'at' {inject.At} comes after the end of the exercise at {endsAt}",
                "Move it to an earlier time, or let 'end' be later"
            );
        }
    }

    private static ScenarioTruth Truth(Fields one)
    {
        var truth = new ScenarioTruth(
            one.Text("what"),
            one.RequiredPlace("place"),
            one.Range("onset") ?? new InstantRange(default, default),
            "stated by the plan of the exercise"
        );
        if (!one.Has("onset"))
        {
            one.Missing("onset", "a time, or earliest and latest");
        }

        one.Close();
        return truth;
    }
}
