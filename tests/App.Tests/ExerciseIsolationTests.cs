using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Breakwater.App.Exchange;
using Breakwater.App.Exercises;
using Breakwater.App.Subjects;
using Breakwater.Ledger;
using Breakwater.Ledger.Exchange;
using Breakwater.Ledger.Tiles;
using Breakwater.Preparedness.Exercises;
using Breakwater.Records;
using Breakwater.Vocabulary;
using Microsoft.Data.Sqlite;
using NodaTime;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>INV-13: every way out of an exercise, tried.</summary>
public sealed class ExerciseIsolationTests : IAsyncLifetime
{
    /// <summary>What a stranger gets: a way in, the look of pages, the health of the node, and the form of a report.</summary>
    private static readonly string[] _open =
    [
        "/account",
        "/health",
        "/style.css",
        "/act/reports/submit-report",
    ];

    private ExerciseSite _site = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _site = await ExerciseSite.Start();
        await _site.Control("start");
        await _site.Pass(Duration.FromHours(7));
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task INV_13_An_exercise_has_no_public_at_any_address_that_is_read()
    {
        Visitor stranger = _site.Stranger();
        foreach (string path in _site.Addresses().Where(path => !_open.Any(path.StartsWith)))
        {
            using HttpResponseMessage answer = await stranger.Get(path);
            Assert.True(
                answer.StatusCode == HttpStatusCode.Forbidden,
                $"{path} answers {answer.StatusCode}"
            );
            await Marked(answer, path);
        }
    }

    [Fact]
    public async Task INV_13_Whatever_a_player_reads_says_what_it_is()
    {
        Visitor player = await _site.As("analyst-1");
        foreach (string path in _site.Addresses())
        {
            using HttpResponseMessage answer = await player.Http.GetAsync(
                path,
                HttpCompletionOption.ResponseHeadersRead,
                Cancel
            );
            await Marked(answer, path);
        }
    }

    [Fact]
    public async Task An_exercise_and_the_real_node_of_one_machine_stay_open_in_one_browser()
    {
        await using AccountsSite real = await AccountsSite.Start();
        var browser = new CookieContainer();
        using var there = new Visitor(real.Address, browser);
        using HttpResponseMessage member = await there.Register("quiet-tern");
        using var here = new Visitor(_site.Address, browser);
        using HttpResponseMessage player = await here.Register("quiet-gull");
        Assert.True(await here.IsSignedIn());
        Assert.True(await there.IsSignedIn());
        // Forms of both are believed too, whichever page was opened last.
        using HttpResponseMessage left = await there.Send("/account", "/account/sign-out");
        Assert.Equal(HttpStatusCode.SeeOther, left.StatusCode);
        Assert.False(await there.IsSignedIn());
        Assert.True(await here.IsSignedIn());
    }

