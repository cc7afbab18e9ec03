using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Breakwater.App.Limiting;

/// <summary>
/// Counts how often one origin asks, without keeping who it is. An address becomes a hash under a key that only this process
/// has and that is thrown away every hour; the counts lie in tables of a fixed size and are never written anywhere.
/// </summary>
/// <remarks>
/// Each origin has one place in each of two tables, and the smaller count holds. Origins that meet in both places share a
/// count: this errs towards refusing, and never by much while there are far fewer origins than places.
/// </remarks>
/// <param name="most">How much one origin may do in a window.</param>
/// <param name="window">At least a second.</param>
public sealed class Floods(TimeProvider clock, int most, TimeSpan window)
{
    /// <summary>Octets of memory: 16 times this, whatever comes.</summary>
    private const int Places = 1 << 15;
    private static readonly TimeSpan _keyLife = TimeSpan.FromHours(1);

    private readonly long[] _first = new long[Places];
    private readonly long[] _second = new long[Places];
    private readonly Lock _turning = new();
    private volatile Turn _turn = new(RandomNumberGenerator.GetBytes(32), clock.GetUtcNow());

    /// <summary>Counts one more from this origin and says whether it is within what an origin may do.</summary>
    /// <param name="origin">An IPv6 address counts with its whole /64; an unknown origin (null) counts as one.</param>
    public bool Allows(IPAddress? origin)
    {
        (int first, int second) = PlacesOf(origin);
        uint now = Now();
        return Math.Min(Add(ref _first[first], now), Add(ref _second[second], now)) <= most;
    }

    /// <summary>Whether the origin has used up what it may do; counts nothing.</summary>
    public bool IsSpent(IPAddress? origin)
    {
        (int first, int second) = PlacesOf(origin);
        uint now = Now();
        return Math.Min(Read(ref _first[first], now), Read(ref _second[second], now)) >= most;
    }

    /// <summary>
    /// A mark by which what comes from one origin within the hour is known to come from one hand. It names nobody: after the
    /// hour not even this process can tell whose it was.
    /// </summary>
    public string Mark(IPAddress? origin) => Convert.ToHexStringLower(Hash(origin).AsSpan(8, 8));

    private (int First, int Second) PlacesOf(IPAddress? origin)
    {
        byte[] hash = Hash(origin);
        return (
            BinaryPrimitives.ReadUInt16LittleEndian(hash) & (Places - 1),
            BinaryPrimitives.ReadUInt16LittleEndian(hash.AsSpan(2)) & (Places - 1)
        );
    }

    private byte[] Hash(IPAddress? origin)
    {
        Span<byte> address = stackalloc byte[17];
        int length = 0;
        if (origin is not null)
        {
            IPAddress plain = origin.IsIPv4MappedToIPv6 ? origin.MapToIPv4() : origin;
            plain.TryWriteBytes(address, out length);
            // A household or an attacker holds a whole /64 of IPv6, so that is one origin.
            length = plain.AddressFamily == AddressFamily.InterNetworkV6 ? 8 : length;
        }

        return HMACSHA256.HashData(Key(), address[..length]);
    }

    private byte[] Key()
    {
        DateTimeOffset now = clock.GetUtcNow();
        if (now - _turn.Since < _keyLife)
        {
            return _turn.Key;
        }

        lock (_turning)
        {
            if (now - _turn.Since >= _keyLife)
            {
                // The old key is dropped and not zeroed: a request may be hashing with it, and under zeros an address could be found.
                _turn = new Turn(RandomNumberGenerator.GetBytes(32), now);
                Array.Clear(_first);
                Array.Clear(_second);
            }

            return _turn.Key;
        }
    }

    /// <summary>The number of the window in the upper half of a place, the count in the lower.</summary>
    private static int Add(ref long place, uint window)
    {
        while (true)
        {
            long before = Interlocked.Read(ref place);
            int count = Count(before, window);
            int after = count == int.MaxValue ? count : count + 1;
            long next = ((long)window << 32) | (uint)after;
            if (Interlocked.CompareExchange(ref place, next, before) == before)
            {
                return after;
            }
        }
    }

    private static int Read(ref long place, uint window) =>
        Count(Interlocked.Read(ref place), window);

    private static int Count(long place, uint window) =>
        unchecked((uint)(place >> 32)) == window ? unchecked((int)place) : 0;

    private uint Now() =>
        unchecked(
            (uint)(clock.GetUtcNow().ToUnixTimeMilliseconds() / (long)window.TotalMilliseconds)
        );

    private sealed record Turn(byte[] Key, DateTimeOffset Since);
}
