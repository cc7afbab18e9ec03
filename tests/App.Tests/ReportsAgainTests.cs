using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Breakwater.App.Accounts;
using Breakwater.App.Api;
using Breakwater.App.Subjects;
using Breakwater.Records;
using NodaTime;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>Reports whose answer was lost, or whose store failed: none is doubled, none is lost, and each keeps its code word.</summary>
public sealed class ReportsAgainTests
{
    private const string Key = "8e03978e-40d5-43dd-bc93-6894a57f9324";
    private static readonly object _report = new { Place = new { Country = "SD" }, State = "down" };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_that_could_be_guessed_is_refused_by_what_it_is()
    {
        await using ApiSite site = await ApiSite.Start();
        Answered refused = await site.Public.Start(
            "reports",
            new { Place = new { Country = "SD" }, State = "down" },
            "short"
        );
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal("The Idempotency-Key will not do", refused.Body!["title"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_report_sent_again_under_its_key_is_kept_once_and_shows_its_code_word_again()
    {
        await using ApiSite site = await ApiSite.Start();
        Answered first = await site.Public.Start("reports", _report, Key);
        Answered again = await site.Public.Start("reports", _report, Key);

        Assert.Equal(HttpStatusCode.Created, again.Status);
        Assert.Equal(first.Text, again.Text);
        Assert.Single(await site.Records.AllOf("report"));
        Answered back = await site.Public.Start(
            $"reports/{again.Id}/retract",
            new { CodeWord = Word(again.Body!) }
        );
        Assert.Equal(HttpStatusCode.NoContent, back.Status);
    }

    [Fact]
    public async Task A_report_that_was_kept_and_not_answered_gives_its_code_word_to_the_repeat()
    {
        bool isLost = true;
        await using ApiSite site = await ApiSite.Start(fails: records =>
            records.After = _ =>
                isLost ? FailingRecords.Fault(RecordsFaultKind.OutcomeUnknown) : null
        );
        Answered lost = await site.Public.Start("reports", _report, Key);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, lost.Status);
        Assert.Contains("same Idempotency-Key", lost.Text, StringComparison.Ordinal);
        Answered unkeyed = await site.Public.Start("reports", _report);
        Assert.Contains("may have been done", unkeyed.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("same Idempotency-Key", unkeyed.Text, StringComparison.Ordinal);
        isLost = false;

        Answered again = await site.Public.Start("reports", _report, Key);
        Answered followed = await site.Public.Start(
            $"reports/{again.Id}/follow",
            new { CodeWord = Word(again.Body!) }
        );
        Assert.Equal(HttpStatusCode.OK, followed.Status);
        // That without a key, and this one once.
        Assert.Equal(2, (await site.Records.AllOf("report")).Count);
    }

    [Fact]
    public async Task The_same_key_with_another_report_gives_another_code_word_and_no_word_of_the_first()
    {
        await using ApiSite site = await ApiSite.Start();
        Answered first = await site.Public.Start("reports", _report, Key);
        Answered other = await site.Public.Start(
            "reports",
            new { Place = new { Country = "SD" }, State = "degraded" },
            Key
        );
        Assert.NotEqual(first.Id, other.Id);
        Assert.NotEqual(Word(first.Body!), Word(other.Body!));
    }

    [Fact]
    public async Task A_key_of_another_node_gives_another_code_word()
    {
        await using ApiSite one = await ApiSite.Start();
        await using ApiSite two = await ApiSite.Start();
        Assert.NotEqual(
            Word((await one.Public.Start("reports", _report, Key)).Body!),
            Word((await two.Public.Start("reports", _report, Key)).Body!)
        );
    }

    [Fact]
    public void A_restart_between_a_report_and_its_repeat_changes_nothing()
    {
        string folder = DataFolder.Fresh();
        var settings = new AccountSettings(folder);
        ReportName before = new ReportNames(settings).Repeatable("digest")(0);
        ReportName after = new ReportNames(settings).Repeatable("digest")(0);
        Assert.Equal(before, after);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite,
                File.GetUnixFileMode(Path.Combine(folder, ReportNames.FileName))
            );
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_key_that_somebody_could_guess_is_refused_with_a_better_one_named()
    {
        await using ApiSite site = await ApiSite.Start();
        Answered refused = await site.Public.Start("reports", _report, "1");
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("random UUID", refused.Text, StringComparison.Ordinal);
        Assert.Empty(await site.Records.AllOf("report"));
    }

    [Fact]
    public async Task A_repeat_costs_nothing_of_what_one_hand_may_report()
    {
        await using ApiSite site = await ApiSite.Start();
        for (int i = 0; i < 30; i++)
        {
            Assert.NotNull((await site.Public.Start("reports", _report, Key)).Body!["id"]);
        }

        Assert.NotNull((await site.Public.Start("reports", _report)).Body!["id"]);
    }

    [Fact]
    public async Task A_file_that_faults_in_the_middle_loses_no_code_word_with_a_key_or_without()
    {
        int left = 0;
        await using ApiSite site = await ApiSite.Start(fails: records =>
            records.Before = _ =>
                left-- > 0 ? null : FailingRecords.Fault(RecordsFaultKind.DiskFull)
        );
        left = 2;
        (HttpStatusCode status, JsonNode? told) = await SendFile(site, 5, null);
        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Equal(2, told!["reports"]!.AsArray().Count);
        Assert.Contains(
            "report 3: it was not kept",
            told["faults"]!.ToJsonString(),
            StringComparison.Ordinal
        );

        left = 2;
        (status, _) = await SendFile(site, 5, Key);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        left = 100;
        (status, told) = await SendFile(site, 5, Key);
        Assert.Equal(HttpStatusCode.Created, status);
        JsonArray reports = told!["reports"]!.AsArray();
        Assert.Equal(5, reports.Count);
        foreach (JsonNode? report in reports)
        {
            Answered followed = await site.Public.Start(
                $"reports/{report!["id"]!.GetValue<string>()}/follow",
                new { CodeWord = Word(report) }
            );
            Assert.Equal(HttpStatusCode.OK, followed.Status);
        }

        Assert.Equal(2 + 5, (await site.Records.AllOf("report")).Count);
    }

    [Fact]
    public async Task A_file_with_more_reports_than_are_taken_at_once_says_how_many_were_not()
    {
        await using ApiSite site = await ApiSite.Start();
        (HttpStatusCode status, JsonNode? told) = await SendFile(site, 203, null);
        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Equal(200, told!["reports"]!.AsArray().Count);
        Assert.Contains(
            "3 of 203 reports were not taken",
            told["faults"]!.ToJsonString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Reports_that_were_refused_or_not_kept_make_no_number_of_the_next_one()
    {
        bool isFull = true;
        await using ApiSite site = await ApiSite.Start(fails: records =>
            records.Before = _ => isFull ? FailingRecords.Fault(RecordsFaultKind.DiskFull) : null
        );
        for (int i = 0; i < 25; i++)
        {
            Assert.Equal(
                HttpStatusCode.ServiceUnavailable,
                (await site.Public.Start("reports", _report)).Status
            );
        }

        isFull = false;
        for (int i = 0; i < 25; i++)
        {
            Answered refused = await site.Public.Start(
                "reports",
                new
                {
                    Place = new { Country = "SD" },
                    State = "down",
                    ObservedAt = Instant.FromUtc(2030, 1, 1, 0, 0),
                }
            );
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        }

        Answered kept = await site.Public.Start("reports", _report);
        Assert.NotNull(kept.Body!["id"]);
    }

    [Fact]
    public async Task What_was_counted_of_a_flood_and_could_not_be_written_is_written_later()
    {
        bool isFull = false;
        await using ApiSite site = await ApiSite.Start(fails: records =>
            records.Before = _ => isFull ? FailingRecords.Fault(RecordsFaultKind.DiskFull) : null
        );
        for (int i = 0; i < 30; i++)
        {
            await site.Public.Start("reports", _report);
        }

        isFull = true;
        await Assert.ThrowsAsync<RecordsFault>(() => site.Pass(Duration.Zero));
        for (int i = 0; i < 5; i++)
        {
            await site.Public.Start("reports", _report);
        }

        isFull = false;
        await site.Pass(Duration.Zero);
        Document lot = Assert.Single(await site.Records.AllOf("report-lot"));
        Assert.Equal(15, JsonNode.Parse(lot.Body.Span)!["number"]!.GetValue<long>());
    }

    private static async Task<(HttpStatusCode Status, JsonNode? Told)> SendFile(
        ApiSite site,
        int reports,
        string? key
    )
    {
        string alerts = string.Concat(
            Enumerable
                .Range(0, reports)
                .Select(i =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"""
                        <alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>{i}</identifier><sender>a@example.org</sender>
                        <sent>2026-01-01T01:00:00+01:00</sent><status>Actual</status><msgType>Alert</msgType><scope>Public</scope>
                        <info><category>Infra</category><event>Internet outage</event><urgency>Immediate</urgency><severity>Severe</severity>
                        <certainty>Observed</certainty><area><areaDesc>Lyon</areaDesc><geocode><valueName>NUTS3</valueName>
                        <value>FRK26</value></geocode></area></info></alert>
                        """
                    )
                )
        );
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/reports/files");
        request.Content = new StringContent(
            $"<feed>{alerts}</feed>",
            Encoding.UTF8,
            "application/cap+xml"
        );
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using HttpResponseMessage answer = await site.Stranger.SendAsync(request, Cancel);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel)));
    }

    private static string Word(JsonNode report) => report["codeWord"]!.GetValue<string>();
}
