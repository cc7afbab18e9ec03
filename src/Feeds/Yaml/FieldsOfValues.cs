using System.Globalization;
using System.Text.Json;
using Breakwater.Vocabulary;
using NodaTime;
using NodaTime.Text;

namespace Breakwater.Feeds.Yaml;

/// <summary>Numbers, times, places and words: each checked where it is read.</summary>
internal sealed partial class Fields
{
    public double? Number(string key, double min, double max, string unit)
    {
        if (TextOrNull(key) is not { } text)
        {
            return null;
        }

        if (
            !double.TryParse(
                text,
                NumberStyles.AllowLeadingSign
                    | NumberStyles.AllowDecimalPoint
                    | NumberStyles.AllowExponent,
                CultureInfo.InvariantCulture,
                out double number
            )
        )
        {
            Fault(key, $"'{key}' is not a number: '{Short(text)}'", "Write digits, as in 12.5");
            return null;
        }

        // Written so that a not-a-number fails too.
        if (!(number >= min && number <= max))
        {
            Fault(
                key,
                $"'{key}' is {Short(text)}, outside {Plain(min)} to {Plain(max)}",
                $"Write {unit} from {Plain(min)} to {Plain(max)}"
            );
            return null;
        }

        return number;
    }

    public double NumberOr(string key, double otherwise, double min, double max, string unit) =>
        Number(key, min, max, unit) ?? otherwise;

    public double RequiredNumber(string key, double min, double max, string unit)
    {
        if (!Has(key))
        {
            Missing(key, unit);
        }

        return Number(key, min, max, unit) ?? min;
    }

    public long? Whole(string key, long min, long max)
    {
        if (TextOrNull(key) is not { } text)
        {
            return null;
        }

        if (
            !long.TryParse(
                text,
                NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture,
                out long number
            )
        )
        {
            Fault(
                key,
                $"'{key}' is not a whole number: '{Short(text)}'",
                "Write digits only, as in 50000"
            );
            return null;
        }

        if (number < min || number > max)
        {
            Fault(
                key,
                $"'{key}' is {number}, {(number < 0 && min >= 0 ? "which is negative" : $"outside {min} to {max}")}",
                $"Write a whole number from {min} to {max}"
            );
            return null;
        }

        return number;
    }

    public long RequiredWhole(string key, long min, long max)
    {
        if (!Has(key))
        {
            Missing(key, "a whole number");
        }

        return Whole(key, min, max) ?? min;
    }

    /// <summary>An amount of money, or null when unknown.</summary>
    public decimal? Money(string key)
    {
        if (TextOrNull(key) is not { } text)
        {
            return null;
        }

        const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        bool isAmount = decimal.TryParse(
            text,
            Styles,
            CultureInfo.InvariantCulture,
            out decimal amount
        );
        if (!isAmount || amount < 0 || amount > 1_000_000_000_000m)
        {
            Fault(
                key,
                isAmount && amount < 0
                    ? $"'{key}' is {amount}, which is negative"
                    : $"'{key}' is not an amount: '{Short(text)}'",
                "Write US dollars as digits, 0 or more, as in 311361"
            );
            return null;
        }

        return amount;
    }

    public Instant? Time(string key) =>
        TextOrNull(key) is { } text ? Time(text, LineOf(key), $"'{key}'{Where}") : null;

    public Instant RequiredTime(string key)
    {
        if (!Has(key))
        {
            Missing(key, "a UTC time such as 2026-01-08T16:30:00Z");
        }

        return Time(key) ?? default;
    }

    /// <summary>One time, or <c>{earliest, latest}</c> when the moment is known only to lie between two.</summary>
    public InstantRange? Range(string key)
    {
        if (Given(key) is not YamlMap)
        {
            return Time(key) is { } at ? new InstantRange(at, at) : null;
        }

        Fields range = Map(key)!;
        var between = new InstantRange(
            range.RequiredTime("earliest"),
            range.RequiredTime("latest")
        );
        range.Close();
        if (between.Latest < between.Earliest)
        {
            range.Fault("latest", "'latest' is before 'earliest'", "Swap them");
        }

        return between;
    }

    public LocalDate? Date(string key)
    {
        if (TextOrNull(key) is not { } text)
        {
            return null;
        }

        ParseResult<LocalDate> date = LocalDatePattern.Iso.Parse(text);
        if (!date.Success)
        {
            Fault(key, $"'{key}' is not a date: '{Short(text)}'", "Write it as 2024-04-30");
        }

        return date.Success ? date.Value : null;
    }

    public Place? Place(string key)
    {
        if (TextOrNull(key) is not { } text)
        {
            return null;
        }

        if (Vocabulary.Place.TryParse(text, out Place place))
        {
            return place;
        }

        Fault(
            key,
            $"'{key}' is not a place: '{Short(text)}'",
            "Write a country code such as SD, or SD/Khartoum for an area in it"
        );
        return null;
    }

    public Place RequiredPlace(string key)
    {
        if (!Has(key))
        {
            Missing(key, "a place such as SD/Khartoum");
        }

        return Place(key) ?? new Place();
    }

    /// <summary>A word of an enumeration in kebab case.</summary>
    public T? Word<T>(string key)
        where T : struct, Enum =>
        OneOf(key, [.. Enum.GetNames<T>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName)])
            is { } word
            ? Enum.GetValues<T>()
                .First(value =>
                    JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()) == word
                )
            : null;

    public T RequiredWord<T>(string key)
        where T : struct, Enum
    {
        if (!Has(key))
        {
            Missing(key, "a word");
        }

        return Word<T>(key) ?? default;
    }

    public string? OneOf(string key, IReadOnlyCollection<string> words)
    {
        if (TextOrNull(key) is not { } text)
        {
            return null;
        }

        if (words.Contains(text))
        {
            return text;
        }

        Fault(
            key,
            $"'{key}' is '{Short(text)}', which is not one of its words",
            Nearest.Choice(text, words)
        );
        return null;
    }

    public bool Truth(string key, bool otherwise) =>
        OneOf(key, ["true", "false"]) is { } word ? word == "true" : otherwise;

    private Instant? Time(string text, int line, string what)
    {
        if (OffsetDateTimePattern.ExtendedIso.Parse(text) is { Success: true } withOffset)
        {
            return withOffset.Value.ToInstant();
        }

        bool lacksZone =
            LocalDateTimePattern.ExtendedIso.Parse(text).Success
            || LocalDatePattern.Iso.Parse(text).Success;
        faults.Add(
            line,
            lacksZone
                ? $"{what} has no time of day with zone: '{text}'"
                : $"{what} is not a time: '{Short(text)}'",
            "Write it in UTC with Z, as in 2026-01-08T16:30:00Z"
        );
        return null;
    }

    private static string Plain(double number) =>
        number.ToString("0.######", CultureInfo.InvariantCulture);
}
