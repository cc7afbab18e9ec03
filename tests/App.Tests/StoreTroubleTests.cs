using System.Net;
using System.Text.Json.Nodes;
using Breakwater.App.Limiting;
using Breakwater.App.Subjects;
using Breakwater.Records;
using Breakwater.Records.Tests;
using Breakwater.Vocabulary;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>A store that fails and a caller that asks too much, seen from outside: what is told, to whom, and that nothing is lost.</summary>
public sealed class StoreTroubleTests
{
    private static readonly object _report = new { Place = new { Country = "SD" }, State = "down" };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_disk_is_told_to_callers_each_time_and_to_the_operator_once_and_loses_nothing()
    {
        bool isFull = false;
        using var told = new StringWriter();
        await using ApiSite site = await ApiSite.Start(
            fails: records =>
                records.Before = _ =>
                    isFull ? FailingRecords.Fault(RecordsFaultKind.DiskFull) : null,
            settings: usual => usual with { Trouble = told }
        );
        string before = (await site.Public.Start("reports", _report)).Id;
        isFull = true;
        for (int i = 0; i < 20; i++)
        {
            using HttpResponseMessage refused = await site.Stranger.PostAsync(
                "/api/v1/reports",
                new StringContent(
                    """{"place":{"country":"SD"},"state":"down"}""",
                    System.Text.Encoding.UTF8,
                    "application/json"
                ),
                Cancel
            );
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.Equal(
                "application/problem+json",
                refused.Content.Headers.ContentType!.MediaType
            );
            Assert.Equal(TimeSpan.FromSeconds(5), refused.Headers.RetryAfter!.Delta);
            JsonNode problem = JsonNode.Parse(await refused.Content.ReadAsStringAsync(Cancel))!;
            Assert.Equal("urn:breakwater:problem:store-away", problem["type"]!.GetValue<string>());
            Assert.Equal(
                "Nothing acknowledged is lost. Repeat it in a few seconds.",
                problem["detail"]!.GetValue<string>()
            );
        }

        isFull = false;
        string after = (await site.Public.Start("reports", _report)).Id;
        Assert.Equal(
            [$"report/{before}", $"report/{after}"],
            (await site.Records.AllOf("report")).Select(document => document.Subject)
        );
        Assert.Equal(
            "breakwater: the store fails: here, in a test. Do something about it",
            told.ToString().Trim()
        );
    }

