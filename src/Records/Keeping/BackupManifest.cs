using NodaTime;

namespace Breakwater.Records;

/// <summary>The first file of a backup: what the rest is, told before anything of it is taken.</summary>
/// <param name="Format">Of the backup as a whole; see <see cref="FormatKnown"/>.</param>
/// <param name="Notice">For whoever opens it by hand.</param>
/// <param name="Node">Name and public key of the node.</param>
public sealed record BackupTitle(int Format, string Notice, Instant WrittenAt, string Node)
{
    public const int FormatKnown = 1;

    public const string FileName = "backup.json";

    public const string Secret =
        "SECRET. This backup holds node.key, with which anybody can sign as this node, and the accounts. "
        + "Sealed fields are in it as ciphertext only; what is closely held without being sealed is plain. "
        + "Keep it encrypted, and away from the node.";
}

/// <summary>One file of a backup.</summary>
/// <param name="Sha256">Lower-case hexadecimal.</param>
public sealed record BackupFile(string Name, long Octets, string Sha256);

/// <summary>What a backup holds: the last file but one. The last is a note of the node that signs this one's hash.</summary>
/// <param name="Checkpoint">Signed note over the ledger as it is in the backup.</param>
/// <param name="Projections">SHA-256 of the tables that followed from the ledger when it was read.</param>
/// <param name="Program">Version that wrote it.</param>
/// <param name="Files">All files before this one, in their order.</param>
public sealed record BackupManifest(
    BackupTitle Title,
    string Checkpoint,
    long Events,
    long Evidence,
    long Keys,
    long KeysDestroyed,
    string Projections,
    string Program,
    IReadOnlyList<BackupFile> Files
)
{
    public const string FileName = "manifest.json";

    public const string SealFileName = "manifest.note";

    /// <summary>The text that the last file signs.</summary>
    public static string SealText(string node, string sha256) =>
        $"{node}\nbreakwater-backup\n{sha256}\n";
}
