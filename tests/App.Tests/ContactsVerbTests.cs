using System.Text.Json;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary><c>contacts</c>, as its operator runs it.</summary>
public sealed class ContactsVerbTests : IDisposable
{
    private const string Charter = """
        {"organisations": [
          {"id": "relief", "name": "Relief", "class": "civil-society", "mandate": "helps", "contacts": [],
           "members": [{"person": "registrar-relief", "roles": ["registrar"]}]},
          {"id": "carrier", "name": "Carrier", "class": "private-sector", "mandate": "helps", "contacts": [],
           "members": [{"person": "registrar-carrier", "roles": ["registrar"]}]},
          {"id": "families", "name": "Families", "class": "affected-community", "mandate": "helps", "contacts": [],
           "members": [{"person": "speaker", "roles": ["representative"]}]}
        ]}
        """;

    private const string List = """
        name,class,role,countries,email,telephone,radio,marking,reach_marking
        Example Carrier,private-sector,noc,UA,noc@carrier.example,+380 44 555 0100,,public/clear,community/green
        Example Relay,civil-society,watch,SD,,,"7.110 MHz, EX1",community/green,
        Example Desk,civil-society,desk,Sudan,,,,,

        """;

    private readonly CommandLine line = new();

    public void Dispose() => line.Dispose();

    [Fact]
    public void A_list_comes_in_once_and_goes_out_as_each_may_see_it()
    {
        Found();
        string list = line.Write("list.csv", List);
        JsonElement dry = Contacts(
            "import",
            list,
            "--keeper",
            "relief",
            "--dry-run",
            "--json"
        ).Json;
        Assert.Equal(2, dry.GetProperty("added").GetInt32());
        Assert.Contains(
            "no contact point",
            Contacts("list", "--for", "relief").Done().Output,
            StringComparison.Ordinal
        );
        JsonElement first = Contacts("import", list, "--keeper", "relief", "--json").Json;
        Assert.Equal(2, first.GetProperty("added").GetInt32());
        JsonElement fault = Assert.Single(first.GetProperty("skipped").EnumerateArray());
        Assert.Equal("line 4", fault.GetProperty("at").GetString());
        JsonElement again = Contacts("import", list, "--keeper", "relief", "--json").Json;
        Assert.Equal(2, again.GetProperty("same").GetInt32());
        string open = Contacts("export").Done().Output;
        Assert.Contains("Example Carrier", open, StringComparison.Ordinal);
        Assert.DoesNotContain("noc@", open, StringComparison.Ordinal);
        Assert.DoesNotContain("Example Relay", open, StringComparison.Ordinal);
        string known = Contacts("export", "--for", "families").Done().Output;
        Assert.Contains("noc@carrier.example", known, StringComparison.Ordinal);
        Assert.Contains("'+380 44 555 0100", known, StringComparison.Ordinal);
        Assert.Contains(
            "no vetted organisation",
            Contacts("export", "--for", "nobody").Refusal(2),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "no vetted organisation",
            Contacts("import", list, "--keeper", "nobody").Refusal(3),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Who_was_shown_a_code_cannot_enter_it_and_who_has_not_answered_is_not_called()
    {
        string id = Known();
        JsonElement asked = Contacts("ping", id, "--code", "--json").Json;
        string reference = asked.GetProperty("reference").GetString()!;
        Assert.Contains(
            "proves nothing",
            Contacts("confirm", reference, asked.GetProperty("code").GetString()!).Refusal(3),
            StringComparison.Ordinal
        );
        JsonElement who = Contacts(
            "who",
            "--country",
            "ukraine",
            "--for",
            "carrier",
            "--json"
        ).Json;
        Assert.Empty(who.GetProperty("now").EnumerateArray());
        Assert.Equal("never-verified", who.GetProperty("not")[0].GetProperty("why").GetString());
        JsonElement ready = Contacts("readiness", "--for", "carrier", "--json").Json;
        Assert.Equal(2, ready.GetProperty("countries").GetArrayLength());
    }

    [Fact]
    public void A_notification_of_a_bounce_lowers_those_who_have_the_address()
    {
        Known();
        string report = line.Write(
            "returned.eml",
            "Reporting-MTA: dns; mail.example\n\nFinal-Recipient: rfc822; noc@carrier.example\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 no such user\n"
        );
        Contacts("bounce", report, "--dry-run").Done();
        Assert.Contains(
            "550 no such user",
            Contacts("bounce", report).Done().Output,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "bounced (5.1.1 550 no such user)",
            Contacts("who", "--country", "UA", "--for", "carrier").Done().Output,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "no delivery status",
            Contacts("bounce", line.Write("holiday.eml", "I am away\n")).Refusal(2),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("{\"smtpHost\": \"mail.example\"}", "mailFrom")]
    [InlineData(
        "{\"smtpHost\": \"mail.example\", \"mailFrom\": \"a@b.example\", \"publicAddress\": \"https://b.example\", \"smtpSecurity\": \"none\"}",
        "this machine alone"
    )]
    [InlineData(
        "{\"smtpHost\": \"mail.example\", \"mailFrom\": \"a@b.example\", \"publicAddress\": \"http://b.example\"}",
        "https"
    )]
    public void A_mail_server_that_is_half_set_is_refused_with_what_is_missing(
        string settings,
        string reason
    )
    {
        line.Write("data/breakwater.json", settings);
        Assert.Contains(reason, Contacts("list").Refusal(2), StringComparison.Ordinal);
    }

    private string Known()
    {
        Found();
        Contacts("import", line.Write("list.csv", List), "--keeper", "relief");
        return Contacts("list", "--country", "UA", "--for", "relief", "--json")
            .Json.GetProperty("contacts")[0]
            .GetProperty("id")
            .GetString()!;
    }

    private void Found() =>
        line.Run("found", line.Write("charter.json", Charter), "--data", line.Data).Done();

    private CommandLineRun Contacts(params string[] arguments) =>
        line.Run(["contacts", .. arguments, "--data", line.Data]);
}
