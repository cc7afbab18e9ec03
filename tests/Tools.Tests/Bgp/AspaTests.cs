using Breakwater.Bgp;
using Breakwater.Vocabulary;
using CsCheck;
using Xunit;

namespace Breakwater.Tests.Bgp;

public sealed class AspaTests
{
    // 64500 origin, 64501 its provider, 64502 at the top, 64503 customer of 64502, 64504 customer of 64503.
    private static readonly AspaSet _chain = AspaSet.Of([
        One(64500, 64501),
        One(64501, 64502),
        One(64502, 0),
        One(64503, 64502),
        One(64504, 64503),
    ]);

    [Theory]
    [InlineData("64504 64503 64502 64501 64500", PathDirection.Downstream, AspaState.Valid)]
    [InlineData("64502 64501 64500", PathDirection.Upstream, AspaState.Valid)]
    [InlineData("64503 64502 64501 64500", PathDirection.Upstream, AspaState.Invalid)]
    [InlineData("64500", PathDirection.Upstream, AspaState.Valid)]
    [InlineData("64500", PathDirection.Downstream, AspaState.Valid)]
    // One hop across is explained by any two ASes; so two hops are never Invalid downstream.
    [InlineData("64599 64500", PathDirection.Downstream, AspaState.Valid)]
    [InlineData("64599 64500", PathDirection.Upstream, AspaState.Invalid)]
    // Without an ASPA of 64599 the way down from it cannot be told.
    [InlineData("64599 64503 64502 64501 64500", PathDirection.Downstream, AspaState.Unknown)]
    // 64503 gives what it has from its provider 64502 to 64599; the customer of nobody known leaks upwards.
    [InlineData("64502 64503 64502 64501 64500", PathDirection.Downstream, AspaState.Invalid)]
    [InlineData("64502 64502 64501 64501 64500 64500", PathDirection.Upstream, AspaState.Valid)]
    public void Paths_are_verified_as_the_draft_has_it(
        string path,
        PathDirection direction,
        AspaState expected
    ) => Assert.Equal(expected, AspaVerification.Verify(_chain, Path(path), direction).State);

    [Fact]
    public void The_hops_in_question_are_named()
    {
        // 64501 has it from its customer, but 64510, which attests only 64511, had it from 64501.
        AspaSet aspas = AspaSet.Of([
            One(64500, 64501),
            One(64501, 64502),
            One(64503, 64504),
            One(64505, 64506),
        ]);
        AspaValidity leak = AspaVerification.Verify(
            aspas,
            Path("64503 64510 64501 64500"),
            PathDirection.Downstream
        );
        Assert.Equal(new AspaValidity(AspaState.Invalid, AspaReason.Valley, 1, 1), leak);
        Assert.Equal(
            new AspaValidity(AspaState.Invalid, AspaReason.NotProvider, 2, 1),
            AspaVerification.Verify(aspas, Path("64503 64510 64501 64500"), PathDirection.Upstream)
        );
        Assert.Equal(
            new AspaValidity(AspaState.Unknown, AspaReason.NoAttestation, 1, 0),
            AspaVerification.Verify(
                AspaSet.Of([One(64500, 64501)]),
                Path("64599 64501 64500"),
                PathDirection.Upstream
            )
        );
    }

    [Fact]
    public void A_sender_that_is_not_in_front_is_Invalid_unless_it_is_a_transparent_route_server()
    {
        PathHops path = Path("64502 64501 64500");
        Assert.Equal(
            AspaReason.NeighbourMissing,
            AspaVerification.Verify(_chain, path, PathDirection.Upstream, new Asn(64777)).Reason
        );
        Assert.Equal(
            AspaState.Valid,
            AspaVerification.Verify(_chain, path, PathDirection.Upstream, new Asn(64502)).State
        );
        Assert.Equal(
            AspaState.Valid,
            AspaVerification.Verify(_chain, path, PathDirection.Upstream).State
        );
    }

