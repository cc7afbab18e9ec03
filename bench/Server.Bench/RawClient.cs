using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Breakwater.Server.Bench;

/// <summary>
/// One connection that sends requests as prepared octets and reads no more of an answer than its status and length. Server and
/// load share two processors here, so the load must cost as little as it can.
/// </summary>
internal sealed class RawClient : IDisposable
{
    private static readonly byte[] _endOfHead = "\r\n\r\n"u8.ToArray();
    private readonly Socket _socket;
    private readonly byte[] _buffer = new byte[256 << 10];
    private int _from;
    private int _to;

    private RawClient(Socket socket) => _socket = socket;

    public static async Task<RawClient> Connect(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
        };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        return new RawClient(socket);
    }

    public static byte[] Get(string path, string headers = "") =>
        Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n");

    public static byte[] Post(string path, string headers, string json)
    {
        byte[] body = Encoding.UTF8.GetBytes(json);
        byte[] head = Encoding.ASCII.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n{headers}\r\n"
        );
        return [.. head, .. body];
    }

    /// <returns>The status of the answer.</returns>
    public async Task<int> Ask(byte[] request)
    {
        await _socket.SendAsync(request);
        int head;
        while ((head = _buffer.AsSpan(_from, _to - _from).IndexOf(_endOfHead)) < 0)
        {
            await Receive();
        }

        int status = Number(_buffer.AsSpan(_from + 9, 3));
        long length = Length(_buffer.AsSpan(_from, head));
        _from += head + _endOfHead.Length;
        if (length < 0)
        {
            await SkipChunks();
            return status;
        }

        while (length > 0)
        {
            if (_from == _to)
            {
                await Receive();
            }

            int here = (int)Math.Min(length, _to - _from);
            _from += here;
            length -= here;
        }

        return status;
    }

    public void Dispose() => _socket.Dispose();

    /// <returns>-1 for an answer in chunks.</returns>
    private static long Length(ReadOnlySpan<byte> head)
    {
        int at = head.IndexOf("\r\nContent-Length: "u8);
        if (at < 0)
        {
            return head.IndexOf("chunked"u8) >= 0 ? -1 : 0;
        }

        return Utf8Parser.TryParse(head[(at + 18)..], out long length, out _)
            ? length
            : throw new InvalidDataException("an answer without a length that can be read");
    }

    private async Task SkipChunks()
    {
        ReadOnlyMemory<byte> end = "0\r\n\r\n"u8.ToArray();
        int found;
        while ((found = _buffer.AsSpan(_from, _to - _from).IndexOf(end.Span)) < 0)
        {
            // Keep what could be the beginning of the end.
            _from = Math.Max(_from, _to - end.Length);
            await Receive();
        }

        _from += found + end.Length;
    }

    private async Task Receive()
    {
        if (_from > 0)
        {
            Buffer.BlockCopy(_buffer, _from, _buffer, 0, _to - _from);
            (_from, _to) = (0, _to - _from);
        }

        int read = await _socket.ReceiveAsync(_buffer.AsMemory(_to));
        _to += read > 0 ? read : throw new IOException("the server closed the connection");
    }

    private static int Number(ReadOnlySpan<byte> digits) =>
        Utf8Parser.TryParse(digits, out int number, out _) ? number : 0;
}
