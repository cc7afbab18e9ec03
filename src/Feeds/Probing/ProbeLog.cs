using System.Text.Json;
using Breakwater.Signals;
using Breakwater.Vocabulary;

namespace Breakwater.Feeds.Probing;

/// <summary>Rounds kept one JSON document a line, each on the disk, or with the reader, before the next begins.</summary>
public sealed class ProbeLog : IDisposable
{
    private readonly Stream stream;

    /// <param name="path">Rounds are appended; <c>-</c> is standard output.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public ProbeLog(string path)
    {
        if (path == "-")
        {
            stream = Console.OpenStandardOutput();
            return;
        }

        var file = new FileStream(
            path,
            FileMode.OpenOrCreate,
            FileAccess.ReadWrite,
            FileShare.Read
        );
        stream = file;
        if (file.Length > 0)
        {
            file.Seek(-1, SeekOrigin.End);
            // A line that a cut of power left unfinished must not swallow the next one.
            if (file.ReadByte() != '\n')
            {
                file.WriteByte((byte)'\n');
            }
        }

        file.Seek(0, SeekOrigin.End);
    }

    public void Add(ProbeRound round)
    {
        byte[] line = JsonSerializer.SerializeToUtf8Bytes(round, Json.Compact);
        stream.Write([.. line, (byte)'\n']);
        if (stream is FileStream file)
        {
            file.Flush(flushToDisk: true);
        }
        else
        {
            stream.Flush();
        }
    }

    public void Dispose() => stream.Dispose();
}
