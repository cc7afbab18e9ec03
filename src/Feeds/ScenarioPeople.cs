using Breakwater.Feeds.Yaml;
using Breakwater.Vocabulary;

namespace Breakwater.Feeds;

/// <summary>Who is there: counts of people, the networks that serve them, and the sites that those live on.</summary>
internal sealed class ScenarioPeople(
    Fields root,
    ScenarioFolder folder,
    Origin origin,
    Place country
)
{
    /// <summary>More people than there are; a count above it is a slip of the pen.</summary>
    private const long MaxPeople = 10_000_000_000;

    public IReadOnlyList<Population> Populations()
    {
        var populations = new List<Population>();
        foreach (Fields one in root.Maps("populations", isRequired: country.Country is not null))
        {
            Place place = InCountry(one);
            var population = new Population(
                place,
                one.TextOrNull("name") ?? place.Area?[^1] ?? place.Key,
                one.TextOrNull("pcode"),
                one.Word<PopulationGroup>("group") ?? PopulationGroup.Residents,
                Count(one, isRequired: true),
                one.Truth("used", otherwise: true),
                one.Text("source"),
                one.Word<Origin>("origin") ?? origin
            );
            one.Close();
            Population? twice = populations.Find(other =>
                other.IsUsed
                && population.IsUsed
                && other.Group == population.Group
                && (place.IsWithin(other.Place) || other.Place.IsWithin(place))
            );
            if (twice is not null)
            {
                one.Fault(
                    "place",
                    $"{population.Place} is used beside {twice.Place}, which counts the same people",
                    "Keep both and write used: false on one of them"
                );
            }

            folder.Keep($"populations/{place.Key}/{Word(population.Group)}", one);
            populations.Add(population);
        }

        return populations;
    }

    public IReadOnlyList<NetworkShare> NetworkShares()
    {
        var shares = new List<NetworkShare>();
        foreach (Fields one in root.Maps("networkShares"))
        {
            var share = new NetworkShare(
                one.Text("network"),
                one.Place("place") ?? country,
                one.RequiredNumber("share", 0, 1, "a share"),
                one.Text("source"),
                one.Word<Origin>("origin") ?? origin
            );
            one.Close();
            if (shares.Any(other => other.Network == share.Network && other.Place == share.Place))
            {
                one.Fault(
                    "network",
                    $"'{share.Network}' has two shares at {share.Place}",
                    "Keep one of them"
                );
            }

            shares.Add(share);
            double sum = shares
                .Where(other => other.Place == share.Place)
                .Sum(other => other.Share);

            // Published shares are rounded to whole percents, so three of them may reach 1.015.
            if (sum > 1.02)
            {
                one.Fault(
                    "share",
                    $"the shares at {share.Place} add up to {sum:0.###}, more than 1",
                    "Lower one of them"
                );
            }

            folder.Keep($"networkShares/{share.Network}/{share.Place.Key}", one);
        }

        return shares;
    }

    public IReadOnlyList<Site> Sites()
    {
        var sites = new List<Site>();
        foreach (Fields one in root.Maps("sites"))
        {
            Fields? served = one.Map("peopleServed");
            var site = new Site(
                one.Text("id"),
                InCountry(one),
                one.TextOrNull("network"),
                one.Number("batteryHours", 0, 10_000, "hours"),
                one.Number("fuelLitres", 0, 10_000_000, "litres"),
                one.Number("burnLitresPerHour", 0.01, 10_000, "litres per hour"),
                served is null ? null : Count(served, isRequired: true),
                one.Text("source"),
                one.Word<Origin>("origin") ?? origin,
                Markings.Read(one) ?? Marking.Sealed
            );
            served?.Close();
            one.Close();
            if (sites.Any(other => other.Id == site.Id))
            {
                one.Fault("id", $"site '{site.Id}' stands twice", "Give each its own id");
            }

            folder.Keep($"sites/{site.Id}", one);
            sites.Add(site);
        }

        return sites;
    }

    /// <summary>Null is an unknown count, and has to be written as null: a forgotten count is not an unknown one.</summary>
    private static CountRange? Count(Fields one, bool isRequired)
    {
        long? low = one.Whole("low", 0, MaxPeople);
        long? high = one.Whole("high", 0, MaxPeople);
        if (isRequired && one.Has("low") != one.Has("high"))
        {
            one.Fault(
                one.Has("low") ? "low" : "high",
                "only one of 'low' and 'high' is given",
                "Give both, equal for one number; or null for both when unknown"
            );
        }

        if (low is not { } from || high is not { } to)
        {
            return null;
        }

        if (to < from)
        {
            one.Fault("high", "'high' is below 'low'", "Swap them");
        }

        return new CountRange(from, to);
    }

    private Place InCountry(Fields one)
    {
        Place place = one.RequiredPlace("place");
        if (
            one.Place("place") is not null
            && country.Country is not null
            && !place.IsWithin(country)
        )
        {
            one.Fault(
                "place",
                $"{place} is not in {country}",
                $"Write {country}, or {country}/Area for an area in it"
            );
        }

        return place;
    }

    private static string Word(PopulationGroup group) => group.ToString().ToLowerInvariant();
}
