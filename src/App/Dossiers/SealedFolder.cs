using System.Text;

namespace Breakwater.App.Dossiers;

/// <summary>
/// Writes a sealed folder beside its place and puts it there whole: a kill leaves no half a folder under its name. Its owner alone
/// reads it, as with the store.
/// </summary>
internal sealed class SealedFolder : IDisposable
{
    private const UnixFileMode _owner =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string _folder;
    private readonly string _half;
    private readonly List<SealedFile> _files = [];

    public SealedFolder(string folder)
    {
        _folder = Path.GetFullPath(folder);
        _half = _folder.TrimEnd(Path.DirectorySeparatorChar) + ".half";
        if (Path.Exists(_folder) && !IsEmptyFolder(_folder))
        {
            throw new Fault(
                ExitCode.Usage,
                $"{folder} is there already. Name a folder that is not: what is sealed is not mixed with anything"
            );
        }

        if (Path.Exists(_half))
        {
            throw new Fault(
                ExitCode.Usage,
                $"{_half} is left of an export that was broken off. Remove it, and export again"
            );
        }

        Make(_half);
    }

    /// <summary>All but the manifest and its proof, by their paths.</summary>
    public IReadOnlyList<SealedFile> Files =>
        [.. _files.OrderBy(file => file.Path, StringComparer.Ordinal)];

    /// <param name="path">One of <see cref="SealedNames"/>, so that it cannot lead out of the folder.</param>
    public async Task Add(string path, ReadOnlyMemory<byte> octets, CancellationToken cancel)
    {
        string full = Path.Combine(_half, path.Replace('/', Path.DirectorySeparatorChar));
        Make(Path.GetDirectoryName(full)!);
        if (_files.Exists(file => file.Path == path))
        {
            return;
        }

        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Options = FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var file = new FileStream(full, options);
        await file.WriteAsync(octets, cancel).ConfigureAwait(false);
        file.Flush(flushToDisk: true);
        if (path is not (SealedNames.Manifest or SealedNames.ManifestProof))
        {
            _files.Add(SealedOctets.Describe(path, octets.Span));
        }
    }

    public Task AddText(string path, string text, CancellationToken cancel) =>
        Add(path, Encoding.UTF8.GetBytes(text), cancel);

    /// <summary>As <c>sha256sum -c</c> and <c>sha512sum -c</c> read them.</summary>
    public async Task AddSums(CancellationToken cancel)
    {
        SealedFile[] files = [.. Files];
        await AddText(SealedNames.Sha256Sums, Sums(files, file => file.Sha256), cancel)
            .ConfigureAwait(false);
        await AddText(SealedNames.Sha512Sums, Sums(files, file => file.Sha512), cancel)
            .ConfigureAwait(false);
    }

    /// <summary>Puts the folder in its place.</summary>
    public void Finish()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder);
        }

        Directory.Move(_half, _folder);
    }

    public void Dispose()
    {
        if (Directory.Exists(_half))
        {
            Directory.Delete(_half, recursive: true);
        }
    }

    private static string Sums(IEnumerable<SealedFile> files, Func<SealedFile, string> hash) =>
        string.Concat(files.Select(file => $"{hash(file)}  {file.Path}\n"));

    private static bool IsEmptyFolder(string path) =>
        Directory.Exists(path) && !Directory.EnumerateFileSystemEntries(path).Any();

    private static void Make(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, _owner);
        }
    }
}
