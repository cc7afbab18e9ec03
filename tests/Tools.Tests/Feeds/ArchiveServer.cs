using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Breakwater.Tests.Feeds;

/// <summary>A request as it came: the path without the leading slash, and headers by lower-case name.</summary>
internal sealed record Asked(string Path, IReadOnlyDictionary<string, string> Headers);

/// <summary>What to answer.</summary>
/// <param name="CutAfter">Octets of the body after which the connection is closed.</param>
/// <param name="Stalls">Sends the headers and the body up to the cut, then nothing.</param>
internal sealed record Answer(
    int Status,
    byte[] Body,
    string Headers = "",
    int? CutAfter = null,
    bool Stalls = false
)
{
    public static Answer Of(byte[] body, string etag = "\"one\"") =>
        new(200, body, $"ETag: {etag}\r\n");

    public static Answer Nothing(int status, string headers = "") => new(status, [], headers);

    /// <summary>What a server of files does with a range, when the validator is its own.</summary>
    public static Answer From(Asked asked, byte[] whole, string etag = "\"one\"")
    {
        if (
            !asked.Headers.TryGetValue("range", out string? range)
            || (asked.Headers.TryGetValue("if-range", out string? known) && known != etag)
        )
        {
            return Of(whole, etag);
        }

        int from = int.Parse(
            range["bytes=".Length..^1],
            System.Globalization.CultureInfo.InvariantCulture
        );
        return new(
            206,
            whole[from..],
            $"ETag: {etag}\r\nContent-Range: bytes {from}-{whole.Length - 1}/{whole.Length}\r\n"
        );
    }
}

/// <summary>An HTTP server on loopback that answers as a test says, one request to a connection.</summary>
internal sealed class ArchiveServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Func<Asked, int, Answer> answer;
    private readonly ConcurrentQueue<Asked> asked = new();
    private readonly Task serving;

    /// <param name="answer">Given the request and how many of the same path there were before.</param>
    public ArchiveServer(Func<Asked, int, Answer> answer)
    {
        this.answer = answer;
        listener.Start();
        serving = Serve();
    }

    public Uri Url => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");

    public IReadOnlyList<Asked> Requests => [.. asked];

    public void Dispose()
    {
        stop.Cancel();
        listener.Dispose();
        serving.Wait(TimeSpan.FromSeconds(10));
        stop.Dispose();
    }

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                TcpClient client = await listener.AcceptTcpClientAsync(stop.Token);
                _ = Task.Run(() => Reply(client));
            }
        }
        catch (Exception end)
            when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task Reply(TcpClient client)
    {
        using (client)
        {
            try
            {
                NetworkStream stream = client.GetStream();
                using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
                string first = await reader.ReadLineAsync(stop.Token) ?? "";
                var headers = new Dictionary<string, string>();
                while (await reader.ReadLineAsync(stop.Token) is { Length: > 0 } line)
                {
                    string[] parts = line.Split(": ", 2);
                    headers[parts[0].ToLowerInvariant()] = parts[1];
                }

                var request = new Asked(first.Split(' ')[1][1..], headers);
                Answer given;
                lock (asked)
                {
                    int before = asked.Count(other => other.Path == request.Path);
                    asked.Enqueue(request);
                    given = answer(request, before);
                }

                string length = given.Headers.Contains("Content-Length", StringComparison.Ordinal)
                    ? ""
                    : $"Content-Length: {given.Body.Length}\r\n";
                await stream.WriteAsync(
                    Encoding.ASCII.GetBytes(
                        $"HTTP/1.1 {given.Status} X\r\n{length}{given.Headers}Connection: close\r\n\r\n"
                    ),
                    stop.Token
                );
                await stream.WriteAsync(
                    given.Body.AsMemory(
                        0,
                        Math.Min(given.CutAfter ?? int.MaxValue, given.Body.Length)
                    ),
                    stop.Token
                );
                if (given.Stalls)
                {
                    await Task.Delay(Timeout.Infinite, stop.Token);
                }
            }
            catch (Exception end) when (end is IOException or OperationCanceledException)
            {
                // The other side left, or the server is stopped.
            }
        }
    }
}
