using System.Text.Json;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;
using NodaTime.Text;
using static Breakwater.Disruptions.Kinds.Observation;

namespace Breakwater.Disruptions.Kinds;

/// <summary>Circumstances that overlap a disruption in place and time, as somebody states them. They are given, never known here.</summary>
internal static class CircumstanceObservations
{
    public const string CablePlaces = "cable_places_fall_together";

    private static readonly InstantPattern _minute = InstantPattern.CreateWithInvariantCulture(
        "uuuu-MM-dd HH:mm"
    );

    /// <summary>One observation for each kind of circumstance, its strongest: ten notices of one power cut are one power cut.</summary>
    public static IEnumerable<(KindCircumstance Numbers, Observation Observation)> Of(
        Disruption disruption,
        IReadOnlyList<ContextSignal> context,
        KindProfile profile
    )
    {
        ILookup<Circumstance, ContextSignal> byCircumstance = context.ToLookup(signal =>
            signal.Circumstance
        );
        foreach (KindCircumstance numbers in profile.Circumstances)
        {
            List<(ContextSignal Signal, double Share)> stated =
            [
                .. byCircumstance[numbers.Circumstance]
                    .Where(signal => IsWithinTime(disruption, signal, numbers))
                    .Select(signal => (Signal: signal, Share: Share(disruption, signal, profile)))
                    .Where(item => item.Share > 0)
                    .OrderByDescending(item => item.Share)
                    .ThenBy(item => item.Signal.Id, StringComparer.Ordinal),
            ];
            if (stated.Count > 0)
            {
                yield return (
                    numbers,
                    new Observation(
                        JsonNamingPolicy.SnakeCaseLower.ConvertName($"{numbers.Circumstance}")
                            + "_stated",
                        Text(stated[0].Signal, stated.Count, stated[0].Share),
                        [.. stated.Select(item => item.Signal.Id)],
                        stated[0].Share
                    )
                );
            }
        }
    }

    /// <summary>Other places named with the same cable fault that fell near its start too.</summary>
    public static Observation? CableSet(
        Disruption disruption,
        IReadOnlyList<ContextSignal> context,
        Surroundings surroundings,
        KindProfile profile
    )
    {
        if (
            profile.Circumstances.FirstOrDefault(item =>
                item.Circumstance == Circumstance.CableFault
            )
            is not { } numbers
        )
        {
            return null;
        }

        List<ContextSignal> faults =
        [
            .. context.Where(signal => signal.Circumstance == Circumstance.CableFault),
        ];
        List<ContextSignal> own =
        [
            .. faults.Where(signal =>
                Share(disruption, signal, profile) > 0 && IsWithinTime(disruption, signal, numbers)
            ),
        ];
        if (own.Count == 0)
        {
            return null;
        }

        List<Disruption> also = [];
        foreach (
            string country in faults
                .Where(fault => own.Exists(signal => IsSameFault(signal, fault, numbers)))
                .Select(fault => fault.Place.Country)
                .OfType<string>()
                .Distinct()
                .Where(country => country != disruption.Place.Country)
                .Order(StringComparer.Ordinal)
        )
        {
            if (
                surroundings.FirstIn(
                    country,
                    disruption.Start,
                    Duration.FromHours(numbers.OpenHours)
                ) is
                { } fallen
            )
            {
                also.Add(fallen);
            }
        }

        return also.Count == 0
            ? null
            : new Observation(
                CablePlaces,
                Say(
                    $"{also.Count} other countries named with the same cable fault fall too: {string.Join(", ", also.Take(FromMax).Select(other => other.Place.Country))}."
                ),
                [.. Ids(also), .. own.Take(1).Select(signal => signal.Id)]
            );
    }

    private static bool IsSameFault(
        ContextSignal one,
        ContextSignal other,
        KindCircumstance numbers
    ) =>
        one.Source == other.Source
        && Duration.FromHours(numbers.OpenHours)
            >= (
                one.Start.Latest > other.Start.Latest
                    ? one.Start.Latest - other.Start.Latest
                    : other.Start.Latest - one.Start.Latest
            );

    private static bool IsWithinTime(
        Disruption disruption,
        ContextSignal signal,
        KindCircumstance numbers
    )
    {
        Instant until =
            signal.End is { } end && !numbers.NearStart
                ? end.Latest
                : signal.Start.Latest + Duration.FromHours(numbers.OpenHours);
        return disruption.Onset.Latest
                >= signal.Start.Earliest - Duration.FromHours(numbers.LeadHours)
            && disruption.Onset.Earliest <= until + Duration.FromHours(numbers.DelayHours);
    }

    /// <summary>Whole when it covers the place, a part when it is about a part of it, nothing elsewhere.</summary>
    private static double Share(Disruption disruption, ContextSignal signal, KindProfile profile)
    {
        bool isCovered =
            disruption.Place.IsWithin(signal.Place)
            && (signal.Network is null || signal.Network == disruption.Network);
        bool isPart =
            !isCovered
            && (signal.Place.IsWithin(disruption.Place) || disruption.Place.IsWithin(signal.Place))
            && (
                signal.Network is null
                || disruption.Network is null
                || signal.Network == disruption.Network
            );
        double share =
            isCovered ? 1
            : isPart ? profile.PartialShare.Value
            : 0;
        return signal.Origin is Origin.Modelled or Origin.Reconstructed
            ? share * profile.PartialShare.Value
            : share;
    }

    private static string Text(ContextSignal signal, int count, double share)
    {
        string end = signal.End is { } until
            ? $" to {_minute.Format(until.Latest)}"
            : ", no end stated";
        string more = count > 1 ? Say($" and {count - 1} more statements") : "";
        string part = share < 1 ? "; it covers a part of the place, or is not a direct report" : "";
        return $"{Name(signal.Circumstance)} in {signal.Place.Key} from {_minute.Format(signal.Start.Earliest)}{end} UTC, stated by {Shown(signal.Source)}{more}{part}.";
    }

    private static string Name(Circumstance circumstance) =>
        circumstance switch
        {
            Circumstance.ExamPeriod => "An exam period",
            Circumstance.Election => "A vote",
            Circumstance.Protest => "Protests",
            Circumstance.Hostilities => "Hostilities",
            Circumstance.Curfew => "A curfew",
            Circumstance.ShutdownOrder => "An order to shut down",
            Circumstance.PowerOutage => "A power cut",
            Circumstance.CableFault => "A cable fault",
            Circumstance.Disaster => "A disaster",
            Circumstance.Maintenance => "Planned works",
            Circumstance.RegistryDecision => "A decision of a registry",
            _ => "A circumstance",
        };
}
