using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Breakwater.Signals;
using Breakwater.Vocabulary;

namespace Breakwater.Feeds.Probing;

/// <summary>Who is asked for the address of a name.</summary>
public enum NameResolution
{
    /// <summary>Nobody: only addresses and localhost can be asked.</summary>
    None,

    /// <summary>The resolver of this machine.</summary>
    System,

    /// <summary>The name server in <see cref="ProbeSettings.NameServer"/>.</summary>
    Server,
}

/// <summary>Which addresses of a name are asked.</summary>
public enum AddressChoice
{
    Any,
    V4,
    V6,
}

/// <summary>What a prober asks, how often and how fast. The limits stand above whatever is set.</summary>
public sealed record ProbeSettings
{
    public const int TargetsMax = 1_000;
    public const int RetriesMax = 5;
    public const int RoundsMax = 10_000;
    public const int ConcurrencyMax = 32;
    public const int PerTargetMax = 60;
    public const int PerNetworkMax = 60;
    public const int PerMinuteMax = 300;
    public static readonly TimeSpan TimeoutMin = TimeSpan.FromMilliseconds(100);
    public static readonly TimeSpan TimeoutMax = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan EveryMin = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan EveryMax = TimeSpan.FromDays(1);

    /// <summary>A single round waits no longer than this for its turn under the limits.</summary>
    public static readonly TimeSpan RoundMax = TimeSpan.FromMinutes(10);

    public required IReadOnlyList<ProbeTarget> Targets { get; init; }

    /// <summary>Asked before the targets, and again after them when one is lost: they show whether the own line works.</summary>
    public IReadOnlyList<ProbeTarget> Controls { get; init; } = [];

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Further attempts after one that got no answer.</summary>
    public int Retries { get; init; } = 1;

    public int Rounds { get; init; } = 1;

    public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Rounds and targets are moved by up to this; null for a fifth of the distance of rounds, half a second for a single one.</summary>
    public TimeSpan? Jitter { get; init; }

    public int Concurrency { get; init; } = 8;

    /// <summary>Attempts a minute on one target.</summary>
    public int PerTarget { get; init; } = 6;

    /// <summary>Attempts a minute on one /24 or /48.</summary>
    public int PerNetwork { get; init; } = 30;

    /// <summary>Attempts a minute in all.</summary>
    public int PerMinute { get; init; } = 120;

    public NameResolution Resolution { get; init; }

    /// <summary>With <see cref="NameResolution.Server"/>: a target of kind DNS with an address.</summary>
    public ProbeTarget? NameServer { get; init; }

    public AddressChoice Family { get; init; }

    public Place? Place { get; init; }

    public ProbeVantage? Vantage { get; init; }

    /// <summary>How far the results may go. People inside are endangered by what they measure, so it starts narrow.</summary>
    public Distribution Distribution { get; init; } = Distribution.Community;

    /// <summary>Roots that certificates are held against instead of those of this machine.</summary>
    public X509Certificate2Collection? Trusted { get; init; }

    public TimeSpan JitterMax =>
        Jitter ?? (Rounds == 1 ? TimeSpan.FromMilliseconds(500) : Every / 5);

    public bool NeedsResolver => Targets.Concat(Controls).Any(target => NeedsResolving(target));

    public static bool NeedsResolving(ProbeTarget target)
    {
        ArgumentNullException.ThrowIfNull(target);
        return target.Address is null && target.Host != NetworkNames.Localhost;
    }

    /// <returns>What is outside its limit, with the limit; null when nothing is.</returns>
    public string? Fault() =>
        Targets.Count is < 1 or > TargetsMax ? Between("targets", 1, TargetsMax)
        : Controls.Count > 16 ? Between("--control", 0, 16)
        : Timeout < TimeoutMin || Timeout > TimeoutMax ? "--timeout must be between 100ms and 30s"
        : Retries is < 0 or > RetriesMax ? Between("--retries", 0, RetriesMax)
        : Rounds is < 1 or > RoundsMax ? Between("--rounds", 1, RoundsMax)
        : Every < EveryMin || Every > EveryMax ? "--every must be between 10s and 24h"
        : JitterMax < TimeSpan.Zero || JitterMax > Every / 2
            ? "--jitter must be at most half of --every"
        : Concurrency is < 1 or > ConcurrencyMax ? Between("--concurrency", 1, ConcurrencyMax)
        : PerTarget is < 1 or > PerTargetMax ? Between("--per-target", 1, PerTargetMax)
        : PerNetwork is < 1 or > PerNetworkMax ? Between("--per-network", 1, PerNetworkMax)
        : PerMinute is < 1 or > PerMinuteMax ? Between("--per-minute", 1, PerMinuteMax)
        : Vantage is { } vantage && !SignalsFromProbes.IsCoarse(vantage)
            ? "--vantage-place must be a country, one area of it or an AS, never an address"
        : HasIdleControls
            ? "a --control on loopback shows nothing about the line to the targets; name one beyond this machine"
        : NeedsResolver && Resolution == NameResolution.None
            ? $"{Targets.Concat(Controls).First(NeedsResolving)} is a name: say who may be asked for its address, --resolve system or --resolve ADDRESS of a name server"
        : Resolution == NameResolution.Server
        && NameServer is not { Kind: ProbeKind.Dns, Address: not null }
            ? "--resolve needs the address of a name server, such as 192.0.2.53"
        : null;

    private bool HasIdleControls =>
        Controls.Count > 0 && Controls.All(IsHere) && !Targets.All(IsHere);

    private static bool IsHere(ProbeTarget target) =>
        target.Host == NetworkNames.Localhost
        || (target.Address is { } address && NetworkNames.IsLoopback(address));

    private static string Between(string what, int least, int most) =>
        string.Create(CultureInfo.InvariantCulture, $"{what} must be between {least} and {most}");
}
