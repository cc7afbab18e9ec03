using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Signals;

/// <summary>How a target is asked.</summary>
public enum ProbeKind
{
    Icmp,
    Tcp,
    Dns,
    Https,
}

/// <summary>What came of a probe. Each is another fact: a host that refuses is up, one that is silent may not be.</summary>
public enum ProbeResult
{
    /// <summary>The target answered as asked.</summary>
    Reached,

    /// <summary>The target, or a firewall in its name, said no: a TCP reset or an ICMP port unreachable. Something is up there.</summary>
    Refused,

    /// <summary>No answer in time.</summary>
    TimedOut,

    /// <summary>A router, or this machine for its own link, reported that the host or the network cannot be reached.</summary>
    Unreachable,

    /// <summary>An exchange began and broke: reset or closed before the answer, or an answer that is none.</summary>
    Broken,

    /// <summary>The name has no address, or nobody said which.</summary>
    NameNotResolved,

    /// <summary>Somebody answered, and did not prove to be the target.</summary>
    CertificateInvalid,

    /// <summary>Nobody consented: nothing was sent.</summary>
    BlockedByPolicy,

    /// <summary>Nothing was sent, for the reason given.</summary>
    NotTried,

    /// <summary>This machine could not ask: no permission, no route, no socket. Nothing follows about the target.</summary>
    Cannot,
}

/// <summary>How far an exchange came.</summary>
public enum ProbeStage
{
    Resolve,
    Connect,
    Tls,
    Answer,
}

/// <summary>From where it was looked: inside the place in question, or outside.</summary>
public enum VantageSide
{
    Inside,
    Outside,
}

/// <summary>From where a prober looks, coarsely: never an address.</summary>
/// <param name="Place">A country, an area of it, or an AS; null when it is not told.</param>
public sealed record ProbeVantage(VantageSide Side, Place? Place);

/// <summary>Whether a round says anything about its targets.</summary>
public enum RoundState
{
    Seeing,

    /// <summary>The prober could not work, so nothing follows about any target.</summary>
    Blind,

    /// <summary>Ended by hand before all targets were asked.</summary>
    Stopped,
}

/// <summary>One target asked once, with all its attempts.</summary>
/// <param name="Target">As written, such as <c>tcp://192.0.2.1:443</c>.</param>
/// <param name="Address">The address that was asked; null when none was.</param>
/// <param name="At">The first attempt; when nothing was sent, the moment of that decision.</param>
/// <param name="Stage">How far the last attempt came; null when nothing was sent.</param>
/// <param name="Reason">Why it is not reached, for people; null when it is.</param>
/// <param name="RttMs">One round trip in milliseconds: ICMP echo, TCP handshake, or DNS question to answer.</param>
/// <param name="Attempts">How many times something was sent.</param>
public sealed record Probe(
    string Target,
    ProbeKind Kind,
    string? Address,
    Instant At,
    ProbeResult Result,
    ProbeStage? Stage,
    string? Reason,
    double? RttMs,
    int Attempts
)
{
    /// <summary>What else the answer showed: <c>rcode</c>, <c>answers</c>, <c>transport</c>, <c>status</c>, <c>certificate</c>, <c>certificateSha256</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Facts { get; init; }

    /// <summary>Something came back from the target, so packets go there and return.</summary>
    [JsonIgnore]
    public bool HasAnswered => Result is ProbeResult.Reached or ProbeResult.Refused;

    /// <summary>Asked in vain. Neither reached nor lost is what was not asked, and whoever did not prove to be the target.</summary>
    [JsonIgnore]
    public bool IsLost =>
        Result is ProbeResult.TimedOut or ProbeResult.Unreachable or ProbeResult.Broken;
}

/// <summary>All targets asked once: a line of the file that a prober keeps.</summary>
public sealed record ProbeRound
{
    public const string FormatName = "breakwater-probe-1";

    /// <summary>First, so that the format can be told from the first octets.</summary>
    public required string Format { get; init; }

    /// <summary>The first is 1.</summary>
    public required int Round { get; init; }

    /// <summary>When the round was due. Its probes are scattered after this moment.</summary>
    public required Instant At { get; init; }

    /// <summary>Distance to the next round; null when there is one round only.</summary>
    public Duration? Every { get; init; }

    /// <summary>What place the targets stand for.</summary>
    public Place? Place { get; init; }

    public ProbeVantage? Vantage { get; init; }

    public Distribution Distribution { get; init; } = Distribution.Community;

    public required RoundState State { get; init; }

    /// <summary>Why the round says nothing; null when it does.</summary>
    public string? Reason { get; init; }

    /// <summary>Lines on which nothing follows from silence: <c>IPv4</c>, <c>IPv6</c>.</summary>
    public IReadOnlyList<string> BlindOver { get; init; } = [];

    /// <summary>Targets that show whether the prober's own line works. They are in no share.</summary>
    public IReadOnlyList<Probe> Controls { get; init; } = [];

    public required IReadOnlyList<Probe> Probes { get; init; }

    /// <summary>True when nothing follows from this probe because the line to it was not shown to work.</summary>
    public bool IsBlindTo(Probe probe)
    {
        ArgumentNullException.ThrowIfNull(probe);
        return BlindOver.Contains(
                probe.Address?.Contains(':', StringComparison.Ordinal) == true ? "IPv6" : "IPv4"
            )
            && probe.Address is not (null or "::1")
            && !probe.Address.StartsWith("127.", StringComparison.Ordinal);
    }
}
