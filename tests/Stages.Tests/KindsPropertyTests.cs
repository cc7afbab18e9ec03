using System.Text.RegularExpressions;
using Breakwater.Disruptions;
using Breakwater.Disruptions.Kinds;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using CsCheck;
using NodaTime;
using Xunit;
using static Breakwater.Stages.Tests.KindsCircumstancesTests;
using static Breakwater.Stages.Tests.KindsFixture;

namespace Breakwater.Stages.Tests;

/// <summary>What holds for every mixture of disruptions, circumstances and claims.</summary>
public sealed class KindsPropertyTests
{
    private static readonly string[] _places =
    [
        "IQ",
        "IQ/Basra",
        "IQ/Erbil",
        "IQ/Najaf",
        "IR",
        "SY",
        "NG",
        "AS64500",
        ".xx",
    ];

    private static readonly IReadOnlyDictionary<string, KindWeights> _weights =
        KindProfile.Default.TagWeights();

    private static Gen<string> OneOf(params string[] words) =>
        Gen.Int[0, words.Length - 1].Select(i => words[i]);

    private static readonly Gen<Instant> _time = Gen.Int[0, 6 * 24 * 20]
        .Select(tenth => Instant.FromUtc(2026, 5, 1, 0, 0) + Duration.FromMinutes(10 * tenth));

    private static readonly Gen<SourceVerdict[]> _sources = Gen.Select(
        Gen.Enum<SignalFamily>(),
        Gen.Enum<Verdict>(),
        _time,
        Gen.Double[0, 1],
        (family, verdict, onset, drop) =>
            Source(family, verdict, onset, onset + Duration.FromHours(3), drop)
    ).Array[1, 4];

    private static readonly Gen<Disruption> _disruption = Gen.Select(
            OneOf(_places),
            _time,
            Gen.Double[0.2, 80],
            _sources,
            Gen.Double[0, 1],
            Gen.Int[0, 1]
        )
        .Select(
            (place, start, hours, sources, drop, network) =>
                Lost(
                    place,
                    start,
                    hours > 60 ? null : hours,
                    network == 0 ? null : "Operator",
                    sources,
                    [new Severity(SignalFamily.Probing, drop, (long)(hours * 60), drop * 0.8)]
                )
        );

    private static readonly Gen<ContextSignal> _context = Gen.Select(
        Gen.Enum<Circumstance>(),
        OneOf(_places),
        _time,
        Gen.Double[1, 200],
        Gen.Int[0, 1000],
        (circumstance, place, start, hours, number) =>
            Stated(circumstance, place, start, hours > 150 ? null : hours, number: number)
    );

    private static readonly Gen<ClaimSignal> _claim = Gen.Select(
        OneOf("a coalition", "a ministry", "a newspaper"),
        OneOf("shutdown", "cable-cut", "power loss", "outage", "sabotage"),
        OneOf("exams", "cable cut", "government ordered", "unknown"),
        Gen.Enum<Actor>(),
        (source, what, cause, actor) => Says(source, what, cause, actor)
    );

    private static readonly Gen<(
        Disruption[] Disruptions,
        ContextSignal[] Context,
        ClaimSignal[] Claims
    )> _case = Gen.Select(
        _disruption.Array[1, 12],
        _context.Array[0, 8],
        _claim.Array[0, 3],
        (disruptions, context, claims) =>
            (
                (Disruption[])
                    [
                        With(disruptions[0], claims),
                        .. disruptions.Skip(1).Where(other => other.Id != disruptions[0].Id),
                    ],
                context,
                claims
            )
    );

    private static KindLikelihoods FirstOf(
        IReadOnlyList<Disruption> disruptions,
        IReadOnlyList<ContextSignal> context,
        IReadOnlyList<ClaimSignal> claims
    ) => KindsFromEvidence.Weigh(disruptions, context, claims, KindProfile.Default)[0].Kinds!;

    [Fact]
    public void Likelihoods_and_the_unknown_add_up_to_one() =>
        _case.Sample(
            made =>
            {
                KindLikelihoods kinds = FirstOf(made.Disruptions, made.Context, made.Claims);
                double sum =
                    kinds.Unknown.Probability
                    + kinds.Kinds.Sum(kind => kind.Probability.Probability);
                return Math.Abs(sum - 1) < 1e-9
                    && kinds.Unknown.Probability >= 0.049
                    && kinds.Kinds.All(kind =>
                        kind.Probability.Probability > 0 && kind.Reasons.Count > 0
                    );
            },
            iter: 300
        );

    [Fact]
    public void A_further_circumstance_never_lowers_the_kind_that_it_speaks_for() =>
        Gen.Select(_case, _context)
            .Sample(
                (made, added) =>
                {
                    KindLikelihoods without = FirstOf(made.Disruptions, made.Context, made.Claims);
                    KindLikelihoods with = FirstOf(
                        made.Disruptions,
                        [.. made.Context, added],
                        made.Claims
                    );
                    DisruptionKind kind = KindProfile
                        .Default.Circumstances.Single(item =>
                            item.Circumstance == added.Circumstance
                        )
                        .Weights.MaxBy(weight => weight.Value)
                        .Key;
                    return with.Of(kind) >= without.Of(kind);
                },
                iter: 400
            );

