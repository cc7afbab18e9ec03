using Breakwater.Bgp;
using Breakwater.Vocabulary;
using CsCheck;
using NodaTime;
using Xunit;

namespace Breakwater.Tests.Bgp;

internal static class IpPrefixes
{
    public static IpPrefix Of(string text) =>
        PrefixText.Read(text, out IpPrefix prefix) is { } reason
            ? throw new ArgumentException(reason, nameof(text))
            : prefix;
}

public sealed class RpkiValidationTests
{
    private static readonly VrpSet _set = VrpSet.Of([
        Row("10.0.0.0/8", 8, 64500),
        Row("10.1.0.0/16", 20, 64501),
        Row("10.1.0.0/16", 24, 64502),
        Row("10.2.0.0/16", 32, 0),
        Row("192.0.2.0/24", 32, 0),
        Row("2001:db8::/32", 48, 64500),
        Row("0.0.0.0/0", 0, 64599),
    ]);

    [Theory]
    // RFC 6811 section 2 and the cases of RFC 6907 section 7.
    [InlineData("10.0.0.0/8", 64500u, "valid: matched")]
    [InlineData("10.0.0.0/9", 64500u, "invalid: invalid_length")]
    [InlineData("10.1.16.0/20", 64501u, "valid: matched")]
    [InlineData("10.1.16.0/24", 64501u, "invalid: invalid_length")]
    [InlineData("10.1.16.0/24", 64502u, "valid: matched")]
    [InlineData("10.1.16.0/24", 64503u, "invalid: invalid_as")]
    [InlineData("10.1.16.0/25", 64502u, "invalid: invalid_length")]
    [InlineData("2001:db8:1::/48", 64500u, "valid: matched")]
    [InlineData("2001:db8::/49", 64500u, "invalid: invalid_length")]
    [InlineData("2001:db9::/32", 64500u, "not-found: not_covered")]
    [InlineData("2001::/16", 64500u, "not-found: not_covered")]
    // AS 0 never matches, not even itself (RFC 6483 section 4, RFC 7607).
    [InlineData("10.2.0.0/16", 0u, "invalid: invalid_as")]
    [InlineData("10.2.0.0/16", 64500u, "invalid: invalid_length")]
    public void A_route_is_judged_by_the_VRPs_that_cover_it(
        string prefix,
        uint origin,
        string expected
    ) => Assert.Equal(expected, _set.Validate(IpPrefixes.Of(prefix), new Asn(origin)).ToString());

    [Fact]
    public void Prefixes_that_only_AS_0_covers_may_not_be_originated()
    {
        VrpSet set = VrpSet.Of([Row("192.0.2.0/24", 32, 0)]);
        Assert.Equal(
            "invalid: as0",
            set.Validate(IpPrefixes.Of("192.0.2.0/24"), new Asn(64500)).ToString()
        );
        Assert.Equal(
            "invalid: as0",
            set.Validate(IpPrefixes.Of("192.0.2.0/24"), new Asn(0)).ToString()
        );
    }

    [Fact]
    public void A_path_that_ends_in_a_set_is_never_valid()
    {
        Assert.Equal(
            "invalid: no_origin",
            _set.Validate(IpPrefixes.Of("10.0.0.0/8"), null).ToString()
        );
        Assert.Equal(
            "not-found: not_covered",
            _set.Validate(IpPrefixes.Of("2001:db9::/32"), null).ToString()
        );
    }

    [Fact]
    public void No_VRPs_are_no_statement()
    {
        Assert.Equal(
            "unknown: empty_vrps",
            VrpSet.Of([]).Validate(IpPrefixes.Of("10.0.0.0/8"), new Asn(1)).ToString()
        );
        Assert.Equal("unknown: no VRPs", OriginValidity.NoVrps.ToString());
    }

    [Fact]
    public void A_set_too_far_from_the_event_is_no_statement_where_the_caller_sets_a_limit()
    {
        Instant made = Instant.FromUtc(2026, 1, 1, 0, 0);
        VrpSet dated = VrpSet.Of(
            [Row("10.0.0.0/8", 8, 64500)],
            [new VrpSource("a", null, made, 1)]
        );
        IpPrefix route = IpPrefixes.Of("10.0.0.0/8");
        Duration limit = Duration.FromMinutes(120);
        Assert.Equal(
            "valid: matched",
            dated.Validate(route, new Asn(64500), made + limit, limit).ToString()
        );
        Assert.Equal(
            "valid: matched",
            dated.Validate(route, new Asn(64500), made - limit, limit).ToString()
        );
        Instant late = made + limit + Duration.FromSeconds(1);
        Assert.Equal(
            "unknown: stale_vrps",
            dated.Validate(route, new Asn(64500), late, limit).ToString()
        );
        Assert.Equal(
            "unknown: stale_vrps",
            _set.Validate(route, new Asn(64500), made, limit).ToString()
        );
    }

