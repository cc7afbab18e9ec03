using System.Text.Json;
using System.Text.RegularExpressions;
using Breakwater.Disruptions;
using Breakwater.Disruptions.Law;
using Breakwater.Feeds.Law;
using Breakwater.Publications;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;
using static Breakwater.Stages.Tests.FactsFromDisruptionsTests;
using static Breakwater.Stages.Tests.KindsFixture;

namespace Breakwater.Stages.Tests;

/// <summary>A report says which norms apply by whom: attributed, with sources, and without a result of its own.</summary>
public sealed class PublicationsNormsTests
{
    public static TheoryData<string> Languages => [.. Texts.Languages()];

    private static LawPackRead Law { get; } = LawPackReader.Read(null);

    /// <summary>An attributed claim of a foreign State, a contradiction, a registry that fails, and a loss that nobody explains.</summary>
    internal static NormsTold Told(Marking? marking = null) =>
        new(
            FindingsFromFacts.Assess(
                [
                    Lost("SD", network: "MTN") with
                    {
                        Claims = [ClaimOf("shutdown", Actor.ForeignState, "a newspaper")],
                        Marking = marking ?? Marking.Public,
                    },
                    Lost("SD", network: "Zain") with
                    {
                        Claims =
                        [
                            ClaimOf("shutdown", Actor.State, "a coalition's list"),
                            ClaimOf("power-loss", Actor.None, "a grid operator"),
                        ],
                    },
                    Lost("SD", severity: [new Severity(SignalFamily.Probing, 1, 60)]) with
                    {
                        Id = "disruption-registry",
                        Kind = DisruptionKind.RegistryFailure,
                        Place = Place.OfFunction("rir:example"),
                    },
                    Lost("SD/Khartoum"),
                ],
                [],
                Law.Pack!,
                new LocalDate(2026, 3, 10)
            ),
            Law.Pack!,
            Law.Texts
        );

    private static Publication Report(string language, Marking? marking = null) =>
        PublicationsFromWalk.Compose(
            PublicationsFixture.SudanLike() with
            {
                Norms = Told(marking),
            },
            Audience.Public,
            language
        );

    [Theory]
    [MemberData(nameof(Languages))]
    public void INV_18_Each_reading_in_a_report_names_bodies_sources_and_where_to_contest_it(
        string language
    )
    {
        Publication report = Report(language);
        PublishedTable readings = Assert.Single(
            report.Tables,
            table => table.Title == Texts.For(language).Plain("table.norm-readings")
        );
        Assert.All(
            readings.Rows,
            row =>
            {
                Assert.All(row.Cells, cell => Assert.NotEmpty(cell));
                Assert.Contains(
                    "/act/contests/contest-finding?finding=",
                    row.Cells[^1],
                    StringComparison.Ordinal
                );
                Assert.All(
                    row.Inputs,
                    input => Assert.StartsWith("finding-", input, StringComparison.Ordinal)
                );
            }
        );
        string text = string.Join(
            '\n',
            report.Paragraphs.Where(part => part.Section == "norms").Select(part => part.Text)
        );
        Assert.Contains(Law.Pack!.Hash, text, StringComparison.Ordinal);
        Assert.Contains(Texts.For(language).Plain("norms.draft"), text, StringComparison.Ordinal);
        Assert.Contains(
            Texts.For(language).Plain("norms.standard"),
            text,
            StringComparison.Ordinal
        );
    }

    /// <summary>The names that the pack gives to rules say what they ask; every other word is ours.</summary>
    [Fact]
    public void INV_18_No_sentence_of_ours_states_lawfulness_as_a_result()
    {
        string[] ours =
        [
            .. Texts
                .For("en")
                .Keys.Where(key =>
                    Regex.IsMatch(
                        key,
                        "^(norms|prima-facie|standing|gap-met)\\.",
                        RegexOptions.None
                    )
                    && key != "norms.standard"
                )
                .Select(key => Texts.For("en").Raw(key)),
        ];
        Assert.NotEmpty(ours);
        Assert.All(
            ours,
            text =>
                Assert.DoesNotMatch(
                    "(?i)lawful|illegal|\\blegal\\b|guilt|violat|breach|crime",
                    text
                )
        );
    }

    [Fact]
    public void Who_is_quoted_and_who_contradicts_stand_side_by_side()
    {
        PublishedTable facts = Assert.Single(
            Report("en").Tables,
            table => table.Title == Texts.For("en").Plain("table.norm-facts")
        );
        Assert.Contains(
            facts.Rows,
            row => row.Cells.Contains("a coalition's list") && row.Cells.Contains("it is so")
        );
        Assert.Contains(
            facts.Rows,
            row => row.Cells.Contains("a grid operator") && row.Cells.Contains("it is not so")
        );
    }

    [Fact]
    public void A_gap_that_is_met_is_told_with_what_it_is() =>
        Assert.Contains(
            Assert
                .Single(
                    Report("en").Tables,
                    table => table.Title == Texts.For("en").Plain("table.norm-gaps")
                )
                .Rows,
            row => row.Cells[0].StartsWith("G-16", StringComparison.Ordinal)
        );

    [Fact]
    public void What_is_said_of_a_withheld_disruption_does_not_leave()
    {
        Publication report = Report("en", Marking.Sealed);
        string json = JsonSerializer.Serialize(report, Json.Indented);
        Assert.DoesNotContain("a newspaper", json, StringComparison.Ordinal);
        Assert.DoesNotContain("a newspaper", report.Html, StringComparison.Ordinal);
        Assert.Contains(report.Withheld, withheld => withheld is { Kind: "finding", Count: 1 });
        Assert.Contains(
            report.Withheld,
            withheld => withheld is { Kind: "proposed-facts", Count: 1 }
        );
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Each_part_names_what_it_was_composed_from_and_has_an_id_of_its_own(string language)
    {
        Publication report = Report(language);
        Assert.All(report.Traced(), part => Assert.NotEmpty(part.Inputs));
        Assert.Equal(
            report.Traced().Count(),
            report.Traced().Select(part => Ids.Short(part.Id)).Distinct().Count()
        );
        Assert.Equal(
            Report("en").Traced().Select(part => part.Id),
            report.Traced().Select(part => part.Id)
        );
    }
}
