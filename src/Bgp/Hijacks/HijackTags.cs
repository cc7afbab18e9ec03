using System.Globalization;
using Breakwater.Vocabulary;

namespace Breakwater.Bgp;

/// <summary>A judgement of one departure: its tags, and what they add up to.</summary>
/// <param name="Score">Sum of the points of all tags.</param>
/// <param name="Confidence">That it is a hijack, which is a suspicion of the route and says nothing of intent.</param>
/// <param name="IsSetAside">True when the tags that explain it outweigh the others. It is kept, with its tags.</param>
public sealed record HijackJudgement(
    IReadOnlyList<RoutingTag> Tags,
    double Score,
    Confidence Confidence,
    bool IsSetAside
);

/// <summary>Names every reason for and against a departure. None hides another: all are kept, and their sum decides.</summary>
public static class HijackTags
{
    public static HijackJudgement Judge(OriginDeparture departure, HijackProfile profile)
    {
        ArgumentNullException.ThrowIfNull(departure);
        ArgumentNullException.ThrowIfNull(profile);
        List<RoutingTag> tags = [.. Names(departure, profile).Select(profile.Tag)];
        double score = tags.Sum(tag => tag.Score);
        double opening = tags.Where(tag => !profile.LowersOnly.Contains(tag.Tag))
            .Sum(tag => tag.Score);
        double logOdds =
            Math.Log(profile.PriorProbability / (1 - profile.PriorProbability))
            + (score * profile.LogOddsPerPoint);
        double cap =
            departure.Basis == ExpectationBasis.Window ? profile.WindowCap : profile.ConfidenceCap;
        return new HijackJudgement(
            tags,
            score,
            new Confidence(Math.Min(cap, 1 / (1 + Math.Exp(-logOdds)))),
            opening < profile.OpenScore
        );
    }

    private static IEnumerable<string> Names(OriginDeparture departure, HijackProfile profile)
    {
        DepartureFacts facts = departure.Facts;
        // The benign chain of GRIP, in its order.
        if (facts.WasInBaseline || facts.Waves >= profile.RecurringWaves)
        {
            yield return "recurring";
        }

        if (Bogons.IsTooShort(departure.Prefix))
        {
            yield return "shorter_than_8";
        }

        // Where the known origin has such a number itself, as inside one network, the numbers do mean something.
        if (
            departure.Origin.Number != 0
            && Bogons.IsReserved(departure.Origin)
            && !departure.Known.Any(known => Bogons.IsReserved(known.Origin))
        )
        {
            yield return "reserved_asn";
        }

        // RFC 6811 section 2: its origin is NONE. Aggregates of several holders look so, and so does who hides behind a set.
        if (departure.Origin.Number == 0)
        {
            yield return "origin_is_a_set";
        }

        if (Bogons.IsReserved(departure.Prefix) && departure.Basis != ExpectationBasis.Configured)
        {
            yield return "reserved_prefix";
        }

        if (facts.IsSibling)
        {
            yield return "sibling";
        }

        foreach (string tag in OfExpectation(departure, profile))
        {
            yield return tag;
        }

        foreach (string tag in OfRpki(facts))
        {
            yield return tag;
        }

        foreach (string tag in OfPaths(departure))
        {
            yield return tag;
        }

        foreach (string tag in OfSpread(departure, profile))
        {
            yield return tag;
        }
    }

    private static IEnumerable<string> OfExpectation(
        OriginDeparture departure,
        HijackProfile profile
    )
    {
        if (!departure.Facts.IsAlone)
        {
            yield return departure.Type switch
            {
                { Policy: HijackedPolicy.NoExportViolated } => "no_export_violated",
                { Prefix: HijackedPrefix.Squatting } => "squatting",
                { Path: HijackedPath.Hop, Hop: > 0 } => "new_neighbour",
                { Prefix: HijackedPrefix.SubPrefix, Path: HijackedPath.None } =>
                    "sub_prefix_by_known_origin",
                // Customers announce parts of their providers' space anew every day.
                { Prefix: HijackedPrefix.SubPrefix }
                    when departure.Basis == ExpectationBasis.Window => "sub_prefix_in_window",
                { Prefix: HijackedPrefix.SubPrefix } => "sub_prefix_new_origin",
                _ => "exact_new_origin",
            };
        }

        if (
            departure.Basis != ExpectationBasis.Configured
            && departure.Known.Any(known => known.Origin == departure.Origin)
        )
        {
            yield return "origin_unchanged";
        }

        if (departure.Basis == ExpectationBasis.Configured)
        {
            yield return "against_configuration";
        }
        else if (departure.Basis == ExpectationBasis.Baseline)
        {
            yield return "against_baseline";
        }
        else if (departure.Facts.PeersBefore >= profile.PeersMin)
        {
            yield return "after_known_origin";
        }
        else if (departure.Facts.IsAlone)
        {
            yield return "no_other_origin_seen";
        }

        if (
            departure.Basis is ExpectationBasis.Window or ExpectationBasis.Rpki
            && !departure.Facts.HasBaseline
        )
        {
            yield return "no_baseline";
        }

        if (departure.Facts.IsMajorityUnclear)
        {
            yield return "no_clear_majority";
        }

        if (departure.Facts.IsUndecided)
        {
            yield return "no_origin_known_expected";
        }
    }

