using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Breakwater.Tests.Feeds;

/// <summary>A RIS Live server on the loopback, of which a test says what it does with each connection.</summary>
internal sealed class RisLiveServer : IAsyncDisposable
{
    private readonly HttpListener listener = new();
    private readonly CancellationTokenSource ended = new();
    private readonly Task serving;
    private readonly Func<int, HttpListenerContext, Func<Task<WebSocket>>, Task> serve;

    /// <param name="serve">Gets the number of the connection, the first is 0, and what accepts it.</param>
    public RisLiveServer(Func<int, HttpListenerContext, Func<Task<WebSocket>>, Task> serve)
    {
        this.serve = serve;
        int port = FreePort();
        Url = new Uri($"ws://127.0.0.1:{port}/v1/ws/");
        listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        listener.Start();
        serving = Task.Run(Serve);
    }

    public Uri Url { get; }

    public List<string> Subscriptions { get; } = [];

    public static async Task Send(WebSocket socket, string text) =>
        await socket.SendAsync(
            Encoding.UTF8.GetBytes(text),
            WebSocketMessageType.Text,
            endOfMessage: true,
            TestContext()
        );

    /// <summary>The next message of the client; null when it is gone.</summary>
    public static async Task<string?> Next(WebSocket socket)
    {
        byte[] buffer = new byte[65_536];
        try
        {
            ValueWebSocketReceiveResult part = await socket.ReceiveAsync(
                buffer.AsMemory(),
                TestContext()
            );
            return part.MessageType == WebSocketMessageType.Close
                ? null
                : Encoding.UTF8.GetString(buffer, 0, part.Count);
        }
        catch (WebSocketException)
        {
            return null;
        }
    }

    /// <summary>Takes pings, and answers none, until the client is gone.</summary>
    public static async Task Stay(WebSocket socket)
    {
        while (await Next(socket) is not null) { }
    }

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        listener.Abort();
        await serving;
        ended.Dispose();
    }

    private static CancellationToken TestContext() => Xunit.TestContext.Current.CancellationToken;

    private async Task Serve()
    {
        List<Task> connections = [];
        try
        {
            for (int number = 0; !ended.IsCancellationRequested; number++)
            {
                HttpListenerContext context = await listener.GetContextAsync();
                connections.Add(One(number, context));
            }
        }
        catch (Exception fault)
            when (fault
                    is HttpListenerException
                        or ObjectDisposedException
                        or InvalidOperationException
            )
        {
            // Stopped.
        }

        await Task.WhenAll(connections);
    }

    private async Task One(int number, HttpListenerContext context)
    {
        try
        {
            await serve(
                number,
                context,
                async () =>
                {
                    WebSocket socket = (await context.AcceptWebSocketAsync(null)).WebSocket;
                    string? subscription = await Next(socket);
                    lock (Subscriptions)
                    {
                        Subscriptions.Add(
                            JsonDocument.Parse(subscription!).RootElement.GetRawText()
                        );
                    }

                    await Send(socket, """{"type":"ris_subscribe_ok","data":{}}""");
                    return socket;
                }
            );
        }
        catch (Exception fault)
            when (fault
                    is WebSocketException
                        or OperationCanceledException
                        or HttpListenerException
                        or IOException
            )
        {
            // The client left first.
        }
    }

    private static int FreePort()
    {
        using var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
