using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Breakwater.Bgp;

/// <summary>How the announced prefix relates to one that is known (ARTEMIS, Sermpezis et al. 2018, section 4).</summary>
public enum HijackedPrefix : byte
{
    /// <summary>No known prefix covers it.</summary>
    None,

    /// <summary><c>E</c>: the known prefix itself.</summary>
    Exact,

    /// <summary><c>S</c>: more specific than the known prefix.</summary>
    SubPrefix,

    /// <summary><c>Q</c>: squatting, a prefix that is held and that nobody is expected to announce.</summary>
    Squatting,
}

/// <summary>Where on the path the announcement departs from what is known.</summary>
public enum HijackedPath : byte
{
    /// <summary><c>-</c>: the path was not judged, or nothing on it departs.</summary>
    None,

    /// <summary><c>0</c>, <c>1</c>, <c>2</c> …: hops from the origin to the AS or link that departs; 0 is the origin itself.</summary>
    Hop,

    /// <summary><c>P</c>: a path that cannot be, without one link to name.</summary>
    Fake,

    /// <summary><c>U</c>: the path is unaltered, and the route still went where it should not.</summary>
    Unaltered,
}

/// <summary>Whether the announcement breaks a policy.</summary>
public enum HijackedPolicy : byte
{
    None,

    /// <summary><c>L</c>: exported beyond a neighbour that was told not to export.</summary>
    NoExportViolated,
}

/// <summary>
/// What kind of departure from the known an announcement is, in the four dimensions of ARTEMIS, written
/// <c>prefix|path|data plane|policy</c>: <c>E|0|-|-</c> is another origin of a known prefix. The data plane cannot be seen
/// in routing data and is always <c>-</c>.
/// </summary>
/// <param name="Hop">Hops from the origin when <paramref name="Path"/> is <see cref="HijackedPath.Hop"/>, else 0.</param>
[JsonConverter(typeof(HijackTypeJson))]
public readonly record struct HijackType(
    HijackedPrefix Prefix,
    HijackedPath Path,
    int Hop,
    HijackedPolicy Policy
)
{
    /// <summary>No known prefix covers the announcement: it cannot be judged.</summary>
    public static HijackType NotCovered => default;

    public static HijackType Origin(HijackedPrefix prefix) =>
        new(prefix, HijackedPath.Hop, 0, HijackedPolicy.None);

    /// <summary>False for <c>E|-|-|-</c>, which is the known prefix announced as expected, and for what is not covered.</summary>
    public bool IsDeparture =>
        Prefix is HijackedPrefix.SubPrefix or HijackedPrefix.Squatting
        || Path != HijackedPath.None
        || Policy != HijackedPolicy.None;

    public override string ToString() => $"{PrefixText}|{PathText}|-|{PolicyText}";

    /// <summary>Reads the text form.</summary>
    public static bool TryParse(string? text, out HijackType type)
    {
        type = default;
        if (text?.Split('|') is not [var prefix, var path, "-", var policy])
        {
            return false;
        }

        HijackedPrefix? ofPrefix = prefix switch
        {
            "-" => HijackedPrefix.None,
            "E" => HijackedPrefix.Exact,
            "S" => HijackedPrefix.SubPrefix,
            "Q" => HijackedPrefix.Squatting,
            _ => null,
        };
        HijackedPolicy? ofPolicy = policy switch
        {
            "-" => HijackedPolicy.None,
            "L" => HijackedPolicy.NoExportViolated,
            _ => null,
        };
        int hop = 0;
        HijackedPath? ofPath = path switch
        {
            "-" => HijackedPath.None,
            "P" => HijackedPath.Fake,
            "U" => HijackedPath.Unaltered,
            _ => int.TryParse(path, NumberStyles.None, CultureInfo.InvariantCulture, out hop)
                ? HijackedPath.Hop
                : null,
        };
        if (ofPrefix is not { } p || ofPath is not { } q || ofPolicy is not { } r)
        {
            return false;
        }

        type = new HijackType(p, q, hop, r);
        return true;
    }

    private char PrefixText =>
        Prefix switch
        {
            HijackedPrefix.Exact => 'E',
            HijackedPrefix.SubPrefix => 'S',
            HijackedPrefix.Squatting => 'Q',
            _ => '-',
        };

    private string PathText =>
        Path switch
        {
            HijackedPath.Hop => Hop.ToString(CultureInfo.InvariantCulture),
            HijackedPath.Fake => "P",
            HijackedPath.Unaltered => "U",
            _ => "-",
        };

    private char PolicyText => Policy == HijackedPolicy.NoExportViolated ? 'L' : '-';
}

/// <summary>The text form in JSON.</summary>
internal sealed class HijackTypeJson : JsonConverter<HijackType>
{
    public override HijackType Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    ) =>
        HijackType.TryParse(reader.GetString(), out HijackType type)
            ? type
            : throw new JsonException($"'{reader.GetString()}' is not a type such as E|0|-|-");

    public override void Write(
        Utf8JsonWriter writer,
        HijackType value,
        JsonSerializerOptions options
    ) => writer.WriteStringValue(value.ToString());
}
