using System.Diagnostics;
using System.Text;
using Breakwater.Preparedness.Contacts;
using Breakwater.Preparedness.Contacts.Files;
using Breakwater.Preparedness.Contacts.Pinging;
using Breakwater.Vocabulary;
using CsCheck;
using Xunit;
using static Breakwater.Preparedness.Tests.Contacts.Directory;

namespace Breakwater.Preparedness.Tests.Contacts;

/// <summary>CSV and vCard in and out, and mail that came back.</summary>
public sealed class FilesTests
{
    private static readonly Contact[] _all =
    [
        Verified(),
        Added(
            Entry with
            {
                Name = "Registry, \"the\" example; of names\\",
                Class = StakeholderClass.TechnicalCommunity,
                Role = "شبكة العمليات على مدار الساعة وفي كل أيام الأسبوع للطوارئ",
                Tlds = ["example"],
                Hours = DutyHours.Read("mon-fri 08:00-18:00; sat 22:00-06:00", "Africa/Khartoum")!,
            },
            ByRadio with
            {
                Answers = "the watch",
                Marking = new Marking(Distribution.Group, Tlp.Green) { Group = "ops" },
            }
        ),
    ];

    public static TheoryData<string> Forms => ["csv", "vcard"];

    [Theory]
    [MemberData(nameof(Forms))]
    public void What_is_exported_and_imported_again_changes_nothing(string form)
    {
        ContactsRead read = Read(form, Write(form, _all));
        Assert.Empty(read.Faults);
        (IReadOnlyList<ImportedContact> contacts, IReadOnlyList<InputFault> faults) =
            ContactImport.Plan(
                "again",
                read.Rows,
                _all.ToDictionary(one => one.Id),
                Registrar,
                Start
            );
        Assert.Empty(faults);
        Assert.All(contacts, one => Assert.Equal(TakenIn.Same, one.Imported));
        Assert.Equal(_all.Length, contacts.Count);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_file_verifies_nobody(string form)
    {
        (IReadOnlyList<ImportedContact> contacts, _) = ContactImport.Plan(
            "elsewhere",
            Read(form, Write(form, _all)).Rows,
            new Dictionary<string, Contact>(),
            Registrar,
            Start
        );
        Assert.Equal(
            [ContactState.NeverVerified, ContactState.NeverVerified],
            contacts.Select(one => one.Events.Aggregate((Contact?)null, Contact.Apply)!.State)
        );
        // The same directory has the same ids everywhere.
        Assert.Equal(_all.Select(one => one.Id), contacts.Select(one => one.Id));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Ways_in_that_a_reader_may_not_see_are_in_no_file(string form)
    {
        string file = Write(form, [.. _all.Select(one => one with { Reach = null })]);
        Assert.DoesNotContain("noc@", file, StringComparison.Ordinal);
        Assert.DoesNotContain("555", file, StringComparison.Ordinal);
        Assert.DoesNotContain("the watch", file, StringComparison.Ordinal);
        Assert.Contains("Example Carrier", file, StringComparison.Ordinal);
    }

    [Fact]
    public void Bad_rows_are_named_with_line_reason_and_remedy_and_the_rest_is_read()
    {
        const string csv = """
            name,class,role,countries,email,surprise
            Example Carrier,private-sector,noc,UA,noc@carrier.example,
            Example Carrier,shop,night,UA,noc@carrier.example,
            Example Carrier,private-sector,noc,UA,noc@carrier.example,
            Example Registry,academia,desk,UA,desk,
            Example School,academia,desk,SD,desk@school.example,

            """;
        ContactsRead read = Read("csv", csv);
        (IReadOnlyList<ImportedContact> contacts, IReadOnlyList<InputFault> faults) =
            ContactImport.Plan(
                "list.csv",
                read.Rows,
                new Dictionary<string, Contact>(),
                Registrar,
                Start
            );
        Assert.Equal([2, 6], contacts.Select(one => one.Line));
        Assert.Equal(
            ["line 1", "line 3", "line 4", "line 5"],
            read.Faults.Concat(faults).Select(fault => fault.At)
        );
        Assert.All(
            read.Faults.Concat(faults),
            fault => Assert.False(fault.Reason.Length == 0 || fault.Remedy.Length == 0)
        );
    }

    [Theory]
    [InlineData("=HYPERLINK(\"http://evil.example\")")]
    [InlineData("+1+1")]
    [InlineData("@SUM(A1)")]
    [InlineData("-2+3")]
    public void No_cell_runs_in_a_spreadsheet_and_each_is_read_back_as_it_was(string name)
    {
        Contact hostile = Added(Entry with { Name = name });
        string csv = ContactCsv.Write([hostile]);
        Assert.DoesNotMatch("(?m)(^|,)\"?[=+@-]", csv);
        Assert.Equal(name, Read("csv", csv).Rows[0].Said.Entry.Name);
    }

    [Fact]
    public void A_quote_that_is_never_closed_is_named_where_it_opens_and_swallows_nothing_in_silence()
    {
        ContactsRead read = Read(
            "csv",
            "name,class,role,email\nExample,academia,desk,a@school.example\n\"Example,academia,night,a@school.example\nExample,academia,noc,a@school.example\n"
        );
        Assert.Single(read.Rows);
        InputFault fault = Assert.Single(read.Faults);
        Assert.Equal("line 3", fault.At);
        Assert.StartsWith("a quote opens here and is never closed", fault.Reason, default);
    }

    [Fact]
    public void No_file_is_too_broken_to_be_read_without_a_fall() =>
        Gen.Select(
                Gen.Bool.Select(isCsv => isCsv ? "csv" : "vcard"),
                Gen.String[0, 40],
                Gen.Int[0, 600],
                Gen.Int[0, 600]
            )
            .Sample(part =>
            {
                string whole = Write(part.Item1, _all);
                string broken = string.Concat(
                    whole.AsSpan(0, Math.Min(part.Item3, whole.Length)),
                    part.Item2,
                    whole.AsSpan(Math.Min(part.Item4, whole.Length))
                );
                ContactsRead read = Read(part.Item1, broken);
                ContactImport.Plan(
                    "broken",
                    read.Rows,
                    new Dictionary<string, Contact>(),
                    Registrar,
                    Start
                );
            });

    [Fact]
    public void No_octets_are_too_odd_to_be_read_without_a_fall() =>
        Gen.Select(Gen.Bool, Gen.Byte.Array[0, 2_000], Gen.Int[0, 400])
            .Sample(part =>
            {
                (bool isCsv, byte[] odd, int keep) = part;
                byte[] whole = Encoding.UTF8.GetBytes(Write(isCsv ? "csv" : "vcard", _all));
                var file = SourceFile.Of("odd", (byte[])[.. whole.Take(keep), .. odd]);
                ContactsRead read = isCsv ? ContactCsv.Read(file) : VCardReading.Read(file);
                Assert.All(
                    read.Faults,
                    fault => Assert.StartsWith("line ", fault.At, StringComparison.Ordinal)
                );
            });

    [Fact]
    public void A_file_of_more_than_100_000_rows_is_read_up_to_there_and_says_so()
    {
        var csv = new StringBuilder("name,class,role,email\n");
        for (int row = 0; row <= ContactsRead.RowsMax; row++)
        {
            csv.Append("Example,academia,desk ").Append(row).Append(",a@school.example\n");
        }

        ContactsRead read = Read("csv", csv.ToString());
        Assert.Equal(ContactsRead.RowsMax, read.Rows.Count);
        Assert.Equal($"line {ContactsRead.RowsMax + 2}", Assert.Single(read.Faults).At);
    }

    [Fact]
    public void Cards_of_other_programs_are_read_as_far_as_they_say_who_is_reached()
    {
        const string cards = """
            BEGIN:VCARD
            VERSION:3.0
            N:;;;;
            FN:Duty desk
            ORG:Example Exchange;Operations
            TITLE:duty desk
            item1.EMAIL;TYPE=INTERNET,pref:desk@
             exchange.example
            TEL;TYPE="work,voice":tel:+1-555-555-0100;ext=7
            END:VCARD
            BEGIN:VCARD
            VERSION:2.1
            FN:Old
            END:VCARD
            BEGIN:VCARD
            VERSION:4.0
            FN:Never ends
            """;
        ContactsRead read = VCardReading.Read(
            SourceFile.Of("cards.vcf", Encoding.UTF8.GetBytes(cards)),
            new Dictionary<string, string> { ["class"] = "technical-community" }
        );
        ContactSaid said = Assert.Single(read.Rows).Said;
        Assert.Equal("Example Exchange, Operations", said.Entry.Name);
        Assert.Equal(
            ["desk@exchange.example", "+1-555-555-0100 ext. 7"],
            said.Reach.Channels.Select(channel => channel.To)
        );
        Assert.Equal(["line 11", "line 15"], read.Faults.Select(fault => fault.At));
    }

    [Fact]
    public void Lines_of_a_card_are_folded_at_75_octets_and_no_letter_is_cut()
    {
        foreach (string line in Write("vcard", _all).Split("\r\n"))
        {
            Assert.True(Encoding.UTF8.GetByteCount(line) <= 75, line);
            Assert.DoesNotContain('\uFFFD', line);
        }
    }

    [Fact]
    public async Task Our_cards_are_read_by_Debians_vobject()
    {
        Assert.SkipUnless(
            File.Exists("/usr/lib/python3/dist-packages/vobject/__init__.py"),
            "python3-vobject is not installed"
        );
        using var python = Process.Start(
            new ProcessStartInfo("/usr/bin/python3")
            {
                ArgumentList =
                {
                    "-c",
                    "import sys,vobject\nfor c in vobject.readComponents(sys.stdin.buffer.read().decode()):\n print(c.uid.value, c.fn.value, c.role.value, [e.value for e in c.contents.get('email',[])+c.contents.get('tel',[])], sep='|')",
                },
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        await python.StandardInput.BaseStream.WriteAsync(
            Encoding.UTF8.GetBytes(Write("vcard", _all)),
            TestContext.Current.CancellationToken
        );
        python.StandardInput.Close();
        string read = await python.StandardOutput.ReadToEndAsync(
            TestContext.Current.CancellationToken
        );
        string fault = await python.StandardError.ReadToEndAsync(
            TestContext.Current.CancellationToken
        );
        Assert.Equal(
            $"urn:breakwater:contact-point:{_all[0].Id}|duty officer, network operations, Example Carrier|duty officer, network operations|['noc@carrier.example', '+380 44 555 0100 | at night']\nurn:breakwater:contact-point:{_all[1].Id}|the watch|{_all[1].Entry.Role}|[]\n",
            read + fault
        );
    }

    [Fact]
    public void A_delivery_status_notification_says_who_bounced_why_and_for_which_ping()
    {
        const string report = """
            From: MAILER-DAEMON@mail.example
            Content-Type: multipart/report; report-type=delivery-status; boundary="b"

            --b
            Content-Type: text/plain

            Your message could not be delivered: Action: failed is what we say.

            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mail.example

            Final-Recipient: rfc822; noc@carrier.example
            Action: failed
            Status: 5.1.1
            Diagnostic-Code: smtp; 550 5.1.1 <noc@carrier.example>:
             no such user

            Final-Recipient: rfc822; night@carrier.example
            Action: delayed
            Status: 4.4.1

            --b
            Content-Type: message/rfc822

            Message-ID: <breakwater-ping-7kqm2rtd@node.example>
            """;
        IReadOnlyList<DeliveryReport> found = DeliveryReport.Read(report);
        Assert.Equal(2, found.Count);
        Assert.True(found[0].IsBounce);
        Assert.Equal("noc@carrier.example", found[0].Recipient);
        Assert.Equal("7kqm2rtd", found[0].Ping);
        Assert.Equal("5.1.1 550 5.1.1 <noc@carrier.example>: no such user", found[0].Reason);
        // A delay is no bounce.
        Assert.False(found[1].IsBounce);
        Assert.Empty(DeliveryReport.Read("I am on holiday until Monday"));
    }

    private static string Write(string form, IReadOnlyList<Contact> contacts) =>
        form == "csv" ? ContactCsv.Write(contacts) : ContactVCard.Write(contacts);

    private static ContactsRead Read(string form, string text)
    {
        var file = SourceFile.Of("list." + form, Encoding.UTF8.GetBytes(text));
        return form == "csv" ? ContactCsv.Read(file) : VCardReading.Read(file);
    }
}
