using Breakwater.Disruptions.Kinds;
using Breakwater.Signals;
using Breakwater.Vocabulary;

namespace Breakwater.Disruptions.Law;

/// <summary>
/// What claims say of facts, each under the name of its source and without a confidence of ours. Who is said to have acted is taken as
/// far as it goes: that a group is named says nothing of a State, and that nobody is named says nothing at all.
/// </summary>
internal static class FactsFromClaims
{
    private static readonly string[] _cable = ["cable", "cables"];

    private static readonly string[] _underSea = ["submarine", "subsea", "undersea"];

    private static readonly string[] _broken = ["cut", "cuts", "broken", "break", "severed"];

    public static IEnumerable<ProposedFact> Of(
        Disruption disruption,
        IReadOnlyList<ClaimSignal> signals
    )
    {
        ILookup<Claim, string> ids = signals.ToLookup(signal => signal.Claim, signal => signal.Id);
        return disruption
            .Claims.Take(FactsFromDisruptions.ClaimsMax)
            .SelectMany(claim =>
                Said(claim)
                    .Select(said => new ProposedFact(
                        said.Fact,
                        said.Value,
                        claim.Source,
                        Confidence: null,
                        claim.Origin,
                        said.Because,
                        [disruption.Id, .. ids[claim].Order(StringComparer.Ordinal)]
                    ))
            );
    }

    /// <summary>True when a source says that somebody decided to restrict.</summary>
    public static bool SaysRestriction(Disruption disruption) =>
        disruption.Claims.Take(FactsFromDisruptions.ClaimsMax).Any(IsRestriction);

    private static IEnumerable<(string Fact, bool Value, string Because)> Said(Claim claim)
    {
        DisruptionKind kind = ClaimsOnDisruptions.ParseKind(claim.What);
        if (IsRestriction(claim))
        {
            yield return (
                "m.restricts",
                true,
                "it says that access was shut down or throttled, which somebody decides"
            );
        }
        else if (IsMishap(kind) && claim.Actor == Actor.None)
        {
            yield return ("m.restricts", false, "it says what happened, and that nobody acted");
        }

        if (claim.Actor is Actor.State or Actor.ForeignState)
        {
            yield return ("act.state", true, "it names a State as the actor");
            yield return claim.Actor == Actor.State
                ? ("jur.own_territory", true, "it names the State of the place as the actor")
                : ("jur.own_territory", false, "it names a foreign State as the actor");
        }

        if (SaysCableCut(claim, kind))
        {
            yield return ("cab.broken", true, "it says that a cable was cut");
        }

        if (NamesCableUnderSea(claim))
        {
            yield return ("cab.submarine", true, "it names a cable under the sea");
        }

        if (kind == DisruptionKind.Destruction)
        {
            yield return ("op.physical_damage", true, "it says that something was destroyed");
        }
    }

    private static bool IsRestriction(Claim claim) =>
        claim.Actor != Actor.None
        && ClaimsOnDisruptions.ParseKind(claim.What)
            is DisruptionKind.Shutdown
                or DisruptionKind.Throttling;

    private static bool IsMishap(DisruptionKind kind) =>
        kind is DisruptionKind.Outage or DisruptionKind.PowerLoss or DisruptionKind.CableCut;

    private static bool SaysCableCut(Claim claim, DisruptionKind kind) =>
        kind == DisruptionKind.CableCut || Names(claim.What, _cable, _broken);

    private static bool NamesCableUnderSea(Claim claim) =>
        Names($"{claim.What} {claim.Cause}", _cable, _underSea);

    /// <summary>True when a word of each list stands in the text, and nothing in it may deny them.</summary>
    private static bool Names(string text, string[] some, string[] others)
    {
        string plain = ClaimObservations.Plain(text);
        string[] words = plain.Split(' ');
        return some.Any(words.Contains)
            && others.Any(words.Contains)
            && !ClaimObservations.MayDeny(plain);
    }
}