    private static IEnumerable<string> OfRpki(DepartureFacts facts)
    {
        yield return facts.Validity.Reason switch
        {
            ValidityReason.Matched => "rpki_valid",
            ValidityReason.InvalidAs or ValidityReason.NoOrigin => "rpki_invalid_as",
            ValidityReason.As0 => "rpki_as0",
            ValidityReason.InvalidLength => "rpki_invalid_length",
            ValidityReason.NotCovered => "rpki_not_found",
            _ => "rpki_unknown",
        };
        // Where nobody else was seen, the RPKI named the known origin: that it is valid says nothing more.
        if (facts.IsKnownValid && !facts.IsAlone)
        {
            yield return "known_origin_rpki_valid";
        }
    }

    private static IEnumerable<string> OfPaths(OriginDeparture departure)
    {
        if (departure.Facts.IsBehindKnown)
        {
            yield return "behind_known_origin";
        }

        if (departure.Facts.IsBeforeKnown)
        {
            yield return "before_known_origin";
        }

        if (departure.Known.Any(known => DifferByOneDigit(known.Origin, departure.Origin)))
        {
            yield return "numbers_differ_by_one_digit";
        }

        // "prepend 3" typed where the number is meant as a count puts AS3 behind the real origin.
        if (departure.Origin.Number is > 0 and <= 9 && departure.Facts.IsBehindKnown)
        {
            yield return "prepend_slip";
        }
    }

    private static IEnumerable<string> OfSpread(OriginDeparture departure, HijackProfile profile)
    {
        DepartureFacts facts = departure.Facts;
        if (facts.PrefixesAtOnce >= profile.ManyPrefixes)
        {
            yield return "many_prefixes_at_once";
        }

        if (facts.HoldersAtOnce > 1)
        {
            yield return "several_holders_at_once";
        }

        if (departure.PeersSeen < profile.MinorityShare * departure.PeersHearing)
        {
            yield return "minority_of_peers";
        }

        if (departure.To is not null && facts.PeersReturned > 0)
        {
            yield return "returned_to_known";
        }

        if (
            departure.To is not null
            && departure.PeersSeen >= profile.PeersMin
            && (facts.IsAlone || departure.Type.Prefix == HijackedPrefix.SubPrefix)
            && departure.Basis is ExpectationBasis.Window or ExpectationBasis.Rpki
        )
        {
            yield return "came_and_went";
        }

        if (facts.TookOver)
        {
            yield return "took_over";
        }

        if (departure.PeersSeen < profile.PeersMin)
        {
            yield return "few_peers";
        }
    }

    private static bool DifferByOneDigit(Asn left, Asn right)
    {
        string a = left.Number.ToString(CultureInfo.InvariantCulture);
        string b = right.Number.ToString(CultureInfo.InvariantCulture);
        if (a.Length < 3 || b.Length < 3 || Math.Abs(a.Length - b.Length) > 1)
        {
            return false;
        }

        int head = 0;
        while (head < Math.Min(a.Length, b.Length) && a[head] == b[head])
        {
            head++;
        }

        int skipA = a.Length >= b.Length ? 1 : 0;
        int skipB = b.Length >= a.Length ? 1 : 0;
        return head < Math.Max(a.Length, b.Length)
            && a.AsSpan(Math.Min(a.Length, head + skipA))
                .SequenceEqual(b.AsSpan(Math.Min(b.Length, head + skipB)));
    }
}
