using System.Data.Common;
using System.Security.Cryptography;
using Breakwater.Ledger;

namespace Breakwater.Records;

/// <summary>The folder of one node: a lock, the node's key and the store. Closing it, or dying, gives the lock free.</summary>
/// <remarks>Whoever only reads what another process writes has no lock, and makes nothing.</remarks>
internal sealed class DataFolder : IDisposable
{
    private const string KeyFile = "node.key";
    private readonly FileStream? hold;
    private readonly string keyFile;

    private DataFolder(string path, FileStream? hold)
    {
        this.hold = hold;
        keyFile = Path.Combine(path, KeyFile);
        Store = Path.Combine(path, "breakwater.db");
    }

    public string Store { get; }

    /// <summary>True when the folder is that of an exercise. Its store says so too, and opens with no other key.</summary>
    public static bool IsExercise(string path)
    {
        string file = Path.Combine(path, KeyFile);
        try
        {
            return File.Exists(file) && Signer.IsOfExercise(File.ReadAllText(file));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw RecordsFault.Of(refused, file);
        }
    }

    /// <summary>The folder that another process holds.</summary>
    public static DataFolder Beside(string path) => new(path, hold: null);

    public static DataFolder Open(string path)
    {
        string lockFile = Path.Combine(path, "breakwater.lock");
        try
        {
            Create(path);
            // FileShare.None is flock(2) here, which the kernel releases however the process ends. The file itself stays:
            // deleting it would let two processes lock two different files of one name.
            return new DataFolder(
                path,
                new FileStream(
                    lockFile,
                    FileMode.OpenOrCreate,
                    FileAccess.ReadWrite,
                    FileShare.None
                )
            );
        }
        catch (IOException held) when (IsHeld(held))
        {
            throw RecordsFault.InUse(path, held);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw RecordsFault.Of(refused, path);
        }
    }

    /// <summary>The node's key. It is made on the first start only: with another key, nobody could continue the chain.</summary>
    /// <param name="known">The node that wrote the store; null when nobody has.</param>
    /// <param name="isExercise">What a new key is for; a key that is there stays what it is.</param>
    private Signer Key(string? known, bool isExercise)
    {
        try
        {
            if (!File.Exists(keyFile))
            {
                return known is null
                    ? Make(isExercise)
                    : throw KeyMissing($"the key of {known} is missing");
            }

            if (!Signer.TryParse(File.ReadAllText(keyFile).TrimEnd(), out Signer? signer))
            {
                throw KeyMissing("the node's key cannot be read");
            }

            if (known is not null && signer.Name != known)
            {
                signer.Dispose();
                throw KeyMissing($"the key is not that of {known}, which wrote the store");
            }

            return signer;
        }
        catch (Exception refused)
            when (refused is IOException and not RecordsFault or UnauthorizedAccessException)
        {
            throw RecordsFault.Of(refused, keyFile);
        }
    }

    /// <summary>The node's key, and its name in the store from the first start on.</summary>
    public Signer Identify(DbConnection connection, bool isExercise)
    {
        string? known = Known(connection);
        Signer signer = Key(known, isExercise);
        if (known is null)
        {
            using DbCommand command = connection.Statement(
                "INSERT INTO nodes VALUES ($1, $2)",
                signer.Name,
                signer.Verifier.ToString()
            );
            command.ExecuteNonQuery();
        }

        return Checked(connection, signer);
    }

    /// <summary>The key of a node that another process serves; null while that one has not named it.</summary>
    public Signer? Identified(DbConnection connection) =>
        Known(connection) is { } known ? Checked(connection, Key(known, isExercise: false)) : null;

    private static string? Known(DbConnection connection)
    {
        using DbCommand command = connection.Statement("SELECT name FROM nodes");
        return command.ExecuteScalar() as string;
    }

    private Signer Checked(DbConnection connection, Signer signer) =>
        IsOfLedger(connection, signer.Verifier)
            ? signer
            : throw KeyMissing($"{signer.Name} did not write the ledger that is in the store");

    /// <summary>Whoever renames the node in the table and in the key file has not renamed it in what it signed.</summary>
    private static bool IsOfLedger(DbConnection connection, Verifier node)
    {
        using DbCommand command = connection.Statement(
            "SELECT envelope FROM events WHERE sequence = 1"
        );
        return command.ExecuteScalar() is not byte[] octets
            || !Envelope.TryDecode(octets, out Envelope? first)
            || first.Node == node.Name;
    }

    public void Dispose() => hold?.Dispose();

    private Signer Make(bool isExercise)
    {
        Span<byte> seed = stackalloc byte[Signer.SeedOctets];
        RandomNumberGenerator.Fill(seed);
        var signer = Signer.FromSeed(seed, isExercise);
        CryptographicOperations.ZeroMemory(seed);

        // Written aside and renamed, so that a kill leaves a whole key or none.
        string aside = keyFile + ".new";
        File.Delete(aside);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(aside, options))
        {
            file.Write(System.Text.Encoding.ASCII.GetBytes(signer.Export() + "\n"));
            file.Flush(flushToDisk: true);
        }

        File.Move(aside, keyFile);
        return signer;
    }

    private RecordsFault KeyMissing(string what) =>
        new(
            RecordsFaultKind.KeyMissing,
            what,
            keyFile,
            "Put the key back from a backup, or start with an empty folder"
        );

    private static void Create(string path)
    {
        if (Directory.Exists(path))
        {
            return;
        }

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

    /// <summary>EWOULDBLOCK of Linux and of macOS, and ERROR_SHARING_VIOLATION.</summary>
    private static bool IsHeld(IOException refused) =>
        refused.HResult is 11 or 35 or unchecked((int)0x80070020);
}
