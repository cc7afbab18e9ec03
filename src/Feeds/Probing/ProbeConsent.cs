using System.Net;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Feeds.Probing;

/// <summary>What an owner said may be asked, until when, and how often.</summary>
/// <param name="Owner">Who answers for the targets: an organisation or a role.</param>
/// <param name="Expiry">From then on the consent holds no more.</param>
/// <param name="MaximumPerMinute">Attempts a minute on all these targets together; null when the owner set no limit.</param>
public sealed record ProbeConsent(
    IReadOnlyList<ConsentTarget> Targets,
    string Owner,
    Instant Expiry,
    string? Purpose,
    int? MaximumPerMinute
)
{
    public bool Covers(ProbeTarget target, IPAddress? address) =>
        Targets.Any(consented => consented.Covers(target, address));
}

/// <summary>
/// A line of a consent: a prefix or an address (asked in any way), a name (asked in any way), or a target in full, whose
/// kind, host and port must then be equal. A path of <c>/</c> covers every path, a name server without question every question.
/// </summary>
public sealed record ConsentTarget
{
    // Nobody answers for more than this: an IANA block of IPv4, and what a registry holds of IPv6.
    private const int Prefix4Min = 8;
    private const int Prefix6Min = 16;

    public IpPrefix? Prefix { get; private init; }

    public string? Name { get; private init; }

    public ProbeTarget? Target { get; private init; }

    /// <returns>Why the text is nothing that can be consented to; null when it is.</returns>
    public static string? Read(string text, out ConsentTarget? target)
    {
        ArgumentNullException.ThrowIfNull(text);
        target = null;
        if (text.Contains("://", StringComparison.Ordinal))
        {
            string? wrong = ProbeTarget.Read(text, out ProbeTarget? full);
            target = full is null ? null : new ConsentTarget { Target = full };
            return wrong;
        }

        int slash = text.IndexOf('/', StringComparison.Ordinal);
        if (
            NetworkNames.Read(
                slash < 0 ? text : text[..slash],
                out string host,
                out IPAddress? at
            ) is
            { } no
        )
        {
            return no;
        }

        if (at is null)
        {
            target = slash < 0 ? new ConsentTarget { Name = host } : null;
            return slash < 0
                ? null
                : "has a path and no kind; write https://name/path, or the name alone";
        }

        string written =
            slash < 0 ? $"{at}/{at.GetAddressBytes().Length * 8}" : $"{at}{text[slash..]}";
        if (!IpPrefix.TryParse(written, out IpPrefix prefix))
        {
            return "has a length that is none; write 192.0.2.0/24";
        }

        if (IpPrefix.From(at.GetAddressBytes(), prefix.MaxLength).Bits != prefix.Bits)
        {
            return $"has bits set after its length; write {prefix}, or the address alone";
        }

        if (prefix.Length < (prefix.IsV6 ? Prefix6Min : Prefix4Min))
        {
            return $"is wider than /{(prefix.IsV6 ? Prefix6Min : Prefix4Min)}, for which nobody can answer";
        }

        target = new ConsentTarget { Prefix = prefix };
        return null;
    }

    /// <param name="address">What would be asked; null when that is not known yet, and then no prefix covers a name.</param>
    public bool Covers(ProbeTarget target, IPAddress? address)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (Prefix is { } prefix)
        {
            byte[]? octets = (address ?? target.Address)?.GetAddressBytes();
            return octets is not null && prefix.Contains(IpPrefix.From(octets, octets.Length * 8));
        }

        bool isHost = Name is not null
            ? target.Address is null && target.Host == Name
            : target.Host == Target!.Host && IsSame(target);
        // A name leads where its owner lets it lead: never into a network that only exists here.
        return isHost
            && (target.Address is not null || address is null || NetworkNames.IsPublic(address));
    }

    private bool IsSame(ProbeTarget target) =>
        Target!.Kind == target.Kind
        && Target.Port == target.Port
        && (Target.Path == "/" || Target.Path == target.Path)
        && (Target.Question is null || Target.Question == target.QuestionOrRoot);

    public override string ToString() => Prefix?.ToString() ?? Name ?? Target!.ToString();
}