    [Fact]
    public void Rows_count_for_the_time_in_which_they_are_in_force()
    {
        Instant from = Instant.FromUtc(2026, 1, 1, 0, 0);
        Instant to = Instant.FromUtc(2026, 2, 1, 0, 0);
        VrpSet set = VrpSet.Of([
            Row("10.0.0.0/8", 8, 64500) with
            {
                NotBefore = from,
                NotAfter = to,
            },
        ]);
        Assert.Equal(1, set.InForce(from).Count);
        Assert.Equal(1, set.InForce(to).Count);
        Assert.Equal(0, set.InForce(from - Duration.FromSeconds(1)).Count);
        Assert.Equal(0, set.InForce(to + Duration.FromSeconds(1)).Count);
        Assert.Equal(from, set.Rows[0].NotBefore);
    }

    [Fact]
    public void The_index_agrees_with_the_definition_on_any_rows()
    {
        // Few distinct addresses, so that rows nest, repeat and tie; both families; all lengths, 0 and host routes among them.
        Gen<IpPrefix> prefixes = Gen.Select(
                Gen.Bool,
                Gen.Int[0, 15],
                Gen.Int[0, 15],
                Gen.Int[0, 128],
                Gen.Bool
            )
            .Select(
                (isV6, high, low, length, isShort) =>
                {
                    Span<byte> address = stackalloc byte[isV6 ? 16 : 4];
                    address[0] = (byte)(high * 17);
                    address[^1] = (byte)(low * 17);
                    address[address.Length / 2] = (byte)(low * 16);
                    return IpPrefix.From(
                        address,
                        isV6 ? length
                            : isShort ? length % 9
                            : length % 33
                    );
                }
            );
        Gen<Vrp> rows = Gen.Select(prefixes, Gen.Int[0, 128], Gen.UInt[0, 4])
            .Select(
                (prefix, longer, asn) =>
                    new Vrp(
                        prefix,
                        (byte)Math.Min(prefix.MaxLength, prefix.Length + (longer % 12)),
                        new Asn(asn)
                    )
            );
        Gen.Select(rows.Array[1, 60], prefixes.Array[1, 30], Gen.UInt[0, 5])
            .Sample(
                (vrps, routes, asn) =>
                {
                    VrpSet set = VrpSet.Of(vrps);
                    VrpSet reversed = VrpSet.Of(vrps.Reverse());
                    foreach (IpPrefix route in routes)
                    {
                        Asn? origin = asn == 5 ? null : new Asn(asn);
                        OriginValidity judged = set.Validate(route, origin);
                        Assert.Equal(Defined(vrps, route, origin), judged);
                        Assert.Equal(judged, reversed.Validate(route, origin));
                        Assert.Equal(
                            vrps.Where(vrp => vrp.Covers(route)).Distinct().Order(),
                            set.Covering(route).Order()
                        );
                    }
                },
                iter: 3000
            );
    }

    /// <summary>RFC 6811 section 2, word for word, over all rows.</summary>
    private static OriginValidity Defined(Vrp[] vrps, IpPrefix route, Asn? origin)
    {
        Vrp[] covering = [.. vrps.Where(vrp => vrp.Covers(route))];
        return covering.Length == 0 ? new(RouteValidity.NotFound, ValidityReason.NotCovered)
            : covering.Any(vrp => vrp.Matches(route, origin))
                ? new(RouteValidity.Valid, ValidityReason.Matched)
            : new(
                RouteValidity.Invalid,
                covering.All(vrp => vrp.Asn.Number == 0) ? ValidityReason.As0
                    : origin is null ? ValidityReason.NoOrigin
                    : covering.Any(vrp => vrp.Asn.Number != 0 && vrp.Asn == origin)
                        ? ValidityReason.InvalidLength
                    : ValidityReason.InvalidAs
            );
    }

    private static Vrp Row(string prefix, byte maxLength, uint asn) =>
        new(IpPrefixes.Of(prefix), maxLength, new Asn(asn));
}
