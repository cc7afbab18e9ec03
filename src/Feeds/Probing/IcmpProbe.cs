using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Breakwater.Signals;

namespace Breakwater.Feeds.Probing;

/// <summary>An ICMP echo (RFC 792, RFC 4443), over a socket that needs no privilege where the system has one, else over a raw one.</summary>
internal static class IcmpProbe
{
    public const int PayloadOctets = 32;
    public const int MessageOctets = 8 + PayloadOctets;

    private const byte Request4 = 8;
    private const byte Reply4 = 0;
    private const byte Request6 = 128;
    private const byte Reply6 = 129;

    // A raw socket hears all ICMP of this machine; more than this in one attempt is a flood.
    private const int HeardMax = 10_000;

    public static async Task<ProbeAttempt> Ask(ProbeWork work)
    {
        using Socket? socket = Open(work.Address.AddressFamily);
        if (socket is null)
        {
            return ProbeAttempt.Cannot(
                "ICMP is not permitted to this user; run as root, with CAP_NET_RAW, or inside net.ipv4.ping_group_range"
            );
        }

        try
        {
            work.ReportErrors(socket);
            await socket
                .ConnectAsync(new IPEndPoint(work.Address, 0), work.Cancel)
                .ConfigureAwait(false);
            bool isV6 = work.Address.AddressFamily == AddressFamily.InterNetworkV6;
            byte[] request = Request(isV6);
            byte[] buffer = new byte[2048];
            long start = work.Time.GetTimestamp();
            await socket.SendAsync(request, work.Cancel).ConfigureAwait(false);
            for (int heard = 0; heard < HeardMax; heard++)
            {
                int count = await socket.ReceiveAsync(buffer, work.Cancel).ConfigureAwait(false);
                if (IsReply(buffer.AsSpan(0, count), request, isV6))
                {
                    return new ProbeAttempt(
                        ProbeResult.Reached,
                        ProbeStage.Answer,
                        null,
                        work.MsSince(start)
                    );
                }
            }

            return ProbeAttempt.TimedOut(ProbeStage.Answer, "other ICMP drowned the answer");
        }
        catch (SocketException fault)
        {
            return ProbeAttempt.Of(fault, ProbeStage.Answer);
        }
        catch (OperationCanceledException) when (!work.IsStopped)
        {
            return ProbeAttempt.TimedOut(ProbeStage.Answer, work.Waited);
        }
    }

    private static Socket? Open(AddressFamily family)
    {
        ProtocolType protocol =
            family == AddressFamily.InterNetworkV6 ? ProtocolType.IcmpV6 : ProtocolType.Icmp;
        foreach (SocketType type in (SocketType[])[SocketType.Dgram, SocketType.Raw])
        {
            try
            {
                return new Socket(family, type, protocol);
            }
            catch (SocketException)
            {
                // Not permitted or not known here: the next kind, or none.
            }
        }

        return null;
    }

    /// <summary>The payload is what the reply is known by: the system may put its own identifier in.</summary>
    private static byte[] Request(bool isV6)
    {
        byte[] request = new byte[MessageOctets];
        RandomNumberGenerator.Fill(request.AsSpan(4));
        request[0] = isV6 ? Request6 : Request4;
        if (!isV6)
        {
            BinaryPrimitives.WriteUInt16BigEndian(request.AsSpan(2), Checksum(request));
        }

        return request;
    }

    internal static bool IsReply(ReadOnlySpan<byte> heard, ReadOnlySpan<byte> request, bool isV6)
    {
        // Raw IPv4 sockets give the IP header too; no ICMP type in use begins with 4 in its high half.
        if (!isV6 && heard.Length >= 20 && heard[0] >> 4 == 4)
        {
            int header = (heard[0] & 0xF) * 4;
            heard = header >= 20 && header <= heard.Length ? heard[header..] : [];
        }

        return heard.Length >= request.Length
            && heard[0] == (isV6 ? Reply6 : Reply4)
            && heard[1] == 0
            && heard[8..request.Length].SequenceEqual(request[8..]);
    }

    /// <summary>RFC 1071.</summary>
    private static ushort Checksum(ReadOnlySpan<byte> octets)
    {
        uint sum = 0;
        for (int at = 0; at + 1 < octets.Length; at += 2)
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(octets[at..]);
        }

        while (sum > 0xFFFF)
        {
            sum = (sum & 0xFFFF) + (sum >> 16);
        }

        return (ushort)(~sum & 0xFFFF);
    }
}
