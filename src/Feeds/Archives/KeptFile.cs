using System.Security.Cryptography;
using System.Text.Json;

namespace Breakwater.Feeds.Archives;

/// <summary>What is known of a file that was fetched, kept beside it.</summary>
/// <param name="Sha256">Null while it is not whole.</param>
/// <param name="Octets">Its whole length where the server said it.</param>
/// <param name="ETag">As the server sent it; null if it sent none.</param>
/// <param name="LastModified">As the server sent it.</param>
internal sealed record KeptRecord(
    string Url,
    string? Sha256,
    long? Octets,
    string? ETag,
    string? LastModified
);

/// <summary>
/// The place of a file in the folder: whole under its name with its record beside it, or as <c>.part</c> with the record of
/// what was begun. The record is written before the file takes its name, so a file without record is not ours.
/// </summary>
internal sealed class KeptFile(string path)
{
    private static readonly JsonSerializerOptions json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
    };

    public string Path => path;

    public string Part => path + ".part";

    private string RecordPath => path + ".record.json";

    private string PartRecordPath => Part + ".record.json";

    public KeptRecord? Record => ReadRecord(RecordPath);

    /// <summary>The record of a file that was begun, with octets already there; null when there is nothing to go on from.</summary>
    public KeptRecord? PartRecord => PartLength > 0 ? ReadRecord(PartRecordPath) : null;

    public long PartLength => File.Exists(Part) ? new FileInfo(Part).Length : 0;

    /// <summary>True when the file is there and is what its record says.</summary>
    public bool IsWhole(KeptRecord record) =>
        File.Exists(path)
        && new FileInfo(path).Length == record.Octets
        && Sha256Of(path) == record.Sha256;

    public void Begin(KeptRecord record)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        WriteRecord(PartRecordPath, record);
        File.Delete(Part);
    }

    public void DropPart()
    {
        File.Delete(Part);
        File.Delete(PartRecordPath);
    }

    /// <summary>Gives the finished part its name.</summary>
    public KeptRecord Finish(KeptRecord record)
    {
        KeptRecord whole = record with { Sha256 = Sha256Of(Part), Octets = PartLength };
        WriteRecord(RecordPath, whole);
        File.Move(Part, path, overwrite: true);
        File.Delete(PartRecordPath);
        return whole;
    }

    public static string Sha256Of(string path)
    {
        using FileStream file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    private static KeptRecord? ReadRecord(string path)
    {
        try
        {
            return File.Exists(path)
                ? JsonSerializer.Deserialize<KeptRecord>(File.ReadAllBytes(path), json)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void WriteRecord(string path, KeptRecord record)
    {
        File.WriteAllBytes(path + ".new", JsonSerializer.SerializeToUtf8Bytes(record, json));
        File.Move(path + ".new", path, overwrite: true);
    }
}
