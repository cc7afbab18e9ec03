using Breakwater.App.Verbs;
using Breakwater.Disruptions;
using Breakwater.Vocabulary;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>What a tired person reads of likelihoods.</summary>
public sealed class KindTablesTests
{
    private static string Shown(KindLikelihoods? kinds)
    {
        using var output = new StringWriter();
        KindTables.Write(new Printing(output, TextWriter.Null, isTerminal: false), kinds);
        return output.ToString().ReplaceLineEndings("\n");
    }

    private static KindLikelihood Kind(
        DisruptionKind kind,
        double probability,
        params KindReason[] reasons
    ) => new(kind, new Confidence(probability), reasons);

    [Fact]
    public void The_unknown_stands_in_its_place_and_the_two_heaviest_reasons_follow() =>
        Assert.Equal(
            """
                likely kind: unknown 0.48, shutdown 0.41, power-loss 0.09
                  for shutdown: Routes stay up while access is lost.
                  against shutdown: It returns bit by bit, over 4 hours.

            """.ReplaceLineEndings("\n"),
            Shown(
                new KindLikelihoods(
                    [
                        Kind(
                            DisruptionKind.Shutdown,
                            0.41,
                            new KindReason(
                                "routes_stay_up",
                                0.8,
                                "Routes stay up while access is lost.",
                                []
                            ),
                            new KindReason(
                                "returns_slowly",
                                -0.5,
                                "It returns bit by bit, over 4 hours.",
                                []
                            ),
                            new KindReason("dark", 0.2, "96 % of access is lost.", [])
                        ),
                        Kind(DisruptionKind.PowerLoss, 0.09),
                        Kind(DisruptionKind.CableCut, 0.02),
                    ],
                    new Confidence(0.48)
                )
            )
        );

    [Fact]
    public void Nothing_known_is_said_in_words() =>
        Assert.Equal(
            "    likely kind: unknown, nothing known speaks for one\n",
            Shown(new KindLikelihoods([], new Confidence(1)))
        );

    [Fact]
    public void Where_kinds_are_not_weighed_nothing_is_said() => Assert.Equal("", Shown(null));
}
