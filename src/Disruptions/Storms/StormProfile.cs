using System.Text.Json;
using Breakwater.Vocabulary;

namespace Breakwater.Disruptions;

/// <summary>
/// All numbers of the detection of routing storms in one versioned file. A deviation is the logarithm of a value over its
/// baseline, in robust standard deviations of that logarithm; sums of deviations are in deviations times minutes.
/// </summary>
public sealed record StormProfile
{
    public required string Name { get; init; }
    public required int Version { get; init; }

    /// <summary>Metrics of series that a storm raises. The deviation of a minute is the median of theirs.</summary>
    public required IReadOnlyList<string> Metrics { get; init; }

    /// <summary>With fewer metrics that have a value and a baseline, a minute is not seen.</summary>
    public required int MinimumMetrics { get; init; }

    /// <summary>How far back the baseline looks.</summary>
    public required int BaselineDays { get; init; }

    /// <summary>The baseline is made of samples within this distance of the time of day, once a day of them is known.</summary>
    public required int TimeOfDayMinutes { get; init; }

    /// <summary>The youngest samples are not part of the baseline, so that a slow onset is not its own baseline.</summary>
    public required int GuardMinutes { get; init; }

    /// <summary>How often the baseline is worked out again.</summary>
    public required int RefreshMinutes { get; init; }

    /// <summary>With less history nothing is said.</summary>
    public required double MinimumHistoryHours { get; init; }

    /// <summary>Least standard deviation of the logarithm: 0.15 is 15 in a hundred. A constant stream has none of its own.</summary>
    public required double SpreadFloor { get; init; }

    /// <summary>No minute and metric counts for more deviations than this, however large the burst.</summary>
    public required double DeviationMax { get; init; }

    /// <summary>What a minute has above this adds to the sum that opens a storm; what it lacks takes from it.</summary>
    public required double OpenAbove { get; init; }

    /// <summary>
    /// A storm that was confirmed began where a sum like that, but over this lower level, was last zero: what is strong
    /// confirms, what is weaker delimits.
    /// </summary>
    public required double EdgeAbove { get; init; }

    /// <summary>
    /// A storm is confirmed when the sum exceeds this. A burst shorter than <see cref="OpenSum"/> / (<see cref="DeviationMax"/>
    /// − <see cref="OpenAbove"/>) minutes never does.
    /// </summary>
    public required double OpenSum { get; init; }

    /// <summary>The height of a storm is the greatest mean deviation over so many minutes.</summary>
    public required int HeightMinutes { get; init; }

    /// <summary>
    /// A storm is over when minutes stay below this share of its height. What a minute lacks of that level adds to the sum
    /// that closes the storm, what it has above takes from it; once closed, the other way round, and the storm goes on.
    /// </summary>
    public required double CloseShare { get; init; }

    public required double CloseSum { get; init; }

    /// <summary>A rise within this time after the end belongs to the same storm.</summary>
    public required int JoinMinutes { get; init; }

    /// <summary>
    /// A minute in which one peer gives more than this share of all elements is taken as quiet, where peers usually share
    /// more evenly: one session that starts anew sends a whole table.
    /// </summary>
    public required double OnePeerShare { get; init; }

    /// <summary>A feed that gives nothing to judge for this long is blind, and sums start anew.</summary>
    public required int BlindAfterMinutes { get; init; }

    /// <summary>A storm that lasts this long is a new level: it is ended with a note, and the baseline is learnt again.</summary>
    public required double AcceptAfterHours { get; init; }

    /// <summary>Log-odds that a storm brings to a loss that it overlaps. It says that routes moved, not that any was lost.</summary>
    public required double EvidenceWeight { get; init; }

    public static StormProfile Default { get; } = ReadDefault();

    /// <summary>Reads a profile, refusing unknown or missing members.</summary>
    /// <exception cref="JsonException">The message names the member at fault.</exception>
    public static StormProfile Read(ReadOnlySpan<byte> json)
    {
        StormProfile profile =
            JsonSerializer.Deserialize<StormProfile>(json, Json.Compact)
            ?? throw new JsonException("the profile is null");
        return profile.Fault() is { } fault ? throw new JsonException(fault) : profile;
    }

    private string? Fault() =>
        Metrics.Count == 0 || Metrics.Distinct().Count() != Metrics.Count
            ? "metrics must name at least one metric, and none twice"
        : MinimumMetrics < 1 || MinimumMetrics > Metrics.Count
            ? "minimumMetrics must lie between 1 and the number of metrics"
        // Three months of minutes bound the memory that a profile can ask for.
        : BaselineDays is < 1 or > 92 ? "baselineDays must lie between 1 and 92"
        : TimeOfDayMinutes is < 1 or > 720 || GuardMinutes < 0 || RefreshMinutes < 1
            ? "timeOfDayMinutes must lie between 1 and 720, guardMinutes not below 0, refreshMinutes above it"
        : MinimumHistoryHours <= 0 || MinimumHistoryHours > 24 * BaselineDays
            ? "minimumHistoryHours must be above 0 and within baselineDays"
        : SpreadFloor <= 0 || EdgeAbove <= 0 || OpenAbove < EdgeAbove
            ? "spreadFloor and edgeAbove must be above 0, openAbove not below edgeAbove"
        : DeviationMax <= OpenAbove ? "deviationMax must be above openAbove"
        // A day of steps bounds the memory that a profile can ask for.
        : HeightMinutes is < 1 or > 1440 || CloseShare is <= 0 or >= 1
            ? "heightMinutes must lie between 1 and 1440, closeShare between 0 and 1"
        : OpenSum <= 0 || CloseSum <= 0 || JoinMinutes < 0
            ? "openSum and closeSum must be above 0, joinMinutes not below it"
        : OnePeerShare is <= 0 or > 1 ? "onePeerShare must lie between 0 and 1"
        : BlindAfterMinutes < 1 ? "blindAfterMinutes must be 1 or more"
        // Past this the baseline would have forgotten what was usual before the storm.
        : AcceptAfterHours <= 0 || AcceptAfterHours + MinimumHistoryHours > 24 * BaselineDays
            ? "acceptAfterHours must be above 0, and with minimumHistoryHours within baselineDays"
        : null;

    private static StormProfile ReadDefault()
    {
        using Stream stream =
            typeof(StormProfile).Assembly.GetManifestResourceStream(
                "Breakwater.Disruptions.Profiles.routing-storms.json"
            ) ?? throw new InvalidOperationException("the profile of storms is not embedded");
        using var octets = new MemoryStream();
        stream.CopyTo(octets);
        return Read(octets.ToArray());
    }
}