    [Fact]
    public async Task A_damaged_store_is_answered_as_one_that_its_operator_must_mend()
    {
        using var told = new StringWriter();
        await using ApiSite site = await ApiSite.Start(
            fails: records => records.Before = _ => FailingRecords.Fault(RecordsFaultKind.Corrupt),
            settings: usual => usual with { Trouble = told }
        );
        Answered broken = await site.Public.Start("reports", _report);
        Assert.Equal(HttpStatusCode.InternalServerError, broken.Status);
        Assert.Contains("store-broken", broken.Text, StringComparison.Ordinal);
        Assert.Contains("tell the operator", broken.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("few seconds", broken.Text, StringComparison.Ordinal);
        Assert.Contains("the store fails", told.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Trouble_is_told_once_a_minute_for_each_kind()
    {
        using var to = new StringWriter();
        var clock = new MinuteClock();
        var trouble = new Trouble(clock, to);
        for (int i = 0; i < 1_000; i++)
        {
            trouble.Tell(FailingRecords.Fault(RecordsFaultKind.DiskFull));
            trouble.Tell(FailingRecords.Fault(RecordsFaultKind.Corrupt));
        }

        Assert.Equal(2, Lines());
        clock.Minutes++;
        trouble.Tell(FailingRecords.Fault(RecordsFaultKind.DiskFull));
        Assert.Equal(3, Lines());

        int Lines() => to.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;
    }

    [Fact]
    public async Task What_fails_as_time_passes_is_told_to_the_operator_too()
    {
        using var told = new StringWriter();
        bool isFull = false;
        await using ApiSite site = await ApiSite.Start(
            fails: records =>
                records.Before = _ =>
                    isFull ? FailingRecords.Fault(RecordsFaultKind.DiskFull) : null,
            settings: usual => usual with { Trouble = told }
        );
        await site.Public.Start("reports", _report);
        isFull = true;
        site.Clock.Now += NodaTime.Duration.FromHours(7);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        Task time = site
            .Server.Services.GetRequiredService<Elapsing>()
            .Run(TimeProvider.System, TimeSpan.FromMilliseconds(20), enough.Token);
        await Task.Delay(500, Cancel);
        await enough.CancelAsync();
        await time;
        Assert.Equal(
            "breakwater: the store fails: here, in a test. Do something about it",
            told.ToString().Trim()
        );
    }

    [Fact]
    public async Task An_account_that_asks_too_much_waits_as_long_as_it_is_told_and_others_do_not()
    {
        await using ApiSite site = await ApiSite.Start(callsPerMinute: 60);
        ApiClient analyst = await site.As(Role.Analyst, "measurers");
        using HttpResponseMessage? busy = await UntilBusy(analyst.Http, 200);
        await IsBusy(busy);
        Assert.Equal(
            HttpStatusCode.OK,
            (await (await site.As(Role.Planner, "relief")).Get("missions")).Status
        );
    }

    [Fact]
    public async Task An_origin_that_asks_too_much_waits_and_its_address_is_kept_nowhere()
    {
        const string origin = "203.0.113.77";
        await using ApiSite site = await ApiSite.Start(
            wire: new WireSettings { TrustedForwarders = WireSettings.Read("127.0.0.1, ::1")! }
        );
        using var http = new HttpClient { BaseAddress = site.Address };
        http.DefaultRequestHeaders.Add("X-Forwarded-For", origin);
        using HttpResponseMessage? busy = await UntilBusy(http, 1_500);
        await IsBusy(busy);
        using var other = new HttpClient { BaseAddress = site.Address };
        other.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.78");
        using HttpResponseMessage free = await other.GetAsync("/api/v1/missions", Cancel);
        Assert.Equal(HttpStatusCode.OK, free.StatusCode);
        Assert.DoesNotContain(origin, CanaryFiles.Raw(site.Folder), StringComparison.Ordinal);
    }

    [Fact]
    public Task PostgreSQL_that_stands_still_loses_and_doubles_no_report() =>
        Survive(
            ";Command Timeout=1;Cancellation Timeout=-1",
            instance => instance.Pause(isPaused: true),
            instance => instance.Pause(isPaused: false)
        );

    [Fact]
    public Task PostgreSQL_that_crashes_and_recovers_loses_and_doubles_no_report() =>
        Survive("", instance => instance.Crash(), instance => instance.Resume());

    /// <summary>People report, each under a key and until they are answered, while the server of the store is harmed.</summary>
    private static async Task Survive(
        string options,
        Action<PostgresInstance> harm,
        Action<PostgresInstance> mend
    )
    {
        using PostgresInstance instance = PostgresInstance.Fresh();
        await using ApiSite site = await ApiSite.Start(
            postgres: instance.ConnectionString("trouble") + options
        );
        bool isOver = false;
        Task<List<(string Id, string Word)>>[] people =
        [
            .. Enumerable.Range(0, 4).Select(_ => Task.Run(Report, Cancel)),
        ];
        await Task.Delay(500, Cancel);
        harm(instance);
        try
        {
            Answered away = await site.Public.Get("missions");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, away.Status);
            Assert.Contains(
                "Nothing acknowledged is lost. Repeat it in a few seconds.",
                away.Text,
                StringComparison.Ordinal
            );
            await Task.Delay(2_000, Cancel);
        }
        finally
        {
            mend(instance);
        }

        await Task.Delay(500, Cancel);
        isOver = true;
        (string Id, string Word)[] answered =
        [
            .. (await Task.WhenAll(people)).SelectMany(each => each),
        ];

        Assert.Equal(
            answered.Select(one => $"report/{one.Id}").Order(StringComparer.Ordinal),
            (await site.Records.AllOf("report"))
                .Select(document => document.Subject)
                .Order(StringComparer.Ordinal)
        );
        foreach ((string id, string word) in answered.Take(5).Concat(answered.TakeLast(5)))
        {
            Answered followed = await site.Public.Start(
                $"reports/{id}/follow",
                new { CodeWord = word }
            );
            Assert.Equal(HttpStatusCode.OK, followed.Status);
        }

        Assert.Empty((await site.Records.Verify(Cancel)).Damages);

        async Task<List<(string, string)>> Report()
        {
            var kept = new List<(string, string)>();
            // No more than one hand may report in an hour.
            for (int i = 0; i < 5 && !(isOver && i > 0); i++)
            {
                string key = Guid.NewGuid().ToString();
                Answered answer = await site.Public.Start("reports", _report, key);
                while (answer.Status != HttpStatusCode.Created)
                {
                    Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
                    Assert.Contains("same Idempotency-Key", answer.Text, StringComparison.Ordinal);
                    await Task.Delay(100, Cancel);
                    answer = await site.Public.Start("reports", _report, key);
                }

                kept.Add((answer.Id, answer.Body!["codeWord"]!.GetValue<string>()));
                await Task.Delay(250, Cancel);
            }

            return kept;
        }
    }

    private static async Task<HttpResponseMessage?> UntilBusy(HttpClient http, int most)
    {
        for (int i = 0; i < most; i++)
        {
            HttpResponseMessage answer = await http.GetAsync("/api/v1/nothing-here", Cancel);
            if (answer.StatusCode == HttpStatusCode.TooManyRequests)
            {
                return answer;
            }

            answer.Dispose();
        }

        return null;
    }

    private static async Task IsBusy(HttpResponseMessage? answer)
    {
        Assert.NotNull(answer);
        Assert.Equal(TimeSpan.FromSeconds(10), answer.Headers.RetryAfter!.Delta);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        string text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.Contains("Nothing was done. Wait 10 s and repeat.", text, StringComparison.Ordinal);
    }

    private sealed class MinuteClock : TimeProvider
    {
        public int Minutes { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Minutes * 60L;
    }
}
