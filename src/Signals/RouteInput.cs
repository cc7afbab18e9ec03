using System.Globalization;
using Breakwater.Bgp;
using Breakwater.Vocabulary;

namespace Breakwater.Signals;

/// <summary>What evidence names: a file as received.</summary>
/// <param name="Sha256">Empty while it is still being written.</param>
public readonly record struct RouteSource(string Name, string Sha256);

/// <summary>
/// One input of routing data as a walk over MRT records in order of time, whatever form it came in. Evidence leads back
/// to the input by the position that each record carries.
/// </summary>
/// <param name="name">Name of the file, for evidence and faults.</param>
/// <param name="sha256">Hash of the input as received.</param>
public abstract class RouteInput(string name, string sha256)
{
    internal const string UsualRemedy =
        "The rest was read; obtain the file again if this record matters";

    public string Name { get; } = name;

    public string Sha256 { get; } = sha256;

    internal RouteSource Source => new(Name, Sha256);

    /// <summary>The collector of the record read last. Inputs of one collector share its sessions.</summary>
    public abstract string Feed { get; }

    /// <summary>Records handed on so far.</summary>
    public long Records { get; internal set; }

    /// <summary>What could not be used, by offset.</summary>
    public MrtFaults Faults { get; } = new();

    /// <summary>What <see cref="MrtFault.Offset"/> counts and a remedy, for the reader of a fault.</summary>
    public virtual string Remedy => UsualRemedy;

    /// <summary>What could not be used, as readers of faults get it.</summary>
    internal IEnumerable<InputFault> InputFaults() => Told(Faults, Name, Remedy);

    /// <summary>Faults by offset, with how many more there were than are listed.</summary>
    internal static IEnumerable<InputFault> Told(MrtFaults faults, string name, string remedy)
    {
        foreach (MrtFault fault in faults.Kept)
        {
            yield return new InputFault(
                name,
                string.Create(CultureInfo.InvariantCulture, $"offset {fault.Offset}"),
                fault.Reason,
                remedy
            );
        }

        if (faults.Count > faults.Kept.Count)
        {
            yield return new InputFault(
                name,
                "end",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{faults.Count - faults.Kept.Count} further faults are not listed"
                ),
                "Correct those listed first"
            );
        }
    }

    /// <summary>Unix seconds of the next record, to merge inputs by time; false at the end.</summary>
    public abstract bool TryPeekSeconds(out uint seconds);

    /// <summary>The next record; false at the end. Its spans live until the next call.</summary>
    public abstract bool Read(out MrtRecord record);
}

/// <summary>MRT as collectors write it.</summary>
public sealed class MrtRouteInput : RouteInput
{
    private readonly MrtReader reader;

    /// <param name="chunks">The decompressed input in pieces; walked once.</param>
    public MrtRouteInput(
        string feed,
        string name,
        string sha256,
        IEnumerable<ReadOnlyMemory<byte>> chunks
    )
        : base(name, sha256)
    {
        Feed = feed;
        reader = new MrtReader(chunks, Faults, recovers: true);
    }

    public override string Feed { get; }

    public override bool TryPeekSeconds(out uint seconds)
    {
        if (reader.TryPeekSeconds(out seconds))
        {
            return true;
        }

        // Damage at the end comes last, and still has to be read to become a fault.
        seconds = uint.MaxValue;
        return reader.HasRest;
    }

    public override bool Read(out MrtRecord record) => reader.Read(out record);
}
