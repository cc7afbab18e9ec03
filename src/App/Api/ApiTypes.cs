namespace Breakwater.App.Api;

/// <summary>The shape of a subject in answers, for the OpenAPI document; <c>Representation</c> writes it.</summary>
/// <param name="Version">Also in the ETag: send that as If-Match with a command.</param>
/// <param name="Standing">Where it stands, in one word.</param>
/// <param name="OpenConflicts">Ids of conflicts about it that wait for a person; left out when there are none.</param>
internal sealed record Stated<TState>(
    string Id,
    string Kind,
    long Version,
    string Standing,
    TState State,
    IReadOnlyList<string>? OpenConflicts = null
)
    where TState : class;

/// <param name="Next">Send it as <c>after</c> for the page behind this one; null at the end. A page may be short although others follow.</param>
internal sealed record Page<TState>(IReadOnlyList<Stated<TState>> Items, string? Next)
    where TState : class;

/// <summary>One event of a subject's history.</summary>
/// <param name="RecordedAt">By the clock of the node, which orders nothing.</param>
/// <param name="Author">Pseudonym; for organisations of this community only.</param>
internal sealed record Happened(
    long Version,
    string Type,
    string RecordedAt,
    string? Author,
    object Payload
);

/// <param name="Next">Send it as <c>after</c> for what happened behind this page; null at the end.</param>
internal sealed record HistoryOf(IReadOnlyList<Happened> Events, string? Next);

/// <summary>One line of the live feed: what changed, not how; read it to see what it became.</summary>
/// <param name="Sequence">Place in the ledger. Send the last one as Last-Event-ID, or as <c>after</c>, to go on from there.</param>
internal sealed record Change(long Sequence, string Kind, string Id, long Version, string Standing);
