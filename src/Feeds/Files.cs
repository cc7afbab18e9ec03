using Breakwater.Vocabulary;

namespace Breakwater.Feeds;

/// <summary>A file as received, or the one line that says why there is none.</summary>
public sealed record FileRead(SourceFile? File, InputFault? Fault);

/// <summary>
/// Reads a whole input into memory with its hash. The octets are kept as received, because the hash is made over them;
/// a compressed input is opened later, from the <see cref="SourceFile"/>.
/// </summary>
public static class Files
{
    /// <summary>Larger inputs are refused. The largest routing table dumps in use are about 150 MB compressed.</summary>
    public const long MaxBytes = 512L * 1024 * 1024;

    /// <param name="path">A path, or <c>-</c> for standard input.</param>
    /// <param name="maxBytes">Refuse more than this.</param>
    /// <param name="name">The name to show in faults and evidence; the file's own name when null.</param>
    public static FileRead Read(string path, long maxBytes = MaxBytes, string? name = null)
    {
        name ??= path == "-" ? "standard input" : Path.GetFileName(path);
        try
        {
            if (path != "-" && Directory.Exists(path))
            {
                return Refused(name, "is a folder, not a file", "Name a file in it");
            }

            using Stream stream =
                path == "-" ? Console.OpenStandardInput() : System.IO.File.OpenRead(path);
            return Read(stream, maxBytes, name);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Refused(name, "there is no such file", "Check the path");
        }
        catch (Exception e)
            when (e
                    is IOException
                        or UnauthorizedAccessException
                        or ArgumentException
                        or NotSupportedException
            )
        {
            return Refused(
                name,
                $"cannot be read: {e.Message.TrimEnd('.')}",
                "Check the path and the permissions"
            );
        }
    }

    private static FileRead Read(Stream stream, long maxBytes, string name)
    {
        using var octets = new MemoryStream(
            stream.CanSeek && stream.Length <= maxBytes ? (int)stream.Length : 0
        );
        var block = new byte[81920];
        for (int count; (count = stream.Read(block)) > 0; )
        {
            if (octets.Length + count > maxBytes)
            {
                return Refused(
                    name,
                    $"is larger than the limit of {maxBytes / 1024} KB",
                    "Split it or shorten it"
                );
            }

            octets.Write(block, 0, count);
        }

        return new FileRead(
            SourceFile.Of(name, octets.GetBuffer().AsMemory(0, (int)octets.Length)),
            null
        );
    }

    private static FileRead Refused(string name, string reason, string remedy) =>
        new(null, new InputFault(name, "", reason, remedy));
}
