using Breakwater.Vocabulary;

namespace Breakwater.Bgp;

/// <summary>What a leak is seen by, strongest first.</summary>
public enum LeakKind : byte
{
    /// <summary>The route says itself that it was to go to customers only (RFC 9234), and it went elsewhere.</summary>
    OnlyToCustomer,

    /// <summary>Attested providers contradict the path (draft-ietf-sidrops-aspa-verification).</summary>
    Aspa,

    /// <summary>Inferred relationships contradict the path; the types of RFC 7908 section 3.</summary>
    Type1,
    Type2,
    Type3,
    Type4,
}

/// <summary>What the direction of the leaking hop is known from.</summary>
public enum LeakBasis : byte
{
    /// <summary>The customer's ASPA.</summary>
    Attested,

    /// <summary>Relationships that somebody inferred from paths.</summary>
    Inferred,
}

/// <summary>One path that was passed on against the rules, and by whom.</summary>
/// <param name="Leaker">Who passed it on.</param>
/// <param name="From">From whom the leaker had it.</param>
/// <param name="To">To whom the leaker gave it.</param>
/// <param name="IsLeakerCertain">False when only a stretch of several ASes is known to hold the leaker, of which this is the one nearest to the origin.</param>
public readonly record struct LeakFinding(
    LeakKind Kind,
    LeakBasis Basis,
    Asn Leaker,
    Asn From,
    Asn To,
    bool IsLeakerCertain = true
)
{
    /// <summary>The name of the evidence tag.</summary>
    public string Tag =>
        (Kind, Basis) switch
        {
            (LeakKind.OnlyToCustomer, LeakBasis.Attested) => "otc_violated_attested",
            (LeakKind.OnlyToCustomer, _) => "otc_violated",
            (LeakKind.Aspa, _) => "aspa_invalid",
            _ => "valley",
        };

    /// <summary>
    /// Signed score of the tag: 1 to 3 is low, 4 to 7 medium, 8 and more high confidence. First values, to be fitted: a
    /// statement of the route and an attestation together are high, inferred relationships alone stay low.
    /// </summary>
    public int Score =>
        (Kind, Basis) switch
        {
            (LeakKind.OnlyToCustomer, LeakBasis.Attested) => 8,
            (LeakKind.OnlyToCustomer, _) => 5,
            (LeakKind.Aspa, _) => IsLeakerCertain ? 7 : 6,
            _ => 2,
        };

    public string Reason =>
        Kind switch
        {
            LeakKind.OnlyToCustomer =>
                $"{Leaker} passed on to {To}, which is no customer, a route marked for customers only (RFC 9234 section 5)",
            LeakKind.Aspa =>
                $"{Leaker}{(IsLeakerCertain ? "" : " or an AS after it")} had the route from {From}, which does not list it as a provider, and passed it towards {To}, against the ASPAs",
            LeakKind.Type1 =>
                $"{Leaker} passed a route of its provider {From} to its provider {To} (RFC 7908 type 1)",
            LeakKind.Type2 =>
                $"{Leaker} passed a route of its peer {From} to its peer {To} (RFC 7908 type 2)",
            LeakKind.Type3 =>
                $"{Leaker} passed a route of its provider {From} to its peer {To} (RFC 7908 type 3)",
            LeakKind.Type4 =>
                $"{Leaker} passed a route of its peer {From} to its provider {To} (RFC 7908 type 4)",
            _ => "",
        };
}
