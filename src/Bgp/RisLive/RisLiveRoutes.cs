using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;
using Breakwater.Vocabulary;

namespace Breakwater.Bgp;

/// <summary>
/// Makes UPDATE messages of what RIS Live says in JSON: one per address family and next hop, for messages that come
/// without their octets, and to compare with those that come with them.
/// </summary>
internal sealed class RisLiveRoutes
{
    // Together with the path and the communities below, what one message of 65,535 octets can carry (RFC 8654).
    private const int PrefixesMax = 800;

    // Attributes are repeated for each next hop and for each 800 prefixes. For no message of 65,535 octets does that come to
    // more; JSON of 1 MiB could ask for a thousand times as much.
    private const int OctetsMax = 1 << 20;

    private readonly BgpMessageWriter message = new();
    private readonly RisLiveAttributes attributes = new();
    private readonly ArrayBufferWriter<IpPrefix> v4 = new(64);
    private readonly ArrayBufferWriter<IpPrefix> v6 = new(64);
    private readonly byte[] nextHop = new byte[32];
    private string? fault;
    private int octetsLeft;

    /// <returns>Null, or the first thing that could not be used; the rest is written.</returns>
    public string? Write(
        in RisLiveFields fields,
        uint seconds,
        uint microseconds,
        in BgpPeer peer,
        MrtWriter output
    )
    {
        fault = null;
        octetsLeft = OctetsMax;
        var target = new Target(output, seconds, microseconds, peer);
        Withdraw(fields.Withdrawals, target);
        if (!fields.Announcements.IsEmpty)
        {
            if (attributes.Read(fields) is { } damage)
            {
                return damage;
            }

            Announce(fields.Announcements, target);
        }

        return fault;
    }

    private void Withdraw(ReadOnlySpan<byte> withdrawals, in Target target)
    {
        if (withdrawals.IsEmpty)
        {
            return;
        }

        var reader = new Utf8JsonReader(withdrawals);
        reader.Read();
        ReadPrefixes(ref reader);
        for (ReadOnlySpan<IpPrefix> rest = v4.WrittenSpan; !rest.IsEmpty; rest = After(rest))
        {
            Write(target, message.Clear().Update(Next(rest), []));
        }

        for (ReadOnlySpan<IpPrefix> rest = v6.WrittenSpan; !rest.IsEmpty; rest = After(rest))
        {
            Write(target, message.Clear().MpUnreach(Next(rest)).Update([], []));
        }
    }

    private void Announce(ReadOnlySpan<byte> announcements, in Target target)
    {
        var reader = new Utf8JsonReader(announcements);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            fault ??= "announcements are not a list";
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                fault ??= "an announcement is not an object";
                reader.Skip();
                continue;
            }

            ReadOnlySpan<byte> hop = ReadAnnouncement(ref reader);
            for (ReadOnlySpan<IpPrefix> rest = v4.WrittenSpan; !rest.IsEmpty; rest = After(rest))
            {
                attributes.WriteTo(message.Clear());
                // RFC 8950: an IPv4 prefix behind an IPv6 next hop travels in MP_REACH_NLRI.
                Write(
                    target,
                    hop.Length == 4
                        ? message.NextHop(hop).Update([], Next(rest))
                        : message.MpReach(hop, Next(rest)).Update([], [])
                );
            }

            for (ReadOnlySpan<IpPrefix> rest = v6.WrittenSpan; !rest.IsEmpty; rest = After(rest))
            {
                attributes.WriteTo(message.Clear());
                Write(target, message.MpReach(hop, Next(rest)).Update([], []));
            }
        }
    }

    private ReadOnlySpan<byte> ReadAnnouncement(ref Utf8JsonReader reader)
    {
        v4.ResetWrittenCount();
        v6.ResetWrittenCount();
        ReadOnlySpan<byte> hop = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueSpan.SequenceEqual("next_hop"u8))
            {
                reader.Read();
                hop = reader.TokenType == JsonTokenType.String ? NextHopOf(reader.ValueSpan) : [];
            }
            else if (reader.ValueSpan.SequenceEqual("prefixes"u8))
            {
                reader.Read();
                ReadPrefixes(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        if (hop.IsEmpty)
        {
            fault ??= "next hop missing or not an address";
            nextHop.AsSpan(0, 4).Clear();
            hop = nextHop.AsSpan(0, 4);
        }

        return hop;
    }

    /// <summary>One address, or a global and a link-local one with a comma between (RFC 2545 section 3).</summary>
    private ReadOnlySpan<byte> NextHopOf(ReadOnlySpan<byte> text)
    {
        int written = 0;
        Span<byte> octets = stackalloc byte[16];
        while (!text.IsEmpty && written < nextHop.Length)
        {
            int comma = text.IndexOf((byte)',');
            ReadOnlySpan<byte> one = comma < 0 ? text : text[..comma];
            if (!IpText.TryAddress(one.Trim((byte)' '), out UInt128 bits, out bool isV6))
            {
                return [];
            }

            BinaryPrimitives.WriteUInt128BigEndian(octets, bits);
            int length = isV6 ? 16 : 4;
            octets[..length].CopyTo(nextHop.AsSpan(written));
            written += length;
            text = comma < 0 ? [] : text[(comma + 1)..];
        }

        return nextHop.AsSpan(0, written is 4 or 16 or 32 ? written : 0);
    }

    private void ReadPrefixes(ref Utf8JsonReader reader)
    {
        v4.ResetWrittenCount();
        v6.ResetWrittenCount();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            fault ??= "prefixes are not a list";
            reader.Skip();
            return;
        }

        Span<byte> unescaped = stackalloc byte[128];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            bool isText =
                reader.TokenType == JsonTokenType.String
                && reader.ValueSpan.Length <= unescaped.Length;
            if (!isText)
            {
                reader.Skip();
                fault ??= "a prefix cannot be read";
                continue;
            }

            int length = 0;
            foreach (byte octet in reader.ValueSpan)
            {
                // Some writers of JSON escape the slash; no other escape stands in a prefix.
                if (octet != '\\')
                {
                    unescaped[length++] = octet;
                }
            }

            if (IpText.TryPrefix(unescaped[..length], out IpPrefix prefix))
            {
                ArrayBufferWriter<IpPrefix> family = prefix.IsV6 ? v6 : v4;
                family.GetSpan(1)[0] = prefix;
                family.Advance(1);
            }
            else
            {
                fault ??= "a prefix cannot be read";
            }
        }
    }

    private void Write(in Target target, ReadOnlySpan<byte> octets)
    {
        if (octets.Length > octetsLeft)
        {
            fault ??= "more routes than one BGP message can carry; the rest is left out";
            octetsLeft = 0;
            return;
        }

        octetsLeft -= octets.Length;
        target.Write(octets);
    }

    private static ReadOnlySpan<IpPrefix> Next(ReadOnlySpan<IpPrefix> prefixes) =>
        prefixes[..Math.Min(prefixes.Length, PrefixesMax)];

    private static ReadOnlySpan<IpPrefix> After(ReadOnlySpan<IpPrefix> prefixes) =>
        prefixes[Math.Min(prefixes.Length, PrefixesMax)..];

    private readonly record struct Target(
        MrtWriter Output,
        uint Seconds,
        uint Microseconds,
        BgpPeer Peer
    )
    {
        public void Write(ReadOnlySpan<byte> message) =>
            Output.Message(Seconds, Microseconds, Peer, message, isRebuilt: true);
    }
}
