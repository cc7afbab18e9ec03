using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Agreements;

/// <summary>What of one kind of agreement a country has on record. None on record is not known to be none.</summary>
/// <param name="InForce">Those in force that name the country, or a part of it.</param>
/// <param name="OnlyParts">Of these, those that name parts of it only.</param>
/// <param name="NeverTested">Of those in force, those that nobody tried; a failed try is not counted as never.</param>
/// <param name="Failed">Of those in force, those whose last test failed.</param>
/// <param name="TestOverdue">Of those in force, those whose last good test is older than its parties wanted.</param>
/// <param name="ExpiringSoon">Of those in force, those that end soon.</param>
/// <param name="ForCivilians">Of those in force, those that name a civilian group.</param>
/// <param name="ForResponders">Of those in force, those that name responders. The two are no sum (INV-05).</param>
/// <param name="Waiting">Proposed, or signed and not begun: not in force.</param>
public sealed record KindCover(
    AgreementKind Kind,
    int InForce,
    int OnlyParts,
    int NeverTested,
    int Failed,
    int TestOverdue,
    int ExpiringSoon,
    int ForCivilians,
    int ForResponders,
    int Waiting
)
{
    public bool IsGap => InForce == 0;
}

/// <summary>What is wanting in one agreement of a country, apart from there being none.</summary>
public enum AgreementWant
{
    NeverTested,
    LastTestFailed,
    TestOverdue,
    ExpiresSoon,
    NoTrigger,
}

public sealed record AgreementWanting(
    string Agreement,
    string Name,
    AgreementKind Kind,
    AgreementWant Want,
    Instant? At
);

/// <summary>A country with every kind of agreement, those that it has none of among them.</summary>
public sealed record CountryCover(
    string Country,
    IReadOnlyList<KindCover> Kinds,
    IReadOnlyList<AgreementWanting> Wanting
)
{
    public IEnumerable<AgreementKind> Gaps =>
        Kinds.Where(kind => kind.IsGap).Select(kind => kind.Kind);
}

/// <summary>Which countries have which agreements in force, and what is wanting in them, as far as they are on record.</summary>
public static class AgreementCover
{
    /// <summary>What ends within this is about to end: time enough to lay other terms before the parties.</summary>
    public static Duration SoonMax { get; } = Duration.FromDays(90);

    private const double DaysPerMonth = 365.25 / 12;

    /// <param name="agreements">Those that the reader may know of.</param>
    /// <param name="countries">Which to tell of; countries without any agreement are told too.</param>
    public static IReadOnlyList<CountryCover> Of(
        IReadOnlyCollection<Agreement> agreements,
        IEnumerable<string> countries,
        Instant asOf
    )
    {
        ArgumentNullException.ThrowIfNull(agreements);
        ILookup<string, Agreement> of = agreements
            .SelectMany(
                one => CountriesOf(one).Distinct(StringComparer.Ordinal),
                (one, country) => (one, country)
            )
            .ToLookup(pair => pair.country, pair => pair.one, StringComparer.Ordinal);
        return
        [
            .. countries
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Select(country => Of(country, [.. of[country]], asOf)),
        ];
    }

    public static IEnumerable<string> CountriesOf(Agreement agreement)
    {
        ArgumentNullException.ThrowIfNull(agreement);
        return agreement.Terms.Places.Select(place => place.Country).OfType<string>();
    }

    private static CountryCover Of(string country, IReadOnlyList<Agreement> all, Instant asOf) =>
        new(
            country,
            [.. Enum.GetValues<AgreementKind>().Select(kind => Of(country, kind, all, asOf))],
            [
                .. all.Where(one => one.IsInForceAt(asOf))
                    .OrderBy(one => one.Id, StringComparer.Ordinal)
                    .SelectMany(one => Wants(one, asOf)),
            ]
        );

    private static KindCover Of(
        string country,
        AgreementKind kind,
        IReadOnlyList<Agreement> all,
        Instant asOf
    )
    {
        Agreement[] ofKind = [.. all.Where(one => one.Terms.Kind == kind)];
        Agreement[] inForce = [.. ofKind.Where(one => one.IsInForceAt(asOf))];
        return new KindCover(
            kind,
            inForce.Length,
            inForce.Count(one => one.Terms.Places.All(place => place.Key != country)),
            Count(AgreementWant.NeverTested),
            Count(AgreementWant.LastTestFailed),
            Count(AgreementWant.TestOverdue),
            Count(AgreementWant.ExpiresSoon),
            inForce.Count(one =>
                one.Terms.Groups.Any(group => group != PopulationGroup.Responders)
            ),
            inForce.Count(one => one.Terms.Groups.Contains(PopulationGroup.Responders)),
            ofKind.Count(one =>
                one.State is AgreementState.Proposed or AgreementState.Signed
                && !(one.Terms.Until <= asOf)
            )
        );

        int Count(AgreementWant want) =>
            inForce.Count(one => Wants(one, asOf).Any(wanting => wanting.Want == want));
    }

    /// <summary>What is wanting in an agreement that is in force.</summary>
    public static IReadOnlyList<AgreementWanting> Wants(Agreement agreement, Instant asOf)
    {
        ArgumentNullException.ThrowIfNull(agreement);
        // Of two on one day, the one that was written down later.
        AgreementTest? last = agreement
            .Tests.Where(test => test.On <= asOf)
            .OrderBy(test => test.On)
            .LastOrDefault();
        Instant? due = agreement.Terms.TestMonths is { } months
            ? (agreement.TestedOn ?? agreement.InForceSince)
                + Duration.FromDays(months * DaysPerMonth)
            : null;
        return
        [
            .. last is null ? One(AgreementWant.NeverTested, null)
            : last.Result == TestOutcome.Failed ? One(AgreementWant.LastTestFailed, last.On)
            : [],
            .. due <= asOf ? One(AgreementWant.TestOverdue, due) : [],
            .. agreement.Terms.Until is { } until && until - asOf <= SoonMax
                ? One(AgreementWant.ExpiresSoon, until)
                : [],
            .. agreement.Terms.Trigger.Count == 0 ? One(AgreementWant.NoTrigger, null) : [],
        ];

        AgreementWanting[] One(AgreementWant want, Instant? at) =>
            [new(agreement.Id, agreement.Name, agreement.Terms.Kind, want, at)];
    }
}
