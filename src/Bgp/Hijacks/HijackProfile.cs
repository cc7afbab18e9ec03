using System.Text.Json;
using Breakwater.Vocabulary;

namespace Breakwater.Bgp;

/// <summary>One reason for or against a suspicion.</summary>
/// <param name="Tag">Its name, in <c>snake_case</c>.</param>
/// <param name="Score">Points of the profile; above zero speaks for a hijack.</param>
public sealed record RoutingTag(string Tag, double Score);

/// <summary>
/// Scores of the tags and limits of the judgement, in one versioned file. The form is that of Cloudflare Radar (signed
/// scores; a sum of 1 to 3 is low, 4 to 7 medium, 8 and above high); the values are first ones, not fitted to labelled events.
/// </summary>
public sealed record HijackProfile
{
    public required string Name { get; init; }

    public required int Version { get; init; }

    /// <summary>A pause of the same announcement up to this long belongs to the same departure.</summary>
    public required double SameDepartureMinutes { get; init; }

    /// <summary>Departures are reported from this sum on; those below are set aside with their tags.</summary>
    public required double OpenScore { get; init; }

    /// <summary>Probability of a hijack, given a departure with a sum of zero.</summary>
    public required double PriorProbability { get; init; }

    /// <summary>Log-odds of one point.</summary>
    public required double LogOddsPerPoint { get; init; }

    public required double ConfirmAt { get; init; }

    public required double ConfidenceCap { get; init; }

    /// <summary>Highest confidence when nothing older than the window, nor the RPKI, nor configuration says who is expected.</summary>
    public required double WindowCap { get; init; }

    /// <summary>Highest confidence in a leak that inferred relationships alone show.</summary>
    public required double InferredCap { get; init; }

    /// <summary>Below this many peer ASes the confidence is lowered; the finding stays.</summary>
    public required int PeersMin { get; init; }

    /// <summary>A spread below this share of the peers that hear the prefix counts as a minority.</summary>
    public required double MinorityShare { get; init; }

    /// <summary>Prefixes at once from which a departure is one of many.</summary>
    public required int ManyPrefixes { get; init; }

    /// <summary>Separate waves in one window from which a departure counts as recurring.</summary>
    public required int RecurringWaves { get; init; }

    /// <summary>Points by tag. A missing tag scores zero.</summary>
    public required IReadOnlyDictionary<string, double> Scores { get; init; }

    /// <summary>Tags that lower the confidence and never keep a finding from being reported.</summary>
    public required IReadOnlyList<string> LowersOnly { get; init; }

    public static HijackProfile Default { get; } = ReadDefault();

    /// <summary>Reads a profile, refusing unknown or missing members.</summary>
    /// <exception cref="JsonException">The message names the member at fault.</exception>
    public static HijackProfile Read(ReadOnlySpan<byte> json)
    {
        HijackProfile profile =
            JsonSerializer.Deserialize<HijackProfile>(json, Json.Compact)
            ?? throw new JsonException("the profile is null");
        return profile.PriorProbability is <= 0 or >= 1 || profile.SameDepartureMinutes < 0
            ? throw new JsonException(
                "priorProbability must lie between 0 and 1, sameDepartureMinutes must not be negative"
            )
            : profile;
    }

    public RoutingTag Tag(string name) => new(name, Scores.GetValueOrDefault(name));

    private static HijackProfile ReadDefault()
    {
        using Stream stream = typeof(HijackProfile).Assembly.GetManifestResourceStream(
            "Breakwater.Bgp.Hijacks.default.json"
        )!;
        byte[] octets = new byte[stream.Length];
        stream.ReadExactly(octets);
        return Read(octets);
    }
}
