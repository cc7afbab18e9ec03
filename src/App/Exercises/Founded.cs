using Breakwater.App.Subjects;
using Breakwater.Decisions;
using Breakwater.Decisions.Clearances;
using Breakwater.Decisions.Membership.Applying;
using Breakwater.Decisions.Offering;
using Breakwater.Feeds;
using Breakwater.Feeds.Injects;
using Breakwater.Needs.Baselines;
using Breakwater.Preparedness.Exercises;
using Breakwater.Preparedness.Exercises.Running;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Exercises;

/// <summary>How an exercise is asked for.</summary>
/// <param name="StartsAt">Null: as the plan says, else half a day before the onset.</param>
/// <param name="EndsAt">Null: as the plan says, else 72 hours later.</param>
/// <param name="Charter">Null: the people of <see cref="ExerciseCharter"/>.</param>
internal sealed record ExerciseAsked(
    Scenario Scenario,
    InjectPlan Plan,
    decimal Speed,
    Instant? StartsAt = null,
    Instant? EndsAt = null,
    Found? Charter = null
);

/// <summary>Founds an exercise in an empty folder: the mark first, then what a node of the scenario begins with.</summary>
internal static class Founded
{
    private const string Author = "founding";
    private static readonly HashSet<Role> _representative = [Role.Representative];

    /// <returns>What of the scenario could not be taken, in words.</returns>
    /// <exception cref="Fault">Nothing was founded.</exception>
    public static async Task<IReadOnlyList<string>> Do(
        string folder,
        ExerciseAsked asked,
        CancellationToken cancel
    )
    {
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new Fault(
                ExitCode.Refused,
                $"{folder} is not empty. An exercise is founded in a folder of its own, and stays one for good"
            );
        }

        Scenario scenario = asked.Scenario;
        Found charter = asked.Charter ?? ExerciseCharter.Of(scenario);
        RequireControl(charter);
        ScenarioTruth? truth = asked.Plan.Truth ?? UsualPlan.TruthOf(scenario);
        Instant startsAt =
            asked.StartsAt ?? asked.Plan.StartsAt ?? UsualPlan.Begins(scenario, truth);
        Instant endsAt = asked.EndsAt ?? asked.Plan.EndsAt ?? startsAt + UsualPlan.Length;
        (IReadOnlyList<Inject> reports, IReadOnlyList<string> left) = ScenarioReports.Of(
            scenario,
            startsAt,
            endsAt
        );
        Decided<RunEvent> decided = FoundRun.Decide(
            null,
            new FoundRun(
                scenario.Id,
                scenario.Title,
                scenario.Files[0].Sha256,
                ExerciseCharter.Control,
                startsAt,
                endsAt,
                asked.Plan.FeedsEvery ?? Duration.FromHours(1),
                asked.Speed,
                [.. asked.Plan.Injects, .. reports],
                truth
            )
            {
                Expected = asked
                    .Plan.Expected.Where(one => one.Value >= startsAt && one.Value <= endsAt)
                    .ToDictionary(),
            },
            Author,
            startsAt
        );
        if (decided.Refusal is { } refusal)
        {
            throw new Fault(ExitCode.Refused, $"not founded: {refusal.Reason}");
        }

