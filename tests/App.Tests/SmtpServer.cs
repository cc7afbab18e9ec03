using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Breakwater.App.Tests;

/// <summary>A mail server on loopback that takes messages, or does with them what a test says (RFC 5321).</summary>
internal sealed class SmtpServer : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;
    private readonly ConcurrentQueue<string> _messages = [];

    public SmtpServer(int port = 0)
    {
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        _serving = Serve();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>As they came, oldest first.</summary>
    public IReadOnlyList<string> Messages => [.. _messages];

    /// <summary>What RCPT is answered with.</summary>
    public string Recipient { get; set; } = "250 OK";

    /// <summary>True when the connection is cut after a message has come and before that is said.</summary>
    public bool IsCutAfterData { get; set; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving;
        _stop.Dispose();
    }

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await Talk(client.GetStream());
            }
        }
        catch (Exception fault)
            when (fault is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task Talk(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
        await Say(stream, "220 mail.example");
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            switch (line.Split(' ', ':')[0].ToUpperInvariant())
            {
                case "EHLO" or "HELO":
                    await Say(stream, "250-mail.example\r\n250-8BITMIME\r\n250 SMTPUTF8");
                    break;
                case "RCPT":
                    await Say(stream, Recipient);
                    break;
                case "DATA":
                    await Say(stream, "354 go on");
                    await Take(reader);
                    if (IsCutAfterData)
                    {
                        return;
                    }

                    await Say(stream, "250 taken");
                    break;
                case "QUIT":
                    await Say(stream, "221 bye");
                    return;
                default:
                    await Say(stream, "250 OK");
                    break;
            }
        }
    }

    private async Task Take(StreamReader reader)
    {
        var message = new StringBuilder();
        while (await reader.ReadLineAsync(_stop.Token) is { } line and not ".")
        {
            message.Append(line).Append('\n');
        }

        _messages.Enqueue(message.ToString());
    }

    private async Task Say(NetworkStream stream, string line) =>
        await stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), _stop.Token);
}
