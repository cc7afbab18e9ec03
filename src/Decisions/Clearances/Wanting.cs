using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Clearances;

/// <summary>
/// What is wanting in what a person typed, as a refusal; null when nothing is. The first rule that is broken is told.
/// </summary>
internal static class Wanting
{
    /// <summary>Characters in a text, and in an id or a name.</summary>
    public const int TextMax = 4_000;

    public const int NameMax = 200;

    public const int ListMax = 1_000;

    /// <summary>Country, region, district: what is narrower than that is a position and belongs under seal.</summary>
    private const int AreaLevelsMax = 3;

    /// <summary>Nonce (24) and tag (16) of XChaCha20-Poly1305: a shorter box is no ciphertext.</summary>
    private const int BoxBytesMin = 40;

    private const int BoxCharactersMax = 16_000;

    /// <summary>By how much another clock may be ahead before its time is taken for a mistake.</summary>
    private static readonly Duration _skewMax = Duration.FromMinutes(5);

    private static readonly Duration _horizon = Duration.FromDays(3_650);

    public static Refusal? Text(string what, string? text, int lengthMax = TextMax) =>
        string.IsNullOrWhiteSpace(text)
            ? Refusal.Invalid($"{what} is missing")
            : Optional(what, text, lengthMax);

    /// <summary>May be empty; never too long, and never a position.</summary>
    public static Refusal? Optional(string what, string? text, int lengthMax = TextMax) =>
        text is null ? Refusal.Invalid($"{what} is missing")
        : text.Length > lengthMax ? Refusal.Invalid($"{what} is longer than {lengthMax} characters")
        : !IsWellFormed(text) ? Refusal.Invalid($"{what} holds characters that no text holds")
        : PositionInText.Is(text)
            ? Refusal.Invalid(
                $"{what} reads like an exact position; name the area, and seal the position"
            )
        : null;

    /// <summary>An id or a name.</summary>
    public static Refusal? Name(string what, string? text) => Text(what, text, NameMax);

    public static Refusal? Names(string what, IReadOnlyList<string>? texts) =>
        List(what, texts)
        ?? texts!
            .Select(text => Name($"an entry of {what}", text))
            .FirstOrDefault(no => no is not null);

    public static Refusal? List<T>(string what, IReadOnlyList<T>? items) =>
        items is null ? Refusal.Invalid($"{what} are missing")
        : items.Count > ListMax ? Refusal.Invalid($"{what} are more than {ListMax}")
        : null;

    public static Refusal? Known<TEnum>(string what, TEnum value)
        where TEnum : struct, Enum =>
        Enum.IsDefined(value) ? null : Refusal.Invalid($"{what} is none that is known");

    public static Refusal? Marking(Marking? marking) =>
        marking is null
            ? Refusal.Invalid("the marking is missing")
            : Known("the distribution", marking.Distribution)
                ?? Known("the TLP", marking.Tlp)
                ?? (marking.Group is null ? null : Name("the sharing group", marking.Group))
                ?? (
                    marking.Organisation is null
                        ? null
                        : Name("the organisation of the marking", marking.Organisation)
                );

    /// <summary>An area, coarse enough to stand in clear.</summary>
    public static Refusal? Area(Place? place) =>
        place?.Country is not { Length: 2 }
        || place is not { Asn: null, Prefix: null, Tld: null, Function: null }
            ? Refusal.Invalid("name the area: a country, and regions in it")
        : place.Area is { } area
            ? area.Count > AreaLevelsMax
                    ? Refusal.Invalid($"an area in clear has at most {AreaLevelsMax} levels")
                : Names("the area", area)
        : null;

    /// <summary>Where something is asked for: an area, or a function of core resources, which lies in none.</summary>
    public static Refusal? AreaOrCoreResource(Place? place) =>
        place is { IsCoreResource: true, Country: null, Area: null, Asn: null, Prefix: null }
            ? Name("the core resource", place.Tld ?? place.Function)
            : Area(place);

    public static Refusal? Sealed(string what, SealedField? field) =>
        field is null ? Refusal.Invalid($"{what} is missing")
        : Name($"the key of {what}", field.Key) is { } no ? no
        : IsBox(field.Box) ? null
        : Refusal.Invalid($"{what} is not sealed");

    public static Refusal? Past(string what, Instant at, Instant now) =>
        at > now + _skewMax ? Refusal.Invalid($"{what} lies in the future")
        : at < now - _horizon ? Refusal.Invalid($"{what} lies more than ten years back")
        : null;

    public static Refusal? Future(string what, Instant at, Instant now) =>
        at <= now ? Refusal.Invalid($"{what} lies in the past")
        : at > now + _horizon ? Refusal.Invalid($"{what} lies more than ten years ahead")
        : null;

    /// <summary>Any time that a calendar of people may hold: ten years to either side.</summary>
    public static Refusal? Date(string what, Instant at, Instant now) =>
        at < now - _horizon || at > now + _horizon
            ? Refusal.Invalid($"{what} is more than ten years away")
            : null;

    public static Refusal? Between(string what, long value, long least, long most) =>
        value < least || value > most
            ? Refusal.Invalid($"{what} must be from {least} to {most}")
            : null;

    /// <summary>No half of a surrogate pair, and no control character but tab and line ends: stores refuse them.</summary>
    private static bool IsWellFormed(string text)
    {
        for (int at = 0; at < text.Length; at++)
        {
            if (char.IsSurrogatePair(text, at))
            {
                at++;
            }
            else if (
                char.IsSurrogate(text[at])
                || (char.IsControl(text[at]) && text[at] is not ('\t' or '\n' or '\r'))
            )
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsBox(string? box) =>
        box is { Length: > 0 and <= BoxCharactersMax }
        && Convert.TryFromBase64String(box, new byte[box.Length], out int length)
        && length >= BoxBytesMin;
}
