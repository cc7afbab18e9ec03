using System.Net;
using NodaTime;

namespace Breakwater.Feeds.Probing;

/// <summary>Whether a target may be asked.</summary>
/// <param name="Missing">What is missing, for people; null when it may be asked.</param>
/// <param name="Consents">Those that it may be asked by; each of their limits holds. None are needed for loopback.</param>
public sealed record PolicyAnswer(string? Missing, IReadOnlyList<ProbeConsent> Consents)
{
    public bool IsAllowed => Missing is null;
}

/// <summary>Loopback may always be asked, and nothing else without the consent of its owner.</summary>
public sealed class ProbePolicy(IReadOnlyList<ProbeConsent> consents)
{
    /// <param name="address">What would be contacted: checked and contacted must be the same address.</param>
    public PolicyAnswer Ask(ProbeTarget target, IPAddress address, Instant now)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(address);
        IPAddress plain = NetworkNames.Plain(address);
        if (NetworkNames.IsLoopback(plain))
        {
            return new PolicyAnswer(null, []);
        }

        if (NetworkNames.IsNoHost(plain))
        {
            return No($"{plain} is no single host that could consent");
        }

        return Covering(target, plain, now);
    }

    /// <summary>Whether looking up the name can lead to anything: not when it stands in no consent and none is by address.</summary>
    public PolicyAnswer AskBeforeResolving(ProbeTarget target, Instant now)
    {
        ArgumentNullException.ThrowIfNull(target);
        return target.Address is { } address
            ? Ask(target, address, now)
            : new PolicyAnswer(
                null,
                [.. consents.Where(one => one.Covers(target, null) && now < one.Expiry)]
            );
    }

    private PolicyAnswer Covering(ProbeTarget target, IPAddress address, Instant now)
    {
        ProbeConsent[] covering = [.. consents.Where(one => one.Covers(target, address))];
        ProbeConsent[] inForce = [.. covering.Where(one => now < one.Expiry)];
        string where = target.Address is null
            ? $"{address}, to which the name leads,"
            : $"{address}";
        return inForce.Length > 0 ? new PolicyAnswer(null, inForce)
            : covering.MaxBy(one => one.Expiry) is { } ended
                ? No($"the consent of {ended.Owner} for it ended at {ended.Expiry}; ask them again")
            : consents.Count == 0
                ? No(
                    $"{where} is not this machine, and no consent file was given; name one with --consent"
                )
            : No(
                $"no consent covers {where}; add it to the targets of its owner's consent, as {target} or as {address}"
            );
    }

    private static PolicyAnswer No(string missing) => new(missing, []);
}
