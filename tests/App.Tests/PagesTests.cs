using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Breakwater.Disruptions.Kinds;
using Breakwater.Ledger.Tiles;
using Breakwater.Records;
using Xunit;

namespace Breakwater.App.Tests;

public sealed partial class PagesTests(PagesSite site) : IClassFixture<PagesSite>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("en", "ltr")]
    [InlineData("fr", "ltr")]
    [InlineData("ar", "rtl")]
    public async Task Every_page_answers_in_three_languages_without_a_script(
        string language,
        string direction
    )
    {
        foreach (string path in await Paths())
        {
            HttpResponseMessage answer = await site.Http.GetAsync(
                $"{path}?lang={language}",
                Cancel
            );
            string html = await answer.Content.ReadAsStringAsync(Cancel);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}: {answer.StatusCode}");
            Assert.Contains(
                $"<html lang=\"{language}\" dir=\"{direction}\">",
                html,
                StringComparison.Ordinal
            );
            Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("onload=\"", html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("style=", html, StringComparison.Ordinal);
            Assert.DoesNotContain(PagesSite.Canary, html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Every_answer_carries_the_strict_headers()
    {
        foreach (
            string path in (IEnumerable<string>)
                [.. await Paths(), "/style.css", "/health/live", "/health/ready", "/nothing"]
        )
        {
            HttpResponseMessage answer = await site.Http.GetAsync(path, Cancel);
            Assert.Equal(
                "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
                Header(answer, "Content-Security-Policy")
            );
            Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
            Assert.Equal("no-referrer", Header(answer, "Referrer-Policy"));
            Assert.Equal("no-cache", Header(answer, "Cache-Control"));
            Assert.False(answer.Headers.Contains("Set-Cookie"));
            Assert.False(answer.Headers.Contains("Server"));
        }
    }

    [Fact]
    public async Task The_browsers_language_is_taken_when_the_address_names_none()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add("Accept-Language", "de, ar-SD;q=0.8, en;q=0.3");
        HttpResponseMessage answer = await site.Http.SendAsync(request, Cancel);
        Assert.Contains(
            "<html lang=\"ar\" dir=\"rtl\">",
            await answer.Content.ReadAsStringAsync(Cancel),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Accept-Language",
            string.Join(',', answer.Headers.Vary),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("/disruptions/disruption-hostile")]
    [InlineData("/plans/plan-hostile")]
    [InlineData("/explain/plan-hostile")]
    public async Task Hostile_text_is_escaped_and_cannot_turn_the_line(string path)
    {
        string html = await site.Http.GetStringAsync(path, Cancel);
        Assert.Contains(
            "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;",
            html,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("\" onload=\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202E', html);
    }

    [Fact]
    public async Task Beside_each_report_lies_a_proof_that_holds_with_the_nodes_public_key()
    {
        string list = await site.Http.GetStringAsync("/reports", Cancel);
        foreach (string id in (await site.Ids("publication")).Where(id => id != "pub-sealed"))
        {
            byte[] report = await site.Http.GetByteArrayAsync($"/reports/{id}", Cancel);
            string text = await site.Http.GetStringAsync($"/reports/{id}.tlog-proof", Cancel);
            Assert.True(TlogProof.TryParse(text, out TlogProof? proof));
            Assert.True(ProofCheck.Of(proof, site.Records.Node, report).Holds);
        }

        Assert.Contains(".tlog-proof\"", list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_is_served_octet_for_octet_and_its_style_is_let_through_by_hash()
    {
        foreach (string id in (await site.Ids("publication")).Where(id => id != "pub-sealed"))
        {
            Product product = (await site.Records.Product(id))!;
            string html = product.Body.GetProperty("html").GetString()!;
            HttpResponseMessage answer = await site.Http.GetAsync($"/reports/{id}", Cancel);
            byte[] served = await answer.Content.ReadAsByteArrayAsync(Cancel);
            Assert.Equal(await site.Records.Evidence(html), served);
            string text = Encoding.UTF8.GetString(served);
            string style = text.Split("<style>")[1].Split("</style>")[0];
            string hash = Convert.ToBase64String(
                System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(style))
            );
            Assert.Contains(
                $"'sha256-{hash}'",
                Header(answer, "Content-Security-Policy"),
                StringComparison.Ordinal
            );
            Assert.DoesNotContain(
                "unsafe",
                Header(answer, "Content-Security-Policy"),
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public async Task The_three_verdicts_differ_by_word_and_sign()
    {
        string html = await site.Http.GetStringAsync(
            $"/disruptions/{(await site.Ids("disruption"))[0]}?lang=en",
            Cancel
        );
        Assert.Contains("✓ agrees", html, StringComparison.Ordinal);
        Assert.Contains("Absent: it says neither", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silence_is_shown_as_no_answer_and_never_as_consent()
    {
        string adopted = "";
        await foreach (Product decision in site.Records.Products("decision", cancel: Cancel))
        {
            string subject = decision.Body.GetProperty("subject").GetString()!;
            adopted = subject.StartsWith("plan-", StringComparison.Ordinal) ? subject : adopted;
        }

        string html = await site.Http.GetStringAsync($"/plans/{adopted}?lang=en", Cancel);
        Assert.Contains("<span class=\"consent\">no answer</span>", html, StringComparison.Ordinal);
        Assert.Contains(
            "No answer is neither consent nor refusal.",
            html,
            StringComparison.Ordinal
        );
        Assert.Contains("RECONSTRUCTION", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unchanged_page_is_not_sent_twice()
    {
        HttpResponseMessage first = await site.Http.GetAsync("/?lang=en", Cancel);
        using var again = new HttpRequestMessage(HttpMethod.Get, "/?lang=en");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        HttpResponseMessage second = await site.Http.SendAsync(again, Cancel);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Fact]
    public async Task A_short_code_from_a_report_is_enough_to_ask_for_its_chain()
    {
        string id = (await site.Ids("sentence"))[0];
        HttpResponseMessage answer = await site.Http.GetAsync($"/explain?id={id[..10]}", Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("/nothing")]
    [InlineData("/disruptions/%3Cscript%3E")]
    [InlineData("/disruptions/..%2f..%2fetc")]
    [InlineData("/plans/")]
    public async Task A_page_that_is_not_there_says_what_to_do(string path)
    {
        HttpResponseMessage answer = await site.Http.GetAsync($"{path}?lang=en", Cancel);
        string html = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("There is nothing here", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_fault_of_ours_is_a_plain_page_without_a_trace()
    {
        HttpResponseMessage answer = await site.Broken.GetAsync("/?lang=en", Cancel);
        string html = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Contains("This page could not be made", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", html, StringComparison.Ordinal);
        Assert.DoesNotContain("canary-of-the-fault", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Breakwater.", html, StringComparison.Ordinal);
        Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
        HttpResponseMessage ready = await site.Broken.GetAsync("/health/ready", Cancel);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
    }

    [Fact]
    public async Task An_empty_store_says_what_to_do_next()
    {
        string html = await site.Empty.GetStringAsync("/?lang=en", Cancel);
        Assert.Contains("breakwater demo", html, StringComparison.Ordinal);
        Assert.Equal("ready", await site.Empty.GetStringAsync("/health/ready", Cancel));
        Assert.Equal("live", await site.Empty.GetStringAsync("/health/live", Cancel));
    }

    [Fact]
    public async Task What_a_disruption_depends_on_is_said_in_the_language_of_the_page()
    {
        int said = 0;
        foreach (string id in await site.Ids("disruption"))
        {
            using HttpResponseMessage page = await site.Http.GetAsync(
                $"/disruptions/{id}?lang=ar",
                Cancel
            );
            string arabic = await page.Content.ReadAsStringAsync(Cancel);
            Assert.DoesNotMatch(
                "<li>[^<]*(could |saw |sees |one family|the last|the onset)",
                arabic
            );
            said += Regex.Count(arabic, "<li>[^<]*(لم يستطع الرؤية|لا يرى فقدانًا|لم يرَ إلا)");
        }

        Assert.True(said > 0);
    }

    [Fact]
    public void The_sentences_of_the_pages_are_the_same_in_every_language()
    {
        var english = Sentences("en");
        foreach (string language in (string[])["fr", "ar"])
        {
            Dictionary<string, string> other = Sentences(language);
            // English says a reason as it was recorded; the others have a sentence for each tag.
            Assert.Equal(
                english
                    .Keys.Concat(
                        KindProfile.Default.Tags.Select(numbers => $"reason.{numbers.Tag}")
                    )
                    .Order(),
                other.Keys.Order()
            );
            foreach ((string key, string text) in english)
            {
                Assert.Equal(
                    Values().Matches(text).Select(match => match.Value).Order(),
                    Values().Matches(other[key]).Select(match => match.Value).Order()
                );
            }
        }
    }

    private async Task<IReadOnlyList<string>> Paths() =>
        [
            "/",
            "/reports",
            "/gaps",
            "/explain",
            $"/disruptions/{(await site.Ids("disruption"))[0]}",
            .. (await site.Ids("plan"))
                .Where(id => id != "plan-sealed")
                .Select(id => $"/plans/{id}"),
            $"/explain/{(await site.Ids("disruption"))[0]}",
            $"/explain/{(await site.Ids("sentence"))[0]}",
            $"/explain/{(await site.Ids("publication"))[0]}",
            $"/explain/{(await site.Ids("restoration"))[0]}",
        ];

    private static string Header(HttpResponseMessage answer, string name) =>
        string.Join(
            ", ",
            answer.Headers.TryGetValues(name, out IEnumerable<string>? values) ? values : []
        );

    private static Dictionary<string, string> Sentences(string language)
    {
        using Stream stream = typeof(Pages.Site).Assembly.GetManifestResourceStream(
            $"pages.{language}.json"
        )!;
        return System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!;
    }

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Values();
}
