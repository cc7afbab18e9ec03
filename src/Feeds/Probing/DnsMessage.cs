using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Breakwater.Feeds.Probing;

/// <summary>What a datagram is to the one who asked.</summary>
public enum DnsReading
{
    Answer,

    /// <summary>Another id, another question, or no answer at all: a late answer, or somebody who guesses.</summary>
    NotOurs,

    /// <summary>To our question, and not of the form that RFC 1035 gives.</summary>
    Malformed,
}

/// <summary>An answer to a question, or why there is none in these octets.</summary>
/// <param name="Trouble">Null for an answer.</param>
/// <param name="Rcode">RFC 1035 section 4.1.1: 0 no error, 2 server failure, 3 no such name, 5 refused.</param>
/// <param name="IsTruncated">The rest is to be had over TCP.</param>
/// <param name="AnswerCount">Records in the answer section.</param>
public sealed record DnsAnswer(
    DnsReading Reading,
    string? Trouble,
    int Rcode = 0,
    bool IsTruncated = false,
    int AnswerCount = 0
)
{
    /// <summary>Of the name asked for, or of the name that it stands for (CNAME).</summary>
    public IReadOnlyList<IPAddress> Addresses { get; init; } = [];

    public string RcodeWord =>
        Rcode switch
        {
            0 => "NOERROR",
            1 => "FORMERR",
            2 => "SERVFAIL",
            3 => "NXDOMAIN",
            4 => "NOTIMP",
            5 => "REFUSED",
            _ => $"RCODE{Rcode}",
        };
}

/// <summary>Questions and answers of DNS (RFC 1035 section 4), as far as a prober needs them. No octets make it throw.</summary>
public static class DnsMessage
{
    public const int HeaderOctets = 12;

    // More is sent by nobody for one question; a message has 65,535 octets at most anyway.
    private const int RecordsMax = 1_000;
    private const int AliasesMax = 16;

    private const int Response = 0x8000;
    private const int OpcodeBits = 0x7800;
    private const int Truncated = 0x0200;
    private const int RecursionDesired = 0x0100;
    private const ushort InternetClass = 1;

    public static byte[] Question(ushort id, DnsQuestion question)
    {
        ArgumentNullException.ThrowIfNull(question);
        var octets = new List<byte>(HeaderOctets + question.Name.Length + 6);
        AddUInt16(octets, id);
        AddUInt16(octets, RecursionDesired);
        AddUInt16(octets, 1);
        octets.AddRange(new byte[6]);
        foreach (string label in question.Name.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            octets.Add((byte)label.Length);
            octets.AddRange(Encoding.ASCII.GetBytes(label));
        }

        octets.Add(0);
        AddUInt16(octets, question.Type);
        AddUInt16(octets, InternetClass);
        return [.. octets];
    }

    public static DnsAnswer Read(ReadOnlySpan<byte> octets, ushort id, DnsQuestion question)
    {
        ArgumentNullException.ThrowIfNull(question);
        if (octets.Length < HeaderOctets)
        {
            return NotOurs("shorter than a header");
        }

        int flags = UInt16(octets, 2);
        if (UInt16(octets, 0) != id)
        {
            return NotOurs("another id");
        }

        if ((flags & Response) == 0 || (flags & OpcodeBits) != 0)
        {
            return NotOurs("a question, not an answer");
        }

        int at = HeaderOctets;
        int rcode = flags & 0xF;
        int questions = UInt16(octets, 4);
        if (questions == 0 && rcode is 1 or 2 or 4 or 5)
        {
            // A server that could not read or would not answer may leave the question away (RFC 1035 section 4.1.1).
            return new DnsAnswer(DnsReading.Answer, null, rcode);
        }

        if (
            questions != 1
            || ReadName(octets, ref at) is not { } name
            || at + 4 > octets.Length
            || name != question.Name
            || UInt16(octets, at) != question.Type
            || UInt16(octets, at + 2) != InternetClass
        )
        {
            return NotOurs("another question");
        }

        bool isTruncated = (flags & Truncated) != 0;
        int count = UInt16(octets, 6);
        if (isTruncated)
        {
            return new DnsAnswer(DnsReading.Answer, null, rcode, true, count);
        }

        return Records(octets, at + 4, count, question) is { } addresses
            ? new DnsAnswer(DnsReading.Answer, null, rcode, false, count) { Addresses = addresses }
            : new DnsAnswer(DnsReading.Malformed, "the records do not fit the message", rcode);
    }

