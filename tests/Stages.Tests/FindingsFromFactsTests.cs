using System.Text;
using Breakwater.Disruptions;
using Breakwater.Disruptions.Law;
using Breakwater.Feeds.Law;
using Breakwater.Norms.Findings;
using Breakwater.Norms.Packs;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;
using static Breakwater.Stages.Tests.FactsFromDisruptionsTests;
using static Breakwater.Stages.Tests.KindsFixture;

namespace Breakwater.Stages.Tests;

/// <summary>What each body would say of a disruption, prima facie, on what it proposes.</summary>
public sealed class FindingsFromFactsTests
{
    private static readonly LocalDate _day = new(2026, 3, 10);

    private static LawPack Pack { get; } = LawPackReader.Read(null).Pack!;

    private static FindingsOnDisruptions Of(int threads, params Disruption[] disruptions) =>
        FindingsFromFacts.Assess(disruptions, [], Pack, _day, threads);

    private static DisruptionFindings Of(Disruption disruption) =>
        Assert.Single(Of(1, disruption).Findings);

    private static Disruption Registry() =>
        Lost("IQ", severity: [new Severity(SignalFamily.Probing, 1, 60)]) with
        {
            Kind = DisruptionKind.RegistryFailure,
            Place = Place.OfFunction("rir:example"),
        };

    private static Disruption Claimed(params Claim[] claims) => Lost("IQ") with { Claims = claims };

    [Fact]
    public void INV_18_No_finding_lacks_author_source_stance_and_contest_link()
    {
        DisruptionFindings findings = Of(Registry());
        Assert.NotEmpty(findings.Author);
        Assert.Contains(findings.Id, findings.Contest, StringComparison.Ordinal);
        Assert.Equal(DisruptionFindings.StandardOfProof, findings.Standard);
        Assert.NotEmpty(findings.Rules);
        Assert.All(
            findings.Rules,
            rule =>
            {
                Assert.NotEmpty(rule.Sources);
                Assert.All(rule.Outcomes, said => Assert.NotEmpty(said.Profiles));
                Assert.NotEmpty(rule.RestsOn);
            }
        );
    }

    [Fact]
    public void A_registry_failure_meets_the_silence_of_the_law_on_registries()
    {
        DisruptionFindings findings = Of(Registry());
        Assert.Contains(findings.Rules, rule => rule.Rule == "N-REGISTRY-CONT");
        Assert.Contains(
            findings.Gaps,
            gap => gap.Gap == "G-16" && gap.Kind == GapEntryKind.Silence
        );
    }

    [Fact]
    public void What_nobody_told_leaves_rules_undetermined_and_names_the_questions_that_tell_most()
    {
        DisruptionFindings findings = Of(Lost("IQ"));
        Assert.Empty(findings.Proposed);
        Assert.Empty(findings.Rules);
        Assert.Contains("IHRL-19-LEGALITY", findings.Undetermined);
        Assert.Equal(FindingsFromFacts.QuestionsMax, findings.NextQuestions.Count);
        Assert.All(
            findings.NextQuestions,
            question =>
            {
                Assert.NotEqual(Safety.Guarded, question.Safety);
                Assert.NotEmpty(question.Question);
            }
        );
    }

    [Fact]
    public void Attribution_to_a_State_holds_on_the_claim_of_a_source_and_says_so()
    {
        RuleReadings attribution = Assert.Single(
            Of(Claimed(ClaimOf("shutdown", Actor.State, "a coalition's list"))).Rules,
            rule => rule.Rule == "META-ATTR"
        );
        Assert.Equal(Standing.Agreed, attribution.Standing);
        Assert.Equal(["act.state"], attribution.RestsOn);
        Assert.Equal("holds", Assert.Single(attribution.Outcomes).Outcome);
    }

    [Fact]
    public void What_is_derived_from_a_withheld_disruption_is_withheld()
    {
        FindingsOnDisruptions found = Of(1, Lost("IQ") with { Marking = Marking.Sealed });
        Assert.Equal(Marking.Sealed, Assert.Single(found.Facts).Marking);
        Assert.Equal(Marking.Sealed, Assert.Single(found.Findings).Marking);
    }

    [Fact]
    public void A_weak_sign_is_not_assessed_and_what_is_left_out_is_counted()
    {
        Assert.Empty(Of(1, Lost("IQ") with { Confidence = new Confidence(0.5) }).Findings);
        FindingsOnDisruptions many = Of(
            2,
            [
                .. Enumerable
                    .Range(0, FindingsFromFacts.DisruptionsMax + 3)
                    .Select(i => Lost("IQ") with { Id = $"disruption-{i}" }),
            ]
        );
        Assert.Equal(FindingsFromFacts.DisruptionsMax, many.Findings.Count);
        Assert.Equal(3, many.LeftOut);
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_bytes()
    {
        Disruption[] disruptions =
        [
            .. Enumerable
                .Range(0, 60)
                .Select(i =>
                    (i % 4) switch
                    {
                        0 => Registry(),
                        1 => Claimed(ClaimOf("shutdown", Actor.State, $"source {i}")),
                        2 => Lost("IQ", hours: i * 7),
                        _ => Claimed(ClaimOf("shutdown", Actor.Unknown, "a source")),
                    } with
                    {
                        Id = $"disruption-{i}",
                    }
                ),
        ];
        string once = Bytes(Of(1, disruptions));
        Assert.Equal(once, Bytes(Of(2, disruptions)));
        Assert.Equal(once, Bytes(Of(7, disruptions)));
        Assert.Equal(
            disruptions.Length,
            Of(3, disruptions).Findings.Select(finding => finding.Id).Distinct().Count()
        );

        static string Bytes(FindingsOnDisruptions found) =>
            Encoding.UTF8.GetString(CanonicalJson.Of(found));
    }

    [Fact]
    public void A_document_is_read_back_as_it_was_written()
    {
        DisruptionFindings findings = Of(Registry());
        string text = System.Text.Json.JsonSerializer.Serialize(findings, Json.Compact);
        Assert.Equal(
            text,
            System.Text.Json.JsonSerializer.Serialize(
                System.Text.Json.JsonSerializer.Deserialize<DisruptionFindings>(text, Json.Compact),
                Json.Compact
            )
        );
    }
}
