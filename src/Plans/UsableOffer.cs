using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Plans;

/// <summary>
/// An offer that can serve inside the horizon, with its dates. It serves no longer than its permits hold; one for import is
/// used up when the goods are in.
/// </summary>
internal sealed record UsableOffer(Offer Offer, Instant ServiceAt, Instant Until)
{
    /// <summary>Value of a person-day by service class: the first kilobits weigh most, each class adds less.</summary>
    public static double WeightOf(Service service) =>
        service switch
        {
            // Hearing is worth something; a plan must not buy it instead of a connection.
            Service.Broadcast => 0.05,
            Service.Messaging => 1,
            Service.Voice => 1.3,
            Service.Web => 1.5,
            Service.Video => 1.6,
            // What nobody connects with cannot be valued by people connected.
            Service.CoreFunction => 0,
            _ => throw new ArgumentOutOfRangeException(nameof(service)),
        };

    /// <summary>True for an offer that people hear and cannot answer.</summary>
    public bool IsOneWay => Offer.Service == Service.Broadcast;

    public double Days => (Until - ServiceAt).TotalDays;

    public double ValuePerPerson => WeightOf(Offer.Service) * Days;

    /// <summary>Sorts offers into usable ones and reasons why the others are not.</summary>
    public static (IReadOnlyList<UsableOffer> Usable, IReadOnlyList<string> Reasons) Among(
        PlanningInputs inputs
    )
    {
        var usable = new List<UsableOffer>();
        var reasons = new List<string>();
        foreach (Offer offer in inputs.Offers.OrderBy(offer => offer.Id, StringComparer.Ordinal))
        {
            if (WhyNot(offer, inputs) is { } reason)
            {
                reasons.Add($"{offer.Asset}: {reason}");
                continue;
            }

            List<Clearance> clearances =
            [
                .. inputs.Clearances.Where(clearance => offer.Clearances.Contains(clearance.Id)),
            ];
            Instant serviceAt = clearances
                .Select(clearance => clearance.EffectiveAt ?? inputs.DecisionAt)
                .Append(inputs.DecisionAt + Duration.FromDays(offer.LeadDays))
                .Max();
            if (clearances.Find(clearance => clearance.Until <= serviceAt) is { } over)
            {
                reasons.Add(
                    $"{offer.Asset}: {over.Kind} clearance by {over.Authority} ends on {over.Until!.Value.InUtc().Date:uuuu-MM-dd}, and service could start on {serviceAt.InUtc().Date:uuuu-MM-dd}"
                );
                continue;
            }

            Instant until = clearances
                .Where(clearance => clearance.Kind != ClearanceKind.Import)
                .Select(clearance => clearance.Until)
                .Append(offer.UntilOffered)
                .Append(inputs.HorizonEnd)
                .OfType<Instant>()
                .Min();
            if (serviceAt >= until)
            {
                reasons.Add(
                    $"{offer.Asset}: service could start on {serviceAt.InUtc().Date:uuuu-MM-dd}, after it ends on {until.InUtc().Date:uuuu-MM-dd}"
                );
                continue;
            }

            usable.Add(new UsableOffer(offer, serviceAt, until));
        }

        return (usable, reasons);
    }

    public bool Serves(Demand demand) =>
        Offer.Groups.Contains(demand.Group) && Offer.Places.Any(demand.Place.IsWithin);

    /// <summary>The most people of a demand that this offer can reach, whatever its units.</summary>
    public long Reach(Demand demand)
    {
        double people = Offer.Networks is null
            ? demand.People
            : Offer.Networks.Sum(network => demand.ByNetwork.GetValueOrDefault(network));
        return (long)Math.Floor(Math.Min(people, demand.People) * Offer.UsableShare);
    }

    private static string? WhyNot(Offer offer, PlanningInputs inputs)
    {
        foreach (string id in offer.Clearances)
        {
            Clearance? clearance = inputs.Clearances.FirstOrDefault(one => one.Id == id);
            switch (clearance?.Answer)
            {
                case null:
                    return $"clearance '{id}' has not been asked for: no request for a permit has this id; open one, and name it in the offer";
                case ClearanceAnswer.Denied:
                    return $"{clearance.Kind} clearance by {clearance.Authority} is denied";
                case ClearanceAnswer.NoAnswer
                or ClearanceAnswer.NotAsked when clearance.EffectiveAt is null:
                    return $"{clearance.Kind} clearance by {clearance.Authority} has {(clearance.Answer == ClearanceAnswer.NotAsked || clearance.AskedAt > inputs.DecisionAt ? "not been asked for" : "no answer; silence is not consent")}";
                default:
                    break;
            }
        }

        return offer.Quantity == 0 ? "none in stock that is not promised"
            : offer.Places.Count == 0 || offer.Groups.Count == 0
                ? "its terms and earmarks together leave nowhere or nobody to serve"
            : null;
    }
}
