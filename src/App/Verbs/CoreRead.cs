using Breakwater.Disruptions;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Verbs;

/// <summary>Everything that <c>core</c> found, and its figures.</summary>
/// <param name="Differences">Of the hints; null when none were given.</param>
/// <param name="Tld">The one domain that was asked for; null for all.</param>
internal sealed record CoreRead(
    ZoneRead Read,
    CoreJudgement Judgement,
    IReadOnlyList<Weakness>? Differences,
    IReadOnlyList<InputFault> Faults,
    string? Tld
)
{
    /// <summary>The moment that signatures are judged at.</summary>
    public Instant At { get; init; }

    /// <summary>True when every signature has ended, so that they are judged as when the zone was made.</summary>
    public bool IsOld { get; init; }

    public IReadOnlyList<CoreResource> Resources =>
        [.. Judgement.Resources.Where(resource => IsAsked(resource.Place))];

    public IReadOnlyList<Weakness> Weaknesses =>
        [
            .. (Tld is null ? Differences ?? [] : []).Concat(
                Judgement.Weaknesses.Where(weakness => IsAsked(weakness.Place))
            ),
        ];

    public IReadOnlyList<Disruption> Disruptions =>
        [.. Judgement.Disruptions.Where(disruption => IsAsked(disruption.Place))];

    public CoreResource? Root =>
        Judgement.Resources.FirstOrDefault(resource => resource.Place.Function is not null);

    /// <summary>Of all domains, whether one is asked for or not.</summary>
    public Figures Counts
    {
        get
        {
            CoreResource[] domains =
            [
                .. Judgement.Resources.Where(resource => resource.Place.Tld is not null),
            ];
            CoreResource[] countries = [.. domains.Where(domain => domain.IsCountryCode)];
            return new Figures(
                domains.Length,
                countries.Length,
                countries.Sum(domain => domain.Servers.Count),
                countries
                    .SelectMany(domain => domain.Servers)
                    .Select(server => server.Host)
                    .Distinct()
                    .Count(),
                domains
                    .SelectMany(domain => domain.Servers)
                    .Select(server => server.Host)
                    .Distinct()
                    .Count(),
                domains
                    .SelectMany(domain => domain.Servers)
                    .Where(server => server.Addresses.Count == 0)
                    .Select(server => server.Host)
                    .Distinct()
                    .Count(),
                domains.Count(domain => domain.AddressesV6 == 0),
                countries.Count(domain => domain.AddressesV6 == 0),
                domains.Count(domain => domain.Signers.Count == 0),
                domains.Count(domain => domain.Origins is null)
            );
        }
    }

    public object Document(double seconds) =>
        new
        {
            zone = new
            {
                file = Read.Zone.Name,
                Read.Zone.Sha256,
                Read.Zone.Serial,
                Read.Zone.MadeAt,
                JudgedAt = At,
                records = Read.Zone.Records.Count,
                Read.Zone.Unreadable,
                Read.Digest,
                Read.Signatures,
            },
            counts = Counts,
            root = Root,
            hints = Differences is null ? null : new { differences = Differences.Count },
            disruptions = Disruptions,
            weaknesses = Weaknesses,
            fallsTogether = Judgement.Fates.Where(fate => IsAsked(fate)),
            resources = Resources.Where(resource => resource.Place.Tld is not null),
            Judgement.Blind,
            Judgement.Notes,
            errors = Faults,
            seconds,
        };

    private bool IsAsked(Place place) => Tld is null || place.Tld == Tld;

    /// <summary>Of one domain, only what it hangs on itself.</summary>
    public bool IsAsked(SharedFate fate) =>
        Tld is null
        || Resources.Any(resource =>
            resource.Servers.Any(server =>
                server.Host == fate.What
                || server.Addresses.Any(address =>
                    address.Block.ToString() == fate.What
                    || address.Route?.ToString() == fate.What
                    || address.Origins.Any(origin => origin.Asn.ToString() == fate.What)
                )
            )
        );

    internal sealed record Figures(
        int Domains,
        int CountryCodes,
        int CountryCodeServerEntries,
        int CountryCodeHosts,
        int Hosts,
        int HostsWithoutAddress,
        int WithoutIpv6,
        int CountryCodesWithoutIpv6,
        int NotSigned,
        int OfUnknownOrigin
    );
}
