namespace Breakwater.Feeds;

/// <summary>How a RIS Live server is followed. The address is always given by whoever starts it, never assumed.</summary>
public sealed record RisLiveSettings(Uri Url)
{
    /// <summary>Only what this collector hears, such as <c>rrc00</c>; null for all.</summary>
    public string? Collector { get; init; }

    /// <summary>Only routes of this prefix and of those inside it; null for all.</summary>
    public string? Prefix { get; init; }

    public TimeSpan PingEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A connection on which nothing about routes arrived for this long is given up and made anew.</summary>
    public TimeSpan StalledAfter { get; init; } = TimeSpan.FromSeconds(120);

    public TimeSpan ConnectWithin { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan BackOffMin { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan BackOffMax { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// The wait before attempt <paramref name="attempt"/>, the first is 0: doubled each time up to the maximum, and up to
    /// half as much again, so that many clients of a server that restarts do not come back at once.
    /// </summary>
    /// <param name="random">0 to 1.</param>
    public TimeSpan BackOff(int attempt, double random) =>
        TimeSpan.FromSeconds(
            Math.Min(
                BackOffMin.TotalSeconds * Math.Pow(2, Math.Min(attempt, 30)),
                BackOffMax.TotalSeconds
            ) * (1 + random / 2)
        );
}

/// <summary>What was counted while following.</summary>
public sealed record RisLiveCounts(
    long Messages,
    long Updates,
    long PeerStates,
    long Malformed,
    long ServerErrors,
    long Compared,
    long Disagreements,
    int Connections,
    int Failures,
    string? LastFailure
);
