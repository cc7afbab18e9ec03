using System.Globalization;
using Breakwater.Bgp;
using Breakwater.Disruptions;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Verbs;

/// <summary>Core resources as text for a tired person: what is silent, what is one failure from it, what falls together.</summary>
internal static class CoreTables
{
    private const int SeriousShown = 25;
    private const int FatesShown = 5;
    private const int NamesShown = 10;
    private const int CountryKeyLength = 3;

    public static void Write(Printing print, CoreRead core, Instant now)
    {
        if (core.Tld is not null && core.Resources.Count == 0)
        {
            print.Line(
                $".{core.Tld} is not named in this zone{(core.Read.Zone.Unreadable > 0 ? ", of which a part could not be read" : "")}"
            );
        }

        Summary(print, core, now);
        if (core.Tld is not null)
        {
            foreach (CoreResource resource in core.Resources)
            {
                Chain(print, resource);
            }
        }

        Silent(print, core);
        Worst(print, core);
        Together(print, core);
        print.Line();
        print.Line("CANNOT SEE");
        foreach (string note in core.Judgement.Notes)
        {
            print.Line($"  {note}");
        }

        foreach (Blind blind in core.Judgement.Blind)
        {
            print.Line($"  {blind.Feed}: {blind.From} to {blind.To}, {blind.Reason}");
        }

        print.Faults(core.Faults);
    }

    private static void Summary(Printing print, CoreRead core, Instant now)
    {
        Zone zone = core.Read.Zone;
        ZoneSignatureCheck signatures = core.Read.Signatures;
        CoreRead.Figures counts = core.Counts;
        print.Line(
            Text(
                $"ROOT ZONE  serial {(zone.Serial is { } serial ? Text($"{serial}") : "unknown")}, made {(zone.MadeAt is { } made ? $"{made}, {Age(made, now)}" : "at an unknown time")}; {zone.Records.Count:N0} records, {zone.Unreadable:N0} entries unreadable"
            )
        );
        print.Line(
            $"  digest      {Tables.Word(core.Read.Digest.State)}: {core.Read.Digest.Reason}"
        );
        print.Line(
            signatures.Signatures == 0
                ? "  signatures  none in the file"
                : Text(
                    $"  signatures  {signatures.Valid:N0} of {signatures.Signatures:N0} valid, {signatures.Invalid:N0} invalid, {signatures.Unchecked:N0} not checked; {(signatures.Anchor is { } anchor ? $"keys lead to trust anchor {anchor}" : "keys lead to no known trust anchor")}; the first ends {signatures.ExpiresFirst}"
                )
        );
        if (core.IsOld)
        {
            print.Line(
                Text(
                    $"              OLD COPY: all of them have ended, the last {signatures.ExpiresLast}; they are judged as of {core.At}, when the zone was made. Fetch a new copy, or judge them now with --at {now}"
                )
            );
        }

        if (signatures.InvalidLines.Count > 0)
        {
            print.Line(
                Text($"              invalid on lines {string.Join(", ", signatures.InvalidLines)}")
            );
        }

        if (core.Root is { } root)
        {
            print.Line(
                Text(
                    $"  root        {root.Servers.Count} servers, {root.AddressesV4 + root.AddressesV6} addresses; {(core.Differences is { } differences ? differences.Count == 0 ? "as in the hints" : $"{differences.Count} differences from the hints" : "not held against hints")}"
                )
            );
        }

        print.Line(
            Text(
                $"  domains     {counts.Domains:N0} on {counts.Hosts:N0} hosts; {counts.CountryCodes} country codes with {counts.CountryCodeServerEntries:N0} server entries on {counts.CountryCodeHosts:N0} hosts; {(counts.HostsWithoutAddress == 0 ? "every host has an address" : $"{counts.HostsWithoutAddress} hosts have no address")}"
            )
        );
        print.Line(
            Text(
                $"              {counts.WithoutIpv6} without IPv6 ({counts.CountryCodesWithoutIpv6} country codes), {counts.NotSigned} not signed"
            )
        );
    }

