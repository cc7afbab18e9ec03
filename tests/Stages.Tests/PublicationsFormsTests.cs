using System.Text;
using System.Text.Json.Nodes;
using Breakwater.Decisions.Continuity;
using Breakwater.Decisions.Publishing;
using Breakwater.Preparedness.Exercises;
using Breakwater.Preparedness.Gaps;
using Breakwater.Preparedness.Resilience;
using Breakwater.Publications;
using Breakwater.Publications.AfterAction;
using Breakwater.Publications.Cases;
using Breakwater.Publications.Gaps;
using Breakwater.Publications.Preparing;
using Breakwater.Publications.Releases;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;
using static Breakwater.Stages.Tests.PublishedFormsFixture;

namespace Breakwater.Stages.Tests;

/// <summary>What each form of publication says that is not of a walk, and what it leaves unknown.</summary>
public sealed class PublicationsFormsTests
{
    public static TheoryData<string> Languages => [.. Texts.Languages()];

    private static readonly Citation _cite = new("node-0", Citation.DefaultLicence);

    private static Publication Written(Report report, string language = "en") =>
        PublicationFromReport.Write(report, ReleaseTexts.For(language));

    private static Report OfOne(string country) =>
        IndexReport.OfOne(Front(), Set, TwoCountries, TwoCountries.Of(country)!);

    private static IEnumerable<string> In(Publication publication, string section) =>
        publication
            .Paragraphs.Where(paragraph => paragraph.Section == section)
            .Select(paragraph => paragraph.Text)
            .Concat(
                publication
                    .Tables.Where(table => table.Section == section)
                    .SelectMany(table => table.Rows)
                    .Select(row => string.Join(" | ", row.Cells))
            );

    private static IReadOnlyList<Report> All =>
        [
            IndexReport.OfAll(Front(), Set, TwoCountries),
            OfOne("SD"),
            OfOne("KE"),
            CaseReport.Of(Front(), Case),
            LearntReport.Of(Front(isExercise: true), Held, Result),
        ];

