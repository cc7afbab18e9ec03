namespace Breakwater.Bgp;

/// <summary>
/// The last path of each peer as it came, octet by octet: neighbouring prefixes mostly have the same origin, and then the
/// path is known without looking it up. Refers to each path that it knows.
/// </summary>
internal sealed class RecentPaths(PathTable paths)
{
    /// <summary>Sixteen hops: longer ones are looked up.</summary>
    private const int Room = 64;

    private byte[] octets = [];
    private byte[] lengths = [];
    private int[] numbers = [];

    /// <returns>The number, referred to once more; -1 when the path is another or too long.</returns>
    public int Find(int peer, ReadOnlySpan<byte> sequence)
    {
        if (
            peer >= lengths.Length
            || sequence.Length != lengths[peer]
            || sequence.IsEmpty
            || !sequence.SequenceEqual(octets.AsSpan(peer * Room, sequence.Length))
        )
        {
            return -1;
        }

        paths.Keep(numbers[peer]);
        return numbers[peer];
    }

    public void Set(int peer, ReadOnlySpan<byte> sequence, int path)
    {
        if (sequence.IsEmpty || sequence.Length > Room)
        {
            return;
        }

        if (peer >= lengths.Length)
        {
            int count = Math.Max(16, 2 * peer);
            Array.Resize(ref octets, count * Room);
            Array.Resize(ref lengths, count);
            Array.Resize(ref numbers, count);
        }

        paths.Keep(path);
        if (lengths[peer] > 0)
        {
            paths.Release(numbers[peer]);
        }

        sequence.CopyTo(octets.AsSpan(peer * Room));
        lengths[peer] = (byte)sequence.Length;
        numbers[peer] = path;
    }
}
