using Breakwater.App.Pages;
using Breakwater.Disruptions;
using Breakwater.Feeds;
using Breakwater.Feeds.Injects;
using Breakwater.Preparedness.Exercises;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Exercises;

/// <summary>
/// What an exercise brings in when nobody has written its <c>injects.yaml</c>: a briefing, questions to those whose roles answer them, what
/// the scenario says that others claim, and a feed that goes blind when another one still sees. It invents no event of the scenario.
/// </summary>
internal static class UsualPlan
{
    public static Duration Length { get; } = Duration.FromHours(72);

    private static readonly Duration _before = Duration.FromHours(12);
    private static readonly Duration _blindFor = Duration.FromHours(12);

    private static readonly (string Id, int AfterHours, Role[] To)[] _messages =
    [
        ("briefing", 0, []),
        ("what-is-known", 18, [Role.Analyst]),
        ("who-is-cut-off", 24, [Role.Planner]),
        ("press-call", 36, [Role.Publisher, Role.Representative]),
        ("legal-question", 48, [Role.LegalAnalyst]),
    ];

    /// <param name="startsAt">Null: half a day before the onset.</param>
    /// <param name="endsAt">Null: 72 hours later.</param>
    public static InjectPlan Of(Scenario scenario, Instant? startsAt, Instant? endsAt)
    {
        ScenarioTruth? truth = TruthOf(scenario);
        Instant from = startsAt ?? Begins(scenario, truth);
        Instant to = endsAt ?? from + Length;
        return new InjectPlan(
            from,
            to,
            null,
            truth,
            [
                .. new[] { Messages(from), Claims(scenario, from), Blind(scenario, from) }
                    .SelectMany(injects => injects)
                    .Where(inject => inject.At >= from && inject.At <= to)
                    .OrderBy(inject => inject.At)
                    .Take(Inject.Max / 2),
            ]
        );
    }

    /// <summary>With all of the data, and hindsight: the open loss that weighs most; else the first that is claimed.</summary>
    public static ScenarioTruth? TruthOf(Scenario scenario) =>
        DisruptionsFromSignals
            .Detect(
                SignalsOfScenario.Read(scenario).Signals,
                DetectorProfile.Default,
                scenario.Window.Since,
                scenario.AsOf
            )
            .Disruptions.Where(one => one.Severity.Count > 0 && one.Onset.Latest <= scenario.PlanAt)
            .OrderByDescending(one => one.Confidence)
            .ThenByDescending(one => one.Severity.Max(severity => severity.Minutes))
            .ThenBy(one => one.Id, StringComparer.Ordinal)
            .Select(one => new ScenarioTruth(
                Checks.Word(one.Kind),
                one.Place,
                one.Onset,
                "told from the whole of the data"
            ))
            .FirstOrDefault()
        ?? scenario
            .Claims.Where(one => one.Claim.Start is not null)
            .OrderBy(one => one.Claim.Start!.Earliest)
            .Select(one => new ScenarioTruth(
                one.Claim.What,
                one.Place,
                one.Claim.Start!,
                $"as claimed: {one.Claim.Source}"
            ))
            .FirstOrDefault();

    public static Instant Begins(Scenario scenario, ScenarioTruth? truth) =>
        Instant.Max(scenario.Window.Since, (truth?.Onset.Earliest ?? scenario.PlanAt) - _before);

    private static IEnumerable<Inject> Messages(Instant from) =>
        _messages.Select(message => new Inject
        {
            Id = message.Id,
            At = from + Duration.FromHours(message.AfterHours),
            Kind = InjectKind.Message,
            Roles = message.To,
            Text = Said($"exercise.usual.{message.Id}"),
        });

    /// <summary>
    /// Once all of the time is over in which it may have begun: nobody can have said so before. When it was said is not on record, and
    /// of an end that lies ahead nothing is told.
    /// </summary>
    private static IEnumerable<Inject> Claims(Scenario scenario, Instant from) =>
        scenario
            .Claims.Where(one => one.Claim.Start is not null)
            .Select(
                (one, i) =>
                    new Inject
                    {
                        Id = $"scenario-claim-{i + 1}",
                        At = Instant.Max(one.Claim.Start!.Latest, from),
                        Kind = InjectKind.Claim,
                        Text = new Dictionary<string, string>
                        {
                            ["en"] = one.Claim.Wording[
                                ..Math.Min(one.Claim.Wording.Length, Inject.TextMax)
                            ],
                        },
                        Claim = new InjectedClaim(
                            one.Place,
                            one.Claim.What,
                            one.Claim.Source,
                            one.Claim.Start,
                            one.Claim.Actor,
                            one.Claim.Cause,
                            one.Network
                        )
                        {
                            Target = one.Target,
                            FurtherPlaces = one.FurtherPlaces,
                        },
                    }
            );

    private static IEnumerable<Inject> Blind(Scenario scenario, Instant from) =>
        scenario.Series.Count < 2
            ? []
            :
            [
                new Inject
                {
                    Id = "feed-blind",
                    At = from + Duration.FromHours(30),
                    Until = from + Duration.FromHours(30) + _blindFor,
                    Kind = InjectKind.FeedBlind,
                    About = scenario.Series[^1].File.Name,
                    Text = Said("exercise.usual.feed-blind"),
                },
            ];

    private static Dictionary<string, string> Said(string key) =>
        PageTexts.Languages.ToDictionary(
            language => language,
            language => PageTexts.For(language).Plain(key)
        );
}
