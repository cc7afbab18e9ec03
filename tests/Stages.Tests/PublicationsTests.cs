using System.Text.Json;
using System.Text.RegularExpressions;
using Breakwater.Disruptions;
using Breakwater.Publications;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.Stages.Tests;

public sealed partial class PublicationsTests
{
    public static TheoryData<string> Languages => [.. Texts.Languages()];

    private static Publication Public(Walked walk, string language = "en") =>
        PublicationsFromWalk.Compose(walk, Audience.Public, language);

    /// <summary>Also leaves the files beside the tests, so that a person can look at them.</summary>
    [Theory]
    [MemberData(nameof(Languages))]
    public void The_report_is_one_file_without_script_or_outside_asset(string language)
    {
        foreach (
            Walked walk in (Walked[])
                [PublicationsFixture.SudanLike(), PublicationsFixture.IranLike()]
        )
        {
            string html = Public(walk, language).Html;
            string folder = Path.Combine(AppContext.BaseDirectory, "reports");
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, $"{walk.Scenario}.{language}.html"), html);

            Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(" style=", html, StringComparison.Ordinal);
            Assert.DoesNotContain(
                "src=",
                html.Replace("default-src", "", StringComparison.Ordinal),
                StringComparison.Ordinal
            );
            Assert.DoesNotContain("<link", html, StringComparison.Ordinal);
            Assert.DoesNotContain(
                "http",
                html.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal)
                    .Replace("http-equiv", "", StringComparison.Ordinal),
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public void The_same_walk_gives_the_same_bytes()
    {
        Publication first = Public(PublicationsFixture.SudanLike());
        Publication second = Public(PublicationsFixture.SudanLike());
        Assert.Equal(first.Html, second.Html);
        Assert.Equal(
            JsonSerializer.Serialize(first, Json.Indented),
            JsonSerializer.Serialize(second, Json.Indented)
        );
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void INV_10_every_paragraph_row_and_figure_names_its_inputs(string language)
    {
        Publication report = Public(PublicationsFixture.SudanLike(), language);
        Assert.All(report.Traced(), part => Assert.NotEmpty(part.Inputs));
        Assert.Equal(
            report.Traced().Count(),
            report.Traced().Select(part => Ids.Short(part.Id)).Distinct().Count()
        );
        Assert.All(
            report.Paragraphs,
            paragraph =>
                Assert.Contains($"id=\"{paragraph.Id}\"", report.Html, StringComparison.Ordinal)
        );
        Assert.Equal(
            report.Paragraphs[0].Inputs,
            report.InputsOf(Ids.Short(report.Paragraphs[0].Id))
        );
    }

    [Fact]
    public void Ids_are_the_same_in_every_language()
    {
        var ids = Texts
            .Languages()
            .Select(language =>
                string.Join(
                    ' ',
                    Public(PublicationsFixture.SudanLike(), language)
                        .Traced()
                        .Select(part => part.Id)
                )
            )
            .Distinct();
        Assert.Single(ids);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Anchors_are_unique_in_the_page(string language)
    {
        var ids = AnchorForm()
            .Matches(Public(PublicationsFixture.SudanLike(), language).Html)
            .Select(match => match.Value)
            .ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Fact]
    public void The_JSON_form_has_the_parts_and_not_the_page()
    {
        string json = JsonSerializer.Serialize(
            Public(PublicationsFixture.SudanLike()),
            Json.Indented
        );
        using JsonDocument document = JsonDocument.Parse(json);
        Assert.True(document.RootElement.GetProperty("paragraphs").GetArrayLength() > 20);
        Assert.True(document.RootElement.GetProperty("fourW").GetArrayLength() == 5);
        Assert.Equal(
            "site",
            document.RootElement.GetProperty("withheld")[0].GetProperty("kind").GetString()
        );
        Assert.False(document.RootElement.TryGetProperty("html", out _));
    }

    [Fact]
    public void INV_20_a_reconstruction_says_so_and_an_exercise_says_exercise()
    {
        string real = Public(PublicationsFixture.SudanLike()).Html;
        Assert.Contains("RECONSTRUCTION", real, StringComparison.Ordinal);
        Assert.DoesNotContain("EXERCISE", real, StringComparison.Ordinal);
        Assert.Contains(
            "EXERCISE",
            Public(PublicationsFixture.SudanLike() with { IsExercise = true }).Html,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void An_unknown_count_reads_unknown_and_never_zero()
    {
        Publication report = Public(PublicationsFixture.SudanLike());
        PublishedTable needs = report.Tables.Single(table =>
            table.Title == "Needs by area and service"
        );
        PublishedRow darfur = needs.Rows.Single(row =>
            row.Cells[1].StartsWith("North Darfur", StringComparison.Ordinal)
        );
        Assert.Equal("unknown", darfur.Cells[3]);
        Assert.Equal("unknown", darfur.Cells[4]);
        Assert.Contains(
            report.Paragraphs,
            paragraph =>
                paragraph.Text.StartsWith(
                    "Residents without service: 3,500,000 to 5,100,000; unknown in 1 more place",
                    StringComparison.Ordinal
                )
        );
    }

    [Fact]
    public void INV_05_no_number_in_the_report_is_a_sum_of_civilians_and_responders()
    {
        Publication report = Public(PublicationsFixture.SudanLike());
        Assert.Contains("732,000", report.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("732,120", report.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("32,120", report.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "no answer")]
    [InlineData("fr", "pas de réponse")]
    [InlineData("ar", "لا جواب")]
    public void INV_04_no_answer_is_printed_as_such(string language, string words) =>
        Assert.Contains(
            words,
            Public(PublicationsFixture.SudanLike(), language).Html,
            StringComparison.Ordinal
        );

    [Fact]
    public void INV_06_only_a_working_commitment_reaches_anybody()
    {
        IReadOnlyList<FourWRow> rows = Public(PublicationsFixture.SudanLike()).FourW;
        Assert.Equal(700_000, rows.Single(row => row.Status == "working").ReachedCivilians);
        Assert.Equal(0, rows.Single(row => row.Status == "pledged").ReachedCivilians);
        Assert.All(
            rows.Where(row => row.Status is "partial" or "unconfirmed"),
            row => Assert.Null(row.ReachedCivilians)
        );
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void INV_15_blind_feeds_are_named_with_their_reason(string language)
    {
        Publication report = Public(PublicationsFixture.IranLike(), language);
        PublishedTable blind = report.Tables.Single(table => table.Section == "unseen");
        Assert.Contains("ioda telescope", blind.Rows[0].Cells[0], StringComparison.Ordinal);
        Assert.Contains(
            Texts.For(language).Plain(new Free("no samples")),
            blind.Rows[0].Cells[3],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void INV_10_dissent_is_published_with_the_outcome() =>
        Assert.Contains(
            Public(PublicationsFixture.SudanLike()).Paragraphs,
            paragraph =>
                paragraph.Text.StartsWith(
                    "Dissent: a digital rights group",
                    StringComparison.Ordinal
                )
        );

    [Theory]
    [MemberData(nameof(Languages))]
    public void Hostile_wording_stays_text(string language)
    {
        const string hostile = "<script>alert(1)</script>\u202E\"onload='x' &amp; {unknown}";
        Walked walk = PublicationsFixture.SudanLike();
        Disruption disruption = walk.Detection.Disruptions[0];
        Claim claim = disruption.Claims[0] with
        {
            Wording = hostile,
            Source = hostile,
            Cause = hostile,
        };
        Publication report = Public(
            walk with
            {
                Titles = new Dictionary<string, string> { ["en"] = hostile },
                Detection = walk.Detection with
                {
                    Disruptions =
                    [
                        disruption with
                        {
                            Claims = [claim],
                            Notes = [hostile],
                            Network = hostile,
                        },
                    ],
                },
            },
            language
        );
        Assert.DoesNotContain("<script", report.Html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("\u202E", report.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "\u202E",
            string.Concat(report.Paragraphs.Select(paragraph => paragraph.Text)),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "&lt;script&gt;alert(1)&lt;/script&gt;\uFFFD&quot;onload=&#39;x&#39; &amp;amp; {unknown}",
            report.Html,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void A_walk_that_found_nothing_says_that_this_is_not_normal(string language)
    {
        Walked walk = PublicationsFixture.IranLike();
        Publication report = Public(
            walk with
            {
                Signals = [],
                Detection = new Detection([], []),
                Restorations = [],
            },
            language
        );
        Assert.Contains(
            Texts.For(language).Plain("headline.none"),
            report.Paragraphs[0].Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Free_text_keeps_its_own_language_in_a_translated_report()
    {
        string html = Public(PublicationsFixture.SudanLike(), "ar").Html;
        Assert.Contains("<html lang=\"ar\" dir=\"rtl\">", html, StringComparison.Ordinal);
        Assert.Contains(
            "<span class=\"own\" lang=\"en\" dir=\"ltr\">a note that no table knows</span>",
            html,
            StringComparison.Ordinal
        );
        Assert.Contains("سُحبت المسارات", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_spike_of_one_sample_stays_after_thinning_out()
    {
        var window = new TimeWindow(PublicationsFixture.At(1, 1), PublicationsFixture.At(3, 1));
        SeriesSignal series = PublicationsFixture.Series(
            "s",
            null,
            Place.OfCountry("SD"),
            window,
            Duration.FromMinutes(30),
            at => at == PublicationsFixture.At(2, 3, 8, 30) ? 88 : 3
        );
        IReadOnlyList<Sample> points = Timeline.Decimated(series.Samples, window);
        Assert.InRange(points.Count, 100, Timeline.MostPoints + 10);
        Assert.Contains(points, point => point.Value == 88);
    }

    [Fact]
    public void A_missing_value_is_a_gap_and_lifts_the_pen()
    {
        var window = new TimeWindow(PublicationsFixture.At(1, 1), PublicationsFixture.At(1, 2));
        SeriesSignal series = PublicationsFixture.Series(
            "s",
            null,
            Place.OfCountry("SD"),
            window,
            Duration.FromHours(1),
            at =>
                at >= PublicationsFixture.At(1, 1, 6) && at < PublicationsFixture.At(1, 1, 9)
                    ? null
                    : 5
        );
        TimeWindow gap = Assert.Single(Timeline.Gaps(series.Samples, series.Step, window));
        Assert.Equal(PublicationsFixture.At(1, 1, 6), gap.Since);
        Assert.Equal(PublicationsFixture.At(1, 1, 9), gap.Until);
    }

    [GeneratedRegex(" id=\"[^\"]+\"")]
    private static partial Regex AnchorForm();
}
