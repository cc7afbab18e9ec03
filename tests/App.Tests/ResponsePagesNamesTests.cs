using System.Net;
using Breakwater.App.Pages;
using Breakwater.Vocabulary;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>Pages name things by their words, as far as the reader may know them, and an empty page says what comes next.</summary>
public sealed class ResponsePagesNamesTests(ResponsePagesSite site)
    : IClassFixture<ResponsePagesSite>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_page_points_to_is_named_and_keeps_its_id_at_hand()
    {
        string page = await site.Stranger.Read($"/decisions/{site.Decision}?lang=en");

        Assert.Matches(
            $"<a href=\"/responses/{site.Response}\\?lang=en\" title=\"response/{site.Response}\">[^/]*a town lost everything",
            page
        );
    }

    [Fact]
    public async Task What_a_reader_may_not_see_has_no_name()
    {
        ApiClient planner = await site.Site.As(Role.Planner, "relief");
        Answered opened = await planner.Start(
            "decisions",
            new
            {
                Kind = Decisions.DecisionKind.ScaleUp,
                Question = "Shall more be done there?",
                Subject = $"response/{site.Closed}",
                QuorumClasses = 2,
                Deadline = site.Site.Clock.Now + NodaTime.Duration.FromDays(3),
                Marking = Marking.Public,
            }
        );
        Assert.True(opened.Status == HttpStatusCode.Created, opened.Text);
        string path = $"/decisions/{opened.Id}?lang=en";

        Assert.Contains(
            "closely held words",
            await site.Planner.Read(path),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            "closely held words",
            await site.Stranger.Read(path),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_empty_board_says_who_can_begin_one()
    {
        string page = await site.Stranger.Read("/missions?lang=en");

        Assert.Contains("Propose a mission: ", page, StringComparison.Ordinal);
        Assert.Contains("/account/sign-in?lang=en", page, StringComparison.Ordinal);
        Assert.Contains(
            PageTexts.For("en").Html("response.empty.arises"),
            await site.Stranger.Read("/conflicts?lang=en"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_response_to_what_is_not_on_record_says_where_that_ends() =>
        Assert.Contains(
            PageTexts.For("en").Html("response.disruption.unknown"),
            await site.Stranger.Read($"/responses/{site.Response}?lang=en"),
            StringComparison.Ordinal
        );

    [Fact]
    public async Task A_form_that_is_too_long_is_told_so()
    {
        string path = $"/act/decisions/{site.Decision}/take-position?lang=en";
        string seen = await site.Carrier.Read(path);
        using HttpResponseMessage sent = await site.Carrier.Post(
            path,
            [.. ResponsePagesSite.Hidden(seen), ("reason", new string('x', 70_000))]
        );
        string page = await sent.Content.ReadAsStringAsync(Cancel);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, sent.StatusCode);
        PageTexts texts = PageTexts.For("en");
        Assert.Contains(texts.Html("response.why.too-long"), page, StringComparison.Ordinal);
        Assert.DoesNotContain(texts.Html("response.why.kept"), page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "5 of 5 classes in favour, quorum 4; no objection",
        "5 catégories favorables sur 5, quorum 4 ; aucune objection"
    )]
    [InlineData(
        "3 of 4 classes in favour, quorum 4; 1 objection on record",
        "3 catégories favorables sur 4, quorum 4 ; 1 objection consignée"
    )]
    [InlineData(
        "1 classes took part, 0 in favour, 1 against, quorum 2",
        "1 catégories ont pris part, 0 favorables, 1 opposées, quorum 2"
    )]
    public void Why_a_decision_ended_so_is_told_in_the_language_of_the_page(
        string recorded,
        string told
    ) =>
        Assert.Equal(
            told,
            System.Text.RegularExpressions.Regex.Replace(
                PageTexts.For("fr").Outcome(recorded),
                "<[^>]*>",
                ""
            )
        );
}
