using System.Buffers.Binary;

namespace Breakwater.Bgp;

/// <summary>The three fields of an UPDATE (RFC 4271 section 4.3), cut apart and not yet decoded.</summary>
public readonly ref struct BgpUpdate
{
    public ReadOnlySpan<byte> Withdrawn { get; private init; }

    public ReadOnlySpan<byte> Attributes { get; private init; }

    public ReadOnlySpan<byte> Announced { get; private init; }

    /// <returns>Null, or why the fields could not be cut apart; those before the damage are set.</returns>
    public static string? Read(ReadOnlySpan<byte> body, out BgpUpdate update)
    {
        update = default;
        if (body.Length < 2)
        {
            return "UPDATE cut short before its withdrawn routes";
        }

        int withdrawn = BinaryPrimitives.ReadUInt16BigEndian(body);
        body = body[2..];
        if (withdrawn > body.Length)
        {
            // What there is may still be read; the cut is found again at the last prefix or is exact.
            update = new BgpUpdate { Withdrawn = body };
            return "withdrawn routes longer than the UPDATE";
        }

        update = new BgpUpdate { Withdrawn = body[..withdrawn] };
        body = body[withdrawn..];
        if (body.Length < 2)
        {
            return "UPDATE cut short before its path attributes";
        }

        int attributes = BinaryPrimitives.ReadUInt16BigEndian(body);
        body = body[2..];
        if (attributes > body.Length)
        {
            return "path attributes longer than the UPDATE";
        }

        update = new BgpUpdate
        {
            Withdrawn = update.Withdrawn,
            Attributes = body[..attributes],
            Announced = body[attributes..],
        };
        return null;
    }
}
