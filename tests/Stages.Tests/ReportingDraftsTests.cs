using System.Text;
using Breakwater.Signals;
using Breakwater.Signals.Reporting;
using Breakwater.Vocabulary;
using CsCheck;
using NodaTime;
using Xunit;

namespace Breakwater.Stages.Tests;

/// <summary>Reports as people write them, and out of files that have a reader already.</summary>
public sealed class ReportingDraftsTests
{
    private static readonly Instant _now = ReportingFixture.Now;

    [Theory]
    [InlineData(
        "Place: IR/Tehran\nService: voice\nState: down\nWhen: 2026-01-09 10:00\n\nNo line since the morning."
    )]
    [InlineData(
        "Lieu : Tehran, Iran\nService : téléphone\nÉtat : coupé\nQuand : 2026-01-09T10:00\n\nPlus de ligne."
    )]
    [InlineData(
        "المكان: IR/Tehran\nالخدمة: هاتف\nالحالة: مقطوع\nمتى: ٢٠٢٦-٠١-٠٩ ١٠:٠٠\n\nلا يوجد خط"
    )]
    public void A_note_says_the_same_in_English_French_and_Arabic(string text)
    {
        DraftsRead read = Read(text);
        Assert.Empty(read.Faults);
        ReportDraft draft = Assert.Single(read.Drafts);
        Assert.Equal("IR/Tehran", draft.Place.Key);
        Assert.Equal((Service.Voice, ServiceState.Down), (draft.Service, draft.State));
        Assert.Equal(Instant.FromUtc(2026, 1, 9, 10, 0), draft.ObservedAt);
        Assert.NotNull(draft.Words);
    }

