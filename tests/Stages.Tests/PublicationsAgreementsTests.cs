using System.Text.Json;
using Breakwater.Preparedness.Agreements;
using Breakwater.Publications;
using Breakwater.Vocabulary;
using Xunit;

namespace Breakwater.Stages.Tests;

/// <summary>What a situation report tells of agreements that its disruptions call for, and of whom.</summary>
public sealed class PublicationsAgreementsTests
{
    private const string Secret = "CANARYagreement";
    private static readonly Marking _community = new(Distribution.Community, Tlp.Green);
    private static readonly Walked _walk = PublicationsFixture.SudanLike();

    private static ActivationTold Told(
        string id,
        string name,
        Marking marking,
        IReadOnlyList<PartySaid>? said = null,
        IReadOnlyList<TriggerAspect>? notKnown = null,
        string? disruption = null
    ) =>
        new(
            id,
            $"agreement-{id}",
            name,
            AgreementKind.NationalRoaming,
            disruption ?? _walk.Detection.Disruptions[0].Id,
            ActivationState.Proposed,
            Truth.True,
            notKnown ?? [],
            PublicationsFixture.At(2, 7, 6),
            PublicationsFixture.At(2, 7, 7),
            said ?? [],
            marking
        );

    private static Publication Report(
        IReadOnlyList<ActivationTold>? told,
        string language = "en",
        Audience audience = Audience.Public,
        Walked? walk = null
    ) =>
        PublicationsFromWalk.Compose(
            (walk ?? _walk) with
            {
                Activations = told,
            },
            audience,
            language
        );

    private static PublishedTable? Table(Publication report) =>
        report.Tables.SingleOrDefault(table => table.Section == "agreements");

    private static string All(Publication report) =>
        report.Html + JsonSerializer.Serialize(report, Json.Compact);

    [Fact]
    public void An_agreement_whose_trigger_was_met_stands_with_what_each_party_said_and_why()
    {
        PublishedTable table = Table(
            Report([
                Told(
                    "act-1",
                    "Roaming between two carriers",
                    Marking.Public,
                    [
                        new PartySaid(
                            "carrier one",
                            ActivationChoice.Refuse,
                            "our core has no room",
                            PublicationsFixture.At(2, 7, 8)
                        ),
                    ]
                ),
            ])
        )!;
        PublishedRow row = Assert.Single(table.Rows);
        Assert.Contains("Roaming between two carriers", row.Cells[0], StringComparison.Ordinal);
        Assert.Contains("carrier one", row.Cells[^1], StringComparison.Ordinal);
        Assert.Contains("our core has no room", row.Cells[^1], StringComparison.Ordinal);
        Assert.Equal(
            ["act-1", _walk.Detection.Disruptions[0].Id],
            row.Inputs.Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void INV_04_a_party_that_did_not_answer_neither_uses_it_nor_refuses_it()
    {
        PublishedRow row = Assert.Single(
            Table(Report([Told("act-1", "Fuel first", Marking.Public)]))!.Rows
        );
        Assert.Equal("no party answered", row.Cells[^1]);
    }

    [Fact]
    public void What_is_not_known_of_a_trigger_is_named()
    {
        PublishedRow row = Assert.Single(
            Table(
                Report([
                    Told(
                        "act-1",
                        "Fuel first",
                        Marking.Public,
                        notKnown: [TriggerAspect.People, TriggerAspect.Duration]
                    ),
                ])
            )!.Rows
        );
        Assert.Contains("how many people are cut off", row.Cells[3], StringComparison.Ordinal);
        Assert.Contains("how long it has lasted", row.Cells[3], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("fr")]
    [InlineData("ar")]
    public void INV_07_of_an_agreement_that_is_not_public_nothing_is_told_but_that_something_is_withheld(
        string language
    )
    {
        ActivationTold hidden = Told(
            "act-2",
            Secret,
            _community,
            [new PartySaid(Secret, ActivationChoice.Use, Secret, PublicationsFixture.At(2, 7, 8))]
        );
        Publication report = Report(
            [Told("act-1", "Fuel first", Marking.Public), hidden],
            language
        );
        Assert.Single(Table(report)!.Rows);
        Assert.DoesNotContain(Secret, All(report), StringComparison.Ordinal);
        Assert.DoesNotContain("act-2", All(report), StringComparison.Ordinal);
        Assert.Equal(
            1,
            Assert.Single(report.Withheld, withheld => withheld.Kind == "activation").Count
        );
        Assert.Contains(
            Secret,
            All(Report([hidden], language, Audience.Community)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Where_all_are_withheld_it_does_not_say_that_there_is_none()
    {
        Publication report = Report([Told("act-2", Secret, _community)]);
        Assert.Null(Table(report));
        Paragraph said = Assert.Single(
            report.Paragraphs,
            paragraph => paragraph.Section == "agreements"
        );
        Assert.Contains("not the same as none", said.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, All(report), StringComparison.Ordinal);
    }

    [Fact]
    public void An_agreement_of_a_disruption_that_is_withheld_is_withheld_with_it()
    {
        Walked walk = _walk with
        {
            Detection = _walk.Detection with
            {
                Disruptions =
                [
                    .. _walk.Detection.Disruptions.Select(
                        (one, i) => i == 0 ? one with { Marking = _community } : one
                    ),
                ],
            },
        };
        Publication report = Report([Told("act-1", Secret, Marking.Public)], walk: walk);
        Assert.DoesNotContain(Secret, All(report), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_no_trigger_was_met_or_nobody_looked_each_says_so_in_its_own_way()
    {
        Assert.DoesNotContain(
            Report(null).Paragraphs,
            paragraph => paragraph.Section == "agreements"
        );
        Assert.Equal(
            "No agreement was proposed.",
            Assert
                .Single(Report([]).Paragraphs, paragraph => paragraph.Section == "agreements")
                .Text
        );
    }
}
