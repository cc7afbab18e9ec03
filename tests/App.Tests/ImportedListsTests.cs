using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Breakwater.App.Lists;
using Breakwater.App.Pages;
using Breakwater.Records;
using Breakwater.Signals;
using Breakwater.Signals.Initiatives;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>Lists of other initiatives on a running node: what they say stands beside measurements, and confirms nothing.</summary>
public sealed class ImportedListsTests : IAsyncLifetime
{
    private const string Events = """
        start_date,end_date,country,region name,type,scope,url
        2026-02-27T12:00:00Z,,SD,,shutdown,national,https://example.org/one
        2019-06-03T12:00:00Z,,SD,,shutdown,national,https://example.org/years-ago
        2026-02-27T12:00:00Z,,TD,,shutdown,national,https://example.org/elsewhere
        no day at all,,SD,,shutdown,national,https://example.org/odd

        """;

    private static readonly Place _sudan = Place.OfCountry("SD");
    private static readonly Marking _community = new(Distribution.Community, Tlp.Green);
    private ApiSite _site = null!;

    public static TheoryData<string> Languages => [.. PageTexts.Languages];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _site = await ApiSite.Start();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_claim_of_a_list_stands_beside_what_is_measured_and_no_other_row_opens_anything()
    {
        await Measure();
        JsonNode before = Assert.Single(await Detect())!;
        Assert.Empty(before["claims"]!.AsArray());

        Answered taken = await Import(Events, "pulse-events", Marking.Public);
        Assert.Equal(HttpStatusCode.Created, taken.Status);
        JsonNode after = Assert.Single(await Detect())!;
        Assert.Equal("shutdown", after["kind"]!.GetValue<string>());
        Assert.Contains(
            "https://example.org/one",
            Assert.Single(after["claims"]!.AsArray())!["source"]!.GetValue<string>(),
            StringComparison.Ordinal
        );
        // One family measured it, and a list is none: it is not surer than it may be.
        Assert.Equal(before["state"]!.GetValue<string>(), after["state"]!.GetValue<string>());
        Assert.True(after["confidence"]!.GetValue<double>() <= 0.8);
        Assert.Contains(
            $"/disruptions/{after["id"]}",
            await Page($"/imported-lists/{taken.Id}?lang=en"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_list_alone_is_no_disruption()
    {
        await Import(Events, "pulse-events", Marking.Public);
        Assert.Empty(await Detect());
    }

    [Fact]
    public async Task What_two_editions_say_alike_counts_once_and_what_is_set_aside_not_at_all()
    {
        Answered first = await Import(Events, "pulse-events", Marking.Public);
        Answered second = await Import($"{Events}\n", "pulse-events", Marking.Public);
        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal(3, (await ListsOnRecord.Signals(_site.Records)).Count);
        foreach (string id in (string[])[first.Id, second.Id])
        {
            await (await Analyst()).Do(
                "imported-lists",
                id,
                "set-list-aside",
                new { Reason = "its source took it back" }
            );
        }

        Assert.Empty(await ListsOnRecord.Signals(_site.Records));
    }

    [Fact]
    public async Task The_same_octets_are_one_list_and_say_where_they_are_from()
    {
        Answered taken = await Import(Events, "pulse-events", _community);
        JsonNode state = taken.State;
        Assert.Equal(
            SourceFile.Of("events.csv", Encoding.UTF8.GetBytes(Events)).Sha256,
            state["sha256"]!.GetValue<string>()
        );
        Assert.Equal("https://example.org/list", state["source"]!.GetValue<string>());
        Assert.Equal("unknown", state["licence"]!.GetValue<string>());
        Assert.Equal((3, 1), (state["rows"]!.GetValue<int>(), state["faults"]!.GetValue<int>()));
        Answered again = await Import(Events, "pulse-events", _community);
        Assert.NotEqual(HttpStatusCode.Created, again.Status);
        Assert.Single(
            await _site.Records.Documents(new DocumentQuery(ImportedList.Kind) { Limit = 10 })
        );
    }

    [Fact]
    public async Task What_has_no_source_no_licence_or_no_rows_is_refused()
    {
        Assert.Contains(
            "licence",
            (await Import(Events, "pulse-events", licence: " ")).Text,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "the source",
            (await Import(Events, "pulse-events", source: "")).Text,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "no row can be read",
            (await Import("start_date,country\n", "pulse-events")).Text,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "there is no list",
            (await Import(Events, "keepiton")).Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task INV_07_A_list_is_sealed_unless_its_marking_says_otherwise_and_hidden_with_its_rows()
    {
        // Whoever handed it in is shown nothing of it either.
        Assert.Equal(HttpStatusCode.NoContent, (await Import(Events, "pulse-events")).Status);
        Document kept = Assert.Single(
            await _site.Records.Documents(new DocumentQuery(ImportedList.Kind) { Limit = 10 })
        );
        Assert.Equal(Marking.Sealed, kept.Marking);
        Answered taken = await Import($"{Events}\n", "pulse-events", _community);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await _site.Public.Get($"imported-lists/{taken.Id}")).Status
        );
        string page = await Page($"/imported-lists/{taken.Id}?lang=en", _site.Stranger);
        Assert.DoesNotContain("example.org", page, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task The_page_of_a_list_shows_each_row_with_its_line_and_those_that_could_not_be_used(
        string language
    )
    {
        Answered taken = await Import(Events, "pulse-events", Marking.Public);
        string page = await Page($"/imported-lists/{taken.Id}?lang={language}");
        Assert.Contains("https://example.org/list", page, StringComparison.Ordinal);
        Assert.Contains("events.csv: line 5", page, StringComparison.Ordinal);
        var texts = PageTexts.For(language);
        Assert.Contains(texts.Html("lists.rows"), page, StringComparison.Ordinal);
        Assert.Contains(texts.Html("lists.beside.none"), page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_example_list_has_a_page()
    {
        string examples = Path.Combine(Root(), "docs", "examples");
        foreach (string list in ListRead.Lists)
        {
            string text = await File.ReadAllTextAsync(
                Path.Combine(examples, $"{list}.csv"),
                Cancel
            );
            Answered taken = await Import(text, list, Marking.Public);
            Assert.True(taken.Status == HttpStatusCode.Created, $"{list}: {taken.Text}");
            Assert.Contains(
                PageTexts.For("en").Html("lists.rows"),
                await Page($"/imported-lists/{taken.Id}?lang=en"),
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public async Task An_analyst_hands_a_list_in_by_a_form_without_scripts()
    {
        using var visitor = new Visitor(_site.Address);
        using HttpResponseMessage made = await visitor.Register(
            ApiSite.PersonOf(Role.Analyst, "measurers")
        );
        string form = await visitor.Read("/imported-lists/import?lang=en");
        Assert.DoesNotContain("<script", form, StringComparison.Ordinal);
        (string, string)[] fields =
        [
            .. ResponsePagesSite.Hidden(form),
            ("list", "pulse-events"),
            ("source", "https://example.org/list"),
            ("licence", "unknown"),
            ("marking", "public"),
        ];
        using HttpResponseMessage sent = await Upload.Send(
            visitor,
            "/imported-lists/import",
            "events.csv",
            Events,
            fields
        );
        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
        string page = await visitor.Read(sent.Headers.Location!.OriginalString);
        Assert.Contains("events.csv: line 5", page, StringComparison.Ordinal);
        // The same file again leads to the same list.
        using HttpResponseMessage again = await Upload.Send(
            visitor,
            "/imported-lists/import",
            "events.csv",
            Events,
            fields
        );
        Assert.Equal(sent.Headers.Location, again.Headers.Location);
        // A form that this site did not make does nothing.
        using HttpResponseMessage forged = await Upload.Send(
            visitor,
            "/imported-lists/import",
            "events.csv",
            $"{Events} ",
            [.. fields.Skip(1)]
        );
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Single(
            await _site.Records.Documents(new DocumentQuery(ImportedList.Kind) { Limit = 10 })
        );
    }

    private Task<ApiClient> Analyst() => _site.As(Role.Analyst, "measurers");

    private async Task<JsonArray> Detect()
    {
        Answered told = await (await Analyst()).Start("detections", new { Place = _sudan });
        Assert.Equal(HttpStatusCode.OK, told.Status);
        var disruptions = new JsonArray();
        foreach (JsonNode? id in told.Body!["disruptions"]!.AsArray())
        {
            disruptions.Add(
                (await _site.Public.Get($"disruptions/{id}")).Body!["body"]!.DeepClone()
            );
        }

        return disruptions;
    }

    /// <summary>Probes of two weeks: normal, and dark since two days.</summary>
    private async Task Measure()
    {
        var csv = new StringBuilder("time,answers\n");
        Instant from = _site.Clock.Now - Duration.FromDays(14);
        for (int hour = 0; hour < 24 * 14; hour++)
        {
            csv.Append(
                CultureInfo.InvariantCulture,
                $"{from + Duration.FromHours(hour)},{(hour < (24 * 12) + 4 ? 100 : 3) + (hour % 3)}\n"
            );
        }

        Answered taken = await (await Analyst()).Start(
            "input-files",
            new
            {
                Sha256 = await Kept(csv.ToString()),
                Name = "answers.csv",
                Format = "series-csv",
                Place = _sudan,
                Columns = new SeriesFormat
                {
                    TimeColumn = "time",
                    ValueColumns = ["answers"],
                    Place = _sudan,
                    Family = SignalFamily.Probing,
                    Unit = "answers",
                },
                Origin = Origin.Measured,
                Marking = Marking.Public,
            }
        );
        Assert.True(taken.Status == HttpStatusCode.Created, taken.Text);
    }

    private async Task<Answered> Import(
        string text,
        string list,
        Marking? marking = null,
        string source = "https://example.org/list",
        string licence = "unknown"
    ) =>
        await (await Analyst()).Start(
            "imported-lists",
            new
            {
                List = list,
                Sha256 = await Kept(text),
                Name = "events.csv",
                Source = source,
                Licence = licence,
                Marking = marking,
            }
        );

    private async Task<string> Kept(string text)
    {
        using var octets = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        octets.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using HttpResponseMessage kept = await (await Analyst()).Http.PostAsync(
            "/api/v1/evidence",
            octets,
            Cancel
        );
        return JsonNode.Parse(await kept.Content.ReadAsStringAsync(Cancel))![
            "sha256"
        ]!.GetValue<string>();
    }

    private async Task<string> Page(string path, HttpClient? who = null)
    {
        using HttpResponseMessage answer = await (who ?? (await Analyst()).Http).GetAsync(
            new Uri(path, UriKind.Relative),
            Cancel
        );
        return await answer.Content.ReadAsStringAsync(Cancel);
    }

    private static string Root()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Breakwater.slnx")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}

/// <summary>A form with a file, as a browser sends it.</summary>
internal static class Upload
{
    public static async Task<HttpResponseMessage> Send(
        Visitor visitor,
        string path,
        string name,
        string text,
        params (string Name, string Value)[] fields
    )
    {
        using var form = new MultipartFormDataContent();
        foreach ((string field, string value) in fields)
        {
            form.Add(new StringContent(value), field);
        }

        form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(text)), "file", name);
        return await visitor.Http.PostAsync(
            new Uri($"{path}?lang=en", UriKind.Relative),
            form,
            TestContext.Current.CancellationToken
        );
    }
}
