using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Breakwater.Signals;

namespace Breakwater.Feeds.Probing;

/// <summary>A question to a name server over UDP, and over TCP when the answer was cut short (RFC 7766).</summary>
internal static class DnsProbe
{
    // Answers that are not ours may come late, or from somebody who guesses; more than this is a flood.
    private const int StrangersMax = 100;

    public static async Task<ProbeAttempt> Ask(ProbeWork work, int port, DnsQuestion question) =>
        (await Answer(work, port, question).ConfigureAwait(false)).Attempt;

    /// <summary>The answer is null unless the attempt reached the server.</summary>
    public static async Task<(ProbeAttempt Attempt, DnsAnswer? Answer)> Answer(
        ProbeWork work,
        int port,
        DnsQuestion question
    )
    {
        ushort id = (ushort)RandomNumberGenerator.GetInt32(0x1_0000);
        byte[] octets = DnsMessage.Question(id, question);
        (ProbeAttempt attempt, DnsAnswer? answer) = await OverUdp(work, port, octets, id, question)
            .ConfigureAwait(false);
        if (answer is not { IsTruncated: true })
        {
            return (attempt, answer);
        }

        (ProbeAttempt whole, DnsAnswer? more) = await OverTcp(work, port, octets, id, question)
            .ConfigureAwait(false);
        return (whole with { RttMs = attempt.RttMs }, more);
    }

    private static async Task<(ProbeAttempt, DnsAnswer?)> OverUdp(
        ProbeWork work,
        int port,
        byte[] octets,
        ushort id,
        DnsQuestion question
    )
    {
        var strangers = new Strangers();
        try
        {
            using var socket = new Socket(
                work.Address.AddressFamily,
                SocketType.Dgram,
                ProtocolType.Udp
            );
            work.ReportErrors(socket);
            await socket
                .ConnectAsync(new IPEndPoint(work.Address, port), work.Cancel)
                .ConfigureAwait(false);
            byte[] buffer = new byte[65_535];
            long start = work.Time.GetTimestamp();
            await socket.SendAsync(octets, work.Cancel).ConfigureAwait(false);
            while (strangers.Count < StrangersMax)
            {
                int count = await socket.ReceiveAsync(buffer, work.Cancel).ConfigureAwait(false);
                DnsAnswer answer = DnsMessage.Read(buffer.AsSpan(0, count), id, question);
                if (answer.Reading == DnsReading.Answer)
                {
                    return (Reached(answer, "udp", work.MsSince(start), strangers), answer);
                }

                strangers.Add(answer);
            }

            return (strangers.Explain($"{StrangersMax} answers, none of use"), null);
        }
        catch (SocketException fault)
        {
            return (ProbeAttempt.Of(fault, ProbeStage.Answer), null);
        }
        catch (OperationCanceledException) when (!work.IsStopped)
        {
            return (strangers.Explain(work.Waited), null);
        }
    }

    private static async Task<(ProbeAttempt, DnsAnswer?)> OverTcp(
        ProbeWork work,
        int port,
        byte[] octets,
        ushort id,
        DnsQuestion question
    )
    {
        (ProbeAttempt connected, Socket? socket) = await TcpProbe
            .Connect(work, port)
            .ConfigureAwait(false);
        if (socket is null)
        {
            return (
                connected with
                {
                    Reason = $"the answer was cut short, and over TCP: {connected.Reason}",
                },
                null
            );
        }

        try
        {
            await using var stream = new NetworkStream(socket, ownsSocket: true);
            byte[] framed = new byte[octets.Length + 2];
            BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)octets.Length);
            octets.CopyTo(framed, 2);
            await stream.WriteAsync(framed, work.Cancel).ConfigureAwait(false);
            byte[] length = new byte[2];
            await stream.ReadExactlyAsync(length, work.Cancel).ConfigureAwait(false);
            byte[] message = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
            await stream.ReadExactlyAsync(message, work.Cancel).ConfigureAwait(false);
            DnsAnswer answer = DnsMessage.Read(message, id, question);
            return answer.Reading == DnsReading.Answer
                ? (Reached(answer, "tcp", null, new Strangers()), answer)
                : (Broken($"the answer over TCP is of no use: {answer.Trouble}"), null);
        }
        catch (Exception fault)
            when (fault is EndOfStreamException or IOException or SocketException)
        {
            return (Broken("the connection was cut before the whole answer came"), null);
        }
        catch (OperationCanceledException) when (!work.IsStopped)
        {
            return (ProbeAttempt.TimedOut(ProbeStage.Answer, $"{work.Waited} over TCP"), null);
        }
    }

    private static ProbeAttempt Broken(string reason) =>
        new(ProbeResult.Broken, ProbeStage.Answer, reason);

    private static ProbeAttempt Reached(
        DnsAnswer answer,
        string transport,
        double? rttMs,
        Strangers strangers
    )
    {
        var facts = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["answers"] = answer.AnswerCount.ToString(CultureInfo.InvariantCulture),
            ["rcode"] = answer.RcodeWord,
            ["transport"] = transport,
        };
        if (strangers.Count > 0)
        {
            facts["ignored"] = strangers.ToString();
        }

        return new ProbeAttempt(ProbeResult.Reached, ProbeStage.Answer, null, rttMs)
        {
            Facts = facts,
        };
    }

    /// <summary>Datagrams that came from the server's address and were no answer to the question.</summary>
    private sealed class Strangers
    {
        private string? last;
        private bool hasMalformed;

        public int Count { get; private set; }

        public void Add(DnsAnswer answer)
        {
            Count++;
            hasMalformed |= answer.Reading == DnsReading.Malformed;
            last = answer.Trouble;
        }

        /// <summary>A malformed answer to our own question came from something that knew it; others prove nothing.</summary>
        public ProbeAttempt Explain(string reason) =>
            hasMalformed ? Broken($"{reason}; {this}")
            : Count > 0 ? ProbeAttempt.TimedOut(ProbeStage.Answer, $"{reason}; {this}")
            : ProbeAttempt.TimedOut(ProbeStage.Answer, reason);

        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"{Count} not counted as answers: {last}");
    }
}
