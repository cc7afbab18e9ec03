using System.Net;
using System.Text;
using Breakwater.Feeds.Probing;

namespace Breakwater.Tests.Feeds;

/// <summary>Answers of a name server, record by record.</summary>
internal sealed class DnsBytes
{
    private readonly List<byte> octets;
    private int count;

    public DnsBytes(ushort id, DnsQuestion question)
    {
        octets = [.. DnsMessage.Question(id, question)];
        octets[2] |= 0x80;
    }

    public DnsBytes Address(string owner, string address)
    {
        byte[] of = IPAddress.Parse(address).GetAddressBytes();
        return Record(owner, of.Length == 4 ? DnsQuestion.A : DnsQuestion.Aaaa, of);
    }

    public DnsBytes Alias(string owner, string name) =>
        Record(owner, DnsQuestion.Cname, Name(name));

    public DnsBytes Truncated()
    {
        octets[2] |= 0x02;
        return this;
    }

    public DnsBytes Rcode(int rcode)
    {
        octets[3] |= (byte)rcode;
        return this;
    }

    /// <summary>A record as given, right or wrong.</summary>
    public DnsBytes Raw(params byte[] record)
    {
        octets.AddRange(record);
        octets[7] = (byte)++count;
        return this;
    }

    public byte[] ToArray() => [.. octets];

    private DnsBytes Record(string owner, ushort type, byte[] data) =>
        Raw([
            .. Name(owner),
            (byte)(type >> 8),
            (byte)(type & 0xFF),
            0,
            1,
            0,
            0,
            0,
            60,
            0,
            (byte)data.Length,
            .. data,
        ]);

    private static byte[] Name(string name) =>
        [
            .. name.Split('.')
                .SelectMany(label =>
                    (byte[])[(byte)label.Length, .. Encoding.ASCII.GetBytes(label)]
                ),
            0,
        ];
}
