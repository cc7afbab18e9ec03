using System.Text.Json;
using Breakwater.App.Accounts.Store;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Keeping;

/// <summary>When the last backup was made, for <c>doctor</c>. Where it went is nobody's business but the operator's.</summary>
internal sealed record LastBackup(Instant WrittenAt, long Events)
{
    private const string FileName = "last-backup.json";

    public static void Note(string folder, BackupManifest manifest)
    {
        try
        {
            Private.Write(
                Path.Combine(folder, FileName),
                CanonicalJson.Of(new LastBackup(manifest.Title.WrittenAt, manifest.Events))
            );
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The backup itself is whole, and a full disk is just when one is wanted; `doctor` will ask for another.
        }
    }

    /// <summary>Null when there was none, or what is noted cannot be read.</summary>
    public static LastBackup? Of(string folder)
    {
        string file = Path.Combine(folder, FileName);
        try
        {
            return File.Exists(file)
                ? JsonSerializer.Deserialize<LastBackup>(File.ReadAllBytes(file), Json.Compact)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