    private static void Silent(Printing print, CoreRead core)
    {
        print.Line();
        bool isProbed = core.Resources.Any(resource =>
            resource.UnknownReach < resource.Servers.Count
        );
        print.Line(
            core.Disruptions.Count > 0 ? $"LOST  {core.Disruptions.Count}"
            : isProbed ? "LOST  none found among those that could be seen"
            : "LOST  unknown: nobody asked the servers"
        );
        foreach (Disruption disruption in core.Disruptions)
        {
            print.Line(
                Text(
                    $"  {disruption.Place.Key, -8} {Tables.Word(disruption.State)}, confidence {disruption.Confidence.Probability:0.00}; {Began(disruption.Onset)}; {(disruption.End is { } end ? $"back by {end.Latest}" : "no end seen")}"
                )
            );
            foreach (string note in disruption.Notes)
            {
                print.Line($"           {note}");
            }

            print.Line($"           {disruption.Id}");
        }
    }

    private static string Began(InstantRange onset) =>
        onset.Earliest == onset.Latest
            ? $"first seen {onset.Latest}"
            : $"began between {onset.Earliest} and {onset.Latest}";

    private static void Worst(Printing print, CoreRead core)
    {
        Ranked(print, core, WeaknessRank.OneFailure, "ONE FAILURE FROM SILENCE");
        Ranked(print, core, WeaknessRank.Serious, "SERIOUS");
        Weakness[] minor =
        [
            .. core.Weaknesses.Where(weakness => weakness.Rank == WeaknessRank.Minor),
        ];
        print.Line();
        print.Line($"MINOR  {(minor.Length == 0 ? "none" : "")}".TrimEnd());
        if (core.Tld is not null)
        {
            foreach (Weakness weakness in minor)
            {
                print.Line($"  {weakness.Text} ({weakness.Tag})");
            }

            return;
        }

        foreach (
            IGrouping<string, Weakness> tag in minor
                .GroupBy(weakness => weakness.Tag)
                .OrderByDescending(tag => tag.Count())
                .ThenBy(tag => tag.Key, StringComparer.Ordinal)
        )
        {
            print.Line(
                $"  {tag.Count(), 5}  {Meaning(tag.Key)}: {Names([.. tag.Select(weakness => weakness.Place.Key)])}"
            );
        }
    }

    /// <summary>One line for each domain, those with most against them first.</summary>
    private static void Ranked(Printing print, CoreRead core, WeaknessRank rank, string title)
    {
        IGrouping<string, Weakness>[] domains =
        [
            .. core
                .Weaknesses.Where(weakness => weakness.Rank == rank)
                .GroupBy(weakness => weakness.Place.Key)
                // A country hangs on more than a brand does. The order of the judgement holds within.
                .OrderBy(domain => domain.Key.Length > CountryKeyLength)
                .ThenByDescending(domain => domain.Count()),
        ];
        print.Line();
        print.Line(
            domains.Length == 0
                ? $"{title}  none that the zone and what was given show"
                : Text($"{title}  {domains.Length}")
        );
        int most = rank == WeaknessRank.OneFailure || core.Tld is not null ? 200 : SeriousShown;
        foreach (IGrouping<string, Weakness> domain in domains.Take(most))
        {
            print.Line(
                $"  {domain.Key, -9} {string.Join("; ", domain.Select(weakness => $"{weakness.Text} ({weakness.Tag})"))}"
            );
        }

        if (domains.Length > most)
        {
            print.Line(Text($"  and {domains.Length - most} more (--json lists all)"));
        }
    }

    private static void Together(Printing print, CoreRead core)
    {
        SharedFate[] fates = [.. core.Judgement.Fates.Where(core.IsAsked)];
        print.Line();
        print.Line("FALLS TOGETHER  one thing, and how many domains it touches");
        foreach (FateKind kind in Enum.GetValues<FateKind>())
        {
            SharedFate[] of = [.. fates.Where(fate => fate.Kind == kind)];
            if (of.Length == 0)
            {
                print.Line(
                    $"  {Tables.Word(kind), -8} {(kind is FateKind.Route or FateKind.Origin && core.Counts.OfUnknownOrigin == core.Counts.Domains ? "unknown: no table of routes" : "none shared")}"
                );
                continue;
            }

            foreach (
                SharedFate fate in of.OrderByDescending(fate =>
                        fate.Silent.Count + fate.SilentV4.Count
                    )
                    .ThenByDescending(fate => fate.Touched)
                    .ThenBy(fate => fate.What, StringComparer.Ordinal)
                    .Take(FatesShown)
                    .Union(of.Take(FatesShown))
            )
            {
                print.Line(
                    Text(
                        $"  {Tables.Word(kind), -8} {Shortened(fate.What), -28} {fate.Touched, 4} domains ({fate.CountryCodes} country codes){Falls(fate.Kind == FateKind.Platform ? "have nothing else" : "fall silent", fate.Silent)}{Falls("lose IPv4", fate.SilentV4)}"
                    )
                );
            }
        }
    }

