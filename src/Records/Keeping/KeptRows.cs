namespace Breakwater.Records;

/// <summary>Rows of the small tables that a backup holds beside the events, one JSON line each, in files named after the tables.</summary>
internal static class KeptRows
{
    public const string Nodes = "store/nodes.jsonl";
    public const string Checkpoints = "store/checkpoints.jsonl";
    public const string Keys = "store/keys.jsonl";
    public const string Once = "store/once.jsonl";

    /// <summary>Each piece of evidence is a file of its own, named by its hash.</summary>
    public const string Evidence = "store/evidence/";
}

internal sealed record KeptNode(string Name, string Verifier);

internal sealed record KeptCheckpoint(long Size, string Note);

/// <param name="Box">Null for a key that was destroyed.</param>
internal sealed record KeptKey(string Id, string Subject, string Custody, string? Box);

/// <param name="Until">Ticks since 1970.</param>
internal sealed record KeptAnswer(string Key, string Digest, long Until, string Versions);
