using System.Text.Json;
using Breakwater.Signals;
using Breakwater.Vocabulary;

namespace Breakwater.Disruptions;

/// <summary>
/// All numbers of detection in one versioned file. Weights are log-odds; those of the default profile are first values
/// from published practice (Cloudflare Radar's signed tags, IODA's thresholds), not yet fitted to labelled events.
/// </summary>
public sealed record DetectorProfile
{
    public required string Name { get; init; }
    public required int Version { get; init; }

    /// <summary>How far back the baseline looks.</summary>
    public required double BaselineDays { get; init; }

    /// <summary>The baseline of a moment is made of samples within this distance of its time of day.</summary>
    public required double TimeOfDayHours { get; init; }
    public required int MinimumHistorySamples { get; init; }
    public required double MinimumHistoryHours { get; init; }

    /// <summary>A baseline below this share of what the series usually reaches supports no statement.</summary>
    public required double MinimumBaselineShareOfHigh { get; init; }

    /// <summary>A drop counts only beyond this many robust standard deviations of the baseline.</summary>
    public required double SpreadMultiple { get; init; }
    public required int OpenSamples { get; init; }
    public required int CloseSamples { get; init; }

    /// <summary>A loss closes below this share of the drop that opens it (hysteresis).</summary>
    public required double CloseShareOfOpen { get; init; }
    public required double StaleAfterDays { get; init; }
    public required double BlindAfterSteps { get; init; }
    public required double ReportHoldHours { get; init; }
    public required double PriorProbability { get; init; }

    /// <summary>No family moves the log-odds by more than this, so five tags of one family do not vote five times.</summary>
    public required double FamilyClamp { get; init; }

    /// <summary>Weight of a healthy family that sees nothing wrong.</summary>
    public required double NormalWeight { get; init; }

    /// <summary>Fused probability from which a disruption is reported.</summary>
    public required double OpenAt { get; init; }

    /// <summary>A source of at least this weight keeps a disruption open while it still sees the loss.</summary>
    public required double LeadingWeight { get; init; }
    public required double MergeHours { get; init; }
    public required double SingleFamilyCap { get; init; }
    public required double ConfirmAt { get; init; }

    /// <summary>No fusion of a handful of sources supports more than this.</summary>
    public required double ConfidenceCap { get; init; }
    public required double AgreesAtLostShare { get; init; }
    public required double ClaimWeight { get; init; }
    public required double ClaimToleranceDays { get; init; }
    public required double ReportWeight { get; init; }
    public required double CorroboratedReportWeight { get; init; }
    public required IReadOnlyDictionary<string, FamilyProfile> Families { get; init; }

    public static DetectorProfile Default { get; } = ReadDefault();

    /// <summary>Reads a profile, refusing unknown or missing members.</summary>
    /// <exception cref="JsonException">The message names the member at fault.</exception>
    public static DetectorProfile Read(ReadOnlySpan<byte> json)
    {
        DetectorProfile profile =
            JsonSerializer.Deserialize<DetectorProfile>(json, Json.Compact)
            ?? throw new JsonException("the profile is null");
        return profile.Faults().FirstOrDefault() is { } fault
            ? throw new JsonException(fault)
            : profile;
    }

    public FamilyProfile Of(SignalFamily family) =>
        Families.TryGetValue(family.ToString().ToLowerInvariant(), out FamilyProfile? profile)
            ? profile
            : Families["probing"];

    private IEnumerable<string> Faults()
    {
        if (BaselineDays <= 0 || MinimumHistorySamples < 2 || OpenSamples < 1 || CloseSamples < 1)
        {
            yield return "baselineDays, minimumHistorySamples, openSamples and closeSamples must be above zero";
        }

        if (PriorProbability is <= 0 or >= 1 || OpenAt is <= 0 or >= 1)
        {
            yield return "priorProbability and openAt must lie between 0 and 1";
        }

        foreach (string family in (string[])["routing", "probing", "telescope", "application"])
        {
            if (
                !Families.TryGetValue(family, out FamilyProfile? profile)
                || profile.Weights.Count == 0
            )
            {
                yield return $"families.{family} is missing or has no weights";
            }
            else if (profile.OpenDropShare is <= 0 or > 1)
            {
                yield return $"families.{family}.openDropShare must lie between 0 and 1";
            }
        }
    }

    private static DetectorProfile ReadDefault()
    {
        using Stream stream = typeof(DetectorProfile).Assembly.GetManifestResourceStream(
            "Breakwater.Disruptions.Profiles.default.json"
        )!;
        using var octets = new MemoryStream();
        stream.CopyTo(octets);
        return Read(octets.ToArray());
    }
}

/// <summary>How one family of sources opens a loss, and what a loss of a given depth weighs.</summary>
/// <param name="MaterialDropShare">Below this a source is said to disagree with a deep loss that others see.</param>
/// <param name="Weights">Points of a line: weight by drop share, straight between points.</param>
public sealed record FamilyProfile(
    double OpenDropShare,
    double MaterialDropShare,
    string Tag,
    IReadOnlyList<DropWeight> Weights
)
{
    public double WeightOf(double dropShare)
    {
        DropWeight below = Weights[0];
        foreach (DropWeight point in Weights)
        {
            if (dropShare < point.DropShare)
            {
                double share =
                    point.DropShare <= below.DropShare
                        ? 0
                        : (dropShare - below.DropShare) / (point.DropShare - below.DropShare);
                return dropShare < below.DropShare
                    ? below.Weight
                    : below.Weight + (share * (point.Weight - below.Weight));
            }

            below = point;
        }

        return below.Weight;
    }
}

public sealed record DropWeight(double DropShare, double Weight);
