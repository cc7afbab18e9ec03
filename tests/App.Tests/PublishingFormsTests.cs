using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Breakwater.App.Publishing;
using Breakwater.Decisions.Publishing;
using Breakwater.Disruptions;
using Breakwater.Ledger;
using Breakwater.Preparedness.Agreements;
using Breakwater.Publications.Alerts;
using Breakwater.Publications.Hxl;
using Breakwater.Tests;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;
using static Breakwater.App.Tests.PublishingSite;

namespace Breakwater.App.Tests;

/// <summary>Alerts, tables, gap reports and embargoes: every form takes the same way out and back.</summary>
public sealed class PublishingFormsTests : IAsyncLifetime
{
    private PublishingSite _made = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _made = await PublishingSite.Start();

    public ValueTask DisposeAsync() => _made.DisposeAsync();

    [Fact]
    public async Task An_alert_is_released_by_two_people_with_the_nodes_signature_and_a_proof()
    {
        string id = await Prepared(PublicationForm.Alert);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await _made.Read($"/published/{id}/alert.cap.xml")).Status
        );
        Done(await _made.Approve(id));
        Done(await _made.Release(id));
        (HttpStatusCode status, byte[] alert) = await _made.Read($"/published/{id}/alert.cap.xml");
        Assert.Equal(HttpStatusCode.OK, status);
        string key = await _made.Text("/alert-key.pem");
        Assert.True(AlertSignature.Holds(alert, key));
        byte[] changed = Encoding.UTF8.GetBytes(
            Encoding
                .UTF8.GetString(alert)
                .Replace("<scope>Public", "<scope>Private", StringComparison.Ordinal)
        );
        Assert.False(AlertSignature.Holds(changed, key));
        Assert.StartsWith(
            "c2sp.org/tlog-proof@v1",
            await _made.Text($"/published/{id}/alert.cap.xml.tlog-proof"),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(Canary, Encoding.UTF8.GetString(alert), StringComparison.Ordinal);
        XElement feed = XElement.Parse(await _made.Text("/alerts.atom"));
        Assert.Contains(
            feed.Descendants(),
            link =>
                link.Attribute("href")
                    ?.Value.EndsWith($"published/{id}/alert.cap.xml", StringComparison.Ordinal)
                == true
        );
        Assert.Contains(
            "alert.cap.xml",
            await _made.Text("/published?lang=ar"),
            StringComparison.Ordinal
        );
        Valid(alert);
    }

    [Fact]
    public async Task An_alert_that_is_taken_back_says_so_itself()
    {
        string id = await Released(PublicationForm.Alert);
        (_, byte[] alert) = await _made.Read($"/published/{id}/alert.cap.xml");
        Done(await _made.Withdraw(id, "it named a town"));
        Assert.Equal(
            HttpStatusCode.Gone,
            (await _made.Read($"/published/{id}/alert.cap.xml")).Status
        );
        (HttpStatusCode status, byte[] cancel) = await _made.Read(
            $"/published/{id}/cancel.cap.xml"
        );
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.True(AlertSignature.Holds(cancel, await _made.Text("/alert-key.pem")));
        XElement said = XElement.Parse(Encoding.UTF8.GetString(cancel));
        Assert.Equal("Cancel", said.Element(CapXml.Namespace + "msgType")!.Value);
        Assert.Contains(
            CapXml.ReferenceOf(alert)!.Identifier,
            said.Element(CapXml.Namespace + "references")!.Value,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "cancel.cap.xml",
            await _made.Text("/alerts.atom"),
            StringComparison.Ordinal
        );
        Valid(cancel);
    }

    [Fact]
    public async Task A_correction_of_an_alert_updates_it()
    {
        string first = await Released(PublicationForm.Alert);
        _made.Site.Clock.Now += Duration.FromHours(1);
        string second = await Released(
            PublicationForm.Alert,
            new { Replaces = first, Correction = "the place was wrong" }
        );
        XElement said = XElement.Parse(await _made.Text($"/published/{second}/alert.cap.xml"));
        Assert.Equal("Update", said.Element(CapXml.Namespace + "msgType")!.Value);
    }

    [Fact]
    public async Task A_signature_holds_for_a_checker_that_others_wrote_and_not_once_a_letter_is_changed()
    {
        Assert.SkipUnless(
            System.IO.File.Exists("/usr/bin/xmlsec1"),
            "xmlsec1 (Debian's xmlsec1) is not installed"
        );
        string id = await Released(PublicationForm.Alert);
        (_, byte[] alert) = await _made.Read($"/published/{id}/alert.cap.xml");
        string key = await _made.Text("/alert-key.pem");
        Assert.True(IsSigned(alert, key));
        Assert.False(
            IsSigned(
                Encoding.UTF8.GetBytes(
                    Encoding
                        .UTF8.GetString(alert)
                        .Replace("<scope>Public", "<scope>Publik", StringComparison.Ordinal)
                ),
                key
            )
        );
        Done(await _made.Withdraw(id, "it named a town"));
        (_, byte[] cancel) = await _made.Read($"/published/{id}/cancel.cap.xml");
        Assert.True(IsSigned(cancel, key));
        // The key of another node is none.
        await using ApiSite other = await ApiSite.Start();
        Assert.False(IsSigned(cancel, AlertSignature.PublicKey(other.Records)));
    }

    [Fact]
    public async Task An_alert_whose_disruption_was_withdrawn_becomes_a_cancellation_of_the_earlier_one()
    {
        string first = await Released(PublicationForm.Alert);
        (_, byte[] alert) = await _made.Read($"/published/{first}/alert.cap.xml");
        _made.Site.Clock.Now += Duration.FromHours(1);
        await Recording.Append(
            _made.Site.Records,
            "revisions",
            [
                Recording.Of(
                    new Revision(
                        _made.Site.Clock.Now,
                        RevisionKind.Withdrawn,
                        "disruption-1",
                        null,
                        Place.OfCountry("SD"),
                        null,
                        []
                    ),
                    Marking.Public
                ),
            ],
            Cancel
        );

        // There is nothing to warn of any more, so nobody warns by mistake.
        Answered refused = await Prepare(PublicationForm.Alert);
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("nothing to warn of", refused.Text, StringComparison.Ordinal);

        string second = await Released(
            PublicationForm.Alert,
            new { Replaces = first, Correction = "late data leave nothing of it" }
        );
        (_, byte[] cancel) = await _made.Read($"/published/{second}/alert.cap.xml");
        XElement said = XElement.Parse(Encoding.UTF8.GetString(cancel));
        Assert.Equal("Cancel", said.Element(CapXml.Namespace + "msgType")!.Value);
        Assert.Contains(
            CapXml.ReferenceOf(alert)!.Identifier,
            said.Element(CapXml.Namespace + "references")!.Value,
            StringComparison.Ordinal
        );
        Assert.All(
            said.Elements(CapXml.Namespace + "info"),
            info =>
            {
                Assert.Contains(
                    "late data leave nothing of it",
                    info.Element(CapXml.Namespace + "description")!.Value,
                    StringComparison.Ordinal
                );
                Assert.Null(info.Element(CapXml.Namespace + "area"));
            }
        );
        Valid(cancel);
    }

    [Fact]
    public async Task An_alert_that_networks_would_drop_is_refused_with_what_to_publish_instead()
    {
        // A name of a place as no record should have it: three languages say it each.
        Disruption vast = Made.Disruption(
            "disruption-vast",
            Place.OfArea("SD", new string('x', 400_000)),
            _made.Site.Clock.Now - Duration.FromHours(5)
        );
        await Recording.Append(
            _made.Site.Records,
            "more-detections",
            [
                ProductRecorded
                    .Of(vast.Id, "disruption", vast, [])
                    .ToDraft(Marking.Public, "detector", []),
            ],
            Cancel
        );
        Answered refused = await Prepare(PublicationForm.Alert);
        Assert.False(refused.Status is HttpStatusCode.Created, refused.Text);
        Assert.Contains("octets, and networks drop", refused.Text, StringComparison.Ordinal);
        Assert.Contains("situation report instead", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task INV_07_an_agreement_that_is_not_public_is_in_no_report_that_leaves()
    {
        await Agreed("act-1", "Fuel first", Marking.Public);
        await Agreed("act-2", Canary, new Marking(Distribution.Community, Tlp.Green));
        string id = await Released(PublicationForm.SituationReport);
        foreach (string path in (await _made.Reports(id)).Values)
        {
            string html = await _made.Text(path);
            Assert.Contains("Fuel first", html, StringComparison.Ordinal);
            Assert.DoesNotContain(Canary, html, StringComparison.Ordinal);
            Assert.DoesNotContain("act-2", html, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(PublicationForm.FourW, "4w")]
    [InlineData(PublicationForm.GapReport, "gaps")]
    public async Task Tables_go_out_in_the_exchange_language_with_licence_and_citation(
        PublicationForm form,
        string name
    )
    {
        string id = await Released(form);
        foreach (
            string file in (string[])
                [$"{name}.hxl.csv", $"{name}.hxl.json", $"{name}.hxl-objects.json"]
        )
        {
            (HttpStatusCode status, byte[] octets) = await _made.Read($"/published/{id}/{file}");
            Assert.Equal(HttpStatusCode.OK, status);
            HxlRead read = HxlReader.Read(file, octets);
            Assert.DoesNotContain(
                Canary,
                Encoding.UTF8.GetString(octets),
                StringComparison.Ordinal
            );
            if (!file.Contains("objects", StringComparison.Ordinal))
            {
                Assert.NotNull(read.Table);
            }
        }

        string page = await _made.Text((await _made.Reports(id))["en"]);
        Assert.Contains("CC BY 4.0", page, StringComparison.Ordinal);
        Assert.Contains($"Breakwater node <bdi", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_waits_is_seen_by_nobody_outside_before_its_time_and_by_everybody_after()
    {
        Instant until = _made.Site.Clock.Now + Duration.FromHours(6);
        string id = await Released(PublicationForm.SituationReport, new { EmbargoUntil = until });
        Assert.Equal("embargoed", (await _made.State(id)).Standing);
        string report = (await _made.Reports(id))["en"];
        foreach (string path in (string[])[report, report + ".tlog-proof"])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await _made.Read(path)).Status);
        }

        Assert.DoesNotContain(
            report[9..],
            await _made.Text("/published"),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            report[9..],
            await _made.Text("/published.rss"),
            StringComparison.Ordinal
        );
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await _made.Site.Public.Get($"publications/{id}")).Status
        );
        await _made.Site.Pass(Duration.FromHours(7));
        Assert.Equal("released", (await _made.State(id)).Standing);
        Assert.Equal(HttpStatusCode.OK, (await _made.Read(report)).Status);
        Assert.Contains(report[9..], await _made.Text("/published"), StringComparison.Ordinal);
        Assert.Contains(report[9..], await _made.Text("/published.rss"), StringComparison.Ordinal);
        // It became public when its embargo ended, and not when it was released.
        Assert.Equal(
            until.ToDateTimeUtc().ToString("R", System.Globalization.CultureInfo.InvariantCulture),
            Assert
                .Single(XElement.Parse(await _made.Text("/published.rss")).Descendants("pubDate"))
                .Value
        );
    }

    [Fact]
    public async Task An_alert_and_a_correction_wait_for_nothing()
    {
        Instant until = _made.Site.Clock.Now + Duration.FromHours(6);
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await Prepare(PublicationForm.Alert, new { EmbargoUntil = until })).Status
        );
        string first = await _made.Released();
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (
                await Prepare(
                    PublicationForm.SituationReport,
                    new
                    {
                        EmbargoUntil = until,
                        Replaces = first,
                        Correction = "x",
                    }
                )
            ).Status
        );
    }

    [Fact]
    public async Task Each_form_has_a_draft_of_its_own()
    {
        await _made.Prepared();
        await Prepared(PublicationForm.FourW);
    }

    [Fact]
    public async Task Feeds_are_well_formed_and_name_what_was_released()
    {
        string id = await Released(PublicationForm.FourW);
        XElement rss = XElement.Parse(await _made.Text("/published.rss?lang=fr"));
        Assert.Equal("2.0", rss.Attribute("version")!.Value);
        XElement item = Assert.Single(rss.Descendants("item"));
        Assert.EndsWith(
            (await _made.Reports(id))["fr"],
            item.Element("link")!.Value,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            XElement.Parse(await _made.Text("/alerts.atom")).Descendants(),
            each => each.Name.LocalName == "entry"
        );
    }

    private async Task<Answered> Prepare(PublicationForm form, object? more = null)
    {
        var body = new JsonObject
        {
            ["response"] = _made.Response,
            ["harmNote"] = $"{Canary}: nobody",
            ["form"] = System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(
                form.ToString()
            ),
        };
        foreach (
            (string name, JsonNode? value) in System
                .Text.Json.JsonSerializer.SerializeToNode(more ?? new { }, Vocabulary.Json.Compact)!
                .AsObject()
        )
        {
            body[name] = value?.DeepClone();
        }

        return await (await _made.Publisher("relief")).Start("publications", body);
    }

    private async Task<string> Prepared(PublicationForm form, object? more = null) =>
        Done(await Prepare(form, more)).Id;

    /// <summary>An agreement that the disruption of the response calls for.</summary>
    private Task Agreed(string id, string name, Marking marking) =>
        Recording.Append(
            _made.Site.Records,
            $"activations/{id}",
            [
                Recording.Of(
                    new ActivationTold(
                        id,
                        $"agreement-{id}",
                        name,
                        AgreementKind.FuelPriority,
                        "disruption-1",
                        ActivationState.Proposed,
                        Truth.True,
                        [],
                        _made.Site.Clock.Now,
                        _made.Site.Clock.Now,
                        [],
                        marking
                    )
                ),
            ],
            Cancel
        );

    private async Task<string> Released(PublicationForm form, object? more = null)
    {
        string id = await Prepared(form, more);
        Done(await _made.Approve(id));
        Done(await _made.Release(id));
        return id;
    }

    private static bool IsSigned(byte[] alert, string key)
    {
        string folder = Directory.CreateTempSubdirectory("bw-xmlsec").FullName;
        System.IO.File.WriteAllBytes(Path.Combine(folder, "alert.xml"), alert);
        System.IO.File.WriteAllText(Path.Combine(folder, "key.pem"), key);
        using Process process = Process.Start(
            new ProcessStartInfo(
                "/usr/bin/xmlsec1",
                ["--verify", "--pubkey-pem", "key.pem", "alert.xml"]
            )
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        process.StandardOutput.ReadToEnd();
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        Directory.Delete(folder, recursive: true);
        return process.ExitCode == 0;
    }

    /// <summary>By a validator that others wrote, where it is at hand.</summary>
    private static void Valid(byte[] alert)
    {
        string file = Path.GetTempFileName();
        System.IO.File.WriteAllBytes(file, alert);
        Assert.SkipUnless(
            System.IO.File.Exists("/usr/bin/xmllint"),
            "xmllint (libxml2-utils) is not installed"
        );
        using Process process = Process.Start(
            new ProcessStartInfo(
                "/usr/bin/xmllint",
                [
                    "--noout",
                    "--nonet",
                    "--schema",
                    SharedData.PathOf("data/standards/cap/CAP-v1.2.xsd"),
                    file,
                ]
            )
            {
                RedirectStandardError = true,
            }
        )!;
        string said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        System.IO.File.Delete(file);
        Assert.True(process.ExitCode == 0, said);
    }
}
