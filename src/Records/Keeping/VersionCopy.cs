using Breakwater.Ledger;
using NodaTime;

namespace Breakwater.Records;

/// <summary>
/// The copy of a store in PostgreSQL before it is taken over from an older version: a backup of key and ledger in the node's
/// folder, which can be restored like any other.
/// </summary>
internal static class VersionCopy
{
    public static void Write(string folder, string store, long version)
    {
        string copy = Path.Combine(folder, $"breakwater.v{version}.tar");
        string aside = copy + ".new";
        string keyFile = Path.Combine(folder, "node.key");
        try
        {
            string key = File.ReadAllText(keyFile).TrimEnd();
            using Signer signer = Signer.TryParse(key, out Signer? read)
                ? read
                : throw new InvalidDataException("node.key cannot be read");
            using (FileStream to = Owned(aside))
            {
                Write(to, store, signer, keyFile);
                to.Flush(flushToDisk: true);
            }

            File.Move(aside, copy, overwrite: true);
        }
        catch (Exception failure)
            when (failure
                    is IOException
                        and not RecordsFault
                        or UnauthorizedAccessException
                        or InvalidDataException
            )
        {
            throw new RecordsFault(
                RecordsFaultKind.Unwritable,
                $"the store of version {version} cannot be copied before it is taken over ({failure.Message.ReplaceLineEndings(" ").TrimEnd('.')})",
                copy,
                "Make room there, and start again; the store is as it was",
                failure
            );
        }
    }

    private static void Write(Stream to, string store, Signer signer, string keyFile)
    {
        using var moment = StoreMoment.Of("", store);
        using var backup = new BackupWriter(
            to,
            new BackupTitle(
                BackupTitle.FormatKnown,
                BackupTitle.Secret,
                SystemClock.Instance.GetCurrentInstant(),
                signer.Verifier.ToString()
            )
        );
        backup.Add("folder/node.key", File.ReadAllBytes(keyFile));
        foreach ((string name, ReadOnlyMemory<byte> octets) in moment.Parts(CancellationToken.None))
        {
            backup.Add(name, octets);
        }

        backup.Complete(moment, "before taking over", signer);
    }

    private static FileStream Owned(string path)
    {
        // Whoever else made a file of this name would keep it.
        File.Delete(path);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }
}
