using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Breakwater.App.Exchange;
using Breakwater.App.Publishing.StaticSite;
using Breakwater.Decisions.Publishing;
using Breakwater.Ledger;
using Breakwater.Ledger.Tiles;
using Breakwater.Publications.Hxl;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;
using static Breakwater.App.Tests.PublishingSite;

namespace Breakwater.App.Tests;

/// <summary>Forms that are of no response take the whole way that a situation report takes, out and back.</summary>
public sealed partial class PublishingEveryFormTests : IAsyncLifetime
{
    private PublishingSite _made = null!;

    public static TheoryData<PublicationForm, string> Forms =>
        new()
        {
            { PublicationForm.LegalBrief, "A town lost its networks" },
            { PublicationForm.Index, "Resilience index:" },
            { PublicationForm.AfterAction, "Networks fall one after another" },
            { PublicationForm.ConsultationReport, "Every plan names who pays for repairs." },
            { PublicationForm.ContinuityCase, "Who answers for the registry" },
        };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _made = await PublishingSite.Start();

    public ValueTask DisposeAsync() => _made.DisposeAsync();

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task It_is_prepared_approved_by_two_held_back_released_corrected_and_taken_back_with_a_receipt(
        PublicationForm form,
        string says
    )
    {
        await using ApiSite peer = await ApiSite.Start();
        await Trust(peer);
        string of = await PublishedSubjects.Make(_made.Site, form);

        // One person is not enough, and while it waits nobody outside knows of it.
        Instant until = _made.Site.Clock.Now + Duration.FromHours(6);
        string id = Done(await Prepare(form, of, new { EmbargoUntil = until })).Id;
        Assert.NotEqual(HttpStatusCode.OK, (await _made.Release(id)).Status);
        Assert.NotEqual(HttpStatusCode.OK, (await _made.Approve(id, "relief")).Status);
        Done(await _made.Approve(id));
        Done(await _made.Release(id));
        Dictionary<string, string> reports = await _made.Reports(id);
        JsonArray files = (await _made.State(id)).State["files"]!.AsArray();
        Assert.NotEmpty(files);
        foreach (string path in reports.Values.Concat(files.Select(file => PathOf(id, file!))))
        {
            Assert.Equal(HttpStatusCode.NotFound, (await _made.Read(path)).Status);
        }

        await _made.Site.Pass(Duration.FromHours(7));
        await IsOut(id, form, says);
        await IsCarried(id, form);

        // A correction says what was wrong, and the earlier one leads to it.
        string second = Done(
            await Prepare(form, of, new { Replaces = id, Correction = "a name was misspelt" })
        ).Id;
        Done(await _made.Approve(second));
        Done(await _made.Release(second));
        foreach ((string language, string path) in await _made.Reports(second))
        {
            string corrected = await _made.Text(path);
            Assert.Contains("a name was misspelt", corrected, StringComparison.Ordinal);
            Assert.Contains(
                reports[language]["/reports/".Length..],
                corrected,
                StringComparison.Ordinal
            );
        }

        Assert.Equal("replaced", (await _made.State(id)).Standing);
        await IsTakenBack(second, peer);
    }

