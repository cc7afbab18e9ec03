using Breakwater.Signals;
using Breakwater.Tests;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;
using static Breakwater.Stages.Tests.SignalsFixture;

namespace Breakwater.Stages.Tests;

/// <summary>Alerts in the Common Alerting Protocol.</summary>
public sealed class SignalsFromCapTests
{
    private static string Alert(
        string id = "one",
        string status = "Actual",
        string kind = "Alert",
        string eventName = "Power outage",
        string rest = "",
        string certainty = "Observed",
        string area =
            "<areaDesc>Lyon</areaDesc><geocode><valueName>NUTS3</valueName><value>FRK26</value></geocode>",
        string references = "",
        string scope = "Public",
        string sent = "2026-01-01T01:00:00+01:00"
    ) =>
        $"""
            <alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>{id}</identifier><sender>alerts@example.org</sender>
            <sent>{sent}</sent><status>{status}</status><msgType>{kind}</msgType><scope>{scope}</scope>{references}
            <info><language>en-GB</language><category>Infra</category><event>{eventName}</event><urgency>Immediate</urgency>
            <severity>Severe</severity><certainty>{certainty}</certainty>{rest}<senderName>Grid operator</senderName>
            <headline>Something failed</headline><description>Call a person by name</description>
            <area>{area}</area></info></alert>
            """;

    private static SignalsRead Read(string xml, Place? place = null) =>
        SignalsFromCap.Read(File(xml, "alert.xml"), place);

    private static SignalsRead Feed(params string[] alerts) =>
        Read($"<feed>{string.Concat(alerts)}</feed>");

