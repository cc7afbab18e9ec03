namespace Breakwater.Feeds.Archives;

/// <summary>How a file came to be in the folder, or why it is not.</summary>
public enum FetchOutcome
{
    /// <summary>Fetched in one go.</summary>
    Fetched,

    /// <summary>Fetched in pieces, going on from what was there.</summary>
    Resumed,

    /// <summary>It was there, whole.</summary>
    Kept,

    /// <summary>The archive does not have it.</summary>
    Missing,

    /// <summary>Its interval is not over.</summary>
    NotDue,

    /// <summary>It could not be fetched.</summary>
    Failed,
}

/// <param name="Path">In the folder; null when it is not there.</param>
/// <param name="Received">Octets that came over the network for it.</param>
/// <param name="Reason">Why it is not there, or what was wrong with what was there before.</param>
public sealed record FetchedFile(
    ArchiveFile File,
    FetchOutcome Outcome,
    string? Path,
    long Octets,
    string? Sha256,
    long Received,
    string? Reason
)
{
    public bool IsThere => Path is not null;
}