        Directory.CreateDirectory(folder);
        var clock = new ExerciseClock(TimeProvider.System);
        clock.Follow(new RunClock(startsAt, asked.Speed, IsRunning: false));
        await using SqlRecords records = DataFolder.Open(folder, clock, isExercise: true);
        KeepScenario(folder, scenario);
        var mark = new Workspace(records);
        mark.Stage(
            new Loaded<ExerciseRun>($"{ExerciseRun.Kind}/{ExerciseRun.TheOne}", 0, null),
            decided.Events,
            Author
        );
        await mark.Commit(null, cancel).ConfigureAwait(false);
        (_, Refusal? no) = await Founding
            .Do(records, charter, startsAt, cancel)
            .ConfigureAwait(false);
        return no is not null
            ? throw new Fault(ExitCode.Refused, $"not founded: {no.Reason}. Remove {folder}")
            :
            [
                .. left,
                .. await Furnish(records, scenario, charter, startsAt, cancel)
                    .ConfigureAwait(false),
            ];
    }

    /// <summary>What is known beforehand, what is on offer, and which permits it takes.</summary>
    private static async Task<IReadOnlyList<string>> Furnish(
        IRecords records,
        Scenario scenario,
        Found charter,
        Instant at,
        CancellationToken cancel
    )
    {
        var left = new List<string>();
        var work = new Workspace(records);
        if (scenario.Country is { } country)
        {
            Stage(
                SetBaseline.Decide(
                    null,
                    new SetBaseline(
                        country,
                        scenario.Populations,
                        scenario.NetworkShares,
                        scenario.Sites,
                        "as the scenario states it"
                    ),
                    Script.Walk,
                    at
                ),
                Empty<Baseline>(Baseline.Kind, country),
                "the baseline"
            );
        }
        else
        {
            left.Add("the baseline: the scenario lies in no country");
        }

        foreach (Clearance clearance in scenario.Clearances)
        {
            Stage(
                OpenClearance.Decide(null, Of(clearance, scenario), Script.Walk, at),
                Empty<ClearanceFile>(ClearanceFile.Kind, clearance.Id),
                $"clearance {clearance.Id}"
            );
        }

        foreach (Offer offer in scenario.Offers)
        {
            if (charter.Organisations.All(one => one.Id != offer.Stakeholder))
            {
                left.Add($"offer {offer.Id}: {offer.Stakeholder} takes no part in this exercise");
                continue;
            }

            Stage(
                MakeOffer.Decide(
                    null,
                    new MakeOffer(offer.Id, offer, [], null, Marking.Public),
                    new Participant(
                        Author,
                        offer.Stakeholder,
                        charter.Organisations.First(one => one.Id == offer.Stakeholder).Class,
                        _representative
                    ),
                    at
                ),
                Empty<StandingOffer>("offer", offer.Id),
                $"offer {offer.Id}"
            );
        }

        if (!work.IsEmpty)
        {
            await work.Commit(null, cancel).ConfigureAwait(false);
        }

        return left;

        void Stage<TState, TEvent>(Decided<TEvent> decided, Loaded<TState> of, string what)
            where TState : class, ISubject<TState, TEvent>
            where TEvent : class
        {
            if (decided.Refusal is { } refusal)
            {
                left.Add($"{what}: {refusal.Reason}");
            }
            else
            {
                work.Stage(of, decided.Events, Author);
            }
        }
    }

    private static Loaded<TState> Empty<TState>(string kind, string id)
        where TState : class => new($"{kind}/{id}", 0, null);

    private static OpenClearance Of(Clearance clearance, Scenario scenario)
    {
        Offer[] waiting =
        [
            .. scenario.Offers.Where(offer => offer.Clearances.Contains(clearance.Id)),
        ];
        return new OpenClearance(
            clearance.Id,
            null,
            clearance.Kind,
            clearance.Authority,
            null,
            waiting.Length > 0 ? waiting[0].Asset : clearance.Id,
            scenario.Place,
            [.. waiting.Select(offer => $"offer/{offer.Id}")],
            RemindAfterDays: 1,
            EscalateAfterDays: 2,
            EscalateTo: "whoever is above that authority",
            clearance.Origin,
            Marking.Public
        );
    }

    private static void RequireControl(Found charter)
    {
        if (
            !charter.Organisations.Any(one =>
                one.Id == ExerciseCharter.Control
                && one.Members.Any(member => member.Roles.Contains(Role.Operator))
            )
        )
        {
            throw new Fault(
                ExitCode.Usage,
                $"the charter has no organisation '{ExerciseCharter.Control}' with an operator. Add the people who run the exercise"
            );
        }
    }

    private static void KeepScenario(string folder, Scenario scenario)
    {
        foreach (SourceFile file in scenario.Files)
        {
            string path = Path.Combine(folder, ExerciseNode.ScenarioFolder, file.Name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, file.Content.ToArray());
        }
    }
}
