namespace Breakwater.Bgp;

/// <summary>What RFC 7606, and the documents of later attributes, do about each error. Texts are fixed so that a fault costs no string.</summary>
internal static class AttributeRules
{
    public const string HeaderCut =
        "attribute header cut short, treated as withdrawn (RFC 7606 section 4)";

    public const string TooLong =
        "attribute longer than the attributes, treated as withdrawn (RFC 7606 section 4)";

    /// <summary>RFC 7606 section 3 (g): of two, the first counts; with prefixes in them it cannot be told which is meant.</summary>
    public static AttributeFault Repeated(AttributeType type) =>
        type is AttributeType.MpReach or AttributeType.MpUnreach
            ? new(
                type,
                AttributeAction.ResetSession,
                "attribute with prefixes given twice, treated as withdrawn (RFC 7606 section 3 g)"
            )
            : new(
                type,
                AttributeAction.Discard,
                "attribute given twice, the second discarded (RFC 7606 section 3 g)"
            );

    /// <summary>RFC 7606 section 3 (c).</summary>
    public static AttributeFault WronglyFlagged(AttributeType type) =>
        new(
            type,
            AttributeAction.TreatAsWithdraw,
            type switch
            {
                AttributeType.Origin => "ORIGIN with wrong flags, " + Flags,
                AttributeType.AsPath => "AS_PATH with wrong flags, " + Flags,
                AttributeType.NextHop => "NEXT_HOP with wrong flags, " + Flags,
                AttributeType.MpReach => "MP_REACH_NLRI with wrong flags, " + Flags,
                AttributeType.MpUnreach => "MP_UNREACH_NLRI with wrong flags, " + Flags,
                AttributeType.Communities => "COMMUNITIES with wrong flags, " + Flags,
                _ => "attribute with wrong flags, " + Flags,
            }
        );

    public static AttributeFault Malformed(AttributeType type) =>
        type switch
        {
            AttributeType.Origin => Withdraw(
                type,
                "ORIGIN malformed, treated as withdrawn (RFC 7606 section 7.1)"
            ),
            AttributeType.AsPath => Withdraw(
                type,
                "AS_PATH malformed, treated as withdrawn (RFC 7606 section 7.2)"
            ),
            AttributeType.NextHop => Withdraw(
                type,
                "NEXT_HOP malformed, treated as withdrawn (RFC 7606 section 7.3)"
            ),
            AttributeType.MultiExitDisc => Withdraw(
                type,
                "MULTI_EXIT_DISC malformed, treated as withdrawn (RFC 7606 section 7.4)"
            ),
            // 7.5 discards it from external peers; a collector does not always tell which a peer is, so the stricter one.
            AttributeType.LocalPref => Withdraw(
                type,
                "LOCAL_PREF malformed, treated as withdrawn (RFC 7606 section 7.5)"
            ),
            AttributeType.AtomicAggregate => Discard(
                type,
                "ATOMIC_AGGREGATE malformed, discarded (RFC 7606 section 7.6)"
            ),
            AttributeType.Aggregator => Discard(
                type,
                "AGGREGATOR malformed, discarded (RFC 7606 section 7.7)"
            ),
            AttributeType.Communities => Withdraw(
                type,
                "COMMUNITIES malformed, treated as withdrawn (RFC 7606 section 7.8)"
            ),
            AttributeType.OriginatorId => Withdraw(
                type,
                "ORIGINATOR_ID malformed, treated as withdrawn (RFC 7606 section 7.9)"
            ),
            AttributeType.ClusterList => Withdraw(
                type,
                "CLUSTER_LIST malformed, treated as withdrawn (RFC 7606 section 7.10)"
            ),
            AttributeType.MpReach => new(
                type,
                AttributeAction.ResetSession,
                "MP_REACH_NLRI malformed, treated as withdrawn (RFC 7606 section 7.11)"
            ),
            AttributeType.MpUnreach => new(
                type,
                AttributeAction.ResetSession,
                "MP_UNREACH_NLRI malformed, treated as withdrawn (RFC 7606 section 7.12)"
            ),
            AttributeType.ExtendedCommunities => Withdraw(
                type,
                "EXTENDED COMMUNITIES malformed, treated as withdrawn (RFC 7606 section 7.14)"
            ),
            AttributeType.IPv6ExtendedCommunities => Withdraw(
                type,
                "IPv6 EXTENDED COMMUNITIES malformed, treated as withdrawn (RFC 7606 section 7.15)"
            ),
            AttributeType.As4Path => Discard(
                type,
                "AS4_PATH malformed, discarded (RFC 6793 section 6)"
            ),
            AttributeType.As4Aggregator => Discard(
                type,
                "AS4_AGGREGATOR malformed, discarded (RFC 6793 section 6)"
            ),
            AttributeType.LargeCommunities => Withdraw(
                type,
                "LARGE_COMMUNITY malformed, treated as withdrawn (RFC 8092 section 6)"
            ),
            AttributeType.OnlyToCustomer => Withdraw(
                type,
                "OTC malformed, treated as withdrawn (RFC 9234 section 5)"
            ),
            _ => Discard(type, "attribute malformed, discarded (RFC 7606 section 8)"),
        };

    private const string Flags = "treated as withdrawn (RFC 7606 section 3 c)";

    private static AttributeFault Withdraw(AttributeType type, string reason) =>
        new(type, AttributeAction.TreatAsWithdraw, reason);

    private static AttributeFault Discard(AttributeType type, string reason) =>
        new(type, AttributeAction.Discard, reason);
}