    [Fact]
    public void An_empty_path_and_a_set_are_Invalid()
    {
        Assert.Equal(
            AspaReason.EmptyPath,
            AspaVerification.Verify(_chain, Path(""), PathDirection.Downstream).Reason
        );
        // Attributes with AS_PATH {64501 | set 64500 64599}.
        byte[] raw =
        [
            0x40,
            2,
            16,
            2,
            1,
            0,
            0,
            0xFB,
            0xF5,
            1,
            2,
            0,
            0,
            0xFB,
            0xF4,
            0,
            0,
            0xFC,
            0x57,
        ];
        raw[2] = (byte)(raw.Length - 3);
        Assert.Null(PathAttributes.Read(raw, 4, out PathAttributes attributes));
        var path = new PathHops();
        path.Read(attributes.AsPath);
        AspaValidity validity = AspaVerification.Verify(_chain, path, PathDirection.Downstream);
        Assert.Equal(new AspaValidity(AspaState.Invalid, AspaReason.SetInPath), validity);
    }

    [Fact]
    public void Several_attestations_of_one_customer_count_together_and_AS_0_is_nobody()
    {
        AspaSet aspas = AspaSet.Of([One(1, 2), One(1, 3), One(4, 0)]);
        Assert.Equal(HopAuthorization.ProviderPlus, aspas.Check(new Asn(1), new Asn(2)));
        Assert.Equal(HopAuthorization.ProviderPlus, aspas.Check(new Asn(1), new Asn(3)));
        Assert.Equal(HopAuthorization.NotProviderPlus, aspas.Check(new Asn(1), new Asn(4)));
        Assert.Equal(HopAuthorization.NotProviderPlus, aspas.Check(new Asn(4), new Asn(0)));
        Assert.Equal(HopAuthorization.NoAttestation, aspas.Check(new Asn(5), new Asn(1)));
    }

    [Fact]
    public void Verification_agrees_with_trying_every_apex()
    {
        Gen<(uint[] Path, Aspa[] Aspas)> cases = Gen.Select(
            Gen.UInt[1, 6].Array[1, 8],
            Gen.Select(Gen.UInt[1, 6], Gen.UInt[0, 6].Array[1, 3])
                .Select((customer, providers) => One(customer, providers))
                .Array[0, 6]
        );
        cases.Sample(
            (path, aspas) =>
            {
                var set = AspaSet.Of(aspas);
                var hops = new PathHops();
                hops.Read(path.Select(number => new Asn(number)).ToArray());
                Assert.Equal(
                    Tried(set, hops.Hops.ToArray().Reverse().ToArray(), isDownAllowed: true),
                    AspaVerification.Verify(set, hops, PathDirection.Downstream).State
                );
                Assert.Equal(
                    Tried(set, hops.Hops.ToArray().Reverse().ToArray(), isDownAllowed: false),
                    AspaVerification.Verify(set, hops, PathDirection.Upstream).State
                );
            },
            iter: 20_000
        );
    }

    /// <summary>Valid when some way up, across and down is attested; Invalid when none is even possible.</summary>
    private static AspaState Tried(AspaSet aspas, Asn[] fromOrigin, bool isDownAllowed)
    {
        return Exists(hop => hop == HopAuthorization.ProviderPlus) ? AspaState.Valid
            : Exists(hop => hop != HopAuthorization.NotProviderPlus) ? AspaState.Unknown
            : AspaState.Invalid;

        bool Exists(Func<HopAuthorization, bool> isFine)
        {
            int last = fromOrigin.Length - 1;
            for (int top = 0; top <= last; top++)
            {
                for (int across = 0; across <= 1 && top + across <= last; across++)
                {
                    int down = top + across;
                    if (!isDownAllowed && (top != last || across != 0))
                    {
                        continue;
                    }

                    if (
                        Enumerable
                            .Range(0, top)
                            .All(at => isFine(aspas.Check(fromOrigin[at], fromOrigin[at + 1])))
                        && Enumerable
                            .Range(down, last - down)
                            .All(at => isFine(aspas.Check(fromOrigin[at + 1], fromOrigin[at])))
                    )
                    {
                        return true;
                    }
                }
            }

            return false;
        }
    }

    private static Aspa One(uint customer, params uint[] providers) =>
        new(new Asn(customer), [.. providers.Select(provider => new Asn(provider))]);

    private static PathHops Path(string numbers)
    {
        var path = new PathHops();
        path.Read(
            numbers
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(number => new Asn(
                    uint.Parse(number, System.Globalization.CultureInfo.InvariantCulture)
                ))
                .ToArray()
        );
        return path;
    }
}