    [Fact]
    public void The_order_of_everything_changes_nothing() =>
        _case.Sample(
            made =>
            {
                Disruption[] distinct = [.. made.Disruptions.DistinctBy(item => item.Id)];
                IEnumerable<string> Bytes(
                    IEnumerable<Disruption> disruptions,
                    IEnumerable<ContextSignal> context,
                    IEnumerable<ClaimSignal> claims
                ) =>
                    KindsFromEvidence
                        .Weigh([.. disruptions], [.. context], [.. claims], KindProfile.Default)
                        .OrderBy(item => item.Id, StringComparer.Ordinal)
                        .Select(item =>
                            System.Text.Encoding.UTF8.GetString(CanonicalJson.Of(item))
                        );
                return Bytes(distinct, made.Context, made.Claims)
                    .SequenceEqual(
                        Bytes(distinct.Reverse(), made.Context.Reverse(), made.Claims.Reverse())
                    );
            },
            iter: 200
        );

    [Fact]
    public void Places_that_have_nothing_to_do_with_it_change_nothing() =>
        Gen.Select(_case, _time, Gen.Int[1, 40])
            .Sample(
                (made, start, count) =>
                {
                    Instant first = made.Disruptions[0].Start;
                    // Far away in space, and days away in time.
                    Disruption[] elsewhere =
                    [
                        .. Enumerable
                            .Range(0, count)
                            .Select(i =>
                                Lost(
                                    i % 2 == 0 ? "NZ" : "PE/Lima",
                                    first + Duration.FromHours(30 + i),
                                    2
                                )
                            ),
                    ];
                    ContextSignal other = Stated(Circumstance.PowerOutage, "NZ", start);
                    return Shown(FirstOf(made.Disruptions, made.Context, made.Claims))
                        == Shown(
                            FirstOf(
                                [.. made.Disruptions, .. elsewhere],
                                [.. made.Context, other],
                                made.Claims
                            )
                        );
                },
                iter: 200
            );

    [Fact]
    public void Reasons_of_one_group_never_weigh_more_than_its_clamp() =>
        _case.Sample(
            made =>
                FirstOf(made.Disruptions, made.Context, made.Claims)
                    .Kinds.All(kind =>
                        kind.Reasons.Where(reason => _weights.ContainsKey(reason.Tag))
                            .GroupBy(reason => _weights[reason.Tag].Group)
                            .All(group =>
                                Math.Abs(group.Sum(reason => reason.Weight))
                                <= KindProfile.Default.Clamps[group.Key].Value + 0.1
                            )
                    ),
            iter: 200
        );

    /// <summary>Red line: likelihoods say what kind of loss it is, and nothing about anybody.</summary>
    [Fact]
    public void No_reason_speaks_of_guilt_lawfulness_intention_or_an_actor()
    {
        var forbidden = new Regex(
            @"\b(guilt\w*|blame\w*|culprit\w*|perpetrat\w*|responsib\w*|illegal\w*|unlawful\w*|lawful\w*|legal\w*|crim\w*|violat\w*|breach\w*|deliberate\w*|intent\w*|on purpose|malicious\w*|attack\w*|sabotage\w*|government\w*|state|states|regime\w*|ministr\w*|army|militar\w*|police|compan\w*|ordered by|because of)\b",
            RegexOptions.IgnoreCase
        );
        _case.Sample(
            made =>
                KindsFromEvidence
                    .Weigh(made.Disruptions, made.Context, made.Claims, KindProfile.Default)
                    .SelectMany(item => item.Kinds!.Reasons())
                    .All(reason =>
                        !forbidden.IsMatch(reason.Text) && !forbidden.IsMatch(reason.Tag)
                    ),
            iter: 300
        );
    }

    [Fact]
    public void Who_is_said_to_have_acted_changes_no_likelihood() =>
        _case.Sample(
            made =>
            {
                ClaimSignal[] others =
                [
                    .. made.Claims.Select(claim =>
                        claim with
                        {
                            Claim = claim.Claim with { Actor = Actor.ForeignState },
                        }
                    ),
                ];
                Disruption[] disruptions =
                [
                    made.Disruptions[0] with
                    {
                        Claims = [.. others.Select(claim => claim.Claim)],
                    },
                    .. made.Disruptions.Skip(1),
                ];
                return Shown(FirstOf(made.Disruptions, made.Context, made.Claims))
                    == Shown(FirstOf(disruptions, made.Context, others));
            },
            iter: 100
        );

    [Fact]
    public void Land_neighbours_are_mutual_and_nobody_is_their_own()
    {
        Assert.NotEmpty(LandNeighbours.Countries);
        foreach (string country in LandNeighbours.Countries)
        {
            Assert.DoesNotContain(country, LandNeighbours.Of(country));
            Assert.All(
                LandNeighbours.Of(country),
                neighbour => Assert.Contains(country, LandNeighbours.Of(neighbour))
            );
        }
    }

    [Fact]
    public void A_flood_of_losses_at_one_moment_is_weighed_in_bounded_work()
    {
        Disruption[] flood =
        [
            .. Enumerable.Range(0, 20_000).Select(i => Lost($"IQ/Area {i}", Noon)),
        ];
        IReadOnlyList<Disruption> weighed = KindsFromEvidence.Weigh(
            flood,
            [],
            [],
            KindProfile.Default
        );
        Assert.Equal(flood.Length, weighed.Count);
        Assert.All(
            weighed,
            item => Assert.True(item.Kinds!.Reasons().All(reason => reason.From.Count <= 8))
        );
    }
}
