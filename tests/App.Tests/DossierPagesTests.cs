using System.Net;
using Breakwater.Vocabulary;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>Whoever documents does all of it with plain forms and without a script.</summary>
public sealed class DossierPagesTests(ResponsePagesSite site) : IClassFixture<ResponsePagesSite>
{
    [Fact]
    public async Task A_dossier_is_opened_filled_and_read_with_plain_forms()
    {
        Visitor analyst = await Entered("measurers");
        using HttpResponseMessage opened = await ResponsePagesSite.Fill(
            analyst,
            "/act/dossiers/open-dossier",
            ("name", "The cut of March"),
            ("purpose", "what is known of it"),
            ("response", site.Response),
            ("marking.distribution", "public"),
            ("marking.tlp", "clear")
        );
        string dossier = Landed(opened);

        using HttpResponseMessage collected = await ResponsePagesSite.Fill(
            analyst,
            $"/act{dossier}/collect-item",
            ("name", "notice.html"),
            ("mediaType", "text/html"),
            ("sha256", new string('0', 64)),
            ("url", "https://example.org/notice"),
            ("capture.at", "2026-03-01T07:00"),
            ("capture.method", "web-capture"),
            ("capture.operator", "capturer-1"),
            ("as", "analyst"),
            ("reason", "it announces the cut"),
            ("marking.distribution", "public"),
            ("marking.tlp", "clear")
        );
        Assert.Equal(dossier, Landed(collected));
        string page = await site.Stranger.Read($"{dossier}?lang=en");
        Assert.Contains("held elsewhere", page, StringComparison.Ordinal);
        Assert.Contains("ev.chain_of_custody", page, StringComparison.Ordinal);

        using HttpResponseMessage supported = await ResponsePagesSite.Fill(
            analyst,
            $"/act{dossier}/support-fact",
            ("itemId", "item-1"),
            ("fact", "m.blanket"),
            ("value", "true"),
            ("confidence", "0.8"),
            ("as", "analyst"),
            ("reason", "it says all networks")
        );
        Landed(supported);
        Assert.Contains(
            "m.blanket",
            await site.Stranger.Read($"{dossier}?lang=fr"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_order_is_registered_with_a_plain_form_and_what_was_not_filled_in_is_not_stated()
    {
        using HttpResponseMessage made = await ResponsePagesSite.Fill(
            await Entered("families"),
            "/act/shutdown-orders/register-order",
            ("name", "A cut during examinations"),
            ("place.country", "SD"),
            ("account.source", "a news site"),
            ("account.known", "reported-by-others"),
            ("account.confidence", "0.5"),
            ("account.legalBasis", "an act, section 5\nanother act"),
            ("account.addressees", "mobile-operators"),
            ("disruptions", ""),
            ("marking.distribution", "public"),
            ("marking.tlp", "clear")
        );
        string order = Landed(made);
        string page = await site.Stranger.Read($"{order}?lang=en");
        // That it cites a law is on its page; whether that is a basis is for an assessor.
        Assert.Contains("an act, section 5", page, StringComparison.Ordinal);
        Assert.DoesNotContain("m.legal_basis", page, StringComparison.Ordinal);
        Assert.DoesNotContain("m.order_written", page, StringComparison.Ordinal);
        Assert.DoesNotContain("m.time_limited", page, StringComparison.Ordinal);
    }

    private async Task<Visitor> Entered(string organisation)
    {
        Visitor visitor = site.Visitor();
        using HttpResponseMessage made = await visitor.Register(
            ApiSite.PersonOf(Role.Analyst, organisation)
        );
        Assert.Equal(HttpStatusCode.OK, made.StatusCode);
        return visitor;
    }

    /// <summary>The page that a form leads to once it was carried out.</summary>
    private static string Landed(HttpResponseMessage sent)
    {
        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
        return sent.Headers.Location!.OriginalString.Split('?')[0];
    }
}
