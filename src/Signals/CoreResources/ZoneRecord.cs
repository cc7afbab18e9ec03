using System.Buffers.Binary;
using System.Net;

namespace Breakwater.Signals;

/// <summary>One resource record of a zone file.</summary>
/// <param name="Type">Number, see <see cref="ZoneType"/>.</param>
/// <param name="Class">1 is the Internet.</param>
/// <param name="Ttl">Seconds.</param>
/// <param name="Rdata">Octets as on the wire, names as written.</param>
/// <param name="Line">Where the entry begins in the file, the first line is 1.</param>
public readonly record struct ZoneRecord(
    DnsName Owner,
    ushort Type,
    ushort Class,
    uint Ttl,
    ReadOnlyMemory<byte> Rdata,
    long Line
)
{
    /// <summary>The name that the RDATA begins with: the server of an NS record.</summary>
    public DnsName Target
    {
        get
        {
            DnsName.TryReadWire(Rdata.Span, out DnsName name, out _);
            return name;
        }
    }

    /// <summary>The address of an A or AAAA record in the form of RFC 5952.</summary>
    public string Address => new IPAddress(Rdata.Span).ToString();

    /// <summary>The serial of an SOA record.</summary>
    public uint Serial
    {
        get
        {
            ReadOnlySpan<byte> rdata = Rdata.Span;
            return rdata.Length < 20 ? 0 : BinaryPrimitives.ReadUInt32BigEndian(rdata[^20..]);
        }
    }
}
