using System.Net;
using System.Text.Json.Nodes;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>Every step of a publication as links and forms, without scripts.</summary>
public sealed class PublishingPagesTests : IAsyncLifetime
{
    private PublishingSite _made = null!;

    public async ValueTask InitializeAsync() => _made = await PublishingSite.Start();

    public ValueTask DisposeAsync() => _made.DisposeAsync();

    [Fact]
    public async Task A_report_is_prepared_approved_released_and_withdrawn_by_forms_alone()
    {
        using var first = new Visitor(_made.Site.Address);
        using var second = new Visitor(_made.Site.Address);
        await Enter(first, "relief");
        await Enter(second, "university");
        string response = await first.Read($"/responses/{_made.Response}?lang=en");
        string prepare = Link(response, "/act/publications/prepare-publication?");
        Assert.Contains(
            "<h1>Prepare a publication: situation report</h1>",
            await first.Read($"{prepare}&form=situation-report"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "<h1>Préparer une publication\u00a0: indice de résilience</h1>",
            await first.Read(
                "/act/publications/prepare-publication?about=resilience-index/all&form=index&lang=fr"
            ),
            StringComparison.Ordinal
        );
        using (
            HttpResponseMessage refused = await ResponsePagesSite.Fill(
                first,
                "/act/publications/prepare-publication",
                ("response", _made.Response)
            )
        )
        {
            string again = await refused.Content.ReadAsStringAsync(
                TestContext.Current.CancellationToken
            );
            Assert.Contains("<a href=\"#harmNote-wrong\">", again, StringComparison.Ordinal);
            Assert.Contains(
                "class=\"wrong\" id=\"harmNote-wrong\"",
                again,
                StringComparison.Ordinal
            );
            Assert.DoesNotContain("harmNote is empty", again, StringComparison.Ordinal);
        }

        await Sent(
            await ResponsePagesSite.Fill(
                first,
                "/act/publications/prepare-publication",
                ("response", _made.Response),
                ("harmNote", "nobody can be found by it")
            )
        );
        Assert.Contains($"response={_made.Response}", prepare, StringComparison.Ordinal);
        JsonNode draft = (await (await _made.Publisher("relief")).Get("publications")).Body![
            "items"
        ]![0]!;
        string id = draft["id"]!.GetValue<string>();
        string page = await second.Read($"/publications/{id}?lang=en");
        Assert.Contains("waits for a second person", page, StringComparison.Ordinal);
        Assert.Contains("nobody can be found by it", page, StringComparison.Ordinal);
        Assert.Contains(
            "the masts would be seen",
            await second.Read($"/api/v1/publications/{id}/document?lang=en"),
            StringComparison.Ordinal
        );

        string approve = Link(page, "/act/approvals/");
        string form = await second.Read(approve);
        string hash = draft["state"]!["hash"]!.GetValue<string>();
        Assert.Contains($"value=\"{hash}\"", form, StringComparison.Ordinal);
        await Sent(await ResponsePagesSite.Fill(second, approve.Split('?')[0], ("hash", hash)));
        await Sent(
            await ResponsePagesSite.Fill(first, $"/act/publications/{id}/release-publication")
        );
        page = await _made.Text($"/publications/{id}?lang=en");
        Assert.Contains("Public, exactly as it was approved", page, StringComparison.Ordinal);
        Assert.DoesNotContain("nobody can be found by it", page, StringComparison.Ordinal);
        Assert.Contains(".tlog-proof", page, StringComparison.Ordinal);

        await Sent(
            await ResponsePagesSite.Fill(
                first,
                $"/act/publications/{id}/withdraw-publication",
                ("reason", "it names a place")
            )
        );
        await _made.Site.Pass(Duration.FromHours(25));
        foreach (string language in (string[])["en", "fr", "ar"])
        {
            string board = await second.Read($"/publications?lang={language}");
            Assert.Contains("role=\"alert\"", board, StringComparison.Ordinal);
            Assert.Contains("class=\"late\"", board, StringComparison.Ordinal);
        }

        page = await second.Read($"/publications/{id}?lang=en");
        Assert.Contains("nobody confirmed that within 24 hours", page, StringComparison.Ordinal);
        Assert.Contains("it names a place", page, StringComparison.Ordinal);
        await Sent(
            await ResponsePagesSite.Fill(
                second,
                Link(page, "/act/approvals/").Split('?')[0],
                ("hash", hash)
            )
        );
        Assert.Contains(
            "confirmed by a second person",
            await _made.Text($"/publications/{id}?lang=en"),
            StringComparison.Ordinal
        );
    }

    private static async Task Enter(Visitor visitor, string organisation)
    {
        using HttpResponseMessage made = await visitor.Register(
            ApiSite.PersonOf(Role.Publisher, organisation)
        );
        Assert.Equal(HttpStatusCode.OK, made.StatusCode);
    }

    private static async Task Sent(HttpResponseMessage answer)
    {
        using (answer)
        {
            Assert.True(
                answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.SeeOther,
                $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}"
            );
        }
    }

    /// <summary>The first link on a page that begins so.</summary>
    private static string Link(string html, string begins)
    {
        int at = html.IndexOf($"href=\"{begins}", StringComparison.Ordinal);
        Assert.True(at >= 0, $"no link to {begins}");
        at += "href=\"".Length;
        return WebUtility.HtmlDecode(html[at..html.IndexOf('"', at)]);
    }
}