    /// <summary>Page, list, feed and files, each with citation, licence and proof, and no person in any of them.</summary>
    private async Task IsOut(string id, PublicationForm form, string says)
    {
        Dictionary<string, string> reports = await _made.Reports(id);
        Assert.Equal(["ar", "en", "fr"], reports.Keys.Order());
        foreach ((string language, string path) in reports)
        {
            string html = await _made.Text(path);
            Assert.Contains($"lang=\"{language}\"", html, StringComparison.Ordinal);
            Assert.Contains("<section id=\"cite\">", html, StringComparison.Ordinal);
            Assert.Contains("CC BY 4.0", html, StringComparison.Ordinal);
            Assert.Contains(_made.Site.Records.Node.Name, html, StringComparison.Ordinal);
            Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("CANARY", html, StringComparison.Ordinal);
            Assert.DoesNotMatch(WordTwice(), Regex.Replace(html, "<[^>]*>|[\u2066-\u2069]", ""));
            Assert.StartsWith(
                "c2sp.org/tlog-proof@v1",
                await _made.Text(path + ".tlog-proof"),
                StringComparison.Ordinal
            );
            string list = await _made.Text($"/published?lang={language}");
            Assert.Contains(path, list, StringComparison.Ordinal);
            Assert.Contains("CC-BY-4.0", list, StringComparison.Ordinal);
            XElement[] items =
            [
                .. XElement
                    .Parse(await _made.Text($"/published.rss?lang={language}"))
                    .Descendants("item"),
            ];
            string title = Assert
                .Single(
                    items,
                    item => item.Element("link")!.Value.EndsWith(path, StringComparison.Ordinal)
                )
                .Element("title")!
                .Value;
            string[] titled = title.Split(':', StringSplitOptions.TrimEntries);
            Assert.Equal(titled.Length, titled.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        }

        Assert.Contains(says, await _made.Text(reports["en"]), StringComparison.Ordinal);
        foreach (JsonNode? file in (await _made.State(id)).State["files"]!.AsArray())
        {
            (HttpStatusCode status, byte[] octets) = await _made.Read(PathOf(id, file!));
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.DoesNotContain(
                "CANARY",
                Encoding.UTF8.GetString(octets),
                StringComparison.Ordinal
            );
            Assert.Equal(
                HttpStatusCode.OK,
                (await _made.Read(PathOf(id, file!) + ".tlog-proof")).Status
            );
        }

        // INV-10: each paragraph leads to what it was taken from.
        JsonElement document = (
            await _made.Site.Records.Product(reports["en"]["/reports/".Length..])
        )!.Body.GetProperty("document");
        JsonElement[] parts =
        [
            .. document.GetProperty("paragraphs").EnumerateArray(),
            .. document
                .GetProperty("tables")
                .EnumerateArray()
                .SelectMany(table => table.GetProperty("rows").EnumerateArray()),
        ];
        Assert.NotEmpty(parts);
        Assert.All(parts, part => Assert.NotEqual(0, part.GetProperty("inputs").GetArrayLength()));
        Assert.Equal(
            form == PublicationForm.AfterAction,
            document.GetProperty("isExercise").GetBoolean()
        );
    }

    /// <summary>The static copy holds it, leads to nothing outside, and each file of it verifies offline.</summary>
    private async Task IsCarried(string id, PublicationForm form)
    {
        string folder = Path.Combine(Directory.CreateTempSubdirectory("bw-form").FullName, "site");
        SiteWritten written = await SiteFromRecords.Write(
            _made.Site.Records,
            SiteFolder.Open(folder),
            "",
            _made.Site.Clock.Now,
            Cancel
        );
        Assert.Empty(written.Missing);
        string own = Path.Combine(folder, "p", id);
        Assert.True(
            Verifier.TryParse(
                (await File.ReadAllTextAsync(Path.Combine(folder, "node.pub"), Cancel)).Trim(),
                out Verifier? key
            )
        );
        string[] proofs = Directory.GetFiles(own, "*.tlog-proof");
        Assert.True(proofs.Length > 3, $"{form}: {proofs.Length} proofs");
        foreach (string proof in proofs)
        {
            Assert.True(
                TlogProof.TryParse(await File.ReadAllTextAsync(proof, Cancel), out TlogProof? read)
            );
            Assert.True(
                ProofCheck
                    .Of(
                        read,
                        key,
                        await File.ReadAllBytesAsync(proof[..^TlogProof.Extension.Length], Cancel)
                    )
                    .Holds,
                proof
            );
        }

        foreach (string page in Directory.GetFiles(own, "*.html"))
        {
            string html = await File.ReadAllTextAsync(page, Cancel);
            Assert.DoesNotContain("href=\"/", html, StringComparison.Ordinal);
            Assert.DoesNotContain("src=", html, StringComparison.Ordinal);
        }

        Assert.Contains(
            $"p/{id}/en.html",
            await File.ReadAllTextAsync(Path.Combine(folder, "index.html"), Cancel),
            StringComparison.Ordinal
        );
        Assert.Contains(
            $"p/{id}/en.html",
            await File.ReadAllTextAsync(Path.Combine(folder, "publications.rss"), Cancel),
            StringComparison.Ordinal
        );
        Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);
    }