    /// <summary>Addresses along the chain of aliases; null when the records are malformed.</summary>
    private static List<IPAddress>? Records(
        ReadOnlySpan<byte> octets,
        int at,
        int count,
        DnsQuestion question
    )
    {
        if (count > RecordsMax)
        {
            return null;
        }

        var aliases = new Dictionary<string, string>(StringComparer.Ordinal);
        var addresses = new List<(string Owner, IPAddress Address)>();
        for (int record = 0; record < count; record++)
        {
            if (ReadName(octets, ref at) is not { } owner || at + 10 > octets.Length)
            {
                return null;
            }

            int type = UInt16(octets, at);
            int length = UInt16(octets, at + 8);
            at += 10;
            if (at + length > octets.Length)
            {
                return null;
            }

            int target = at;
            if (type is DnsQuestion.A or DnsQuestion.Aaaa)
            {
                if (length != (type == DnsQuestion.A ? 4 : 16))
                {
                    return null;
                }

                addresses.Add((owner, new IPAddress(octets.Slice(at, length))));
            }
            else if (type == DnsQuestion.Cname)
            {
                if (ReadName(octets, ref target) is not { } alias)
                {
                    return null;
                }

                aliases.TryAdd(owner, alias);
            }

            at += length;
        }

        string name = question.Name;
        for (int step = 0; step < AliasesMax && aliases.TryGetValue(name, out string? next); step++)
        {
            name = next;
        }

        return
        [
            .. addresses
                .Where(one => one.Owner == name)
                .Select(one => NetworkNames.Plain(one.Address)),
        ];
    }

    /// <summary>A name in lower case; null when it is malformed. Pointers must lead backwards, so that no chain is endless.</summary>
    private static string? ReadName(ReadOnlySpan<byte> octets, ref int at)
    {
        var name = new StringBuilder();
        int position = at;
        int bound = at;
        bool hasJumped = false;
        while (position < octets.Length)
        {
            int length = octets[position];
            if (length == 0)
            {
                at = hasJumped ? at : position + 1;
                return name.ToString();
            }

            if (length >= 0xC0)
            {
                int to = position + 1 < octets.Length ? UInt16(octets, position) & 0x3FFF : bound;
                at = hasJumped ? at : position + 2;
                hasJumped = true;
                if (to >= bound || to < HeaderOctets)
                {
                    return null;
                }

                position = bound = to;
                continue;
            }

            if (length > 63 || position + 1 + length > octets.Length || name.Length + length > 254)
            {
                return null;
            }

            name.Append(name.Length > 0 ? "." : "");
            foreach (byte octet in octets.Slice(position + 1, length))
            {
                // A dot inside a label must not read as two labels.
                name.Append(
                    octet is > 32 and < 127 && octet != '.'
                        ? char.ToLowerInvariant((char)octet)
                        : '\uFFFD'
                );
            }

            position += 1 + length;
        }

        return null;
    }

    private static DnsAnswer NotOurs(string trouble) => new(DnsReading.NotOurs, trouble);

    private static int UInt16(ReadOnlySpan<byte> octets, int at) =>
        BinaryPrimitives.ReadUInt16BigEndian(octets[at..]);

    private static void AddUInt16(List<byte> octets, int value)
    {
        octets.Add((byte)(value >> 8));
        octets.Add((byte)(value & 0xFF));
    }
}
