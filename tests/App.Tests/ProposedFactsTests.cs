using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Breakwater.Disruptions;
using Breakwater.Disruptions.Law;
using Breakwater.Ledger;
using Breakwater.Norms.Packs;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>Facts that were proposed for a disruption, as people take them over into a fact sheet about it.</summary>
public sealed partial class ProposedFactsTests(ResponsePagesSite pages)
    : IClassFixture<ResponsePagesSite>
{
    private const string Measured = "measured: made";
    private const string Paper = "a newspaper";
    private const string Ministry = "a ministry";

    private static readonly Marking _near = new(Distribution.Community, Tlp.Green);

    private static LawPack Pack => LawAtHand.Read.Pack!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ApiSite Site => pages.Site;

    [Fact]
    public async Task A_proposed_fact_is_taken_over_by_a_person_and_found_in_the_sheet_and_the_findings()
    {
        ProposedFacts proposed = await Propose("disruption-taken", Said("m.blanket", Measured));
        string id = await Open(proposed.Disruption);
        foreach (string language in (string[])["en", "fr", "ar"])
        {
            string told = await pages.Planner.Read($"/fact-sheets/{id}?lang={language}");
            FactTerm fact = Pack.FactOf("m.blanket")!;
            string question =
                language == "en"
                    ? fact.Question
                    : LawAtHand.Read.Texts.Languages[language].Facts[fact.Id].Question;
            Assert.Contains("id=\"proposed\"", told, StringComparison.Ordinal);
            Assert.Contains(Html(question), told, StringComparison.Ordinal);
            Assert.Contains($"/explain/{proposed.Id}", told, StringComparison.Ordinal);
            Assert.Contains($"/explain/{proposed.Disruption}", told, StringComparison.Ordinal);
            Assert.DoesNotContain("<script", told, StringComparison.OrdinalIgnoreCase);
        }

        string before = await pages.Planner.Read($"/fact-sheets/{id}?lang=en");
        Assert.Contains("Proposed by measurement", before, StringComparison.Ordinal);
        Assert.Contains("0.92", before, StringComparison.Ordinal);
        using HttpResponseMessage forged = await pages.Planner.Post(
            $"/act/fact-sheets/{id}/answer-fact",
            [.. FormOf(before, Measured).Where(field => field.Name != "page-proof")]
        );
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        using HttpResponseMessage taken = await TakeOver(id, before, Measured);
        Assert.Equal(HttpStatusCode.SeeOther, taken.StatusCode);

        string after = await pages.Planner.Read($"/fact-sheets/{id}?lang=en");
        Assert.DoesNotContain("id=\"proposed\"", after, StringComparison.Ordinal);
        Assert.Contains("taken over from what was proposed:", after, StringComparison.Ordinal);
        ApiClient planner = await Site.As(Role.Planner, "relief");
        JsonNode answer = (await planner.Get($"fact-sheets/{id}")).State["answers"]![0]!;
        Assert.Equal("m.blanket", answer["fact"]!.GetValue<string>());
        Assert.Equal("yes", answer["value"]!.GetValue<string>());
        Assert.Equal(Measured, answer["source"]!.GetValue<string>());
        Assert.Equal("desk", answer["respondent"]!.GetValue<string>());
        Assert.Equal(0.92, answer["confidence"]!.GetValue<double>());
        Assert.Equal("relief", answer["organisation"]!.GetValue<string>());
        Assert.Equal(
            [proposed.Id, proposed.Disruption],
            answer["evidence"]!.AsArray().Select(one => one!.GetValue<string>())
        );
        Assert.Contains(
            Measured,
            await pages.Planner.Read($"/fact-sheets/{id}/findings/IHRL-SHUTDOWN-PER-SE?lang=en"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Of_sources_that_contradict_each_other_none_is_passed_over()
    {
        ProposedFacts proposed = await Propose(
            "disruption-contradicted",
            Said("m.restricts", Paper, sure: null),
            Said("m.restricts", Ministry, isSo: false, sure: null)
        );
        string id = await Open(proposed.Disruption);
        string interview = $"/fact-sheets/{id}/interview?as=desk";
        string asked = await pages.Planner.Read($"{interview}&lang=en");
        Assert.Contains("Take over into this sheet: no", asked, StringComparison.Ordinal);
        using HttpResponseMessage taken = await TakeOver(id, asked, Paper);
        Assert.StartsWith(interview, taken.Headers.Location!.ToString(), StringComparison.Ordinal);
        string left = await pages.Planner.Read($"{interview}&lang=en");
        Assert.Empty(FormOf(left, Paper));
        Assert.NotEmpty(FormOf(left, Ministry));

        ApiClient planner = await Site.As(Role.Planner, "relief");
        foreach (
            (string value, string evidence) in ((string, string)[])
                [("yes", proposed.Id), ("no", "facts-0000000000000000")]
        )
        {
            Answered refused = await Answer(planner, id, "m.restricts", value, Ministry, evidence);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
            Assert.Contains(
                "take it over as it is offered",
                refused.Text,
                StringComparison.Ordinal
            );
        }

        Answered said = await Answer(planner, id, "m.restricts", "no", Ministry, proposed.Id);
        Assert.True(said.Status == HttpStatusCode.OK, said.Text);
        string both = await pages.Planner.Read($"/fact-sheets/{id}?lang=en");
        Assert.Contains("sources contradict each other", both, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"proposed\"", both, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_somebody_answered_and_what_no_measurement_may_say_is_not_offered()
    {
        string guarded = Pack.Facts.First(fact => fact.Safety == Safety.Guarded).Id;
        string evaluative = Pack.Facts.First(fact => fact.IsEvaluative).Id;
        ProposedFacts proposed = await Propose(
            "disruption-answered",
            Said("m.blanket", Measured),
            Said("act.state", Paper),
            Said(guarded, "a guarded source"),
            Said(evaluative, "an assessing source")
        );
        string id = await Open(proposed.Disruption);
        ApiClient planner = await Site.As(Role.Planner, "relief");
        Answered said = await Answer(planner, id, "m.blanket", "no", "a carrier");
        Assert.True(said.Status == HttpStatusCode.OK, said.Text);
        Answered asked = await Answer(planner, id, "act.state", "unknown", "a resident");
        Assert.True(asked.Status == HttpStatusCode.OK, asked.Text);
        string html = await pages.Planner.Read($"/fact-sheets/{id}?lang=en");
        Assert.Equal(["act.state"], Offered().Matches(html).Select(one => one.Groups[1].Value));

        Answered closed = await planner.Do(
            "fact-sheets",
            id,
            "close-fact-sheet",
            new { Reason = "all is said" }
        );
        Assert.True(closed.Status == HttpStatusCode.OK, closed.Text);
        html = await pages.Planner.Read($"/fact-sheets/{id}?lang=en");
        Assert.DoesNotContain("id=\"proposed\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_marked_for_others_is_neither_offered_nor_taken_where_they_read()
    {
        Marking carrier = new(Distribution.Community, Tlp.Amber) { Organisation = "carrier" };
        ProposedFacts hidden = await Propose(
            "disruption-hidden",
            carrier,
            Said("m.blanket", Measured)
        );
        string id = await Open(hidden.Disruption);
        Assert.DoesNotContain(
            "id=\"proposed\"",
            await pages.Planner.Read($"/fact-sheets/{id}?lang=en"),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            "id=\"proposed\"",
            await pages.Planner.Read($"/fact-sheets/{id}/interview?as=desk&lang=en"),
            StringComparison.Ordinal
        );

        // The planner may see it, and readers of a public sheet may not.
        ProposedFacts near = await Propose("disruption-near", _near, Said("m.blanket", Measured));
        string wide = await Open(near.Disruption, Marking.Public);
        Assert.DoesNotContain(
            "id=\"proposed\"",
            await pages.Planner.Read($"/fact-sheets/{wide}?lang=en"),
            StringComparison.Ordinal
        );
        ApiClient planner = await Site.As(Role.Planner, "relief");
        Answered refused = await Answer(planner, wide, "m.blanket", "yes", Measured, near.Id, 0.92);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        string close = await Open(near.Disruption);
        Assert.Contains(
            "id=\"proposed\"",
            await pages.Planner.Read($"/fact-sheets/{close}?lang=en"),
            StringComparison.Ordinal
        );
        ProposedFacts open = await Propose("disruption-open", Said("m.blanket", Measured));
        Assert.Contains(
            "id=\"proposed\"",
            await pages.Carrier.Read($"/fact-sheets/{await Open(open.Disruption)}?lang=en"),
            StringComparison.Ordinal
        );
        // The carrier may see the signal, and others who read the sheet may not.
        await Record(
            "made/signal-carrier",
            ProductRecorded.Of("signal-carrier", "signal", new { }, []).ToDraft(carrier, "made", [])
        );
        ProposedFacts mixed = await Propose(
            "disruption-mixed",
            Said("m.blanket", Measured) with
            {
                Evidence = ["signal-carrier"],
            }
        );
        Assert.DoesNotContain(
            "id=\"proposed\"",
            await pages.Carrier.Read($"/fact-sheets/{await Open(mixed.Disruption)}?lang=en"),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            "id=\"proposed\"",
            await pages.Stranger.Read(
                $"/fact-sheets/{await Open(open.Disruption, Marking.Public)}?lang=en"
            ),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Nothing_is_offered_of_a_telling_that_was_withdrawn()
    {
        ProposedFacts proposed = await Propose("disruption-back", Said("m.blanket", Measured));
        string id = await Open(proposed.Disruption);
        var back = new Revision(
            Site.Clock.Now,
            RevisionKind.Withdrawn,
            proposed.Disruption,
            Earlier: null,
            Place.OfCountry("SD"),
            Network: null,
            []
        );
        await Record("revisions/disruption-back", Recording.Of(back, Marking.Public));
        Assert.DoesNotContain(
            "id=\"proposed\"",
            await pages.Planner.Read($"/fact-sheets/{id}?lang=en"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_was_proposed_for_one_disruption_is_not_taken_over_into_a_sheet_on_another()
    {
        ProposedFacts here = await Propose("disruption-here", Said("m.blanket", Measured));
        ProposedFacts there = await Propose("disruption-there", Said("m.blanket", Paper));
        string id = await Open(here.Disruption);
        string told = await pages.Planner.Read($"/fact-sheets/{id}?lang=en");
        string other = await pages.Planner.Read(
            $"/fact-sheets/{await Open(there.Disruption)}?lang=en"
        );
        string proof = FormOf(told, Measured).Single(field => field.Name == "page-proof").Value;
        using HttpResponseMessage refused = await pages.Planner.Post(
            $"/act/fact-sheets/{id}/answer-fact",
            [
                .. FormOf(other, Paper)
                    .Select(field => field.Name == "page-proof" ? (field.Name, proof) : field),
            ]
        );
        Assert.NotEqual(HttpStatusCode.SeeOther, refused.StatusCode);
        Assert.Contains(
            "says otherwise",
            await refused.Content.ReadAsStringAsync(Cancel),
            StringComparison.Ordinal
        );
    }

    private static string Html(string text) => Publications.Spoken.Html(text);

    private static ProposedFact Said(
        string fact,
        string source,
        bool isSo = true,
        double? sure = 0.92
    ) =>
        new(
            fact,
            isSo,
            source,
            sure is { } known ? new Confidence(known) : null,
            Origin.Measured,
            "nearly all access went",
            []
        );

    private Task<ProposedFacts> Propose(string disruption, params ProposedFact[] facts) =>
        Propose(disruption, Marking.Public, facts);

    /// <summary>Puts a public disruption on record, and what was proposed for it under a marking.</summary>
    private async Task<ProposedFacts> Propose(
        string disruption,
        Marking marking,
        params ProposedFact[] facts
    )
    {
        var proposed = new ProposedFacts
        {
            Id = ContentId.Of("facts", disruption),
            Disruption = disruption,
            Conduct = "2026-02-01/..",
            KnownBy = "2026-03-01",
            Facts =
            [
                .. facts.Select(fact => fact with { Evidence = [disruption, .. fact.Evidence] }),
            ],
            Marking = marking,
        };
        await Record(
            $"made/{disruption}",
            Recording.Of(
                Made.Disruption(
                    disruption,
                    Place.OfCountry("SD"),
                    Instant.FromUtc(2026, 2, 1, 0, 0)
                )
            ),
            Recording.Of(proposed)
        );
        return proposed;
    }

    private async Task Record(string subject, params Draft[] drafts) =>
        Assert.IsType<Appended>(await Site.Records.Append(subject, 0, drafts, Cancel));

    private async Task<string> Open(string disruption, Marking? marking = null)
    {
        ApiClient planner = await Site.As(Role.Planner, "relief");
        Answered opened = await planner.Start(
            "fact-sheets",
            new
            {
                Title = "a town",
                Conduct = "2026-02-01/..",
                DisruptionId = disruption,
                Marking = marking,
            }
        );
        Assert.True(opened.Status == HttpStatusCode.Created, opened.Text);
        return opened.Id;
    }

    private async Task<HttpResponseMessage> TakeOver(string id, string html, string source) =>
        await pages.Planner.Post(
            $"/act/fact-sheets/{id}/answer-fact",
            [
                .. FormOf(html, source)
                    .Select(field => (field.Name, WebUtility.HtmlDecode(field.Value))),
            ]
        );

    /// <summary>The hidden fields of the form that takes over what this source says; none when there is no such form.</summary>
    private static (string Name, string Value)[] FormOf(string html, string source) =>
        Form()
            .Matches(html)
            .Where(form =>
                form.Value.Contains($"name=\"source\" value=\"{source}\"", StringComparison.Ordinal)
            )
            .Select(form => ResponsePagesSite.Hidden(form.Value))
            .FirstOrDefault([]);

    private static Task<Answered> Answer(
        ApiClient who,
        string id,
        string fact,
        string value,
        string source,
        string? evidence = null,
        double? sure = null
    ) =>
        who.Do(
            "fact-sheets",
            id,
            "answer-fact",
            new
            {
                Fact = fact,
                Value = value,
                Source = source,
                Respondent = "desk",
                Confidence = sure,
                Evidence = evidence is null ? (string[])[] : [evidence],
            }
        );

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("name=\"fact\" value=\"([^\"]+)\"")]
    private static partial Regex Offered();
}