    private async Task IsTakenBack(string id, ApiSite peer)
    {
        Dictionary<string, string> reports = await _made.Reports(id);
        await Carry(_made.Site, peer, $"publication/{id}");
        Done(await _made.Withdraw(id, "it named a town"));
        foreach (string path in reports.Values)
        {
            (HttpStatusCode status, byte[] octets) = await _made.Read(path);
            Assert.Equal(HttpStatusCode.Gone, status);
            Assert.Contains(
                "it named a town",
                Encoding.UTF8.GetString(octets),
                StringComparison.Ordinal
            );
        }

        Assert.Equal("unconfirmed", await Retraction(id));
        await Carry(_made.Site, peer, $"publication/{id}");
        await Carry(
            peer,
            _made.Site,
            $"retraction-receipt/{RetractionReceipt.IdOf(id, peer.Records.Node.Name)}"
        );
        Assert.Equal("reached", await Retraction(id));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Of_what_the_public_may_not_see_nothing_is_composed(
        PublicationForm form,
        string says
    )
    {
        string of = await PublishedSubjects.Make(
            _made.Site,
            form,
            new Marking(Distribution.Community, Tlp.Green)
        );
        Answered refused = await Prepare(form, of);
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("nothing to publish", refused.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(says, refused.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PublicationForm.Index, "index/zz", "two letters")]
    [InlineData(PublicationForm.Index, "index/KE", "nothing to publish")]
    [InlineData(PublicationForm.Index, "exercise/exercise-1", "is of one thing of the kind index")]
    [InlineData(PublicationForm.AfterAction, "exercise/exercise-1", "not taken over")]
    [InlineData(PublicationForm.ConsultationReport, "consultation/consultation-1", "not launched")]
    [InlineData(PublicationForm.ContinuityCase, "continuity-case/none", "no such continuity-case")]
    public async Task What_is_not_ready_or_not_there_is_refused_with_what_to_do(
        PublicationForm form,
        string of,
        string why
    )
    {
        await PublishedSubjects.Called(_made.Site, Marking.Public);
        await PublishedSubjects.Planned(_made.Site, Marking.Public);
        Answered refused = await Prepare(form, of);
        Assert.True(
            refused.Status is HttpStatusCode.Conflict or HttpStatusCode.UnprocessableEntity,
            refused.Text
        );
        Assert.Contains(why, refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task INV_13_what_is_told_of_an_exercise_says_so_everywhere_and_holds_nothing_that_was_played()
    {
        string id = Done(
            await Prepare(
                PublicationForm.AfterAction,
                await PublishedSubjects.Make(_made.Site, PublicationForm.AfterAction)
            )
        ).Id;
        Done(await _made.Approve(id));
        Done(await _made.Release(id));
        foreach (
            (string language, string word) in ((string, string)[])
                [("en", "EXERCISE"), ("fr", "EXERCICE"), ("ar", "تمرين")]
        )
        {
            string html = await _made.Text((await _made.Reports(id))[language]);
            Assert.Contains("class=\"banner exercise\"", html, StringComparison.Ordinal);
            Assert.Contains(word, html, StringComparison.Ordinal);
            Assert.Contains(
                word,
                await _made.Text($"/published?lang={language}"),
                StringComparison.OrdinalIgnoreCase
            );
            Assert.Contains(
                word,
                await _made.Text($"/published.rss?lang={language}"),
                StringComparison.OrdinalIgnoreCase
            );
        }

        JsonNode json = JsonNode.Parse(
            await _made.Text($"/published/{id}/EXERCISE-after-action.json")
        )!;
        Assert.True(json["exercise"]!.GetValue<bool>());
        JsonArray times = json["result"]!["times"]!.AsArray();
        Assert.Equal(5700, times[0]!["seconds"]!.GetValue<double>());
        // What never happened is no number (unknown is not zero).
        Assert.True(times[3]!["neverHappened"]!.GetValue<bool>());
        Assert.Null(times[3]!["seconds"]);
        string english = await _made.Text((await _made.Reports(id))["en"]);
        Assert.Contains("never happened", english, StringComparison.Ordinal);
        Assert.Contains("agree on who watches the feeds", english, StringComparison.Ordinal);
        // No disruption, alert or count comes of it.
        Assert.DoesNotContain(
            "sudan-2024-02",
            await _made.Text("/disruptions?lang=en"),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("<entry", await _made.Text("/alerts.atom"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gap_report_tells_of_needs_of_who_covers_what_and_of_gaps_of_the_law()
    {
        string id = Done(
            await (await _made.Publisher("relief")).Start(
                "publications",
                new
                {
                    _made.Response,
                    HarmNote = "none",
                    Form = PublicationForm.GapReport,
                }
            )
        ).Id;
        Done(await _made.Approve(id));
        Done(await _made.Release(id));
        foreach ((string language, string path) in await _made.Reports(id))
        {
            string html = await _made.Text(path);
            foreach (string section in (string[])["unserved", "matrix", "law-gaps", "cite"])
            {
                Assert.Contains($"id=\"{section}\"", html, StringComparison.Ordinal);
            }

            Assert.DoesNotContain(Canary, html, StringComparison.Ordinal);
            Assert.Contains($"lang=\"{language}\"", html, StringComparison.Ordinal);
        }

        HxlTable matrix = await Table($"/published/{id}/gap-matrix.hxl.csv");
        // Five phases, seven classes, four groups: every cell is there, also where nothing is.
        Assert.Equal(5 * 7 * 4, matrix.Rows.Count);
        HxlTable law = await Table($"/published/{id}/law-gaps.hxl.csv");
        Assert.Equal(LawAtHand.Read.Pack!.Gaps.Count, law.Rows.Count);
        Assert.Equal(
            "0",
            law.Rows[0][law.Columns.ToList().FindIndex(column => column.Header == "disruptions")]
        );
    }

    [Fact]
    public async Task A_gap_report_of_a_country_without_a_response_tells_who_covers_what_in_it()
    {
        string id = Done(await Prepare(PublicationForm.GapReport, "gap-matrix/KE")).Id;
        Done(await _made.Approve(id));
        Done(await _made.Release(id));
        foreach ((string language, string path) in await _made.Reports(id))
        {
            string html = await _made.Text(path);
            Assert.Contains("id=\"matrix\"", html, StringComparison.Ordinal);
            Assert.Contains("id=\"cite\"", html, StringComparison.Ordinal);
            Assert.DoesNotContain("id=\"unserved\"", html, StringComparison.Ordinal);
            Assert.DoesNotContain(Canary, html, StringComparison.Ordinal);
            Assert.Contains($"lang=\"{language}\"", html, StringComparison.Ordinal);
        }

        Assert.Equal(5 * 7 * 4, (await Table($"/published/{id}/gap-matrix.hxl.csv")).Rows.Count);
        Assert.Contains(
            "is of one thing of the kind response or gap-matrix",
            (await Prepare(PublicationForm.GapReport, "index/KE")).Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_person_goes_from_what_is_to_be_published_to_the_form_that_prepares_it()
    {
        await PublishedSubjects.Make(_made.Site, PublicationForm.ContinuityCase);
        await PublishedSubjects.Make(_made.Site, PublicationForm.Index);
        using var publisher = new Visitor(_made.Site.Address);
        using HttpResponseMessage made = await publisher.Register(
            ApiSite.PersonOf(Role.Publisher, "relief")
        );
        Assert.Equal(HttpStatusCode.OK, made.StatusCode);
        foreach (
            (string page, string of) in ((string, string)[])
                [
                    (
                        "/continuity-cases/case-1",
                        "about=continuity-case%2Fcase-1&amp;form=continuity-case"
                    ),
                    ("/index/KE", "about=index%2FKE&amp;form=index"),
                    ("/index", "about=index%2Fall&amp;form=index"),
                    ("/gap-matrix", "about=gap-matrix%2Fall&amp;form=gap-report"),
                    ($"/responses/{_made.Response}", "form=gap-report"),
                ]
        )
        {
            string html = await publisher.Read($"{page}?lang=en");
            Assert.Contains(of, html, StringComparison.Ordinal);
            Assert.DoesNotContain(
                of,
                await _made.Text($"{page}?lang=en"),
                StringComparison.Ordinal
            );
        }

        string form = await publisher.Read(
            "/act/publications/prepare-publication?about=continuity-case%2Fcase-1&form=continuity-case&lang=en"
        );
        Assert.Contains("value=\"continuity-case/case-1\"", form, StringComparison.Ordinal);
        using HttpResponseMessage sent = await ResponsePagesSite.Fill(
            publisher,
            "/act/publications/prepare-publication",
            ("about", "continuity-case/case-1"),
            ("form", "continuity-case"),
            ("harmNote", "nobody can be found by it")
        );
        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
        string draft = await publisher.Read(sent.Headers.Location!.ToString());
        Assert.Contains("continuity-case/case-1", draft, StringComparison.Ordinal);
    }

    private async Task<Answered> Prepare(PublicationForm form, string of, object? more = null)
    {
        var body = new JsonObject
        {
            ["about"] = of,
            ["harmNote"] = $"{Canary}: nobody",
            ["form"] = Checks.Word(form),
        };
        foreach (
            (string name, JsonNode? value) in JsonSerializer
                .SerializeToNode(more ?? new { }, Json.Compact)!
                .AsObject()
        )
        {
            body[name] = value?.DeepClone();
        }

        return await (await _made.Publisher("relief")).Start("publications", body);
    }

    private async Task<HxlTable> Table(string path)
    {
        HxlRead read = HxlReader.Read(path, (await _made.Read(path)).Octets);
        Assert.Empty(read.Faults);
        return read.Table!;
    }

    private static string PathOf(string id, JsonNode file) =>
        $"/published/{id}/{file["name"]!.GetValue<string>()}";

    private async Task<string> Retraction(string id) =>
        Assert.Single(
            (await (await _made.Publisher("relief")).Get($"publications/{id}/recipients")).Body![
                "items"
            ]!.AsArray()
        )!["retraction"]!.GetValue<string>();

    private async Task Trust(ApiSite peer)
    {
        Assert.Null(await Peers.Trust(_made.Site.Records, peer.Records.Node, "relief", Cancel));
        Assert.Null(await Peers.Trust(peer.Records, _made.Site.Records.Node, "relief", Cancel));
    }

    private static async Task Carry(ApiSite from, ApiSite to, string subject)
    {
        Peer peer = (await Peers.Of(from.Records, Cancel))[to.Records.Node.Name];
        (Exported? exported, _) = await Exporting.Do(
            from.Records,
            [subject],
            peer,
            from.Clock.Now,
            Cancel
        );
        await TwoNodes.Import(to, exported!.File!);
    }

    /// <summary>A sentence that ends with the word with which what it is filled with begins.</summary>
    [GeneratedRegex(
        @"(?<!\w)(من|في|إلى|على|عن|مع|بين|حتى|de|à|du|des|la|le|les|the|of|to|by|from) \1(?!\w)",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex WordTwice();
}