    [Fact]
    public void A_power_outage_is_a_circumstance_attributed_to_its_sender()
    {
        SignalsRead read = Read(
            Alert(
                rest: "<onset>2026-01-01T00:30:00Z</onset><expires>2026-01-01T06:00:00Z</expires>"
            )
        );
        ContextSignal signal = Assert.IsType<ContextSignal>(Assert.Single(read.Signals));
        Assert.Equal(Circumstance.PowerOutage, signal.Circumstance);
        Assert.Equal(("Grid operator", "FR/Lyon"), (signal.Source, signal.Place.Key));
        Assert.Equal(Instant.FromUtc(2026, 1, 1, 0, 30), signal.Start.Latest);
        Assert.Equal(Instant.FromUtc(2026, 1, 1, 6, 0), signal.End!.Latest);
        Assert.DoesNotContain("person", signal.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_of_telecommunications_is_a_claim() =>
        Assert.Equal(
            "outage",
            Assert
                .IsType<ClaimSignal>(
                    Assert.Single(Read(Alert(eventName: "Telecommunications failure")).Signals)
                )
                .Claim.What
        );

    [Theory]
    [InlineData("Exercise")]
    [InlineData("Test")]
    [InlineData("System")]
    [InlineData("Draft")]
    public void What_did_not_happen_never_becomes_a_signal_and_is_said(string status)
    {
        SignalsRead read = Read(Alert(status: status));
        Assert.Empty(read.Signals);
        Assert.Contains(status, Assert.Single(read.Notes!), StringComparison.Ordinal);
    }

    [Fact]
    public void A_test_cannot_cancel_what_is_actual() =>
        Assert.Null(
            Assert
                .IsType<ContextSignal>(
                    Assert.Single(
                        Feed(
                            Alert(),
                            Alert("two", "Test", "Cancel", references: Reference("one"))
                        ).Signals
                    )
                )
                .End
        );

    [Fact]
    public void An_update_replaces_and_a_cancellation_ends_the_message_it_refers_to()
    {
        SignalsRead updated = Feed(
            Alert(),
            Alert("two", kind: "Update", references: Reference("one"))
        );
        Assert.Equal("two", Assert.Single(updated.Signals).Evidence[0].Column);
        SignalsRead cancelled = Feed(
            Alert(rest: "<expires>2026-01-03T00:00:00Z</expires>"),
            Alert(
                "two",
                kind: "Cancel",
                references: Reference("one"),
                sent: "2026-01-01T09:00:00+00:00"
            )
        );
        ContextSignal signal = Assert.IsType<ContextSignal>(Assert.Single(cancelled.Signals));
        Assert.Equal(Instant.FromUtc(2026, 1, 1, 9, 0), signal.End!.Latest);
        Assert.Contains("cancelled by two", signal.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancellation_of_a_message_that_is_not_here_is_said() =>
        Assert.Contains(
            Read(Alert("two", kind: "Cancel", references: Reference("one"))).Notes!,
            note => note.Contains("not in this input", StringComparison.Ordinal)
        );

    [Theory]
    [InlineData("Possible")]
    [InlineData("Unlikely")]
    [InlineData("Unknown")]
    public void A_failure_that_nobody_observed_is_no_claim(string certainty) =>
        Assert.Empty(Read(Alert(eventName: "Telephone outage", certainty: certainty)).Signals);

    [Fact]
    public void A_message_in_several_languages_is_read_once()
    {
        string xml = Alert()
            .Replace(
                "<info>",
                "<info><language>fr-FR</language><category>Infra</category><event>Power outage</event><area><areaDesc>France</areaDesc></area></info><info>",
                StringComparison.Ordinal
            );
        Assert.Single(Read(xml).Signals);
    }

    [Fact]
    public void An_address_names_an_office_and_no_person() =>
        Assert.Equal(
            "example.org",
            Assert
                .Single(
                    Read(
                        Alert()
                            .Replace(
                                "<senderName>Grid operator</senderName>",
                                "",
                                StringComparison.Ordinal
                            )
                    ).Signals
                )
                .Source
        );

    [Fact]
    public void An_outline_is_not_kept()
    {
        SignalsRead read = Read(
            Alert(
                area: "<areaDesc>Lyon, France</areaDesc><polygon>45.7,4.8 45.8,4.8 45.8,4.9 45.7,4.8</polygon>"
            )
        );
        Assert.Equal("FR/Lyon, France", Assert.Single(read.Signals).Place.Key);
        Assert.Contains(
            "1 outlines are not kept",
            Assert.Single(read.Notes!),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void An_area_whose_country_cannot_be_told_is_a_fault_until_the_caller_says_it()
    {
        string xml = Alert(area: "<areaDesc>North</areaDesc>");
        Assert.Contains(
            "country",
            Assert.Single(Read(xml).Faults).Reason,
            StringComparison.Ordinal
        );
        Assert.Equal("IR/North", Assert.Single(Read(xml, Iran).Signals).Place.Key);
    }

    [Theory]
    [InlineData("Public", Distribution.Public)]
    [InlineData("Restricted", Distribution.Group)]
    [InlineData("Private", Distribution.Sealed)]
    [InlineData("", Distribution.Sealed)]
    public void A_message_that_is_not_public_stays_inside(
        string scope,
        Distribution distribution
    ) =>
        Assert.Equal(
            distribution,
            Assert.Single(Read(Alert(scope: scope)).Signals).Marking.Distribution
        );

    [Theory]
    [InlineData("<!DOCTYPE alert [<!ENTITY a \"b\">]>")]
    [InlineData("<!DOCTYPE alert SYSTEM \"file:///etc/passwd\">")]
    public void A_document_type_is_refused(string start)
    {
        SignalsRead read = Read(start + Alert());
        Assert.Empty(read.Signals);
        Assert.Contains("refused", Assert.Single(read.Faults).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Depth_without_end_is_refused()
    {
        SignalsRead read = Read(string.Concat(Enumerable.Repeat("<a>", 5000)));
        Assert.Contains("deeper than", Assert.Single(read.Faults).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<identifier>one</identifier>", "")]
    [InlineData("2026-01-01T01:00:00+01:00", "yesterday")]
    public void A_message_without_what_CAP_requires_is_a_fault_and_the_next_is_read(
        string from,
        string to
    )
    {
        SignalsRead read = Feed(Alert().Replace(from, to, StringComparison.Ordinal), Alert("two"));
        Assert.Single(read.Signals);
        Assert.Single(read.Faults);
    }

    [Fact]
    public void The_example_of_the_standard_bears_on_no_connection()
    {
        string path = SharedData.PathOf("data/standards/cap/cap_amber_alert_example.xml");
        SourceFile file = RealFiles.Open(path);
        Assert.Equal("cap", SignalFormats.Guess(file));
        SignalsRead read = SignalsFromCap.Read(file);
        Assert.Empty(read.Signals);
        Assert.Empty(read.Faults);
        Assert.Contains("Child Abduction", Assert.Single(read.Notes!), StringComparison.Ordinal);
    }

    private static string Reference(string id) =>
        $"<references>alerts@example.org,{id},2026-01-01T01:00:00+01:00</references>";
}
