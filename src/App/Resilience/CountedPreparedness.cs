using Breakwater.Preparedness.Agreements;
using Breakwater.Preparedness.Contacts;
using Breakwater.Preparedness.CountryPlans;
using Breakwater.Preparedness.Exercises;
using Breakwater.Preparedness.Resilience;
using NodaTime;

namespace Breakwater.App.Resilience;

/// <summary>What one reader may see of what is prepared, as values of indicators.</summary>
/// <param name="Checklist">Null when it is damaged: then country plans say nothing.</param>
internal sealed record CountedPreparedness(
    IReadOnlyList<Contact> Contacts,
    IReadOnlyList<Agreement> Agreements,
    IReadOnlyList<CountryPlan> Plans,
    IReadOnlyList<Exercise> Exercises,
    Checklist? Checklist
)
{
    private static readonly Duration _testedWithin = Duration.FromDays(365);
    private static readonly Duration _heldWithin = Duration.FromDays(730);

    /// <summary>Countries of which something is on record.</summary>
    public IEnumerable<string> Countries =>
        Contacts
            .SelectMany(contact => contact.Entry.Countries)
            .Concat(Agreements.SelectMany(AgreementCover.CountriesOf))
            .Concat(Plans.Select(plan => plan.Id))
            .Concat(Exercises.Select(exercise => exercise.Place.Country).OfType<string>());

    public IEnumerable<IndicatorValue> Of(string country, Instant now)
    {
        LocalDate today = now.InUtc().Date;
        return
        [
            .. Readiness(country, today),
            .. Agreed(country, now, today),
            .. Planned(country, now, today),
            .. Practised(country, now, today),
        ];
    }

    private IEnumerable<IndicatorValue> Readiness(string country, LocalDate today) =>
        ContactReadiness.Of(Contacts, country) is { } ready
            ? CountedValues.FromReadiness(
                country,
                ready.Verified,
                ready.Total,
                ContactReadiness
                    .ByCountryAndClass(Contacts)
                    .Count(row =>
                        string.Equals(row.Country, country, StringComparison.OrdinalIgnoreCase)
                        && row.Verified > 0
                    ),
                today
            )
            : [];

    private IEnumerable<IndicatorValue> Agreed(string country, Instant now, LocalDate today)
    {
        Agreement[] inForce =
        [
            .. Agreements.Where(one =>
                one.IsInForceAt(now) && AgreementCover.CountriesOf(one).Contains(country)
            ),
        ];
        return CountedValues.FromAgreements(
            country,
            inForce.Select(one => one.Terms.Kind).Distinct().Count(),
            inForce.Length,
            inForce.Count(one => one.TestedOn is { } tested && now - tested <= _testedWithin),
            Agreements.Count > 0,
            today
        );
    }

    private IEnumerable<IndicatorValue> Planned(string country, Instant now, LocalDate today)
    {
        if (Checklist is null || Plans.FirstOrDefault(plan => plan.Id == country) is not { } plan)
        {
            return [];
        }

        AnswerCounts all = PlanCompleteness.Of(Checklist, country, plan, now).All;
        return CountedValues.FromPlan(country, all.Yes, all.Partly, all.No, all.Unknown, today);
    }

    private IEnumerable<IndicatorValue> Practised(string country, Instant now, LocalDate today)
    {
        Exercise[] recent =
        [
            .. Exercises.Where(exercise =>
                exercise.HeldOn <= now && now - exercise.HeldOn <= _heldWithin
            ),
        ];
        var results = ExerciseResults.Of(recent, country, now);
        Duration? detect = recent
            .Where(exercise => exercise.Place.Country == country && exercise.Result is not null)
            .OrderBy(exercise => exercise.HeldOn)
            .LastOrDefault()
            ?.Result!.Detect;
        return CountedValues.FromExercises(
            country,
            results.Held,
            results.Done + results.Open,
            results.Done,
            detect?.TotalHours,
            Exercises.Count > 0,
            today
        );
    }
}
