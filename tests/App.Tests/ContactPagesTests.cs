using System.Net;
using Breakwater.App.Pages;
using Breakwater.Decisions.Continuity;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>The directory as pages and files: what somebody may see, and never more.</summary>
public sealed class ContactPagesTests : IAsyncLifetime
{
    private ContactNode _node = null!;
    private string _id = "";

    public static TheoryData<string> Languages => [.. PageTexts.Languages];

    public async ValueTask InitializeAsync()
    {
        _node = await ContactNode.Start(hasMail: false);
        _id = await _node.Add();
    }

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Fact]
    public async Task INV_07_The_public_reads_role_and_organisation_and_no_way_in_anywhere()
    {
        foreach (
            string path in (string[])
                [
                    "/contacts",
                    "/contacts?country=UA",
                    "/contacts/readiness",
                    "/contacts.csv",
                    "/contacts.vcf",
                    "/contact-points",
                    $"/contact-points/{_id}",
                    "/contact-pings",
                    "/api/v1/contact-points",
                    $"/api/v1/contact-points/{_id}",
                    $"/api/v1/contact-points/{_id}/history",
                    "/api/v1/contact-pings",
                ]
        )
        {
            (HttpStatusCode status, string text) = await _node.Public(path);
            Assert.True((int)status < 500, $"{path}: {status}");
            Assert.DoesNotContain("carrier.example", text, StringComparison.Ordinal);
            Assert.DoesNotContain("the watch", text, StringComparison.Ordinal);
        }

        Assert.Contains(
            "Example Carrier",
            (await _node.Public("/contacts")).Html,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Somebody_of_the_community_sees_who_is_called_and_who_not_and_why()
    {
        ApiClient member = await _node.Site.As(Role.Representative, "carrier");
        string before = await Page(member, "/contacts?country=ua&lang=en");
        Assert.Contains("nobody has answered there yet", before, StringComparison.Ordinal);
        Answered confirmed = await member.Do("contact-points", _id, "confirm-contact");
        Assert.True(confirmed.Status == HttpStatusCode.OK, confirmed.Text);
        string after = await Page(member, "/contacts?country=ua&lang=en");
        Assert.Contains("mailto:noc@", after, StringComparison.Ordinal);
        Assert.Contains("on duty now", after, StringComparison.Ordinal);
        await _node.Pass(Duration.FromDays(90));
        await _node.Pass(Duration.FromDays(90));
        await _node.Pass(Duration.FromMinutes(1));
        string expired = await Page(member, "/contacts?country=ua&lang=en");
        Assert.DoesNotContain("mailto:noc@", expired, StringComparison.Ordinal);
        Assert.Contains("too long without an answer", expired, StringComparison.Ordinal);
        Assert.Contains("<span class=\"state expired\">", expired, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_of_a_case_says_whom_to_call_to_whoever_may_know_it()
    {
        ApiClient member = await _node.Site.As(Role.Representative, "carrier");
        Answered opened = await member.Start(
            "continuity-cases",
            new
            {
                Type = ContinuityType.NeutralityReply,
                Name = "Routes that contradict their holders",
                Place = Place.OfAsn(new Asn(64500)),
                Institution = "upstream networks",
                Forum = (string?)null,
                Users = (CountRange?)null,
                UsersSource = "nobody counts them",
                Functions = Array.Empty<Place>(),
                Disruptions = Array.Empty<string>(),
                Origin = Origin.Reported,
                Marking = Marking.Public,
            }
        );
        Assert.True(opened.Status == HttpStatusCode.Created, opened.Text);
        string path = $"/continuity-cases/{opened.Body!["id"]!.GetValue<string>()}?lang=en";
        string before = await Page(member, path);
        Assert.Contains("Whom to call now", before, StringComparison.Ordinal);
        Assert.Contains("No verified contact point answers for", before, StringComparison.Ordinal);
        Assert.Contains("Last known:", before, StringComparison.Ordinal);
        Assert.DoesNotContain("mailto:noc@", before, StringComparison.Ordinal);

        Answered confirmed = await member.Do("contact-points", _id, "confirm-contact");
        Assert.True(confirmed.Status == HttpStatusCode.OK, confirmed.Text);
        Assert.Contains("mailto:noc@", await Page(member, path), StringComparison.Ordinal);
        // The public reads that somebody is there, and no way in.
        string open = (await _node.Public(path)).Html;
        Assert.DoesNotContain("carrier.example", open, StringComparison.Ordinal);
        Assert.Contains("the ways in are not for you to see", open, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task Every_page_is_whole_in_every_language(string language)
    {
        ApiClient registrar = await _node.Site.As(Role.Registrar, "relief");
        foreach (
            string path in (string[])
                [
                    "/contacts",
                    "/contacts/readiness",
                    "/contacts/answer",
                    "/contact-points",
                    $"/contact-points/{_id}",
                    "/act/contact-points/add-contact",
                    $"/act/contact-points/{_id}/change-contact",
                    $"/act/contact-points/{_id}/hand-over-code",
                ]
        )
        {
            string html = await Page(registrar, $"{path}?lang={language}");
            Assert.Contains($"<html lang=\"{language}\"", html, StringComparison.Ordinal);
            Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_form_for_a_change_begins_with_what_stands_and_says_first_who_will_see_it()
    {
        ApiClient registrar = await _node.Site.As(Role.Registrar, "relief");
        string html = await Page(registrar, $"/act/contact-points/{_id}/change-contact?lang=en");
        Assert.Contains("value=\"noc@carrier.example\"", html, StringComparison.Ordinal);
        Assert.Contains("value=\"duty officer\"", html, StringComparison.Ordinal);
        Assert.True(
            html.IndexOf("never by the public", StringComparison.Ordinal)
                < html.IndexOf("noc@carrier.example", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("/contacts/answer/none?link=nothing", HttpStatusCode.UnprocessableEntity)]
    [InlineData("/contacts/answer/%20?link=%0D%0A", HttpStatusCode.UnprocessableEntity)]
    [InlineData("/contacts?country=nowhere&class=nobody&asn=%E2%80%AE", HttpStatusCode.OK)]
    public async Task Nonsense_gets_an_answer(string path, HttpStatusCode status) =>
        Assert.Equal(status, (await _node.Public(path)).Status);

    private static async Task<string> Page(ApiClient who, string path)
    {
        using HttpResponseMessage answer = await who.Http.GetAsync(
            path,
            TestContext.Current.CancellationToken
        );
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode}");
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
