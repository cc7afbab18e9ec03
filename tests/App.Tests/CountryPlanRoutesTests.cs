using System.Net;
using Breakwater.Preparedness.CountryPlans;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>The checklist of a country on a running node.</summary>
public sealed class CountryPlanRoutesTests : IAsyncLifetime
{
    private ApiSite _site = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _site = await ApiSite.Start();
        Answered opened = await (await Measurers()).Start(
            "country-plans",
            new { Country = "SD", Marking = Marking.Public }
        );
        Assert.True(opened.Status == HttpStatusCode.Created, opened.Text);
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    private Task<ApiClient> Measurers() => _site.As(Role.Analyst, "measurers");

    private Task<ApiClient> Families() => _site.As(Role.Analyst, "families");

    private Task<string> Page(string path) => _site.Stranger.GetStringAsync(path, Cancel);

    private static object Answer(string item, PlanAnswer answer) =>
        new
        {
            Item = item,
            Answer = answer,
            Evidence = new[]
            {
                new PlanEvidence(
                    PlanEvidenceKind.Statement,
                    "the list was called in May",
                    "the regulator"
                ),
            },
        };

    [Theory]
    [InlineData("en", "Is a national emergency telecommunication plan in force?")]
    [InlineData("fr", "Un plan national de télécommunications")]
    [InlineData("ar", "هل توجد خطة وطنية نافذة")]
    public async Task Every_item_is_asked_in_the_readers_language_and_unknown_until_it_is_answered(
        string language,
        string question
    )
    {
        Assert.Contains(
            question,
            await Page($"/country-plans/SD?lang={language}"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            question,
            await Page($"/checklist?lang={language}"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Answers_of_two_organisations_stand_beside_each_other_and_the_last_counts()
    {
        await (await Measurers()).Do(
            "country-plans",
            "SD",
            "answer-item",
            Answer("contacts-verified", PlanAnswer.Yes)
        );
        _site.Clock.Now += Duration.FromDays(1);
        Answered second = await (await Families()).Do(
            "country-plans",
            "SD",
            "answer-item",
            Answer("contacts-verified", PlanAnswer.No)
        );
        Assert.True(second.Status == HttpStatusCode.OK, second.Text);
        string page = await Page("/country-plans/SD");
        Assert.Contains("the list was called in May", page, StringComparison.Ordinal);
        Assert.Contains("/organisations/measurers", page, StringComparison.Ordinal);
        Assert.Contains("/organisations/families", page, StringComparison.Ordinal);
        Assert.True(
            page.IndexOf("contacts-verified", StringComparison.Ordinal)
                > page.IndexOf("What to fix first", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Two_days_are_compared_by_what_was_on_record_at_their_ends()
    {
        await (await Measurers()).Do(
            "country-plans",
            "SD",
            "answer-item",
            Answer("drill-yearly", PlanAnswer.No)
        );
        _site.Clock.Now += Duration.FromDays(10);
        await (await Measurers()).Do(
            "country-plans",
            "SD",
            "answer-item",
            Answer("drill-yearly", PlanAnswer.Yes)
        );
        _site.Clock.Now += Duration.FromDays(5);
        string page = await Page("/country-plans/SD/changes?from=2026-03-05&to=2026-03-12");
        Assert.Contains("better", page, StringComparison.Ordinal);
        Assert.Contains(
            "Nothing changed",
            await Page("/country-plans/SD/changes?from=2026-03-02&to=2026-03-05"),
            StringComparison.Ordinal
        );
        using HttpResponseMessage wrong = await _site.Stranger.GetAsync(
            "/country-plans/SD/changes?from=2026-03-12&to=2026-03-05",
            Cancel
        );
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
    }

    [Fact]
    public async Task An_item_that_nobody_asks_is_refused_with_the_nearest()
    {
        Answered odd = await (await Measurers()).Do(
            "country-plans",
            "SD",
            "answer-item",
            Answer("drill-yearley", PlanAnswer.Yes)
        );
        Assert.True(odd.Status == HttpStatusCode.UnprocessableEntity, odd.Text);
        Assert.Contains("drill-yearly", odd.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closely_held_plan_is_not_there_for_the_public()
    {
        await (await Measurers()).Start(
            "country-plans",
            new { Country = "TD", Marking = new Marking(Distribution.Community, Tlp.Green) }
        );
        using HttpResponseMessage hidden = await _site.Stranger.GetAsync(
            "/country-plans/TD/changes",
            Cancel
        );
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
    }
}
