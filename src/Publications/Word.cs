using System.Globalization;
using System.Text;
using Breakwater.Restorations;
using Breakwater.Vocabulary;
using NodaTime;
using NodaTime.Text;

namespace Breakwater.Publications;

/// <summary>A piece of a sentence before it has a language. <see cref="Stem"/> is what ids are made from.</summary>
public abstract record Word
{
    public abstract string Stem { get; }

    /// <summary>The number that decides the plural form.</summary>
    public virtual long? Quantity => null;

    public static Word Of(CountRange? range) =>
        range is null ? new Said("unknown")
        : range.Low == range.High ? new Count(range.Low)
        : new Between(range.Low, range.High);

    public static Word Of(Instant? at) => at is { } known ? new Moment(known) : new Said("unknown");

    public static Word Of(InstantRange? range) =>
        range is null ? new Said("unknown")
        : range.Earliest == range.Latest ? new Moment(range.Latest)
        : new Said(
            "between",
            ("from", new Moment(range.Earliest)),
            ("to", new Moment(range.Latest))
        );

    /// <summary>
    /// When a service came back, and when that was lost again. "Not yet" was measured; "unknown" was not.
    /// </summary>
    public static Word Of(Restoration restoration)
    {
        ArgumentNullException.ThrowIfNull(restoration);
        return restoration is { Start: null, State: RestorationState.NotRestored }
                ? new Said("not-yet")
            : restoration.End is { } end
                ? new Said("lost-again", ("back", Of(restoration.Start)), ("lost", Of(end)))
            : Of(restoration.Start);
    }

    /// <summary>A value with named alternatives: <c>kind.cable-cut</c>. What the tables do not know is shown as it is.</summary>
    public static Word Of<T>(string group, T value)
        where T : struct, Enum =>
        new Term(
            group,
            System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString())
        );

    /// <summary>The narrowest name of a place, with its country when it is an area.</summary>
    public static Word Of(Place place, string? name = null)
    {
        Word country = place.Country is { } code ? new Term("country", code) : new Code(place.Key);
        string? area = name ?? (place.Area is { Count: > 0 } areas ? areas[^1] : null);
        return place.Area is { Count: > 0 } && area is not null
                ? new Said("place.area", ("area", new Free(area)), ("country", country))
            : place.Country is null && name is not null ? new Free(name)
            : country;
    }
}

public sealed record Count(long Number) : Word
{
    public override string Stem => Number.ToString(CultureInfo.InvariantCulture);
    public override long? Quantity => Number;
}

/// <summary>A count known only to lie between two others.</summary>
public sealed record Between(long Low, long High) : Word
{
    public override string Stem => string.Create(CultureInfo.InvariantCulture, $"{Low}..{High}");
    public override long? Quantity => High;
}

/// <summary>A number that is not a count: hours, confidence, weight.</summary>
public sealed record Number(double Value, int Decimals) : Word
{
    public override string Stem => Value.ToString("R", CultureInfo.InvariantCulture);
}

/// <summary>A share from 0 to 1, shown in percent.</summary>
public sealed record Share(double Value, int Decimals = 0) : Word
{
    public override string Stem => Value.ToString("R", CultureInfo.InvariantCulture) + "%";
}

public sealed record Money(decimal Usd) : Word
{
    public override string Stem => "usd" + Usd.ToString(CultureInfo.InvariantCulture);
}

public sealed record Moment(Instant At) : Word
{
    private static readonly InstantPattern Form = InstantPattern.CreateWithInvariantCulture(
        "uuuu-MM-dd HH:mm"
    );

    /// <summary>The same in every language, so that two readers never mean different hours.</summary>
    public override string Stem => Form.Format(At) + " UTC";
}

public sealed record Day(LocalDate Date) : Word
{
    public override string Stem => LocalDatePattern.Iso.Format(Date);
}

/// <summary>A record's own wording. Translated when the tables know it word for word, else kept in its own language.</summary>
public sealed record Free(string Text) : Word
{
    public override string Stem => Spoken.Quoted(Text);
}

