using System.Text.Json;
using Breakwater.Feeds.Yaml;
using Breakwater.Vocabulary;

namespace Breakwater.Feeds;

/// <summary>Who could help, with what, under which permits, and with what money.</summary>
internal sealed class ScenarioOffers(
    Fields root,
    ScenarioFolder folder,
    Origin origin,
    Place country,
    IReadOnlyCollection<string> networks
)
{
    private static readonly PopulationGroup[] Everybody =
    [
        PopulationGroup.Residents,
        PopulationGroup.Displaced,
        PopulationGroup.Refugees,
    ];

    public IReadOnlyList<Stakeholder> Stakeholders()
    {
        var stakeholders = new List<Stakeholder>();
        foreach (Fields one in root.Maps("stakeholders"))
        {
            var stakeholder = new Stakeholder(
                one.Text("id"),
                one.Text("name"),
                one.RequiredWord<StakeholderClass>("class")
            );
            one.Close();
            Once(one, "stakeholder", stakeholder.Id, stakeholders.Select(other => other.Id));
            folder.Keep($"stakeholders/{stakeholder.Id}", one);
            stakeholders.Add(stakeholder);
        }

        return stakeholders;
    }

    public IReadOnlyList<Clearance> Clearances()
    {
        var clearances = new List<Clearance>();
        foreach (Fields one in root.Maps("clearances"))
        {
            var clearance = new Clearance(
                one.Text("id"),
                one.RequiredWord<ClearanceKind>("kind"),
                one.Text("authority"),
                one.RequiredWord<ClearanceAnswer>("answer"),
                one.Time("askedAt"),
                one.Time("effectiveAt"),
                one.Text("source"),
                one.Word<Origin>("origin") ?? origin
            );
            one.Close();
            Once(one, "clearance", clearance.Id, clearances.Select(other => other.Id));
            if (clearance.EffectiveAt < clearance.AskedAt)
            {
                one.Fault(
                    "effectiveAt",
                    "'effectiveAt' is before 'askedAt'",
                    "Swap them, or correct one of them"
                );
            }

            folder.Keep($"clearances/{clearance.Id}", one);
            clearances.Add(clearance);
        }

        return clearances;
    }

    public IReadOnlyList<Offer> Offers(
        IReadOnlyList<Stakeholder> stakeholders,
        IReadOnlyList<Clearance> clearances
    )
    {
        var offers = new List<Offer>();
        foreach (Fields one in root.Maps("offers"))
        {
            Offer offer = Offer(one);
            one.Close();
            Once(one, "offer", offer.Id, offers.Select(other => other.Id));
            Known(
                one,
                "stakeholder",
                "stakeholder",
                offer.Stakeholder,
                stakeholders.Select(s => s.Id)
            );
            foreach (string clearance in offer.Clearances)
            {
                Known(one, "clearances", "clearance", clearance, clearances.Select(c => c.Id));
            }

            foreach (string network in offer.Networks ?? [])
            {
                Known(one, "networks", "network", network, networks);
            }

            folder.Keep($"offers/{offer.Id}", one);
            offers.Add(offer);
        }

        return offers;
    }

    public IReadOnlyList<FundingFigure> Funding()
    {
        var funding = new List<FundingFigure>();
        foreach (Fields one in root.Maps("funding"))
        {
            var figure = new FundingFigure(
                one.Text("label"),
                one.Money("requiredUsd"),
                one.Money("receivedUsd"),
                one.Date("until"),
                one.Text("source"),
                one.Word<Origin>("origin") ?? origin
            );
            one.Close();
            folder.Keep($"funding/{figure.Label}", one);
            funding.Add(figure);
        }

        return funding;
    }

    private Offer Offer(Fields one)
    {
        IReadOnlyList<PopulationGroup> groups = Groups(one);
        IReadOnlyList<Place> places = Places(one);
        IReadOnlyList<string> repaired = one.Texts("networks");
        if (!one.Has("unitCostUsd"))
        {
            one.Missing("unitCostUsd", "US dollars, 0 when it costs nothing");
        }

        Service service = one.RequiredWord<Service>("service");
        if (service == Service.CoreFunction)
        {
            one.Fault(
                "service",
                "no offer brings back a function of core resources: its registry does",
                "Name the class of connection that the offer brings"
            );
        }

        IReadOnlyList<OfferMeans>? means = Means(one);
        return new Offer(
            one.Text("id"),
            one.Text("stakeholder"),
            one.Text("asset"),
            (int)one.RequiredWhole("quantity", 0, 10_000_000),
            one.RequiredWhole("peoplePerUnit", 0, 1_000_000_000),
            service,
            groups,
            places,
            repaired.Count == 0 ? null : repaired,
            one.NumberOr("usableShare", 1, 0, 1, "a share"),
            one.Money("unitCostUsd") ?? 0,
            one.RequiredNumber("leadDays", 0, 3650, "days"),
            one.Time("untilOffered"),
            one.Texts("clearances"),
            one.Texts("conditions"),
            one.NumberOr("exposure", 0, 0, 1, "a share"),
            one.Text("source"),
            one.Word<Origin>("origin") ?? origin
        )
        {
            Means = means,
        };
    }

    /// <summary>Null where nobody said, which is not the same as nothing.</summary>
    private static List<OfferMeans>? Means(Fields one)
    {
        string[] words =
        [
            .. Enum.GetNames<OfferMeans>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName),
        ];
        var means = new List<OfferMeans>();
        foreach (string word in one.Texts("means"))
        {
            if (Array.IndexOf(words, word) is >= 0 and int at)
            {
                means.Add(Enum.GetValues<OfferMeans>()[at]);
            }
            else
            {
                one.Fault(
                    "means",
                    $"'{word}' is nothing that an offer works with",
                    Nearest.Remedy(word, words)
                );
            }
        }

        return one.Has("means") ? means : null;
    }

    /// <summary>Civilians unless said otherwise; responders have to be named, because they are counted apart.</summary>
    private static IReadOnlyList<PopulationGroup> Groups(Fields one)
    {
        var groups = new List<PopulationGroup>();
        foreach (string word in one.Texts("groups"))
        {
            if (
                Enum.TryParse(word, ignoreCase: true, out PopulationGroup group)
                && !char.IsDigit(word[0])
            )
            {
                groups.Add(group);
            }
            else
            {
                one.Fault(
                    "groups",
                    $"'{word}' is not a group",
                    Nearest.Remedy(word, ["residents", "displaced", "refugees", "responders"])
                );
            }
        }

        return groups.Count == 0 ? Everybody : groups;
    }

    private List<Place> Places(Fields one)
    {
        var places = new List<Place>();
        foreach (string text in one.Texts("places"))
        {
            if (Place.TryParse(text, out Place place))
            {
                places.Add(place);
            }
            else
            {
                one.Fault("places", $"'{text}' is not a place", "Write SD or SD/Khartoum");
            }
        }

        return places.Count == 0 ? [country] : places;
    }

    internal static void Once(Fields one, string kind, string id, IEnumerable<string> others)
    {
        if (id.Length > 0 && others.Contains(id))
        {
            one.Fault("id", $"{kind} '{id}' stands twice", "Give each its own id");
        }
    }

    internal static void Known(
        Fields one,
        string key,
        string kind,
        string id,
        IEnumerable<string> known
    )
    {
        string[] ids = [.. known];
        if (id.Length > 0 && !ids.Contains(id))
        {
            one.Fault(
                key,
                $"there is no {kind} '{id}'",
                ids.Length == 0 ? $"Add it, or remove this reference" : Nearest.Remedy(id, ids)
            );
        }
    }
}