    /// <summary>Of a platform the first block, and how many more there are.</summary>
    private static string Shortened(string what) =>
        what.Split(' ') is [var first, _, ..] blocks
            ? Text($"{first} and {blocks.Length - 1} more")
            : what;

    private static string Meaning(string tag) =>
        tag switch
        {
            "no_ds" => "not signed",
            "no_ipv6" => "no IPv6",
            "names_under_one" => "all servers named under one other domain",
            "no_roa" => "routes that the VRPs given do not cover",
            "delegation_added" => "new in the zone",
            "servers_changed" => "servers changed",
            "addresses_changed" => "addresses of servers changed",
            "ds_added" => "signed for the first time",
            "ds_changed" => "keys changed, one stayed",
            "origin_changed" => "new origin, authorised",
            _ => tag.Replace('_', ' '),
        };

    private static string Falls(string what, IReadOnlyList<string> domains) =>
        domains.Count == 0
            ? ""
            : Text(
                $"; {domains.Count} {what}: {Names([.. domains.Select(domain => $".{domain}")])}"
            );

    private static void Chain(Printing print, CoreResource resource)
    {
        print.Line();
        print.Line(
            Text(
                $"CHAIN OF {resource.Place.Key}  {resource.Servers.Count} servers: {resource.Reached} answer, {resource.NotReached} do not, {resource.UnknownReach} unknown"
            )
        );
        foreach (CoreServer server in resource.Servers)
        {
            print.Line(
                $"  {server.Host}{(server.IsInBailiwick ? " (in bailiwick)" : "")}: {Reach(server.Reach)}{(server.Addresses.Count == 0 ? "; no address in the zone" : "")}"
            );
            foreach (CoreAddress address in server.Addresses)
            {
                print.Line(
                    $"    {address.Address, -26} {Route(address), -22} {Origins(address), -30} registered in {address.Country ?? "unknown"}; {Reach(address.Reach)}"
                );
            }
        }

        print.Line(
            resource.Signers.Count == 0
                ? "  not signed: no DS record"
                : $"  signed: {string.Join(", ", resource.Signers.Select(signer => Text($"key {signer.KeyTag} algorithm {signer.Algorithm} digest {signer.DigestType}")))}"
        );
    }

    private static string Route(CoreAddress address) =>
        address.Route is { } route ? $"{route}{(address.IsVisible ? "" : " (few peers)")}"
        : address.RouteState == RouteState.NotRouted ? "NO ROUTE"
        : "route unknown";

    private static string Origins(CoreAddress address) =>
        address.Origins.Count == 0
            ? address.Route is null
                ? "origin unknown"
                : "a set in place of an origin"
            : string.Join(
                ", ",
                address.Origins.Select(origin =>
                    $"{origin.Asn}{(origin.Country is null ? "" : $" {origin.Country}")}{(origin.Rpki == RouteValidity.Unknown ? "" : $" rpki {Tables.Word(origin.Rpki)}")}"
                )
            );

    private static string Reach(ServerReach reach) =>
        reach switch
        {
            ServerReach.Reached => "answers",
            ServerReach.NotReached => "DOES NOT ANSWER",
            _ => "reach unknown",
        };

    private static string Names(string[] names) =>
        string.Join(' ', names.Distinct().Take(NamesShown))
        + (
            names.Distinct().Count() is > NamesShown and var all
                ? Text($" and {all - NamesShown} more")
                : ""
        );

    private static string Age(Instant made, Instant now) =>
        made <= now
            ? $"{VrpHealth.Words(now - made)} old"
            : $"{VrpHealth.Words(made - now)} in the future";

    private static string Text(FormattableString text) =>
        text.ToString(CultureInfo.InvariantCulture);
}
