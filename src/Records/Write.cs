using Breakwater.Ledger;
using Breakwater.Ledger.Sealing;
using NodaTime;

namespace Breakwater.Records;

/// <summary>What an append adds to one subject.</summary>
/// <param name="ExpectedVersion">How many events of the subject the caller has seen; 0 for a new one.</param>
/// <param name="Document">The subject's state after the drafts; null for a subject without a document.</param>
public sealed record Write(
    string Subject,
    long ExpectedVersion,
    IReadOnlyList<Draft> Drafts,
    DocumentState? Document = null
)
{
    /// <summary>Keys that the drafts seal fields under, stored in the same commit. A draft <c>KeyDestroyed</c> removes its key.</summary>
    public IReadOnlyList<WrappedKey> Keys { get; init; } = [];
}

/// <summary>Lets the same request be sent again without being carried out again.</summary>
/// <param name="Key">SHA-256 of author and key, hexadecimal.</param>
/// <param name="Digest">SHA-256 of the request, hexadecimal.</param>
/// <param name="Until">When the store may forget it.</param>
public sealed record Once(string Key, string Digest, Instant Until);

/// <summary>How many events a subject has.</summary>
public readonly record struct SubjectVersion(string Subject, long Version);

/// <summary>Appending to one subject, which is what most do.</summary>
public static class OneSubject
{
    /// <inheritdoc cref="IRecords.Append"/>
    /// <param name="expectedVersion">How many events of the subject the caller has seen; 0 for a new one.</param>
    public static Task<AppendOutcome> Append(
        this IRecords records,
        string subject,
        long expectedVersion,
        IReadOnlyList<Draft> drafts,
        CancellationToken cancel = default
    ) => records.Append([new Write(subject, expectedVersion, drafts)], cancel: cancel);
}
