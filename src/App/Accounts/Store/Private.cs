namespace Breakwater.App.Accounts.Store;

/// <summary>Files that only the account of the operating system which runs the node may read.</summary>
internal static class Private
{
    private const int TriesMax = 100;
    private static readonly TimeSpan _between = TimeSpan.FromMilliseconds(50);

    public static void Folder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(
                path,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            );
        }
    }

    /// <summary>To write to from its beginning. What was there is gone, and with it whoever else could read it.</summary>
    public static FileStream New(string path)
    {
        File.Delete(path);
        return Open(path, FileMode.CreateNew, FileShare.None);
    }

    public static void Empty(string path) => Open(path, FileMode.Create, FileShare.None).Dispose();

    /// <summary>Written aside and renamed, so that a kill leaves the whole text or none.</summary>
    public static void Write(string path, byte[] octets)
    {
        string aside = path + ".new";
        using (FileStream file = New(aside))
        {
            file.Write(octets);
            file.Flush(flushToDisk: true);
        }

        File.Move(aside, path, overwrite: true);
    }

    /// <summary>Holds a file until it is disposed of; another process waits for its turn, some seconds long.</summary>
    /// <exception cref="IOException">It is still held after that.</exception>
    public static FileStream Alone(string path)
    {
        for (int tries = 1; ; tries++)
        {
            try
            {
                return Open(path, FileMode.OpenOrCreate, FileShare.None);
            }
            catch (IOException) when (tries < TriesMax)
            {
                Thread.Sleep(_between);
            }
        }
    }

    private static FileStream Open(string path, FileMode mode, FileShare share)
    {
        var options = new FileStreamOptions
        {
            Mode = mode,
            Access = FileAccess.ReadWrite,
            Share = share,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }
}
