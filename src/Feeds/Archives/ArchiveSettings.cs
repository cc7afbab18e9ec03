namespace Breakwater.Feeds.Archives;

/// <summary>How an HTTP archive is asked. The address is always given by whoever asks, never assumed.</summary>
/// <param name="Url">The root of the archive; <c>http</c> or <c>https</c>.</param>
/// <param name="Folder">Where files are kept, at the same paths as in the archive.</param>
public sealed record ArchiveSettings(Uri Url, string Folder)
{
    /// <summary>The address with the slash that paths are put behind.</summary>
    internal Uri Root => Url.AbsoluteUri.EndsWith('/') ? Url : new Uri(Url.AbsoluteUri + "/");

    /// <summary>Files fetched at once. The archives are shared; more is impolite.</summary>
    public int ConcurrencyMax { get; init; } = 4;

    /// <summary>Requests for one file before it counts as failed.</summary>
    public int AttemptsMax { get; init; } = 5;

    /// <summary>So many files failed in a row: the archive is not asked further.</summary>
    public int FailuresInRowMax { get; init; } = 4;

    /// <summary>How many tables back are tried when the one before the window is missing.</summary>
    public int RibsTriedMax { get; init; } = 3;

    /// <summary>Files in one request. A month of five-minute updates is 8,928.</summary>
    public int FilesMax { get; init; } = 20_000;

    public TimeSpan BackOffMin { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan BackOffMax { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A server that says nothing for this long is given up for this attempt.</summary>
    public TimeSpan StalledAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A file larger than this is refused. The largest table dumps are below 1 GB.</summary>
    public long OctetsMax { get; init; } = 4L << 30;

    public int RedirectsMax { get; init; } = 3;

    /// <summary>Asks whether a file that is whole has changed since; else it is not asked for again.</summary>
    public bool Revalidates { get; init; }

    /// <summary>After the end of its interval, how long a file may take to appear.</summary>
    public TimeSpan PublishedWithin { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>
    /// The wait before attempt <paramref name="attempt"/>, the first repetition is 1: doubled each time up to the maximum,
    /// and up to half as much again, so that many clients of a server that restarts do not come back at once.
    /// </summary>
    /// <param name="random">0 to 1.</param>
    public TimeSpan BackOff(int attempt, double random) =>
        TimeSpan.FromSeconds(
            Math.Min(
                BackOffMin.TotalSeconds * Math.Pow(2, Math.Clamp(attempt - 1, 0, 30)),
                BackOffMax.TotalSeconds
            ) * (1 + random / 2)
        );
}