    [Fact]
    public void Headers_of_a_mail_and_its_signature_are_not_kept()
    {
        DraftsRead read = Read(
            """
            Received: from host.example ([192.0.2.1])
            From: Canary Person <canary@example.org>
            Subject: canary subject
            Date: Fri, 9 Jan 2026 10:00:00 +0000

            Place: IR/Tehran
            State: down
            > canary quoted
            It is dark.
            -- 
            canary signature
            """
        );
        ReportDraft draft = Assert.Single(read.Drafts);
        Assert.Equal("It is dark.", draft.Words);
        Assert.DoesNotContain("canary", draft.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("base64", "UGxhY2U6IElSL1RlaHJhbgpTdGF0ZTogZG93bgo=")]
    [InlineData("quoted-printable", "Place: IR/Teh=\nran\nState: d=6Fwn")]
    [InlineData("8bit", "Place: IR/Tehran\nState: down")]
    public void Plain_text_is_read_and_attachments_are_named_as_not_read(string coding, string body)
    {
        DraftsRead read = Read(
            $"""
            MIME-Version: 1.0
            Content-Type: multipart/mixed;
             boundary="cut"

            --cut
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: {coding}

            {body}
            --cut
            Content-Type: image/jpeg; name="canary.jpg"
            Content-Disposition: attachment

            /9j/4AAQ
            --cut
            Content-Type: application/x-msdownload

            MZ
            --cut--
            """
        );
        Assert.Equal("IR/Tehran", Assert.Single(read.Drafts).Place.Key);
        Assert.Contains("an attachment (image/jpeg) is not read", read.Notes);
        Assert.Contains("an attachment (application/x-msdownload) is not read", read.Notes);
        Assert.DoesNotContain(
            read.Notes,
            note => note.Contains("canary", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("State: down\nPlace: nowhere at all", "line 2")]
    [InlineData("Place: IR\nState: canary", "line 2")]
    [InlineData("Place: IR\n\nState: down\nWhen: canary", "line 4")]
    [InlineData("Place: IR\nState: down\nWhen: 2026-01-09 13:00", "line 3")]
    [InlineData("Place: IR\nPlace: SY\nState: down", "line 2")]
    [InlineData("Place: IR/35.6892, 51.3890\nState: down", "line 1")]
    public void A_fault_names_its_line_and_does_not_repeat_what_was_written(string text, string at)
    {
        InputFault fault = Assert.Single(Read(text).Faults);
        Assert.Equal(at, fault.At);
        Assert.DoesNotContain("canary", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_position_leaves_the_reader_as_a_cell()
    {
        ReportDraft draft = Assert.Single(
            Read("Place: IR\nState: down\nGPS: 35.68923, 51.38974").Drafts
        );
        Assert.Equal(GridCell.Of(35.68923, 51.38974, ReportPlace.CellKm), draft.Cell);
        Assert.DoesNotContain("68923", draft.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_more_than_64_KiB_is_not_read()
    {
        DraftsRead read = Read("Place: IR\nState: down\n" + new string('x', 64 * 1024));
        Assert.Empty(read.Drafts);
        Assert.Contains("64 KiB", Assert.Single(read.Faults).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_note_without_a_time_takes_the_time_of_receipt_and_says_so()
    {
        DraftsRead read = Read("Place: IR\nState: down");
        Assert.Equal(_now, Assert.Single(read.Drafts).ObservedAt);
        Assert.Contains(read.Notes, note => note.Contains("receipt", StringComparison.Ordinal));
    }

    [Fact]
    public void No_octets_make_the_reader_of_notes_throw()
    {
        string[] pieces =
        [
            "Place: ",
            "IR/Tehran",
            "State: down",
            "\n",
            "\n\n",
            "Content-Type: multipart/mixed; boundary=a",
            "--a",
            "--a--",
            "Content-Transfer-Encoding: base64",
            "=\n",
            "=4",
            "GPS: 1e999, NaN",
            "When: ٢٠٢٦",
            "\uD83D",
            ":",
            "：",
            ">",
            "From: x",
            " folded",
            "boundary=",
            "\0",
            "Lieu: /",
            "AS1",
            "::/0",
        ];
        Gen.OneOf(
                Gen.Byte.Array[0, 300],
                Gen.Int[0, pieces.Length - 1]
                    .Array[0, 60]
                    .Select(picks =>
                        Encoding.UTF8.GetBytes(string.Concat(picks.Select(i => pieces[i])))
                    )
            )
            .Sample(octets =>
            {
                DraftsRead read = DraftsFromText.Read(SourceFile.Of("note.txt", octets), _now);
                return read.Drafts.Count <= 1;
            });
    }

    [Theory]
    [InlineData("<!DOCTYPE alert SYSTEM \"file:///etc/passwd\">")]
    [InlineData("<!DOCTYPE alert [<!ENTITY a SYSTEM \"http://192.0.2.1/\">]>")]
    [InlineData(
        "<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>"
    )]
    public void A_report_by_CAP_fetches_nothing_and_expands_nothing(string start)
    {
        DraftsRead read = DraftsFromSignals.FromCap(
            SignalsFixture.File(
                start + Cap("Internet outage").Replace("Lyon", "&a;", StringComparison.Ordinal),
                "alert.xml"
            )
        );
        Assert.Empty(read.Drafts);
        Assert.Contains("refused", Assert.Single(read.Faults).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_an_alert_claims_of_telecommunications_is_a_report_by_an_authority()
    {
        ReportDraft draft = Assert.Single(
            DraftsFromSignals.FromCap(SignalsFixture.File(Cap("Internet outage"))).Drafts
        );
        Assert.Equal(
            (ServiceState.Down, ObserverKind.Authority, "FR/Lyon"),
            (draft.State, draft.Observer, draft.Place.Key)
        );
        Assert.Equal(ReceiveReport.Usual, draft.Marking);
        Assert.Contains(
            "1 circumstances, which are no reports of a service",
            DraftsFromSignals.FromCap(SignalsFixture.File(Cap("Power outage"))).Notes
        );
    }

    [Fact]
    public void Report_json_is_read_by_its_own_rules_and_made_coarse()
    {
        DraftsRead read = DraftsFromSignals.FromReportJson(
            SignalsFixture.File(
                """
                {"reports":[
                {"observedAt":"2026-01-09T10:00:00Z","receivedAt":"2026-01-09T11:00:00Z","place":{"country":"IR","area":["Tehran","Rey","Street 5"]},"state":"down","observer":"resident","text":"dark","distribution":"public"},
                {"observedAt":"2026-01-09T10:00:00Z","receivedAt":"2026-01-09T11:00:00Z","place":{"prefix":"192.0.2.1/32"},"state":"down","observer":"resident"},
                {"phone":"+1"}]}
                """,
                "reports.json"
            )
        );
        ReportDraft draft = Assert.Single(read.Drafts);
        Assert.Equal(("IR/Tehran/Rey", ReceiveReport.Usual), (draft.Place.Key, draft.Marking));
        Assert.Single(read.Faults);
        Assert.Contains("1 reports of no country or area are left out", read.Notes);
    }

    private static DraftsRead Read(string text) =>
        DraftsFromText.Read(SignalsFixture.File(text, "note.txt"), _now);

    private static string Cap(string what) =>
        $"""
            <alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>one</identifier><sender>a@example.org</sender>
            <sent>2026-01-01T01:00:00+01:00</sent><status>Actual</status><msgType>Alert</msgType><scope>Public</scope>
            <info><category>Infra</category><event>{what}</event><urgency>Immediate</urgency><severity>Severe</severity>
            <certainty>Observed</certainty><area><areaDesc>Lyon</areaDesc><geocode><valueName>NUTS3</valueName>
            <value>FRK26</value></geocode></area></info></alert>
            """;
}
