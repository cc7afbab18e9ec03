using System.Buffers.Binary;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Breakwater.Tests.Feeds;

/// <summary>A TCP server on the loopback that does with each connection what a test says.</summary>
internal sealed class TcpServer : IAsyncDisposable
{
    private readonly TcpListener listener;
    private readonly CancellationTokenSource ended = new();
    private readonly Task serving;

    public TcpServer(Func<Stream, CancellationToken, Task> serve, int port = 0)
    {
        listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        serving = Task.Run(() => Serve(serve));
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public int Connections { get; private set; }

    public static Task Silent(Stream stream, CancellationToken ended) =>
        Task.Delay(Timeout.Infinite, ended);

    public static Task Close(Stream stream, CancellationToken ended) => Task.CompletedTask;

    /// <summary>A server of HTTPS that answers every request alike.</summary>
    public static Func<Stream, CancellationToken, Task> Https(
        X509Certificate2 certificate,
        string answer,
        List<string>? heard = null
    ) =>
        async (stream, ended) =>
        {
            await using var tls = new SslStream(stream);
            await tls.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions { ServerCertificate = certificate },
                ended
            );
            byte[] buffer = new byte[4096];
            int count = await tls.ReadAsync(buffer, ended);
            heard?.Add(Encoding.ASCII.GetString(buffer, 0, count));
            await tls.WriteAsync(Encoding.ASCII.GetBytes(answer), ended);
            await tls.ShutdownAsync();
        };

    public static X509Certificate2 Certificate(string name, int days = 30)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(name, out IPAddress? address))
        {
            names.AddIpAddress(address);
        }
        else
        {
            names.AddDnsName(name);
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        DateTimeOffset today = DateTimeOffset.UtcNow;
        return request.CreateSelfSigned(today.AddDays(-60), today.AddDays(days));
    }

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        listener.Stop();
        await serving;
        ended.Dispose();
    }

    private async Task Serve(Func<Stream, CancellationToken, Task> serve)
    {
        List<Task> connections = [];
        try
        {
            while (!ended.IsCancellationRequested)
            {
                TcpClient client = await listener.AcceptTcpClientAsync(ended.Token);
                Connections++;
                connections.Add(One(client, serve));
            }
        }
        catch (Exception fault)
            when (fault is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }

        await Task.WhenAll(connections);
    }

    private async Task One(TcpClient client, Func<Stream, CancellationToken, Task> serve)
    {
        using TcpClient own = client;
        try
        {
            await serve(client.GetStream(), ended.Token);
        }
        catch (Exception fault)
            when (fault
                    is OperationCanceledException
                        or IOException
                        or SocketException
                        or System.Security.Authentication.AuthenticationException
            )
        {
            // The client left first.
        }
    }
}

/// <summary>A name server on the loopback, over UDP and TCP, that answers each question as a test says.</summary>
internal sealed class NameServer : IAsyncDisposable
{
    private readonly UdpClient socket;
    private readonly CancellationTokenSource ended = new();
    private readonly Task serving;
    private readonly TcpServer? overTcp;

    /// <param name="answer">Datagrams to send for a question; none is silence.</param>
    /// <param name="longAnswer">The answer over TCP; null refuses TCP.</param>
    public NameServer(
        Func<byte[], IEnumerable<byte[]>> answer,
        Func<byte[], byte[]>? longAnswer = null
    )
    {
        socket = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        serving = Task.Run(() => Serve(answer));
        overTcp = longAnswer is null
            ? null
            : new TcpServer((stream, stop) => Framed(stream, longAnswer, stop), Port);
    }

    public int Port => ((IPEndPoint)socket.Client.LocalEndPoint!).Port;

    public int Questions { get; private set; }

    public static ushort Id(byte[] question) => BinaryPrimitives.ReadUInt16BigEndian(question);

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        await serving;
        socket.Dispose();
        if (overTcp is not null)
        {
            await overTcp.DisposeAsync();
        }

        ended.Dispose();
    }

    private static async Task Framed(
        Stream stream,
        Func<byte[], byte[]> answer,
        CancellationToken stop
    )
    {
        byte[] length = new byte[2];
        await stream.ReadExactlyAsync(length, stop);
        byte[] question = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
        await stream.ReadExactlyAsync(question, stop);
        byte[] octets = answer(question);
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)octets.Length);
        await stream.WriteAsync((byte[])[.. length, .. octets], stop);
    }

    private async Task Serve(Func<byte[], IEnumerable<byte[]>> answer)
    {
        try
        {
            while (!ended.IsCancellationRequested)
            {
                UdpReceiveResult heard = await socket.ReceiveAsync(ended.Token);
                Questions++;
                foreach (byte[] octets in answer(heard.Buffer))
                {
                    await socket.SendAsync(octets, heard.RemoteEndPoint, ended.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }
}
