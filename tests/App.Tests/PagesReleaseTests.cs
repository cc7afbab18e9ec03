using System.Net;
using System.Text.RegularExpressions;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>What the public may not see is nowhere: not by its address, not in a chain, not on any page that a link leads to.</summary>
public sealed partial class PagesReleaseTests(PagesSite site) : IClassFixture<PagesSite>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/disruptions/disruption-sealed")]
    [InlineData("/disruptions/disruption-amber")]
    [InlineData("/disruptions/disruption-sealed-inside")]
    [InlineData("/disruptions/disruption-of-sealed")]
    [InlineData("/plans/plan-sealed")]
    [InlineData("/reports/pub-sealed")]
    [InlineData("/reports/pub-sealed.tlog-proof")]
    [InlineData("/explain/disruption-sealed")]
    [InlineData("/explain/disruption-of-sealed")]
    [InlineData("/explain/signal-CANARY7f3a")]
    [InlineData("/explain/signal-CANA")]
    [InlineData("/explain/khartoum-core")]
    [InlineData("/explain?id=disruption-sealed")]
    public async Task What_is_not_public_is_the_same_404_as_what_is_not_there(string path)
    {
        HttpResponseMessage hidden = await site.Http.GetAsync(path, Cancel);
        HttpResponseMessage missing = await site.Http.GetAsync("/disruptions/no-such", Cancel);
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        Assert.Equal(
            await missing.Content.ReadAsStringAsync(Cancel),
            await hidden.Content.ReadAsStringAsync(Cancel)
        );
    }

    [Fact]
    public async Task A_chain_stops_before_a_sealed_record_and_does_not_name_it()
    {
        string html = await site.Http.GetStringAsync("/explain/p-of-sealed-record", Cancel);
        Assert.Contains("Something is known.", html, StringComparison.Ordinal);
        Assert.DoesNotContain(PagesSite.Canary, html, StringComparison.Ordinal);
        Assert.DoesNotContain("disruption-sealed", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_link_leads_to_a_page_and_no_page_holds_a_canary()
    {
        const int most = 250;
        var waiting = new Queue<string>(["/"]);
        var seen = new HashSet<string>(waiting);
        int read = 0;
        while (waiting.TryDequeue(out string? path) && read++ < most)
        {
            HttpResponseMessage answer = await site.Http.GetAsync(path, Cancel);
            string html = await answer.Content.ReadAsStringAsync(Cancel);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}: {answer.StatusCode}");
            Assert.DoesNotContain(PagesSite.Canary, html, StringComparison.Ordinal);
            Assert.DoesNotContain("disruption-sealed", html, StringComparison.Ordinal);
            foreach (Match link in Links().Matches(html))
            {
                string next = WebUtility.HtmlDecode(link.Groups[1].Value);
                if (
                    !next.Contains("lang=fr", StringComparison.Ordinal)
                    && !next.Contains("lang=ar", default)
                )
                {
                    if (seen.Add(next))
                    {
                        waiting.Enqueue(next);
                    }
                }
            }
        }

        Assert.True(read > 30, $"only {read} pages were found");
    }

    [GeneratedRegex("href=\"(/[^\"#]*)")]
    private static partial Regex Links();
}
