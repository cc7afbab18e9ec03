using System.Net;
using System.Net.Sockets;
using Breakwater.Signals;

namespace Breakwater.Feeds.Probing;

/// <summary>A TCP connection that is made and closed; nothing is sent in it.</summary>
internal static class TcpProbe
{
    public static async Task<ProbeAttempt> Ask(ProbeWork work, int port)
    {
        (ProbeAttempt attempt, Socket? socket) = await Connect(work, port).ConfigureAwait(false);
        socket?.Dispose();
        return attempt;
    }

    /// <summary>The socket is the caller's to dispose of; null when there is no connection.</summary>
    public static async Task<(ProbeAttempt Attempt, Socket? Socket)> Connect(
        ProbeWork work,
        int port
    )
    {
        Socket? socket = null;
        try
        {
            socket = new Socket(work.Address.AddressFamily, SocketType.Stream, ProtocolType.Tcp)
            {
                NoDelay = true,
            };
            long start = work.Time.GetTimestamp();
            await socket
                .ConnectAsync(new IPEndPoint(work.Address, port), work.Cancel)
                .ConfigureAwait(false);
            Socket connected = socket;
            socket = null;
            return (
                new ProbeAttempt(
                    ProbeResult.Reached,
                    ProbeStage.Connect,
                    null,
                    work.MsSince(start)
                ),
                connected
            );
        }
        catch (SocketException fault)
        {
            return (ProbeAttempt.Of(fault, ProbeStage.Connect), null);
        }
        catch (OperationCanceledException) when (!work.IsStopped)
        {
            return (ProbeAttempt.TimedOut(ProbeStage.Connect, work.Waited), null);
        }
        finally
        {
            socket?.Dispose();
        }
    }
}
