using Breakwater.Ledger.Tiles;

namespace Breakwater.App.Verbs.Verifying;

/// <summary>A ledger's tree as files, laid out as C2SP tlog-tiles says.</summary>
internal sealed class TileFolder(string folder)
{
    public const string Checkpoint = "checkpoint";

    /// <summary>A bundle of 256 entries of the greatest length; nothing here is longer.</summary>
    private const long OctetsMax = Tile.WidthMax * (EntryBundle.EntryOctetsMax + 2L);

    /// <param name="path">Made from numbers by <see cref="Tile"/>, so it cannot lead out of the folder.</param>
    /// <returns>Null when there is no such file, or one too long to be it.</returns>
    public ReadOnlyMemory<byte>? Read(string path)
    {
        var file = new FileInfo(Full(path));
        try
        {
            return file.Exists && file.Length <= OctetsMax
                ? File.ReadAllBytes(file.FullName)
                : (ReadOnlyMemory<byte>?)null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new Fault(
                ExitCode.Usage,
                $"{path} cannot be read: {fault.Message.TrimEnd('.')}. Check the permissions"
            );
        }
    }

    public bool Has(string path, long octets) =>
        new FileInfo(Full(path)) is { Exists: true } file && file.Length == octets;

    public async Task Write(string path, ReadOnlyMemory<byte> octets, CancellationToken cancel)
    {
        string full = Full(path);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            // A kill leaves no half a tile under its name.
            await File.WriteAllBytesAsync(full + ".new", octets, cancel).ConfigureAwait(false);
            File.Move(full + ".new", full, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new Fault(
                ExitCode.Cannot,
                $"{full} cannot be written: {fault.Message.TrimEnd('.')}. Check the space and the permissions"
            );
        }
    }

    private string Full(string path) =>
        Path.Combine(folder, path.Replace('/', Path.DirectorySeparatorChar));
}