    [Fact]
    public async Task INV_13_The_mark_is_in_every_language_and_in_words()
    {
        foreach (
            (string language, string word) in new[]
            {
                ("en", "This is practice"),
                ("fr", "Ceci est un entraînement"),
                ("ar", "هذا تدريب"),
            }
        )
        {
            string html = await (await _site.As("analyst-1")).Read($"/?lang={language}");
            Assert.Contains(word, html, StringComparison.Ordinal);
            foreach (string each in (string[])["EXERCISE", "EXERCICE", "تمرين"])
            {
                Assert.Contains(each, html, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task INV_13_Neither_trust_nor_a_bundle_crosses_the_line_either_way()
    {
        await using ApiSite real = await ApiSite.Start();
        Verifier exercise = _site.Node.Records.Node;
        Assert.Contains(
            "is an exercise",
            (await Peers.Trust(real.Records, exercise, "relief", Cancel))!.Reason,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "this node is an exercise",
            (
                await Peers.Trust(_site.Node.Records, real.Records.Node, "desk-relief", Cancel)
            )!.Reason,
            StringComparison.Ordinal
        );

        // As if somebody had trusted it nevertheless.
        (_, Refusal? there) = await Exporting.Do(
            _site.Node.Records,
            ["offer/backup-core"],
            new Peer(real.Records.Node, "desk-relief"),
            real.Clock.Now,
            Cancel
        );
        Assert.Equal(RefusalKind.NotAllowed, there!.Kind);
        (_, Refusal? here) = await new Importing(
            real.Records,
            Catalogue.Known,
            real.Clock,
            "a.bundle"
        ).Do(await Bundle(real.Records.Node.Name), isDry: false, Cancel);
        Assert.Contains("is an exercise", here!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task INV_13_What_happened_in_an_exercise_does_not_go_on_through_a_third_node()
    {
        await using ApiSite real = await ApiSite.Start();
        Event practised = await First("offer/backup-core");
        var origin = SignedOrigin.Of(practised, _site.Node.Records.Node);
        // A node that is none hands it on as its own record of what another signed.
        await real.Records.Keep(origin.Octets(), Cancel);
        var appended = (Appended)
            await real.Records.Append(
                practised.Envelope.Subject,
                0,
                [Draft.Again(practised, practised.Envelope.Marking, [origin.Kept()])],
                Cancel
            );
        var made = (Appended)
            await real.Records.Append(
                "bundles/x",
                0,
                [
                    Draft.Of(
                        nameof(BundleMade),
                        new BundleMade(
                            Ledger.Exchange.Bundle.Format,
                            real.Records.Node.ToString(),
                            "node-x",
                            "relief",
                            1,
                            [practised.Envelope.Subject]
                        ),
                        Marking.Public,
                        "operator"
                    ),
                ],
                Cancel
            );
        BundleRead read = BundleReader.Read(
            "a.bundle",
            (byte[])
                [
                    .. Ledger.Exchange.Bundle.Write(new BundledEvent(made.Events[0])),
                    .. Ledger.Exchange.Bundle.Write(new BundledEvent(appended.Events[0], origin)),
                ]
        );
        Assert.Empty(read.Events);
        Assert.Contains(
            "happened in the exercise",
            Assert.Single(read.Faults).Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task INV_13_Proofs_and_checkpoints_are_those_of_an_exercise()
    {
        string name = _site.Node.Records.Node.Name;
        Assert.StartsWith("exercise-", name, StringComparison.Ordinal);
        TlogProof proof = (await _site.Node.Records.Prove(1, cancel: Cancel))!;
        Assert.Contains($"\n{name}\n", proof.ToString(), StringComparison.Ordinal);
        Assert.StartsWith(
            $"{name}\n",
            await _site.Node.Records.Checkpoint(Cancel),
            StringComparison.Ordinal
        );
        var same = new Dictionary<string, bool>
        {
            ["exercise"] = Signer.FromSeed(new byte[32], isExercise: true).Verifier.IsNamedByKey,
            ["none"] = Signer.FromSeed(new byte[32]).Verifier.IsNamedByKey,
        };
        Assert.All(same.Values, Assert.True);
        Assert.NotEqual(
            Signer.FromSeed(new byte[32]).Name["node-".Length..],
            Signer.FromSeed(new byte[32], isExercise: true).Name["exercise-".Length..]
        );
    }

    [Fact]
    public async Task INV_13_A_folder_that_is_relabelled_opens_no_more_and_its_ledger_does_not_verify()
    {
        string folder = DataFolder.Fresh();
        await Founded.Do(
            folder,
            new ExerciseAsked(ExerciseSite.Sudan, ExerciseSite.Plan, 1),
            Cancel
        );
        string keyFile = System.IO.Path.Combine(folder, "node.key");
        Assert.True(
            Signer.TryParse((await File.ReadAllTextAsync(keyFile, Cancel)).Trim(), out Signer? own)
        );
        string material = own.Export().Split('+', 5)[^1];
        using var other = Signer.FromSeed(Convert.FromBase64String(material).AsSpan(1));
        Assert.StartsWith("node-", other.Name, StringComparison.Ordinal);
        await File.WriteAllTextAsync(keyFile, other.Export() + "\n", Cancel);
        Assert.False(SqlRecords.IsOfExercise(folder));
        Assert.Throws<Fault>(() => DataFolder.Open(folder));

        await using (
            var store = new SqliteConnection(
                $"Data Source={System.IO.Path.Combine(folder, "breakwater.db")};Pooling=False"
            )
        )
        {
            await store.OpenAsync(Cancel);
            using SqliteCommand rename = store.CreateCommand();
            rename.CommandText = "UPDATE nodes SET name = $name, verifier = $verifier";
            rename.Parameters.AddWithValue("$name", other.Name);
            rename.Parameters.AddWithValue("$verifier", other.Verifier.ToString());
            await rename.ExecuteNonQueryAsync(Cancel);
        }

        Fault fault = Assert.Throws<Fault>(() => DataFolder.Open(folder));
        Assert.Contains("did not write the ledger", fault.Message, StringComparison.Ordinal);
        own.Dispose();
        Ending.Remove(folder);
    }

    [Fact]
    public async Task INV_13_A_node_is_not_made_an_exercise_and_an_exercise_is_founded_nowhere_else()
    {
        await using ApiSite real = await ApiSite.Start();
        Fault full = await Assert.ThrowsAsync<Fault>(() =>
            Founded.Do(
                real.Folder,
                new ExerciseAsked(ExerciseSite.Sudan, ExerciseSite.Plan, 1),
                Cancel
            )
        );
        Assert.Contains("not empty", full.Message, StringComparison.Ordinal);
        Fault none = await Assert.ThrowsAsync<Fault>(() => ExerciseNode.Open(real.Folder));
        Assert.Contains("is no exercise", none.Message, StringComparison.Ordinal);
        // Served as if it were none, it is not served at all.
        Assert.Throws<ArgumentException>(() =>
            App.Pages.Site.Build(
                _site.Node.Records,
                "http://127.0.0.1:0",
                new Accounts.AccountSettings(_site.Folder)
            )
        );
    }

    [Fact]
    public async Task INV_13_No_setting_leads_out_of_an_exercise()
    {
        await File.WriteAllTextAsync(
            System.IO.Path.Combine(_site.Folder, "breakwater.json"),
            """{"oidcAuthority": "https://login.example.org", "oidcClientId": "x", "oidcSecretFile": "y"}""",
            Cancel
        );
        Assert.Null(Settings.Read(_site.Folder).Outside);
        string elsewhere = DataFolder.Fresh();
        File.Copy(
            System.IO.Path.Combine(_site.Folder, "breakwater.json"),
            System.IO.Path.Combine(elsewhere, "breakwater.json")
        );
        Assert.NotNull(Settings.Read(elsewhere).Outside);
        Ending.Remove(elsewhere);
    }

    [Fact]
    public async Task Players_see_nothing_of_the_plan_and_of_what_others_were_told()
    {
        await _site.Pass(Duration.FromHours(16));
        foreach (string player in (string[])["analyst-1", "planner-1", "representative-1"])
        {
            Visitor at = await _site.As(player);
            using HttpResponseMessage control = await at.Get("/exercise/control");
            Assert.Equal(HttpStatusCode.NotFound, control.StatusCode);
            using HttpResponseMessage run = await at.Get("/api/v1/exercise-runs/run");
            Assert.Equal(HttpStatusCode.NotFound, run.StatusCode);
            using HttpResponseMessage report = await at.Get("/exercise/report");
            Assert.Equal(HttpStatusCode.NotFound, report.StatusCode);
            Assert.DoesNotContain(
                "journalist",
                await at.Read("/exercise?lang=en"),
                StringComparison.Ordinal
            );
        }

        Assert.Contains(
            "journalist",
            await (await _site.As("legal-analyst-1")).Read("/exercise?lang=en"),
            StringComparison.Ordinal
        );
        using HttpResponseMessage pause = await (await _site.As("analyst-1")).Send(
            "/exercise",
            "/exercise/control/pause",
            ("reason", "tea")
        );
        Assert.Contains("why=", pause.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal(RunState.Running, (await _site.Run()).State);
    }

    [Fact]
    public async Task A_real_node_takes_a_result_over_by_its_signature_and_by_no_other()
    {
        await _site.Control("end", ("reason", "enough"));
        var report = await Reporting.Compose(_site.Node.Records, Cancel);
        string line = (
            await Reporting.Signed(
                _site.Node.Records,
                report,
                _site.Node.Clock.GetCurrentInstant(),
                Cancel
            )
        )!;
        string key = _site.Node.Records.Node.ToString();
        await using ApiSite real = await ApiSite.Start();
        ApiClient planner = await real.As(Role.Planner, "relief");
        Answered planned = await planner.Start(
            "exercises",
            new
            {
                Name = "Networks fall one after another",
                Scenario = "sudan-2024-02",
                Place = Place.OfCountry("SD"),
                Aims = (string[])["who notices a blind feed"],
                Roles = (Role[])[Role.Analyst],
                Organisations = (string[])["relief"],
                HeldOn = real.Clock.Now,
                Marking = Marking.Public,
            }
        );
        Assert.True(planned.Status == HttpStatusCode.Created, planned.Text);
        Answered changed = await planner.Do(
            "exercises",
            planned.Id,
            "take-over-result",
            new
            {
                Verifier = key,
                Note = line.Replace(
                    "\\\"missed\\\":",
                    "\\\"missed\\\":1",
                    StringComparison.Ordinal
                ),
            }
        );
        Assert.Contains("did not sign", changed.Text, StringComparison.Ordinal);
        Answered own = await planner.Do(
            "exercises",
            planned.Id,
            "take-over-result",
            new { Verifier = real.Records.Node.ToString(), Note = line }
        );
        Assert.Contains("is no exercise", own.Text, StringComparison.Ordinal);
        Answered taken = await planner.Do(
            "exercises",
            planned.Id,
            "take-over-result",
            new { Verifier = key, Note = line }
        );
        Assert.True(taken.Status == HttpStatusCode.OK, taken.Text);
        Assert.Equal(
            _site.Node.Records.Node.Name,
            taken.State["result"]!["node"]!.GetValue<string>()
        );
        Answered task = await planner.Do(
            "exercises",
            planned.Id,
            "set-task",
            new
            {
                TaskId = "t-1",
                What = "agree on who watches the feeds at night",
                Owner = "relief",
                Due = real.Clock.Now + Duration.FromDays(30),
            }
        );
        Assert.True(task.Status == HttpStatusCode.OK, task.Text);
        await real.Pass(Duration.FromDays(31));
        Assert.Equal("tasks-overdue", (await planner.Get($"exercises/{planned.Id}")).Standing);
    }

    /// <summary>A page says it in its banner, an object in a member, and everything in a header.</summary>
    private async Task Marked(HttpResponseMessage answer, string path)
    {
        Assert.True(
            answer.Headers.TryGetValues(ExerciseDoor.Header, out IEnumerable<string>? marks),
            $"{path} has no mark"
        );
        Assert.Equal([_site.Node.Records.Node.Name], marks);
        MediaTypeHeaderValue? type = answer.Content.Headers.ContentType;
        if (type?.MediaType is "text/html" or "application/json" or "application/problem+json")
        {
            string text = await answer.Content.ReadAsStringAsync(Cancel);
            Assert.True(
                type.MediaType == "text/html"
                    ? text.Contains("class=\"banner exercise\"", StringComparison.Ordinal)
                    : path.StartsWith("/openapi", StringComparison.Ordinal)
                        || JsonNode.Parse(text) is not JsonObject body
                        || body["exercise"]?.GetValue<string>() == _site.Node.Records.Node.Name,
                $"{path}: {text[..Math.Min(text.Length, 200)]}"
            );
        }
    }

    private async Task<Event> First(string subject)
    {
        await foreach (Event entry in _site.Node.Records.EventsOf(subject, cancel: Cancel))
        {
            return entry;
        }

        throw new InvalidOperationException(subject);
    }

    /// <summary>A bundle as a hand-made exporter could write it.</summary>
    private async Task<byte[]> Bundle(string to)
    {
        SqlRecords records = _site.Node.Records;
        var made = (Appended)
            await records.Append(
                "bundles/x",
                0,
                [
                    Draft.Of(
                        nameof(BundleMade),
                        new BundleMade(
                            Ledger.Exchange.Bundle.Format,
                            records.Node.ToString(),
                            to,
                            "relief",
                            1,
                            ["offer/backup-core"]
                        ),
                        Marking.Public,
                        "operator"
                    ),
                ],
                Cancel
            );
        return
        [
            .. Ledger.Exchange.Bundle.Write(new BundledEvent(made.Events[0])),
            .. Ledger.Exchange.Bundle.Write(new BundledEvent(await First("offer/backup-core"))),
        ];
    }
}
