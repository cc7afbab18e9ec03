using System.Text.Json;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Signals;

/// <summary>
/// All numbers of feed health in one versioned file. Those of lag, blindness, live peers and stale peers follow published
/// practice for RIS Live; those of thinning, history and holding are first values, not yet fitted to recorded failures.
/// </summary>
public sealed record FeedHealthProfile
{
    public required string Name { get; init; }
    public required int Version { get; init; }

    /// <summary>A feed lags when most of its messages arrive later than this after the event.</summary>
    public required int LaggingAfterSeconds { get; init; }

    /// <summary>A feed is blind when no message arrived for this long.</summary>
    public required int BlindAfterSeconds { get; init; }

    /// <summary>How long a drop keeps a feed degraded: the length of the update file that repairs it.</summary>
    public required int DropHoldSeconds { get; init; }

    /// <summary>A feed is degraded while fewer peers than this share of the median are live.</summary>
    public required double LivePeerShareMinimum { get; init; }

    /// <summary>A peer is stale when silent for longer than this and than its multiple of the median gap.</summary>
    public required int StalePeerMinutes { get; init; }
    public required double StalePeerGapMultiple { get; init; }

    /// <summary>Minutes of normal work that the medians are taken over.</summary>
    public required int HistoryMinutes { get; init; }

    /// <summary>With less history, medians support no statement.</summary>
    public required int HistoryMinutesMinimum { get; init; }

    /// <summary>A feed thins when it gives less than this share of its median rate for <see cref="ThinningMinutes"/>.</summary>
    public required double ThinningShare { get; init; }
    public required int ThinningMinutes { get; init; }

    /// <summary>Median rate below which neither thinning nor a gap between records says anything.</summary>
    public required int BusyMessagesPerMinute { get; init; }

    /// <summary>A lower level that lasts this long becomes the new median, and the feed says so in a note.</summary>
    public required int AcceptAfterMinutes { get; init; }

    public static FeedHealthProfile Default { get; } = ReadDefault();

    internal Duration BlindAfter => Duration.FromSeconds(BlindAfterSeconds);

    /// <summary>Reads a profile, refusing unknown or missing members.</summary>
    /// <exception cref="JsonException">The message names the member at fault.</exception>
    public static FeedHealthProfile Read(ReadOnlySpan<byte> json)
    {
        FeedHealthProfile profile =
            JsonSerializer.Deserialize<FeedHealthProfile>(json, Json.Compact)
            ?? throw new JsonException("the profile is null");
        return profile.Fault() is { } fault ? throw new JsonException(fault) : profile;
    }

    private string? Fault() =>
        LaggingAfterSeconds < 1 || BlindAfterSeconds < 1 || DropHoldSeconds < 0
            ? "laggingAfterSeconds and blindAfterSeconds must be above zero, dropHoldSeconds not below it"
        : LivePeerShareMinimum is < 0 or > 1 || ThinningShare is < 0 or >= 1
            ? "livePeerShareMinimum and thinningShare must lie between 0 and 1"
        : StalePeerMinutes < 1 || StalePeerGapMultiple < 1
            ? "stalePeerMinutes and stalePeerGapMultiple must be 1 or more"
        // A week of minutes bounds the memory that a profile can ask for.
        : HistoryMinutes is < 1 or > 10_080
        || HistoryMinutesMinimum < 1
        || HistoryMinutesMinimum > HistoryMinutes
            ? "historyMinutes must lie between 1 and 10080, historyMinutesMinimum between 1 and historyMinutes"
        : ThinningMinutes < 1 || BusyMessagesPerMinute < 1 || AcceptAfterMinutes < ThinningMinutes
            ? "thinningMinutes and busyMessagesPerMinute must be 1 or more, acceptAfterMinutes not below thinningMinutes"
        : null;

    private static FeedHealthProfile ReadDefault()
    {
        using Stream stream =
            typeof(FeedHealthProfile).Assembly.GetManifestResourceStream(
                "Breakwater.Signals.Profiles.feed-health.json"
            ) ?? throw new InvalidOperationException("the default feed profile is not embedded");
        using var octets = new MemoryStream();
        stream.CopyTo(octets);
        return Read(octets.ToArray());
    }
}