/// <summary>A name that brings its translations with it, by language. The English text prevails, and is what ids are made from.</summary>
public sealed record Translated(string English, IReadOnlyDictionary<string, string> In) : Word
{
    public override string Stem => Spoken.Quoted(English);

    public bool Equals(Translated? other) => other is not null && Stem == other.Stem;

    public override int GetHashCode() => Stem.GetHashCode(StringComparison.Ordinal);
}

/// <summary>Text that is already in the language of the report, such as a scenario's own title.</summary>
public sealed record Native(string Text) : Word
{
    public override string Stem => Spoken.Quoted(Text);
}

/// <summary>A name that has the same id in every language, whatever the text in this one is.</summary>
public sealed record Named(string Key, Word Text) : Word
{
    public override string Stem => Key;
}

/// <summary>An id, hash, tag or code: never translated, always left to right.</summary>
public sealed record Code(string Text) : Word
{
    public override string Stem => Spoken.Quoted(Text);
}

public sealed record Term(string Group, string Value) : Word
{
    public override string Stem => $"{Group}.{Spoken.Quoted(Value)}";
}

public sealed record Listed(IReadOnlyList<Word> Words) : Word
{
    public override string Stem => $"[{string.Join(',', Words.Select(word => word.Stem))}]";

    public bool Equals(Listed? other) => other is not null && Stem == other.Stem;

    public override int GetHashCode() => Stem.GetHashCode(StringComparison.Ordinal);
}

/// <summary>Several wordings that stand under each other, because side by side they would read as one sentence.</summary>
public sealed record Lines(IReadOnlyList<Word> Words) : Word
{
    public override string Stem => new Listed(Words).Stem;

    public bool Equals(Lines? other) => other is not null && Stem == other.Stem;

    public override int GetHashCode() => Stem.GetHashCode(StringComparison.Ordinal);
}

/// <summary>A sentence of the language tables with its values. <c>n</c> decides the plural form.</summary>
public sealed record Said(string Key, params (string Name, Word Value)[] With) : Word
{
    public override string Stem =>
        With.Length == 0
            ? Key
            : $"{Key}({string.Join(',', With.Select(part => $"{part.Name}={part.Value.Stem}"))})";

    public bool Equals(Said? other) => other is not null && Stem == other.Stem;

    public override int GetHashCode() => Stem.GetHashCode(StringComparison.Ordinal);
}

/// <summary>Text from outside, made safe to read.</summary>
public static class Spoken
{
    /// <summary>
    /// Characters that reorder or hide what surrounds them (bidirectional controls, other controls) are replaced by the
    /// replacement character, so that a hostile wording can neither turn a line around nor pass unseen.
    /// </summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool isHidden =
                rune.Value
                    is >= 0x200E
                        and <= 0x200F
                        or >= 0x202A
                        and <= 0x202E
                        or >= 0x2066
                        and <= 0x2069
                        or 0x061C
                        or 0xFEFF
                || (Rune.IsControl(rune) && rune.Value is not '\n' and not '\t');
            plain.Append(isHidden ? "\uFFFD" : rune.ToString());
        }

        return plain.ToString();
    }

    /// <summary>Escapes for HTML text and quoted attributes, and leaves letters of every script readable.</summary>
    public static string Html(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal)
            .Replace("\"", "&quot;", StringComparison.Ordinal)
            .Replace("'", "&#39;", StringComparison.Ordinal);

    /// <summary>What XML 1.0 has a place for (section 2.2): neither controls nor what is no character. A writer would refuse the rest.</summary>
    public static string Xml(string text) =>
        string.Concat(
            text.EnumerateRunes()
                .Where(rune => rune.Value is '\n' or '\t' or (>= 0x20 and not (0xFFFE or 0xFFFF)))
        );

    public static bool IsRightToLeft(string text) =>
        text.EnumerateRunes().FirstOrDefault(Rune.IsLetter).Value
            is >= 0x0590
                and <= 0x08FF
                or >= 0xFB1D
                and <= 0xFDFF
                or >= 0xFE70
                and <= 0xFEFF;

    internal static string Quoted(string text) =>
        System.Text.Json.JsonSerializer.Serialize(text, Breakwater.Vocabulary.Json.Compact);
}
