namespace Breakwater.Bgp;

/// <summary>Something in an MRT input that could not be used. Reading went on after it.</summary>
/// <param name="Offset">Where in the decompressed input the record or the skipped stretch begins.</param>
/// <param name="Length">Octets that are affected: of the record, or of what was skipped.</param>
/// <param name="Reason">What is wrong.</param>
/// <param name="Action">For an error in path attributes what RFC 7606 does about it; else none.</param>
public readonly record struct MrtFault(
    long Offset,
    long Length,
    string Reason,
    AttributeAction Action = AttributeAction.None
);

/// <summary>The faults of one input: all are counted, the first ones are kept.</summary>
public sealed class MrtFaults
{
    /// <summary>Enough to see every kind of damage of a file; more would let a hostile file fill the memory.</summary>
    public const int KeptMax = 1000;

    private readonly List<MrtFault> kept = [];

    public long Count { get; private set; }

    public IReadOnlyList<MrtFault> Kept => kept;

    public void Add(
        long offset,
        long length,
        string reason,
        AttributeAction action = AttributeAction.None
    )
    {
        Count++;
        if (kept.Count < KeptMax)
        {
            kept.Add(new MrtFault(offset, length, reason, action));
        }
    }

    internal void Add(
        in MrtRecord record,
        string reason,
        AttributeAction action = AttributeAction.None
    ) => Add(record.Offset, record.Length, reason, action);
}
