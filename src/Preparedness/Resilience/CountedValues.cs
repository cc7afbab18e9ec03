using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Resilience;

/// <summary>
/// Values of indicators from counts of what is on record. Where nothing at all is kept of a matter, its value is unknown and there is
/// none; where it is kept and this country has none of it, it is zero.
/// </summary>
public static class CountedValues
{
    private const string Own = "own records";

    /// <param name="reachable">Contact points verified in time; what has expired never counts.</param>
    public static IEnumerable<IndicatorValue> FromReadiness(
        string country,
        int reachable,
        int total,
        int classes,
        LocalDate date
    ) =>
        total == 0
            ? []
            :
            [
                Of(
                    country,
                    "contacts-reachable",
                    Percent(reachable, total),
                    date,
                    $"{reachable} of {total} contact points verified in time"
                ),
                Of(
                    country,
                    "contact-classes",
                    classes,
                    date,
                    $"stakeholder classes with a reachable contact point: {classes}"
                ),
            ];

    /// <param name="kindsInForce">Kinds of agreements of which at least one is in force for the country.</param>
    /// <param name="tested">Of those in force, tested within a year.</param>
    /// <param name="areKept">True when this node keeps agreements at all, of whatever country.</param>
    public static IEnumerable<IndicatorValue> FromAgreements(
        string country,
        int kindsInForce,
        int inForce,
        int tested,
        bool areKept,
        LocalDate date
    ) =>
        !areKept
            ? []
            :
            [
                Of(
                    country,
                    "agreement-kinds",
                    kindsInForce,
                    date,
                    $"kinds of agreements in force: {kindsInForce}"
                ),
                .. inForce == 0
                    ? (IEnumerable<IndicatorValue>)[]
                    :
                    [
                        Of(
                            country,
                            "agreements-tested",
                            Percent(tested, inForce),
                            date,
                            $"{tested} of {inForce} agreements in force tested within a year"
                        ),
                    ],
            ];

    /// <param name="offers">Standing offers that can be used there now.</param>
    /// <param name="leadDays">Of the quickest; null when there is none.</param>
    /// <param name="areKept">True when this node keeps offers at all, of whatever country.</param>
    public static IEnumerable<IndicatorValue> FromStocks(
        string country,
        int offers,
        double? leadDays,
        bool areKept,
        LocalDate date
    ) =>
        !areKept
            ? []
            :
            [
                Of(
                    country,
                    "stock-offers",
                    offers,
                    date,
                    $"standing offers that can be used there: {offers}"
                ),
                .. leadDays is { } days
                    ?
                    [
                        Of(
                            country,
                            "stock-lead-days",
                            days,
                            date,
                            "lead time of the quickest standing offer"
                        ),
                    ]
                    : (IEnumerable<IndicatorValue>)[],
            ];

    /// <summary>A plan of which every answer is unknown says nothing yet; what is answered "partly" counts half.</summary>
    /// <param name="unknown">Items that nobody answered: they widen the range.</param>
    public static IEnumerable<IndicatorValue> FromPlan(
        string country,
        int yes,
        int partly,
        int no,
        int unknown,
        LocalDate date
    )
    {
        int answered = yes + partly + no;
        int all = answered + unknown;
        return answered == 0
            ? []
            :
            [
                Of(
                    country,
                    "plan-answers",
                    Percent(yes + (partly / 2.0), answered),
                    date,
                    $"country plan: {yes} yes, {partly} partly, {no} no, {unknown} unknown"
                ) with
                {
                    Low = Percent(yes + (partly / 2.0), all),
                    High = Percent(yes + (partly / 2.0) + unknown, all),
                },
            ];
    }

    /// <param name="held">Exercises ended within two years.</param>
    /// <param name="tasks">After-action tasks of those.</param>
    /// <param name="areKept">True when this node keeps exercises at all, of whatever country.</param>
    public static IEnumerable<IndicatorValue> FromExercises(
        string country,
        int held,
        int tasks,
        int closed,
        double? detectHours,
        bool areKept,
        LocalDate date
    ) =>
        !areKept
            ? []
            :
            [
                Of(
                    country,
                    "exercises-held",
                    held,
                    date,
                    $"exercises ended within two years: {held}"
                ),
                .. tasks == 0
                    ? (IEnumerable<IndicatorValue>)[]
                    :
                    [
                        Of(
                            country,
                            "exercise-tasks-closed",
                            Percent(closed, tasks),
                            date,
                            $"{closed} of {tasks} after-action tasks closed"
                        ),
                    ],
                .. detectHours is { } hours
                    ?
                    [
                        Of(
                            country,
                            "exercise-detect-hours",
                            hours,
                            date,
                            "time to detect in the last exercise"
                        ),
                    ]
                    : (IEnumerable<IndicatorValue>)[],
            ];

    /// <summary>The name servers of a country's own top-level domain. What no table showed is unknown.</summary>
    /// <param name="networks">Distinct origins of all their addresses; null when not every address could be looked up.</param>
    /// <param name="registered">Countries that the addresses are registered in, which is not where the servers stand; null when unknown.</param>
    public static IEnumerable<IndicatorValue> FromTopLevelDomain(
        string country,
        int? networks,
        IReadOnlyCollection<string>? registered,
        bool isSigned,
        LocalDate date,
        string source
    )
    {
        if (networks is { } count)
        {
            yield return Measured(country, "cctld-networks", count, date, source);
        }

        if (registered is { Count: > 0 })
        {
            bool isBoth = registered.Contains(country) && registered.Count > 1;
            yield return Measured(country, "cctld-inside-and-abroad", isBoth ? 1 : 0, date, source);
        }

        yield return Measured(country, "cctld-signed", isSigned ? 1 : 0, date, source);
    }

    /// <summary>Networks abroad through which those of a country are reached, as a table of routes shows them.</summary>
    /// <param name="byUpstream">Networks of the country that use each foreign upstream.</param>
    /// <param name="networks">Networks of the country in the table.</param>
    public static IEnumerable<IndicatorValue> FromRoutes(
        string country,
        IReadOnlyCollection<int> byUpstream,
        int networks,
        LocalDate date,
        string source
    )
    {
        ArgumentNullException.ThrowIfNull(byUpstream);
        return networks == 0 || byUpstream.Count == 0
            ? []
            :
            [
                Measured(country, "foreign-upstreams", byUpstream.Count, date, source),
                Measured(
                    country,
                    "largest-upstream",
                    Percent(byUpstream.Max(), networks),
                    date,
                    source
                ),
            ];
    }

    private static double Percent(double part, int whole) => 100 * part / whole;

    private static IndicatorValue Of(
        string country,
        string indicator,
        double value,
        LocalDate date,
        string counted
    ) =>
        new(
            country,
            indicator,
            value,
            value,
            value,
            date,
            $"Breakwater: {counted}",
            Own,
            Origin.Reported,
            Own
        );

    private static IndicatorValue Measured(
        string country,
        string indicator,
        double value,
        LocalDate date,
        string source
    ) => new(country, indicator, value, null, null, date, source, Own, Origin.Measured, source);
}
