using Breakwater.Vocabulary;
using NodaTime;
using NodaTime.Text;
using static Breakwater.Disruptions.Kinds.Observation;

namespace Breakwater.Disruptions.Kinds;

/// <summary>When, by the local clock: round hours, midnight, part of the day, and the same hours on several days.</summary>
internal static class HourObservations
{
    private const int HalfHourMinutes = 30;
    private const int DayMinutes = 24 * 60;
    private static readonly LocalTimePattern _clock = LocalTimePattern.CreateWithInvariantCulture(
        "HH:mm"
    );

    public static IEnumerable<Observation> Of(
        Disruption disruption,
        Surroundings surroundings,
        KindProfile profile
    )
    {
        string[] from = [disruption.Id];
        return (
            (IEnumerable<Observation?>)
                [
                    Mark(disruption.Onset, "onset", "begins", disruption, profile, from),
                    disruption.End is { } end
                        ? Mark(end, "end", "ends", disruption, profile, from)
                        : null,
                    Midnight(disruption, profile, from),
                    PartOfDay(disruption, from),
                    Recurrence(disruption, surroundings, profile),
                ]
        ).OfType<Observation>();
    }

    private static Observation? Mark(
        InstantRange range,
        string which,
        string verb,
        Disruption disruption,
        KindProfile profile,
        IReadOnlyList<string> from
    ) =>
        range.Latest - range.Earliest > Duration.FromMinutes(profile.MarkMinutes.Value)
        || CountryClock.At(disruption.Place.Country, range.Latest).Count == 0
            ? null
        : CountryClock.MarkIn(
            disruption.Place.Country,
            range.Earliest,
            range.Latest,
            HalfHourMinutes
        )
            is { } mark
            ? new Observation(
                $"round_{which}",
                $"It {verb} at a full or half hour of local time, {_clock.Format(mark)}.",
                from
            )
        : new Observation(
            $"odd_{which}",
            $"It {verb} away from full and half hours of local time.",
            from
        );

    private static Observation? Midnight(
        Disruption disruption,
        KindProfile profile,
        IReadOnlyList<string> from
    ) =>
        disruption.Onset.Latest - disruption.Onset.Earliest
            <= Duration.FromMinutes(profile.MidnightMinutes.Value)
        && CountryClock.MarkIn(
            disruption.Place.Country,
            disruption.Onset.Earliest,
            disruption.Onset.Latest,
            DayMinutes
        )
            is not null
            ? new Observation("midnight_onset", "It begins at local midnight.", from)
            : null;

    /// <summary>Only where all zones of the country agree on it.</summary>
    private static Observation? PartOfDay(Disruption disruption, IReadOnlyList<string> from)
    {
        List<int> parts =
        [
            .. CountryClock
                .At(disruption.Place.Country, disruption.Start)
                .Select(local => local.Hour / 6)
                .Distinct(),
        ];
        if (
            parts.Count != 1
            || disruption.Onset.Latest - disruption.Onset.Earliest > Duration.FromHours(2)
        )
        {
            return null;
        }

        (string tag, string text) = parts[0] switch
        {
            0 => ("night_onset", "It begins between midnight and 6 in the morning, local time."),
            1 => ("morning_onset", "It begins between 6 in the morning and noon, local time."),
            2 => ("afternoon_onset", "It begins between noon and 6 in the evening, local time."),
            _ => ("evening_onset", "It begins between 6 in the evening and midnight, local time."),
        };
        return new Observation(tag, text, from);
    }

    private static Observation Recurrence(
        Disruption disruption,
        Surroundings surroundings,
        KindProfile profile
    )
    {
        List<Disruption> alike = [];
        foreach (
            Disruption other in surroundings.Of(
                disruption,
                Duration.FromDays(profile.RecurrenceDays.Value)
            )
        )
        {
            if (IsSameHours(disruption, other, profile))
            {
                alike.Add(other);
            }
        }

        int days = alike.Select(other => Day(other)).Distinct().Count();
        if (days < profile.RecurrenceDaysLeast.Value)
        {
            // Said only so that learning can count it: a first day is not yet repeated, whatever it is.
            return new Observation(
                "not_repeated",
                "The same hours are not lost on other days.",
                []
            );
        }

        string clock = CountryClock.At(disruption.Place.Country, disruption.Start)
            is [var local, ..]
            ? $"around {_clock.Format(local.TimeOfDay)} local time"
            : "at the same time of day";
        return IsMorning(disruption)
            ? new Observation(
                "mornings_on_several_days",
                Say($"It falls {clock} on {days} days and is back before the afternoon."),
                Ids(alike)
            )
            : new Observation(
                "same_hours_on_several_days",
                Say($"It falls {clock} on {days} days and ends at the same hour."),
                Ids(alike)
            );
    }

    private static bool IsSameHours(Disruption one, Disruption other, KindProfile profile) =>
        one.End is { } oneEnd
        && other.End is { } otherEnd
        && oneEnd.Latest - one.Start < Duration.FromHours(16)
        && otherEnd.Latest - other.Start < Duration.FromHours(16)
        && ClockMinutesBetween(one.Start, other.Start) <= profile.RecurrenceMinutes.Value
        && ClockMinutesBetween(oneEnd.Latest, otherEnd.Latest)
            <= 2 * profile.RecurrenceMinutes.Value;

    /// <summary>Distance of two times of day round the clock; the same in every zone.</summary>
    private static double ClockMinutesBetween(Instant one, Instant other)
    {
        double apart = Math.Abs((one - other).TotalMinutes) % DayMinutes;
        return Math.Min(apart, DayMinutes - apart);
    }

    private static LocalDate Day(Disruption disruption) =>
        CountryClock.At(disruption.Place.Country, disruption.Start) is [var local, ..]
            ? local.Date
            : disruption.Start.InUtc().Date;

    /// <summary>Announced exams have been held behind losses that begin between 1 and 10 in the morning and end by 3 in the afternoon.</summary>
    private static bool IsMorning(Disruption disruption) =>
        CountryClock
            .At(disruption.Place.Country, disruption.Start)
            .Any(local =>
                local.Hour is >= 1 and < 10
                && local.TimeOfDay.TickOfDay
                    + (disruption.End!.Latest - disruption.Start).BclCompatibleTicks
                    <= 15 * NodaConstants.TicksPerHour
            );
}
