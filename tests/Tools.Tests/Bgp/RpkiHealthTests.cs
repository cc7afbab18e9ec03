using Breakwater.Bgp;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.Tests.Bgp;

public sealed class RpkiHealthTests
{
    private static readonly Instant _now = Instant.FromUtc(2026, 1, 1, 12, 0);

    [Fact]
    public void A_fresh_full_set_has_nothing_wrong() =>
        Assert.Empty(VrpHealth.Check(Set("ripe", 100), Set("ripe", 100), _now));

    [Fact]
    public void An_empty_set_is_a_fault_of_the_feed() =>
        Assert.Equal([VrpTrouble.Empty], Troubles(null, Set("ripe", 0)));

    [Fact]
    public void Age_counts_in_both_directions_and_may_be_unknown()
    {
        Assert.Equal(
            [VrpTrouble.Stale],
            Troubles(null, Set("ripe", 9, _now - Duration.FromMinutes(121)))
        );
        Assert.Empty(Troubles(null, Set("ripe", 9, _now - Duration.FromMinutes(120))));
        Assert.Equal(
            [VrpTrouble.FromLater],
            Troubles(null, Set("ripe", 9, _now + Duration.FromDays(3)))
        );
        Assert.Equal([VrpTrouble.AgeUnknown], Troubles(null, VrpSet.Of([Row(1, "ripe")])));
    }

    [Theory]
    [InlineData("ripe", 81, false)]
    [InlineData("ripe", 80, true)]
    [InlineData("ripe", 0, true)]
    [InlineData("afrinic", 80, false)]
    [InlineData("AFRINIC", 51, false)]
    [InlineData("afrinic", 50, true)]
    public void A_trust_anchor_that_loses_much_at_once_is_suspect(
        string anchor,
        int left,
        bool isSuspect
    )
    {
        IReadOnlyList<VrpFinding> findings = VrpHealth.Check(
            Both(anchor, 100),
            Both(anchor, left),
            _now
        );
        Assert.Equal(isSuspect, findings.Count == 1);
        if (isSuspect)
        {
            Assert.Equal(
                (VrpTrouble.AnchorLost, anchor, 100 - left, 100),
                (findings[0].Trouble, findings[0].TrustAnchor, findings[0].Affected, findings[0].Of)
            );
        }
    }

    [Fact]
    public void VRPs_that_have_run_out_count_as_lost()
    {
        VrpSet expired = VrpSet.Of(
            Set("ripe", 100)
                .Rows.ToArray()
                .Select(row => row with { NotAfter = _now - Duration.FromSeconds(1) }),
            [new VrpSource("a", null, _now, 100)]
        );
        Assert.Equal([VrpTrouble.AnchorLost], Troubles(Set("ripe", 100), expired));
    }

    [Fact]
    public void A_small_trust_anchor_is_not_judged() =>
        Assert.Empty(Troubles(Both("test", 19), Both("test", 1)));

    [Fact]
    public void VRPs_that_are_about_to_run_out_are_told()
    {
        VrpSet set = VrpSet.Of(
            [
                Row(1, "ripe") with
                {
                    NotAfter = _now + Duration.FromHours(2),
                },
                Row(2, "ripe") with
                {
                    NotAfter = _now + Duration.FromHours(3),
                },
                Row(3, "ripe") with
                {
                    NotAfter = _now - Duration.FromHours(1),
                },
            ],
            [new VrpSource("a", null, _now, 3)]
        );
        VrpFinding finding = Assert.Single(VrpHealth.Check(null, set, _now));
        Assert.Equal((VrpTrouble.Expiring, 1, 3), (finding.Trouble, finding.Affected, finding.Of));
    }

    private static IEnumerable<VrpTrouble> Troubles(VrpSet? before, VrpSet now) =>
        VrpHealth.Check(before, now, _now).Select(finding => finding.Trouble);

    /// <summary>Another anchor beside it stays as it is.</summary>
    private static VrpSet Both(string anchor, int count) =>
        VrpSet.Of(
            [
                .. Set(anchor, count).Rows.ToArray(),
                .. Enumerable.Range(1000, 50).Select(number => Row(number, "other")),
            ],
            [new VrpSource("a", null, _now, count)]
        );

    private static VrpSet Set(string anchor, int count, Instant? at = null) =>
        VrpSet.Of(
            Enumerable.Range(0, count).Select(number => Row(number, anchor)),
            [new VrpSource("a", null, at ?? _now, count)]
        );

    private static Vrp Row(int number, string anchor) =>
        new(
            IpPrefix.From([10, (byte)(number >> 8), (byte)(number & 0xFF), 0], 24),
            24,
            new Asn(64500),
            anchor
        );
}
