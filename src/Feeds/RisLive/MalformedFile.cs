using System.Globalization;
using System.Text;

namespace Breakwater.Feeds;

/// <summary>
/// Keeps messages that could not be used, one line each after a line that says why, so that they can be looked at. What
/// does not fit is only counted.
/// </summary>
/// <param name="path">Made when the first message is added.</param>
public sealed class MalformedFile(string path)
{
    public const long OctetsMax = 16L << 20;

    // Enough to see what a message was.
    private const int MessageMax = 4096;

    private long octets;

    /// <summary>Messages that were not kept, because the file is full or the disk refused.</summary>
    public long Unkept { get; private set; }

    public void Add(ReadOnlySpan<byte> message, string reason)
    {
        if (octets >= OctetsMax)
        {
            Unkept++;
            return;
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            using var file = new FileStream(
                path,
                FileMode.Append,
                FileAccess.Write,
                FileShare.Read
            );
            byte[] head = Encoding.UTF8.GetBytes(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"# {message.Length} octets: {reason}\n"
                )
            );
            file.Write(head);
            foreach (byte octet in message[..Math.Min(message.Length, MessageMax)])
            {
                file.WriteByte(octet is (byte)'\n' or (byte)'\r' ? (byte)' ' : octet);
            }

            file.WriteByte((byte)'\n');
            octets = file.Length;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Unkept++;
        }
    }
}
