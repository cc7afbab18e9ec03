using System.Buffers.Binary;

namespace Breakwater.Bgp;

/// <summary>
/// What both sides of a session said in their OPENs that changes how UPDATEs are read: four-octet AS numbers (RFC 6793)
/// and, for each address family and direction, path identifiers (RFC 7911).
/// </summary>
internal readonly record struct BmpCapabilities(bool IsAs4, byte PathIdsIn, byte PathIdsOut)
{
    private const int OpenLengthMin = 29;

    /// <param name="sent">The OPEN that the router sent, with its header.</param>
    /// <param name="received">The OPEN that the peer sent.</param>
    public static BmpCapabilities Of(
        ReadOnlySpan<byte> sent,
        ReadOnlySpan<byte> received,
        bool isLocRib
    )
    {
        Side ours = SideOf(sent);
        Side theirs = SideOf(received);
        // RFC 9069 section 4.4: the OPENs of a Loc-RIB are made up, so direction says nothing.
        return isLocRib
            ? new BmpCapabilities(
                IsAs4: true,
                (byte)((ours.Sends | ours.Receives) & (theirs.Sends | theirs.Receives)),
                0
            )
            : new BmpCapabilities(
                ours.IsAs4 && theirs.IsAs4,
                (byte)(ours.Receives & theirs.Sends),
                (byte)(ours.Sends & theirs.Receives)
            );
    }

    public bool HasPathIds(RouteFamily family, BmpView view) =>
        (
            (
                view is BmpView.AdjRibOutPrePolicy or BmpView.AdjRibOutPostPolicy
                    ? PathIdsOut
                    : PathIdsIn
            ) >> (int)family
            & 1
        ) != 0;

    private static Side SideOf(ReadOnlySpan<byte> open)
    {
        var side = new Side();
        if (open.Length < OpenLengthMin)
        {
            return side;
        }

        // RFC 4271 section 4.2: optional parameters after header, version, AS, hold time, identifier and their length.
        ReadOnlySpan<byte> parameters = open[OpenLengthMin..];
        int lengthOctets = 1;
        if (open[28] == 255 && parameters.Length >= 3 && parameters[0] == 255)
        {
            // RFC 9072: extended lengths.
            parameters = parameters[3..];
            lengthOctets = 2;
        }

        while (parameters.Length > lengthOctets)
        {
            int length =
                lengthOctets == 1
                    ? parameters[1]
                    : BinaryPrimitives.ReadUInt16BigEndian(parameters[1..]);
            bool areCapabilities = parameters[0] == 2;
            parameters = parameters[(1 + lengthOctets)..];
            if (length > parameters.Length)
            {
                break;
            }

            if (areCapabilities)
            {
                side = side.With(parameters[..length]);
            }

            parameters = parameters[length..];
        }

        return side;
    }

    /// <summary>A bit for each <see cref="RouteFamily"/>.</summary>
    private readonly record struct Side(bool IsAs4, byte Sends, byte Receives)
    {
        public Side With(ReadOnlySpan<byte> capabilities)
        {
            const byte addPath = 69;
            const byte as4 = 65;
            Side side = this;
            while (capabilities.Length >= 2 && capabilities[1] <= capabilities.Length - 2)
            {
                ReadOnlySpan<byte> value = capabilities.Slice(2, capabilities[1]);
                side = capabilities[0] switch
                {
                    as4 => side with { IsAs4 = true },
                    addPath => side.WithPathIds(value),
                    _ => side,
                };
                capabilities = capabilities[(2 + value.Length)..];
            }

            return side;
        }

        private Side WithPathIds(ReadOnlySpan<byte> value)
        {
            Side side = this;
            for (; value.Length >= 4; value = value[4..])
            {
                if (
                    MpPrefixes.FamilyOf(BinaryPrimitives.ReadUInt16BigEndian(value), value[2]) is
                    { } family
                )
                {
                    byte bit = (byte)(1 << (int)family);
                    side = side with
                    {
                        Receives =
                            (value[3] & 1) != 0 ? (byte)(side.Receives | bit) : side.Receives,
                        Sends = (value[3] & 2) != 0 ? (byte)(side.Sends | bit) : side.Sends,
                    };
                }
            }

            return side;
        }
    }
}
