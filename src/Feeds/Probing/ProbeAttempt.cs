using System.Net;
using System.Net.Sockets;
using Breakwater.Signals;

namespace Breakwater.Feeds.Probing;

/// <summary>What came of asking once.</summary>
internal sealed record ProbeAttempt(
    ProbeResult Result,
    ProbeStage? Stage,
    string? Reason,
    double? RttMs = null
)
{
    public IReadOnlyDictionary<string, string>? Facts { get; init; }

    /// <summary>Asking again may give another answer.</summary>
    public bool IsWorthRepeating =>
        Result is ProbeResult.TimedOut or ProbeResult.Unreachable or ProbeResult.Broken;

    public static ProbeAttempt Cannot(string reason) => new(ProbeResult.Cannot, null, reason);

    public static ProbeAttempt TimedOut(ProbeStage stage, string reason) =>
        new(ProbeResult.TimedOut, stage, reason);

    /// <summary>What an error of a socket says, and what it does not.</summary>
    public static ProbeAttempt Of(SocketException fault, ProbeStage stage) =>
        fault.SocketErrorCode switch
        {
            SocketError.ConnectionRefused => new(
                ProbeResult.Refused,
                stage,
                "refused: something answered and said no"
            ),
            SocketError.HostUnreachable or SocketError.HostDown => new(
                ProbeResult.Unreachable,
                stage,
                "the host was reported unreachable"
            ),
            SocketError.NetworkUnreachable => new(
                ProbeResult.Unreachable,
                stage,
                "the network was reported unreachable"
            ),
            SocketError.TimedOut => TimedOut(stage, "no answer"),
            SocketError.ConnectionReset
            or SocketError.ConnectionAborted
            or SocketError.Shutdown
            or SocketError.NotConnected => new(ProbeResult.Broken, stage, "the connection was cut"),
            SocketError.AccessDenied => Cannot(
                "this machine does not permit it: its firewall, its routes or too few rights"
            ),
            _ => Cannot($"this machine could not ask: {fault.SocketErrorCode}"),
        };
}

/// <summary>An attempt in progress: its address, its time limit and its clock.</summary>
internal sealed class ProbeWork(
    IPAddress address,
    TimeSpan timeout,
    TimeProvider time,
    CancellationToken stop
) : IDisposable
{
    // linux/in.h and linux/in6.h: report errors that routers send, also on sockets that would swallow them.
    private const int IpLevel = 0;
    private const int IpReceiveErrors = 11;
    private const int Ipv6Level = 41;
    private const int Ipv6ReceiveErrors = 25;

    private readonly CancellationTokenSource limit = new(timeout, time);
    private CancellationTokenSource? both;

    public IPAddress Address => address;

    public TimeProvider Time => time;

    /// <summary>Cancelled by the time limit or by whoever ends the prober.</summary>
    public CancellationToken Cancel =>
        (both ??= CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop)).Token;

    public bool IsStopped => stop.IsCancellationRequested;

    public string Waited =>
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"no answer in {timeout.TotalSeconds:0.###} s"
        );

    public double MsSince(long start) =>
        Math.Round(time.GetElapsedTime(start).TotalMilliseconds, 3);

    /// <summary>Why this machine itself cannot send there; null when it can. A connected datagram socket sends nothing.</summary>
    public string? OwnFault()
    {
        try
        {
            using var socket = new Socket(
                address.AddressFamily,
                SocketType.Dgram,
                ProtocolType.Udp
            );
            socket.Connect(new IPEndPoint(address, 9));
            return null;
        }
        catch (SocketException fault)
        {
            return fault.SocketErrorCode switch
            {
                SocketError.NetworkUnreachable
                or SocketError.HostUnreachable
                or SocketError.InvalidArgument => $"this machine has no route to {address}",
                SocketError.AccessDenied => $"this machine's routes forbid {address}",
                SocketError.AddressFamilyNotSupported or SocketError.AddressNotAvailable =>
                    $"this machine has no {(address.AddressFamily == AddressFamily.InterNetworkV6 ? "IPv6" : "IPv4")} address to send from",
                var other => $"this machine could not ask: {other}",
            };
        }
    }

    public void ReportErrors(Socket socket)
    {
        if (OperatingSystem.IsLinux())
        {
            bool isV6 = address.AddressFamily == AddressFamily.InterNetworkV6;
            ReadOnlySpan<byte> yes = [1, 0, 0, 0];
            socket.SetRawSocketOption(
                isV6 ? Ipv6Level : IpLevel,
                isV6 ? Ipv6ReceiveErrors : IpReceiveErrors,
                yes
            );
        }
    }

    public void Dispose()
    {
        both?.Dispose();
        limit.Dispose();
    }
}
