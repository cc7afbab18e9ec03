using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Breakwater.App.Consultations;
using Breakwater.Feeds.Consultations;
using Breakwater.Vocabulary;
using NodaTime;
using NodaTime.Text;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>A secretariat's year, and somebody who only joins, at the pages of a running node.</summary>
public sealed partial class ConsultationsTests(ResponsePagesSite pages)
    : IClassFixture<ResponsePagesSite>
{
    private const string Voice =
        "We ask that every plan names who pays for the repair of masts and of the roads to them.";

    private ApiSite Site => pages.Site;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_secretariat_runs_a_year_from_the_call_to_the_launch_at_its_pages()
    {
        Visitor chair = await Signed(Role.Representative, "carrier");
        Visitor families = await Signed(Role.Representative, "families");
        Visitor norms = await Signed(Role.LegalAnalyst, "university");
        Visitor newcomer = await Signed("somebody-new");

        string cycle = await Made(
            chair,
            "/act/cycles/open-cycle",
            ("title", "A year on repairs"),
            ("purpose", "To agree on who repairs what.")
        );
        await Did(
            chair,
            $"/act/cycles/{cycle}/set-milestone",
            ("what", "The call"),
            ("when", "2026-03")
        );
        string area = await Made(
            chair,
            "/act/work-areas/open-work-area",
            ("title", "Mechanism"),
            ("conceptNote", "Who repairs masts, and who pays."),
            ("stream", "mechanism"),
            ("affectedStreams", "norms"),
            ("cycle", cycle)
        );
        string id = await Made(
            chair,
            "/act/consultations/call-consultation",
            ("title", "Who repairs masts"),
            ("call", "Who should repair masts, and who should pay?"),
            ("stream", "mechanism"),
            ("affectedStreams", "norms"),
            ("inputsUntil", In(30)),
            ("workArea", area),
            ("cycle", cycle)
        );

        // Anybody answers, without an account; somebody copies, somebody is late.
        Assert.DoesNotContain(
            "/declare-consensus",
            await Acts(chair, id),
            StringComparison.Ordinal
        );
        string receipt = await Sent(pages.Stranger, id, Voice);
        await Sent(pages.Stranger, id, $"Dear chairs,\n{Voice.ToUpperInvariant()}");
        await Sent(
            newcomer,
            id,
            "Nobody repairs a mast twice for free; a fund must stand ready before the winter comes."
        );
        await Sent(pages.Stranger, id, "Buy cheap watches here and now, the best of all watches.");
        await Site.Pass(Duration.FromDays(31));
        Assert.Contains(
            "late",
            await chair.Read(
                $"/consultation-inputs/{IdOf(await Taken(pages.Stranger, id, "This comes after the end of it all, and says that roads matter."))}"
            ),
            StringComparison.Ordinal
        );

        JsonNode inputs = (await Site.Public.Get($"consultations/{id}/traces")).Body!;
        string[] ids = [.. inputs.AsArray().Select(each => each!["input"]!.GetValue<string>())];
        Assert.Equal(5, ids.Length);
        Assert.Equal(ids[0], inputs[1]!["copyOf"]!.GetValue<string>());

        await Did(
            chair,
            $"/act/consultations/{id}/put-consultation-text",
            ("paragraphs.0.text", "Every plan names who pays for repairs."),
            ("paragraphs.0.inputs", ids[0]),
            ("paragraphs.1.text", "A fund stands ready before winter."),
            ("paragraphs.1.inputs", ids[2][..8]),
            ("note", "as the inputs say")
        );
        await Not(
            chair,
            $"/act/consultations/{id}/open-draft",
            "inputs go nowhere",
            ("positionsUntil", In(20))
        );
        await Did(
            chair,
            $"/act/consultations/{id}/set-inputs-aside",
            ("inputs", ids[3]),
            ("reason", "is an advertisement")
        );
        await Did(
            chair,
            $"/act/consultations/{id}/set-inputs-aside",
            ("ofLate", "true"),
            ("reason", "came after the synthesis")
        );
        await Did(chair, $"/act/consultations/{id}/open-draft", ("positionsUntil", In(20)));

        // A newcomer comments, and sees later what became of it.
        await Did(
            newcomer,
            $"/act/consultations/{id}/comment-on-draft",
            ("paragraph", "p-2"),
            ("text", "say whose fund it is")
        );
        await Did(
            families,
            $"/act/consultations/{id}/object-to-draft",
            ("paragraph", "p-1"),
            ("text", "naming is not paying"),
            ("alternative", "Every plan pays for repairs.")
        );
        Assert.Contains(
            "Nobody has said yet",
            await newcomer.Read("/inputs/follow?lang=en"),
            StringComparison.Ordinal
        );
        await Did(
            chair,
            $"/act/consultations/{id}/put-consultation-text",
            ("paragraphs.0.id", "p-1"),
            ("paragraphs.0.text", "Every plan names who pays for repairs."),
            ("paragraphs.0.inputs", ids[0]),
            ("paragraphs.1.id", "p-2"),
            ("paragraphs.1.text", "A fund of the operators stands ready before winter."),
            ("paragraphs.1.inputs", ids[2]),
            ("note", "says whose fund it is")
        );
        await Did(
            chair,
            $"/act/consultations/{id}/answer-draft-remark",
            ("remark", "1"),
            ("text", "the operators' fund"),
            ("takenUpIn", "2")
        );
        string mine = await newcomer.Read("/inputs/follow?lang=en");
        Assert.Contains("Taken up in version", mine, StringComparison.Ordinal);
        Assert.Contains("#p-2\"", mine, StringComparison.Ordinal);
        Assert.Contains(
            "/sign-in",
            await pages.Stranger.Read($"/act/consultations/{id}/comment-on-draft?lang=en"),
            StringComparison.Ordinal
        );

        await Did(
            families,
            $"/act/consultations/{id}/take-consultation-position",
            ("stand", "object"),
            ("reason", "naming is not paying")
        );
        Visitor another = await Signed("somebody-else");
        foreach (
            (Visitor voice, string reason) in (IEnumerable<(Visitor, string)>)
                [(newcomer, "a first voice"), (another, "a second voice")]
        )
        {
            await Did(
                voice,
                $"/act/consultations/{id}/take-consultation-position",
                ("stand", "support"),
                ("reason", reason)
            );
        }

        Assert.Contains("possible from", await Acts(chair, id), StringComparison.Ordinal);
        Assert.DoesNotContain(
            "marked late",
            await families.Read($"/act/consultations/{id}/take-consultation-position?lang=en"),
            StringComparison.Ordinal
        );
        await Site.Pass(Duration.FromDays(21));
        Assert.Contains(
            "marked late",
            await families.Read($"/act/consultations/{id}/take-consultation-position?lang=en"),
            StringComparison.Ordinal
        );
        Assert.Contains("/declare-consensus", await Acts(chair, id), StringComparison.Ordinal);
        await Did(
            families,
            $"/act/consultations/{id}/take-consultation-position",
            ("stand", "no-objection"),
            ("reason", "after the deadline")
        );
        string both = await pages.Stranger.Read($"/consultations/{id}?lang=en");
        Assert.Contains("naming is not paying", both, StringComparison.Ordinal);
        Assert.Contains("after the deadline", both, StringComparison.Ordinal);
        string table = both[both.IndexOf("id=\"positions\"", StringComparison.Ordinal)..];
        // Whose a voice is, nobody else is shown; that there are two, everybody is, and nobody puts them in a class.
        Assert.Contains("a first voice", table, StringComparison.Ordinal);
        Assert.Contains("a second voice", table, StringComparison.Ordinal);
        Assert.Contains("class not stated", table, StringComparison.Ordinal);

        await Not(
            chair,
            $"/act/consultations/{id}/declare-consensus",
            "is not answered",
            ("outcome", "rough-consensus"),
            ("reasons", "nearly all agree")
        );
        await Did(
            chair,
            $"/act/consultations/{id}/answer-draft-remark",
            ("remark", "2"),
            ("text", "no plan can promise another's money")
        );
        await Did(
            chair,
            $"/act/consultations/{id}/declare-consensus",
            ("outcome", "rough-consensus"),
            ("reasons", "the objection was heard; nobody else shares its reason")
        );
        // Seven days are for appeals: until then a launch is told of and not offered.
        Assert.DoesNotContain("/launch-report", await Acts(chair, id), StringComparison.Ordinal);
        string early = await chair.Read($"/act/consultations/{id}/launch-report?lang=en");
        Assert.Contains(
            "when the seven days for appeals have passed",
            early,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("name=\"key\"", early, StringComparison.Ordinal);
        await Site.Pass(Duration.FromDays(8));
        await Not(chair, $"/act/consultations/{id}/launch-report", "norms");
        JsonNode acts = (await Site.Public.Get("cross-stream-acts")).Body!;
        string act = acts["items"]!
            .AsArray()
            .Select(each => each!)
            .First(each =>
                each.ToJsonString().Contains($"consultation/{id}", StringComparison.Ordinal)
            )["id"]!.GetValue<string>();
        await Did(
            norms,
            $"/act/cross-stream-acts/{act}/acknowledge-act",
            ("stream", "norms"),
            ("answer", "notes"),
            ("text", "seen")
        );
        await Did(chair, $"/act/consultations/{id}/launch-report");

        string report = await pages.Stranger.Read($"/consultations/{id}/report?lang=en");
        Assert.DoesNotContain("This is a draft", report, StringComparison.Ordinal);
        Assert.Contains("naming is not paying", report, StringComparison.Ordinal);
        Assert.Contains("is an advertisement", report, StringComparison.Ordinal);
        Assert.Contains("CC-BY-4.0", report, StringComparison.Ordinal);
        Assert.Contains(
            "dir=\"rtl\"",
            await pages.Stranger.Read($"/consultations/{id}/report?lang=ar"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "> Every plan names",
            await pages.Stranger.Read($"/consultations/{id}/report.md?lang=fr"),
            StringComparison.Ordinal
        );
        await Did(
            chair,
            $"/act/cycles/{cycle}/close-cycle",
            ("proposal", "That repairs stay on the agenda.")
        );
        string year = await pages.Stranger.Read($"/cycles/{cycle}?lang=en");
        Assert.Contains("Who repairs masts", year, StringComparison.Ordinal);
        Assert.Contains("2026-03", year, StringComparison.Ordinal);

        // Months later the receipt still leads to where the input went.
        using HttpResponseMessage followed = await ResponsePagesSite.Fill(
            pages.Stranger,
            "/inputs/follow",
            ("receipt", receipt),
            ("what", "see")
        );
        string went = await pages.Stranger.Read(followed.Headers.Location!.ToString());
        Assert.Contains("#p-1\"", went, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_has_the_receipt_takes_an_input_back_and_nobody_else_does()
    {
        string id = await Call();
        InputSent sent = await Post(id, "Take this back, please, it was a mistake of mine.");
        Assert.Matches(
            "<a href=\"/inputs/follow[^>]*>with the receipt, which suffices",
            await pages.Stranger.Read($"/consultation-inputs/{sent.Id}?lang=en")
        );
        Answered wrong = await Site.Public.Start(
            "consultation-inputs/withdraw",
            new { Receipt = "0000-1111-2222-3333-4444-5555-6666-7777" }
        );
        Assert.Equal(HttpStatusCode.Conflict, wrong.Status);
        Answered taken = await Site.Public.Start(
            "consultation-inputs/withdraw",
            new { sent.Receipt }
        );
        Assert.Equal(HttpStatusCode.NoContent, taken.Status);
        Assert.DoesNotContain(
            "a mistake of mine",
            await pages.Stranger.Read($"/consultation-inputs/{sent.Id}?lang=en"),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            "a mistake of mine",
            await pages.Stranger.Read($"/consultations/{id}/inputs?lang=en"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_flood_is_answered_politely_and_what_was_taken_is_kept_and_marked()
    {
        await using ApiSite site = await ApiSite.Start();
        ApiClient chair = await site.As(Role.Representative, "carrier");
        string id = (await chair.Start("consultations", Asked(site))).Id;
        var answers = new List<HttpStatusCode>();
        string? again = null;
        for (int i = 0; i < InputIntake.OfOneOriginPerHour + 15; i++)
        {
            using HttpResponseMessage answer = await site.Stranger.PostAsync(
                $"/api/v1/consultations/{id}/inputs",
                new StringContent(
                    $$"""{"text": "{{Voice}}", "region": "R{{i}}"}""",
                    System.Text.Encoding.UTF8,
                    "application/json"
                ),
                Cancel
            );
            answers.Add(answer.StatusCode);
            again = answer.Headers.RetryAfter?.ToString() ?? again;
        }

        Assert.Equal(
            InputIntake.OfOneOriginPerHour,
            answers.Count(status => status == HttpStatusCode.Created)
        );
        Assert.Equal(15, answers.Count(status => status == HttpStatusCode.TooManyRequests));
        Assert.NotNull(again);
        JsonNode groups = (await site.Public.Get($"consultations/{id}/groups")).Body!;
        Assert.Equal(InputIntake.OfOneOriginPerHour, groups["inputs"]!.GetValue<int>());
        Assert.Equal(1, groups["voices"]!.GetValue<int>());
        Assert.True(groups["groups"]![0]!["isFlood"]!.GetValue<bool>());
    }

    [Fact]
    public async Task A_file_of_inputs_is_kept_whole_and_added_once()
    {
        string id = await Call();
        Instant at = Site.Clock.Now;
        FiledInput[] inputs =
        [
            .. Enumerable
                .Range(0, 1_200)
                .Select(n => new FiledInput($"n{n}", at + Duration.FromSeconds(n), Voice)),
        ];
        Assert.Equal(
            new InputsImported(1_200, 0, 0),
            await InputImport.Into(Site.Records, id, inputs, Cancel)
        );
        Assert.Equal(
            new InputsImported(0, 1_200, 0),
            await InputImport.Into(Site.Records, id, inputs, Cancel)
        );
        Assert.Contains(
            "1,200",
            await pages.Stranger.Read($"/consultations/{id}/inputs?lang=en"),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(
        "[{\"id\": \"a\", \"at\": \"2026-01-01T00:00:00Z\", \"text\": \"x\"},\n{\"id\": \"a\", \"at\": \"2026-01-01T00:00:00Z\", \"text\": \"y\"}]",
        1,
        "line 2",
        "the id of an earlier one"
    )]
    [InlineData(
        "[{\"id\": \"a\", \"at\": \"2026-01-01T00:00:00Z\", \"text\": \" \"},\n{\"id\": \"b\", \"at\": \"2026-01-01T00:00:00Z\", \"text\": \"y\"}]",
        1,
        "line 1",
        "missing"
    )]
    [InlineData(
        "[\n{\"id\": \"a\", \"at\": \"2026-01-01T00:00:00Z\", \"text\": \"x\", \"class\": \"bards\"},\n7]",
        0,
        "line 2",
        "known"
    )]
    [InlineData(
        "[{\"id\": \"a\", \"at\": \"2026-01-01T00:00:00Z\", \"text\": \"x\"},\n{\"id\": ",
        1,
        "line 2",
        "no JSON"
    )]
    [InlineData("{}", 0, "line 1", "no JSON array")]
    public void A_damaged_file_is_read_as_far_as_it_goes(
        string json,
        int read,
        string at,
        string why
    )
    {
        InputsRead found = InputsFile.Parse(
            "inputs.json",
            System.Text.Encoding.UTF8.GetBytes(json)
        );
        Assert.Equal(read, found.Inputs.Count);
        Assert.Contains(
            found.Faults,
            fault =>
                fault.ToString().Contains(at, StringComparison.Ordinal)
                && fault.ToString().Contains(why, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_meeting_is_a_calendar_file_that_another_tool_reads()
    {
        ApiClient chair = await Site.As(Role.Representative, "carrier");
        Answered called = await chair.Start(
            "meetings",
            new
            {
                Title = "Repairs, first talk; with a very long title that has to be folded because it has more than seventy-five octets",
                StartsAt = Instant.FromUtc(2026, 7, 1, 12, 0),
                Length = Duration.FromHours(1.5),
                Zone = "Europe/Oslo",
                Where = "Hall 1, and https://meet.example.org/x",
                Agenda = (string[])["Welcome, and why", "مسودة"],
            }
        );
        Assert.True(called.Status == HttpStatusCode.Created, called.Text);
        string ics = await pages.Stranger.Read($"/meetings/{called.Id}/calendar");
        Assert.StartsWith("BEGIN:VCALENDAR\r\n", ics, StringComparison.Ordinal);
        if (!HasVobject())
        {
            Assert.Skip("Debian's python3-vobject is not installed");
        }

        using var python = Process.Start(
            new ProcessStartInfo("/usr/bin/python3")
            {
                ArgumentList =
                {
                    "-c",
                    "import sys,vobject; e=vobject.readOne(sys.stdin.read()).vevent; print(e.dtstart.value.astimezone(__import__('datetime').timezone.utc).isoformat(), e.dtend.value-e.dtstart.value, e.sequence.value, e.status.value); print(e.description.value)",
                },
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["PYTHONIOENCODING"] = "utf-8", ["PYTHONUTF8"] = "1" },
            }
        )!;
        await python.StandardInput.WriteAsync(ics);
        python.StandardInput.Close();
        string told = await python.StandardOutput.ReadToEndAsync(Cancel);
        Assert.True(told.Length > 0, await python.StandardError.ReadToEndAsync(Cancel));
        Assert.Contains(
            "2026-07-01T12:00:00+00:00 1:30:00 0 CONFIRMED",
            told,
            StringComparison.Ordinal
        );
        Assert.Contains("2. مسودة", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attendance_is_kept_by_class_only()
    {
        ApiClient chair = await Site.As(Role.Representative, "carrier");
        Answered called = await chair.Start(
            "meetings",
            new
            {
                Title = "Repairs, second talk",
                StartsAt = Site.Clock.Now + Duration.FromDays(1),
                Length = Duration.FromHours(1),
                Zone = "UTC",
                Where = "on line",
                Agenda = (string[])["Repairs"],
            }
        );
        Site.Clock.Now += Duration.FromDays(2);
        Answered held = await chair.Do(
            "meetings",
            called.Id,
            "summarise-meeting",
            new
            {
                Summary = "It was agreed to go on.",
                Actions = (object[])[new { What = "write it down", Owner = "secretariat" }],
                Attendance = (object[])[new { Class = StakeholderClass.CivilSociety, Count = 12 }],
            }
        );
        Assert.True(held.Status == HttpStatusCode.OK, held.Text);
        string page = await pages.Stranger.Read($"/meetings/{called.Id}?lang=en");
        Assert.Contains("write it down", page, StringComparison.Ordinal);
        Assert.Contains("12", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_bundled_cycle_says_that_it_is_an_example_and_what_is_not_known()
    {
        string page = await pages.Stranger.Read("/examples/cycles/bpf-2025?lang=en");
        Assert.Contains("Bundled example", page, StringComparison.Ordinal);
        Assert.Contains("2025-11-27", page, StringComparison.Ordinal);
        Assert.Contains("not known", page, StringComparison.Ordinal);
        Assert.Contains(
            "/examples/cycles/bpf-2025",
            await pages.Stranger.Read("/cycles?lang=en"),
            StringComparison.Ordinal
        );
    }

    private static bool HasVobject()
    {
        if (!File.Exists("/usr/bin/python3"))
        {
            return false;
        }

        using var python = Process.Start(
            new ProcessStartInfo("/usr/bin/python3")
            {
                ArgumentList = { "-c", "import vobject" },
                RedirectStandardError = true,
            }
        )!;
        python.WaitForExit();
        return python.ExitCode == 0;
    }

    private static async Task<string> Acts(Visitor visitor, string id)
    {
        string html = await visitor.Read($"/consultations/{id}?lang=en");
        return html[html.IndexOf("id=\"acts\"", StringComparison.Ordinal)..];
    }

    private static object Asked(ApiSite site) =>
        new
        {
            Title = "A call",
            Call = "What is missing?",
            Stream = Workstream.Governance,
            AffectedStreams = Array.Empty<Workstream>(),
            InputsUntil = site.Clock.Now + Duration.FromDays(100),
        };

    private async Task<string> Call()
    {
        Answered called = await (await Site.As(Role.Representative, "carrier")).Start(
            "consultations",
            Asked(Site)
        );
        Assert.True(called.Status == HttpStatusCode.Created, called.Text);
        return called.Id;
    }

    private sealed record InputSent(string Id, string Receipt);

    private async Task<InputSent> Post(string id, string text)
    {
        Answered sent = await Site.Public.Start($"consultations/{id}/inputs", new { Text = text });
        Assert.True(sent.Status == HttpStatusCode.Created, sent.Text);
        return new InputSent(
            sent.Body!["id"]!.GetValue<string>(),
            sent.Body!["receipt"]!.GetValue<string>()
        );
    }

    private string In(int days) =>
        LocalDateTimePattern
            .CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm")
            .Format((Site.Clock.Now + Duration.FromDays(days)).InUtc().LocalDateTime);

    private Task<Visitor> Signed(Role role, string organisation) =>
        Signed(ApiSite.PersonOf(role, organisation));

    private async Task<Visitor> Signed(string person)
    {
        if (person == ApiSite.PersonOf(Role.Representative, "carrier"))
        {
            return pages.Carrier;
        }

        Visitor visitor = pages.Visitor();
        using HttpResponseMessage made = await visitor.Register(person);
        Assert.Equal(HttpStatusCode.OK, made.StatusCode);
        return visitor;
    }

    private static async Task<string> Made(
        Visitor visitor,
        string path,
        params (string, string)[] fields
    )
    {
        using HttpResponseMessage answer = await ResponsePagesSite.Fill(visitor, path, fields);
        Assert.True(
            answer.StatusCode == HttpStatusCode.SeeOther,
            $"{path}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync(Cancel)}"
        );
        return answer.Headers.Location!.ToString().Split('?')[0].Split('/')[^1];
    }

    private static async Task Did(Visitor visitor, string path, params (string, string)[] fields) =>
        await Made(visitor, path, fields);

    private static async Task Not(
        Visitor visitor,
        string path,
        string because,
        params (string, string)[] fields
    )
    {
        using HttpResponseMessage answer = await ResponsePagesSite.Fill(visitor, path, fields);
        Assert.NotEqual(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Contains(
            because,
            await answer.Content.ReadAsStringAsync(Cancel),
            StringComparison.Ordinal
        );
    }

    private async Task<string> Taken(Visitor visitor, string consultation, string text)
    {
        Site.Clock.Now += Duration.FromMinutes(1);
        using HttpResponseMessage answer = await ResponsePagesSite.Fill(
            visitor,
            $"/consultations/{consultation}/input",
            ("text", text)
        );
        string html = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, html);
        return html;
    }

    private async Task<string> Sent(Visitor visitor, string consultation, string text) =>
        Receipt().Match(await Taken(visitor, consultation, text)).Groups[1].Value;

    private static string IdOf(string html) => Input().Match(html).Groups[1].Value;

    [GeneratedRegex("<pre class=\"once\"[^>]*>([0-9a-f-]+)</pre>")]
    private static partial Regex Receipt();

    [GeneratedRegex("/consultation-inputs/([0-9a-f]+)")]
    private static partial Regex Input();
}
