using System.Buffers.Binary;
using Breakwater.Vocabulary;

namespace Breakwater.Bgp;

/// <summary>Codes of capabilities (IANA registry "Capability Codes"). Others occur and are kept raw.</summary>
public enum CapabilityCode : byte
{
    Multiprotocol = 1,
    RouteRefresh = 2,
    ExtendedNextHop = 5,
    ExtendedMessage = 6,
    Role = 9,
    GracefulRestart = 64,
    FourOctetAsn = 65,
    AddPath = 69,
    EnhancedRouteRefresh = 70,
}

/// <summary>Roles of a session (RFC 9234 section 4.1), seen from who sends them.</summary>
public enum SessionRole : byte
{
    Provider = 0,
    RouteServer = 1,
    RouteServerClient = 2,
    Customer = 3,
    Peer = 4,
}

/// <summary>OPEN (RFC 4271 section 4.2) with its capabilities (RFC 5492).</summary>
public readonly ref struct BgpOpen
{
    private const int FixedLength = 10;

    public byte Version { get; private init; }

    /// <summary>The AS number, of four octets where the peer has that capability (RFC 6793 section 4.1).</summary>
    public Asn Asn { get; private init; }

    /// <summary>Seconds without a message after which the session ends; 0 for never.</summary>
    public ushort HoldTimeSeconds { get; private init; }

    /// <summary>BGP identifier, written like an IPv4 address.</summary>
    public uint Identifier { get; private init; }

    private ReadOnlySpan<byte> Parameters { get; init; }

    private bool IsExtended { get; init; }

    /// <summary>Every capability, in the order in which they were sent.</summary>
    public CapabilityCursor Capabilities => new(Parameters, IsExtended);

    /// <summary>The role of the peer, where it tells (RFC 9234 section 4.1).</summary>
    public SessionRole? Role
    {
        get
        {
            foreach (Capability capability in Capabilities)
            {
                if (capability is { Code: CapabilityCode.Role, Value: [var role] })
                {
                    return (SessionRole)role;
                }
            }

            return null;
        }
    }

    /// <returns>Null, or why the message cannot be read.</returns>
    public static string? Read(ReadOnlySpan<byte> body, out BgpOpen open)
    {
        open = default;
        if (body.Length < FixedLength)
        {
            return "OPEN cut short";
        }

        ReadOnlySpan<byte> parameters = body[FixedLength..];
        int length = body[9];
        // RFC 9072 section 2: length 255 and type 255 announce a length of two octets.
        bool isExtended = length == 255 && parameters.Length >= 3 && parameters[0] == 255;
        if (isExtended)
        {
            length = BinaryPrimitives.ReadUInt16BigEndian(parameters[1..]);
            parameters = parameters[3..];
        }

        if (length > parameters.Length)
        {
            return "optional parameters longer than the OPEN";
        }

        open = new BgpOpen
        {
            Version = body[0],
            Asn = new Asn(BinaryPrimitives.ReadUInt16BigEndian(body[1..])),
            HoldTimeSeconds = BinaryPrimitives.ReadUInt16BigEndian(body[3..]),
            Identifier = BinaryPrimitives.ReadUInt32BigEndian(body[5..]),
            Parameters = parameters[..length],
            IsExtended = isExtended,
        };
        CapabilityCursor capabilities = open.Capabilities;
        while (capabilities.MoveNext())
        {
            if (
                capabilities.Current is
                { Code: CapabilityCode.FourOctetAsn, Value: { Length: 4 } number }
            )
            {
                open = open with { Asn = new Asn(BinaryPrimitives.ReadUInt32BigEndian(number)) };
            }
        }

        return capabilities.Fault;
    }
}

/// <summary>One capability as it was sent (RFC 5492 section 4).</summary>
public readonly ref struct Capability
{
    internal Capability(CapabilityCode code, ReadOnlySpan<byte> value)
    {
        Code = code;
        Value = value;
    }

    public CapabilityCode Code { get; }

    public ReadOnlySpan<byte> Value { get; }
}

/// <summary>Walks the capabilities of an OPEN, across its optional parameters.</summary>
public ref struct CapabilityCursor
{
    // RFC 5492 section 4: the optional parameter that holds capabilities.
    private const byte Capabilities = 2;

    private readonly bool isExtended;
    private ReadOnlySpan<byte> parameters;
    private ReadOnlySpan<byte> rest;

    internal CapabilityCursor(ReadOnlySpan<byte> parameters, bool isExtended)
    {
        this.parameters = parameters;
        this.isExtended = isExtended;
    }

    public Capability Current { get; private set; }

    /// <summary>Why the walk ended before the end; null when it did not.</summary>
    public string? Fault { get; private set; }

    public readonly CapabilityCursor GetEnumerator() => this;

    public bool MoveNext()
    {
        while (rest.IsEmpty)
        {
            if (parameters.IsEmpty)
            {
                return false;
            }

            int head = isExtended ? 3 : 2;
            if (parameters.Length < head)
            {
                return Stop("optional parameter cut short");
            }

            int size = isExtended
                ? BinaryPrimitives.ReadUInt16BigEndian(parameters[1..])
                : parameters[1];
            if (size > parameters.Length - head)
            {
                return Stop("optional parameter cut short");
            }

            rest = parameters[0] == Capabilities ? parameters.Slice(head, size) : [];
            parameters = parameters[(head + size)..];
        }

        if (rest.Length < 2 || rest[1] > rest.Length - 2)
        {
            return Stop("capability cut short");
        }

        int length = rest[1];
        Current = new Capability((CapabilityCode)rest[0], rest.Slice(2, length));
        rest = rest[(2 + length)..];
        return true;
    }

    private bool Stop(string fault)
    {
        Fault = fault;
        parameters = [];
        rest = [];
        return false;
    }
}
