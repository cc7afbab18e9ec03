using System.Text;
using Breakwater.Feeds.Preparing;
using Breakwater.Preparedness.CountryPlans;
using Breakwater.Vocabulary;
using CsCheck;
using Xunit;
using static Breakwater.Preparedness.Tests.AgreementsFixture;

namespace Breakwater.Preparedness.Tests;

/// <summary>Files of checklists and agreements: what is wrong is named with its line, and the rest is read.</summary>
public sealed class PreparingFilesTests
{
    private static readonly string[] _odd =
    [
        "agreements: []",
        "agreements: [{id: a}]",
        "agreements: [{id: a, trigger: [{all: [{}]}]}]",
        "agreements: [{id: a, places: [{}], groups: [x], parties: [1]}]",
        "chapters: [{items: [{id: a, question: {en: x}}]}]",
    ];

    private static SourceFile File(string text) =>
        SourceFile.Of("file.yaml", Encoding.UTF8.GetBytes(text));

    [Fact]
    public void The_bundled_checklist_has_thirteen_chapters_and_each_item_in_three_languages()
    {
        ChecklistRead read = ChecklistReader.Read(ChecklistReader.Bundled);
        Assert.Empty(read.Faults);
        Checklist checklist = read.Checklist!;
        Assert.Equal(13, checklist.Chapters.Count);
        Assert.Equal(
            checklist.Items.Count,
            checklist.Items.Select(item => item.Id).Distinct().Count()
        );
        Assert.All(
            checklist.Items.SelectMany(item => new[] { item.Question, item.Help, item.Evidence }),
            words =>
                Assert.All(
                    (string[])["en", "fr", "ar"],
                    language => Assert.False(string.IsNullOrWhiteSpace(words.In(language)))
                )
        );
    }

    [Fact]
    public void A_damaged_checklist_says_where_and_what_to_do()
    {
        ChecklistRead read = ChecklistReader.Read(
            File(
                """
                id: c
                version: "1"
                sources:
                  - id: itu
                    title: Guidelines
                    publisher: ITU
                    year: 2020
                chapters:
                  - id: risk
                    title: {en: Risk, fr: Risques}
                    items:
                      - id: one
                        review_months: 0
                        source: ito 2.1
                        question: {en: Q, fr: Q, ar: Q}
                        help: {en: H, fr: H, ar: H}
                        evidense: {en: E, fr: E, ar: E}
                      - id: one
                        review_months: 12
                        source: itu
                        question: {en: Q, fr: Q, ar: Q}
                        help: {en: H, fr: H, ar: H}
                        evidence: {en: E, fr: E, ar: E}
                """
            )
        );
        Assert.Null(read.Checklist);
        Assert.Equal(
            [
                "file.yaml: line 10: chapters[0]: 'title' has no sentence in 'ar'. Add ar: below title",
                "file.yaml: line 12: required key 'evidence' in chapters[0].items[0] is missing. Add evidence: with a sentence for each language",
                "file.yaml: line 13: chapters[0].items[0]: 'review_months' is 0, outside 1 to 120. Write a whole number from 1 to 120",
                "file.yaml: line 14: chapters[0].items[0]: there is no source 'ito'. Did you mean 'itu'?",
                "file.yaml: line 17: unknown key 'evidense' in chapters[0].items[0]. Did you mean 'evidence'?",
                "file.yaml: line 18: chapters[0].items[1]: the id 'one' stands twice. Give one of them another id",
            ],
            read.Faults.Select(fault => fault.ToString())
        );
    }

    [Fact]
    public void A_file_of_agreements_is_looked_through_as_a_whole()
    {
        AgreementsRead read = AgreementsReader.Read(
            File(
                """
                agreements:
                  - id: fuel
                    name: Fuel for exchanges
                    kind: fuel-priority
                    parties:
                      - {name: An operator, class: private-sector, organisation: operator}
                      - {name: A supplier, class: private-sector}
                      - {name: A supplier, class: private-sector}
                    places: [SD]
                    action: Exchanges get fuel first
                    from: 2026-01-01T00:00:00Z
                    until: 2025-01-01T00:00:00Z
                    signed: [operator, A ministry]
                    trigger:
                      - all:
                          - agreement: roaming
                          - disruption: {kinds: [outrage], confidence: 0.8}
                  - id: roaming
                    name: Roaming
                    kind: national-roaming
                    parties:
                      - {name: An operator, class: private-sector}
                      - {name: Another operator, class: private-sector}
                    places: [SD]
                    action: Subscribers use either network
                    from: 2026-01-01T00:00:00Z
                    trigger:
                      - all: [{agreement: fuel}]
                      - all: [{not: true, agreement: spares}]
                """
            ),
            Kinds
        );
        Assert.Equal(2, read.Agreements.Count);
        Assert.Equal(
            [
                "file.yaml: line 2: the triggers wait for each other: fuel → roaming → fuel. Let one of them wait for the disruption alone",
                "file.yaml: line 5: agreements[0]: the party 'A supplier' is listed twice. Remove one of them",
                "file.yaml: line 12: agreements[0]: it ends before it begins. Swap 'from' and 'until', or mend one",
                "file.yaml: line 13: agreements[0]: 'A ministry' signed and is no party. Known: A supplier, operator",
                "file.yaml: line 17: the trigger of 'fuel': there is no kind of disruption 'outrage' (did you mean 'outage'?). See 'breakwater agreements verify --help' for the form of a trigger",
                "file.yaml: line 18: the trigger of 'roaming' waits for 'spares', which is not in the file. Known: fuel, roaming",
            ],
            read.Faults.Select(fault => fault.ToString())
        );
    }

    [Fact]
    public void Any_text_is_read_without_an_exception() =>
        Gen.OneOf(Gen.String[0, 200], Gen.Int[0, _odd.Length - 1].Select(at => _odd[at]))
            .Sample(text =>
            {
                Assert.NotEmpty(AgreementsReader.Read(File(text), Kinds).Faults);
                Assert.Null(ChecklistReader.Read(File(text)).Checklist);
            });
}