    [Fact]
    public void Every_language_has_the_words_of_every_form()
    {
        Texts english = ReleaseTexts.For("en");
        foreach (string language in Texts.Languages())
        {
            Texts texts = ReleaseTexts.For(language);
            Assert.Equal(english.Keys.Order(), texts.Keys.Order());
            foreach (PublicationForm form in Enum.GetValues<PublicationForm>())
            {
                Assert.Contains($"form.{Checks.Word(form)}", texts.Keys);
            }

            Named<CaseEnding>("case-ending");
            Named<ItemAnswered>("case-answer");
            Named<TaskState>("learnt.task");
            Named<Role>("learnt.role");
            Named<Phase>("matrix.phase");
            Named<Phase>("table.matrix", '-');
            Named<CellState>("matrix.state");
            Named<CoverKind>("matrix.kind");
            Named<IndicatorUnit>("index.unit");

            void Named<T>(string group, char mark = '.')
                where T : struct, Enum =>
                Assert.All(
                    Enum.GetValues<T>(),
                    value => Assert.Contains($"{group}{mark}{Checks.Word(value)}", texts.Keys)
                );
        }
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void INV_10_every_part_of_every_form_names_what_it_was_taken_from(string language)
    {
        foreach (Report report in All)
        {
            Publication publication = Written(report, language);
            Assert.All(publication.Traced(), part => Assert.NotEmpty(part.Inputs));
            Assert.Equal(
                publication.Traced().Count(),
                publication.Traced().Select(part => part.Id).Distinct().Count()
            );
            Assert.Contains("id=\"cite\"", publication.Html, StringComparison.Ordinal);
            Assert.DoesNotContain("CANARY", publication.Html, StringComparison.Ordinal);
            Assert.Equal(publication.Html, Written(report, language).Html);
        }
    }

    [Fact]
    public void A_correction_says_first_what_was_wrong_in_every_form()
    {
        Front corrected = Front(corrects: new Corrected("pub-1", Now, "a name was misspelt"));
        foreach (Report report in All)
        {
            Publication publication = Written(
                report switch
                {
                    { Form: "index" } => IndexReport.OfAll(corrected, Set, TwoCountries),
                    { Form: "after-action" } => LearntReport.Of(corrected, Held, Result),
                    _ => CaseReport.Of(corrected, Case),
                }
            );
            Assert.Equal("correction", publication.Paragraphs[0].Section);
            Assert.Contains(
                "a name was misspelt",
                publication.Paragraphs[0].Text,
                StringComparison.Ordinal
            );
            Assert.Equal(["pub-1"], publication.Paragraphs[0].Inputs);
        }
    }

    [Fact]
    public void An_index_of_which_too_little_is_known_is_withheld_and_what_is_missing_is_named()
    {
        Publication sudan = Written(OfOne("SD"));
        Assert.Contains(
            In(sudan, "index"),
            said => said.Contains("is withheld", StringComparison.Ordinal)
        );
        Assert.Contains(
            In(sudan, "index-needed"),
            said => said.Contains("concentration", StringComparison.Ordinal)
        );
        Assert.Contains(
            In(sudan, "index-indicators"),
            said =>
                said.Contains("concentration", StringComparison.Ordinal)
                && said.Contains("missing", StringComparison.Ordinal)
        );
        JsonNode json = JsonNode.Parse(
            IndexJson.Write(Set, TwoCountries, TwoCountries.Of("SD"), _cite)
        )!;
        Assert.Null(json["countries"]![0]!["score"]);
        Assert.Equal("CC-BY-4.0", json["licence"]!.GetValue<string>());
    }

    [Fact]
    public void An_index_says_what_would_raise_it_most_and_where_each_value_stands()
    {
        Publication kenya = Written(OfOne("KE"));
        Assert.Contains(
            In(kenya, "index-first"),
            said => said.Contains("from 40 to 50 %", StringComparison.Ordinal)
        );
        Assert.Contains(
            kenya.Tables.Single(table => table.Section == "index-indicators").Rows,
            row => row.Inputs is ["values.csv, line 40"]
        );
        // Countries stand in the order of their codes: it is no ranking.
        Assert.Equal(
            ["Kenya", "Sudan"],
            Written(IndexReport.OfAll(Front(), Set, TwoCountries))
                .Tables.Single(table => table.Section == "index")
                .Rows.Select(row => row.Cells[0])
        );
    }

    [Fact]
    public void What_a_spreadsheet_would_run_is_made_a_text()
    {
        string csv = Encoding.UTF8.GetString(
            IndexTable
                .Of(
                    Set,
                    ResilienceFromValues.Compute(
                        Set,
                        [Value("KE", "diversity", 40) with { Source = "=an office" }],
                        new LocalDate(2026, 3, 1)
                    )
                )
                .ToCsv()
        );
        Assert.Contains("\"'=an office\"", csv, StringComparison.Ordinal);
        Assert.DoesNotContain("\"=an office\"", csv, StringComparison.Ordinal);
    }

    [Fact]
    public void A_case_says_what_presses_what_is_not_known_and_the_whole_checklist()
    {
        Publication written = Written(CaseReport.Of(Front(), Case));
        string unknown = string.Join('\n', In(written, "case-unknown"));
        Assert.Contains(
            "How many people depend on it is not known",
            unknown,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Before whom it is decided is not known",
            unknown,
            StringComparison.Ordinal
        );
        Assert.Contains("rir:made-up/reverse-dns", unknown, StringComparison.Ordinal);
        Assert.Contains(
            In(written, "case-deadlines"),
            said => said.Contains("missed", StringComparison.Ordinal)
        );
        Assert.Equal(CaseChecklists.Of(Case.Type).Count, In(written, "case-checklist").Count());
        Assert.Contains(
            In(written, "case-measures"),
            said => said.Contains("Nothing on record keeps it going", StringComparison.Ordinal)
        );
        Assert.Contains(
            In(written, "case-parties"),
            said => said.Contains("the registry", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void INV_07_the_record_of_a_case_holds_no_person()
    {
        string json = Encoding.UTF8.GetString(CaseJson.Write(Case, _cite));
        Assert.DoesNotContain("CANARY", json, StringComparison.Ordinal);
        JsonNode read = JsonNode.Parse(json)!;
        Assert.Equal("unknown", read["checklist"]!["items"]![1]!["answer"]!.GetValue<string>());
        Assert.Null(read["users"]);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void INV_13_what_was_learnt_from_an_exercise_says_exercise_and_names_no_time_that_was_not_reached(
        string language
    )
    {
        Texts texts = ReleaseTexts.For(language);
        Publication written = Written(
            LearntReport.Of(Front(isExercise: true), Held, Result),
            language
        );
        Assert.True(written.IsExercise);
        Assert.Contains(
            Spoken.Html(texts.Plain("banner.exercise")),
            written.Html,
            StringComparison.Ordinal
        );
        Assert.Equal(
            3,
            In(written, "exercise-times")
                .Count(said => said.EndsWith(texts.Plain("learnt.never"), StringComparison.Ordinal))
        );
        Assert.Contains(
            In(written, "exercise-tasks"),
            said => said.Contains(texts.Plain("learnt.task.overdue"), StringComparison.Ordinal)
        );
    }

    [Fact]
    public void INV_05_a_gap_report_holds_the_matrix_with_civilians_and_responders_apart()
    {
        Publication report = PublicationsFromWalk.Compose(
            PublicationsFixture.SudanLike() with
            {
                Covered = Matrix,
                LawGaps = new LawGapsTold(TwoGaps, null),
            },
            Audience.Public,
            "en",
            PublicationForm.GapReport
        );
        PublishedTable[] phases =
        [
            .. report.Tables.Where(table => table.Section == "matrix" && table.Rows.Count == 7),
        ];
        Assert.Equal(5, phases.Length);
        string[] cells =
        [
            .. phases.SelectMany(table => table.Rows).SelectMany(row => row.Cells.Skip(1)),
        ];
        Assert.Equal(5 * 7 * 4, cells.Length);
        // One class offers, in two phases; a need stands in the cells of all others.
        Assert.Equal(2, cells.Count(cell => cell.StartsWith("covered", StringComparison.Ordinal)));
        Assert.Equal(7, cells.Count(cell => cell.StartsWith("needed", StringComparison.Ordinal)));
        Assert.Contains(
            In(report, "matrix"),
            said => said.Contains("ended, lapsed or withdrawn: 1", StringComparison.Ordinal)
        );
        Assert.DoesNotContain(
            In(report, "matrix"),
            said => said.Contains("607", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_gap_of_the_law_that_nothing_on_record_meets_is_listed_and_not_said_to_be_none()
    {
        Publication report = PublicationsFromWalk.Compose(
            PublicationsFixture.SudanLike() with
            {
                LawGaps = new LawGapsTold(TwoGaps, null),
            },
            Audience.Public,
            "en",
            PublicationForm.GapReport
        );
        PublishedRow met = Assert.Single(
            report.Tables.Single(table => table.Section == "law-gaps").Rows
        );
        Assert.Equal(["finding-1"], met.Inputs);
        Assert.Contains(
            In(report, "law-gaps"),
            said =>
                said.Contains("G2", StringComparison.Ordinal)
                && said.Contains("does not say that nothing does", StringComparison.Ordinal)
        );
        Assert.Contains(
            In(report, "law-gaps"),
            said => said.Contains("It states no result of its own", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_handful_of_people_is_not_named_by_its_number()
    {
        var table = MatrixTable.Of(Matrix);
        int lacking = table
            .Columns.ToList()
            .FindIndex(column => column.Header == "civilians_lacking_high");
        Assert.All(table.Rows, row => Assert.Null(row[lacking]));
    }
}
