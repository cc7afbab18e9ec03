using System.Text.Json;
using Breakwater.Signals;
using Breakwater.Vocabulary;

namespace Breakwater.Feeds.Probing;

/// <summary>Rounds kept one JSON document a line, each on the disk before the next begins.</summary>
public sealed class ProbeLog : IDisposable
{
    private readonly FileStream file;

    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public ProbeLog(string path)
    {
        file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
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
        file.Write([.. line, (byte)'\n']);
        file.Flush(flushToDisk: true);
    }

    public void Dispose() => file.Dispose();
}
