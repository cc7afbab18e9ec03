using System.Globalization;

namespace Breakwater.Records;

/// <summary>Rows of the small tables that a backup holds beside the events, one JSON line each, in parts under folders named after the tables.</summary>
internal static class KeptRows
{
    public const string Nodes = "store/nodes/";
    public const string Checkpoints = "store/checkpoints/";
    public const string Keys = "store/keys/";
    public const string Once = "store/once/";

    /// <summary>Each piece of evidence is a file of its own, named by its hash.</summary>
    public const string Evidence = "store/evidence/";

    /// <summary>The name of a part of a table, from 1.</summary>
    public static string PartOf(string table, int part) =>
        string.Create(CultureInfo.InvariantCulture, $"{table}{part:d10}.jsonl");
}

internal sealed record KeptNode(string Name, string Verifier);

internal sealed record KeptCheckpoint(long Size, string Note);

/// <param name="Box">Null for a key that was destroyed.</param>
internal sealed record KeptKey(string Id, string Subject, string Custody, string? Box);

/// <param name="Until">Ticks since 1970.</param>
internal sealed record KeptAnswer(string Key, string Digest, long Until, string Versions);
