using System.Net;
using System.Text;
using Breakwater.App.Api;
using Breakwater.App.Subjects;
using Breakwater.Signals;
using Breakwater.Signals.Reporting;
using Breakwater.Vocabulary;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>The one door that is open to everybody.</summary>
public sealed class HostileReportsTests : IAsyncLifetime
{
    private ApiSite _site = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _site = await ApiSite.Start();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_hundred_thousand_reports_of_one_origin_are_counted_as_one_hand_and_drown_nobody()
    {
        ReportIntake intake = _site.Server.Services.GetRequiredService<ReportIntake>();
        var flooder = IPAddress.Parse("203.0.113.77");
        int kept = 0;
        for (int i = 0; i < 100_000; i++)
        {
            (ReportTaken? taken, Refusal? refusal) = await intake.Take(
                Draft(),
                ReportChannel.Api,
                null,
                flooder,
                ReportNames.Fresh(),
                Cancel
            );
            Assert.Null(refusal);
            kept += taken!.Id is null ? 0 : 1;
        }

        (ReportTaken? other, _) = await intake.Take(
            Draft(),
            ReportChannel.Api,
            null,
            IPAddress.Parse("198.51.100.9"),
            ReportNames.Fresh(),
            Cancel
        );
        await _site.Pass(Duration.Zero);

        Assert.InRange(kept, 1, 1_000);
        Assert.NotNull(other!.Id);
        Assert.NotEmpty(await _site.Records.AllOf("report-lot"));
        string raw = CanaryFiles.Raw(_site.Folder);
        Assert.DoesNotContain("203.0.113.77", raw, StringComparison.Ordinal);
        Assert.DoesNotContain("198.51.100.9", raw, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<!DOCTYPE alert [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><alert>&a;</alert>")]
    [InlineData("<!DOCTYPE alert SYSTEM \"http://127.0.0.1:1/x.dtd\"><alert/>")]
    [InlineData(
        "<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">]><alert>&b;</alert>"
    )]
    [InlineData(
        "<alert xmlns:xi=\"http://www.w3.org/2001/XInclude\"><xi:include href=\"/etc/passwd\"/></alert>"
    )]
    public async Task An_alert_with_entities_or_document_types_is_refused_and_fetches_nothing(
        string xml
    )
    {
        using var body = new StringContent(xml, Encoding.UTF8, "application/cap+xml");
        using HttpResponseMessage answer = await _site.Stranger.PostAsync(
            "/api/v1/reports/files",
            body,
            Cancel
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.DoesNotContain(
            "root:",
            await answer.Content.ReadAsStringAsync(Cancel),
            StringComparison.Ordinal
        );
        Assert.Empty(await _site.Records.AllOf("report"));
    }

    private ReportDraft Draft() =>
        new(
            new Place { Country = "SD" },
            null,
            "a network",
            null,
            ServiceState.Down,
            _site.Clock.Now,
            ObserverKind.Unknown,
            null,
            null,
            null,
            ReceiveReport.Usual
        );
}
