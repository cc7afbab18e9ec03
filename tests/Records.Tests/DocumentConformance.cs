using System.Text;
using NodaTime;
using Xunit;

namespace Breakwater.Records.Tests;

/// <summary>What every store must do with documents, and with requests that come again.</summary>
public abstract class DocumentConformance : IAsyncLifetime
{
    private static readonly Instant _noon = Instant.FromUtc(2026, 1, 8, 12, 0);
    private readonly SetClock clock = new() { Now = _noon };
    private IRecords records = null!;

    /// <summary>Opens the store of this test, and the same store again after it was closed.</summary>
    protected abstract IRecords Open(IClock? clock, FoldingOf? foldings);

    public ValueTask InitializeAsync()
    {
        records = Open(clock, Thing.Fold);
        return ValueTask.CompletedTask;
    }

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return records.DisposeAsync();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_document_is_read_back_with_its_place_in_the_ledger()
    {
        Thing thing = Thing.Of("need", words: "Water of Rey") with
        {
            Parent = "response/1",
            DueAt = _noon,
            Box = new Box(51, 35, 52, 36),
        };
        await Append(Thing.Of("need").Write("need/other"));
        await Append(thing.Write("need/1"));
        await Append((thing with { Steps = 2 }).Write("need/1", 1));

        Document found = Assert.IsType<Document>(await records.Document("need/1"));

        Assert.Equal((2L, 3L, 2L), (found.Version, found.Sequence, found.FirstSequence));
        Assert.Equal(("need", "open", "response/1"), (found.Kind, found.Standing, found.Parent));
        Assert.Equal((_noon, thing.Box), (found.DueAt, found.Box));
        Assert.Equal(("Water of Rey", thing.State.Place), (found.Words, found.Place));
        Assert.Equal(thing.State.Marking, found.Marking);
        Assert.Contains("\"steps\":2", Text(found), StringComparison.Ordinal);
        Assert.Null(await records.Document("need/2"));
    }

    [Fact]
    public async Task Several_subjects_are_written_together_or_not_at_all()
    {
        await Append(Thing.Of("need").Write("need/1"));

        AppendOutcome refused = await records.Append(
            [Thing.Of("offer").Write("offer/1"), Thing.Of("need").Write("need/1")],
            cancel: Cancel
        );
        Appended appended = await Append(
            Thing.Of("offer").Write("offer/1"),
            (Thing.Of("need", "met") with { Steps = 2 }).Write("need/1", 1)
        );

        Assert.Equal(new Conflict("need/1", 0, 1), refused);
        Assert.Equal(
            [new SubjectVersion("offer/1", 1), new SubjectVersion("need/1", 2)],
            appended.Versions
        );
        Assert.Equal([2L, 3L], appended.Events.Select(entry => entry.Envelope.Sequence));
        Assert.Equal("met", (await records.Document("need/1"))?.Standing);
        Assert.Equal(3, await records.Count());
    }

    [Fact]
    public async Task Of_many_who_write_two_subjects_crosswise_none_writes_half()
    {
        Task<AppendOutcome> Cross(int i) =>
            records.Append(
                i % 2 == 0
                    ? [Thing.Of("a").Write("a/1"), Thing.Of("b").Write($"b/{i}")]
                    : [Thing.Of("b").Write($"b/{i}"), Thing.Of("a").Write("a/1")],
                cancel: Cancel
            );

        AppendOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 64).Select(Cross));

        Assert.Single(outcomes.OfType<Appended>());
        Assert.Equal(2, await records.Count());
        Assert.Single(await records.Documents(new DocumentQuery("b")));
    }

    [Fact]
    public async Task The_same_request_under_the_same_key_is_carried_out_once()
    {
        var once = new Once("key", "digest", _noon + Duration.FromHours(1));
        Write[] writes = [Thing.Of("need").Write("need/1")];
        await records.Append(writes, once, Cancel);

        AppendOutcome again = await records.Append(writes, once, Cancel);
        AppendOutcome other = await records.Append(writes, once with { Digest = "other" }, Cancel);

        Assert.Equal([new SubjectVersion("need/1", 1)], Assert.IsType<Repeated>(again).Versions);
        Assert.Equal(new KeyReused("key"), other);
        Assert.Equal(1, await records.Count());

        await Reopen();
        Assert.IsType<Repeated>(await records.Append(writes, once, Cancel));
        clock.Now += Duration.FromHours(1);
        Assert.IsType<Conflict>(await records.Append(writes, once, Cancel));
    }

    [Fact]
    public async Task Of_many_equal_requests_at_once_one_is_carried_out_and_the_others_hear_of_it()
    {
        var once = new Once("key", "digest", _noon + Duration.FromHours(1));
        AppendOutcome[] outcomes = await Task.WhenAll(
            Enumerable
                .Range(0, 32)
                .Select(_ => records.Append([Thing.Of("need").Write("need/1")], once, Cancel))
        );

        Assert.Single(outcomes.OfType<Appended>());
        Assert.Equal(31, outcomes.OfType<Repeated>().Count());
    }

    [Fact]
    public async Task A_request_that_was_refused_may_be_tried_again_under_its_key()
    {
        var once = new Once("key", "digest", _noon + Duration.FromHours(1));
        AppendOutcome early = await records.Append(
            [Thing.Of("need").Write("need/1", 1)],
            once,
            Cancel
        );
        await Append(Thing.Of("need").Write("need/1"));

        Assert.IsType<Conflict>(early);
        Assert.IsType<Appended>(
            await records.Append([Thing.Of("need").Write("need/1", 1)], once, Cancel)
        );
    }

    [Fact]
    public async Task Answers_whose_time_is_over_are_forgotten()
    {
        for (int i = 0; i < 3; i++)
        {
            var once = new Once($"key-{i}", "digest", _noon + Duration.FromHours(1));
            await records.Append([Thing.Of("need").Write($"need/{i}")], once, Cancel);
            clock.Now += Duration.FromHours(2);
        }

        Assert.Equal(1, await CountAnswers());
    }

    /// <summary>How many answers the store remembers.</summary>
    protected abstract Task<long> CountAnswers();

    [Fact]
    public async Task Lists_are_filtered_and_paged_in_the_order_of_beginning()
    {
        for (int i = 0; i < 30; i++)
        {
            string standing = i % 3 == 0 ? "open" : "met";
            Thing thing = Thing.Of(i % 2 == 0 ? "need" : "offer", standing);
            await Append((thing with { Parent = $"response/{i % 5}" }).Write($"thing/{i}"));
        }

        // A change must not move it in the list.
        await Append((Thing.Of("need", "open") with { Parent = "response/0" }).Write("thing/0", 1));

        var query = new DocumentQuery("need") { Limit = 4 };
        Assert.Equal(Even(_ => true), await Pages(query));
        Assert.Equal(Even(_ => true).Reverse(), await Pages(query with { IsDescending = true }));
        Assert.Equal(Even(i => i % 3 == 0), await Pages(query with { Standing = "open" }));
        Assert.Equal(Even(i => i % 5 == 2), await Pages(query with { Parent = "response/2" }));
        Assert.Equal(
            Even(i => i % 15 == 0),
            await Pages(query with { Parent = "response/0", Standing = "open" })
        );
        Assert.Empty(await Pages(query with { Standing = "lapsed" }));

        static IEnumerable<string> Even(Func<int, bool> isIn) =>
            Enumerable.Range(0, 30).Where(i => i % 2 == 0 && isIn(i)).Select(i => $"thing/{i}");
    }

    [Theory]
    [InlineData("rey", "1")]
    [InlineData("WATER", "1 2")]
    [InlineData("water tehran", "2")]
    [InlineData("wat", "")]
    [InlineData("تهران", "3")]
    [InlineData("水", "4")]
    [InlineData("site-7", "4")]
    [InlineData("été", "5")]
    [InlineData("   ", "1 2 3 4 5")]
    [InlineData("!!", "")]
    [InlineData("need", "")]
    public async Task A_search_finds_what_holds_each_of_the_words(string text, string expected)
    {
        string[] words =
        [
            "Water of Rey",
            "water; Tehran",
            "آب در تِهران",
            "断水 site-7",
            "coupure d'ÉTÉ",
        ];
        for (int i = 0; i < words.Length; i++)
        {
            await Append(Thing.Of("need", words: words[i]).Write($"need/{i + 1}"));
        }

        await Append(Thing.Of("other-need", words: string.Join(' ', words)).Write("other/1"));

        Assert.Equal(expected, await Search("need", text));
        await Rebuild();
        Assert.Equal(expected, await Search("need", text));
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("' OR 1=1 --")]
    [InlineData("a* NEAR(b c) AND NOT")]
    [InlineData("terms:a ^a {a b} : c")]
    [InlineData("a & b | !c <-> d:*")]
    [InlineData("\\'); DROP TABLE documents; --")]
    [InlineData("\0 \ud800 \uE000need")]
    public async Task Whatever_is_typed_into_a_search_is_words_and_nothing_else(string text)
    {
        await Append(Thing.Of("need", words: "a b c d").Write("need/1"));
        await Append(Thing.Of("need", words: text).Write("need/2"));

        string found = await Search("need", text);

        Assert.True(found is "" or "2" or "1 2", found);
        Assert.NotNull(await records.Document("need/1"));
        await Rebuild();
    }

    [Fact]
    public async Task Changed_words_are_found_and_the_old_ones_no_more()
    {
        await Append(Thing.Of("need", words: "before").Write("need/1"));
        await Append((Thing.Of("need", words: "after") with { Steps = 2 }).Write("need/1", 1));

        Assert.Equal(("", "1"), (await Search("need", "before"), await Search("need", "after")));
    }

    [Fact]
    public async Task A_box_finds_what_touches_it_also_across_the_date_line()
    {
        Box?[] boxes =
        [
            new(51, 35, 52, 36),
            new(178, -20, -178, -15),
            new(-179, -18, -179, -18),
            new(0, 0, 0, 0),
            null,
        ];
        for (int i = 0; i < boxes.Length; i++)
        {
            await Append((Thing.Of("site", words: "x") with { Box = boxes[i] }).Write($"site/{i}"));
        }

        async Task Check()
        {
            Assert.Equal("0", await In(51.5, 35.5, 60, 40));
            Assert.Equal("0", await In(52, 36, 60, 40));
            Assert.Equal("", await In(52.001, 36, 60, 40));
            Assert.Equal("1", await In(179, -17, -179.5, -16));
            Assert.Equal("1 2", await In(179, -18, -179, -16));
            Assert.Equal("1 2", await In(-180, -19, -178.5, -16));
            Assert.Equal("1", await In(177, -19, 179, -16));
            Assert.Equal("0 1 2 3", await In(-180, -90, 180, 90));
            Assert.Equal("3", await In(-1, -1, 1, 1));
            Assert.Equal("", await In(double.NaN, 0, 1, 1));
        }

        await Check();
        await Rebuild();
        await Check();
        await Append(
            (Thing.Of("site") with { Box = new(9, 9, 9, 9), Steps = 2 }).Write("site/3", 1)
        );
        await Append((Thing.Of("site") with { Steps = 2 }).Write("site/0", 1));
        Assert.Equal(
            ("", "3", ""),
            (await In(-1, -1, 1, 1), await In(8, 8, 10, 10), await In(51, 35, 52, 36))
        );
    }

    [Fact]
    public async Task What_is_due_comes_in_the_order_of_its_time()
    {
        for (int i = 0; i < 6; i++)
        {
            Instant? due = i == 5 ? null : _noon - Duration.FromMinutes(i);
            await Append((Thing.Of("need") with { DueAt = due }).Write($"need/{i}"));
        }

        await Append((Thing.Of("need") with { DueAt = null, Steps = 2 }).Write("need/4", 1));

        Assert.Equal(
            ["need/3", "need/2", "need/1"],
            (await records.Due(_noon - Duration.FromMinutes(1), 200)).Select(found => found.Subject)
        );
        Assert.Equal("need/3", Assert.Single(await records.Due(_noon, 1)).Subject);
        Assert.Empty(await records.Due(_noon - Duration.FromHours(1), 200));
    }

    [Fact]
    public async Task Changes_since_a_place_in_the_ledger_come_once_each_as_they_are_now()
    {
        await Append(Thing.Of("need").Write("need/1"));
        await Append(Thing.Of("need").Write("need/2"));
        await Append((Thing.Of("need", "met") with { Steps = 2 }).Write("need/1", 1));

        IReadOnlyList<Document> changed = await records.ChangedSince(1, long.MaxValue, 200);

        Assert.Equal(["need/2", "need/1"], changed.Select(found => found.Subject));
        Assert.Equal([2L, 3L], changed.Select(found => found.Sequence));
        Assert.Empty(await records.ChangedSince(3, long.MaxValue, 200));
        Assert.Empty(await records.ChangedSince(0, 0, 200));
    }

    [Fact]
    public async Task Whoever_waits_for_news_hears_of_the_next_event_and_not_of_less()
    {
        await Append(Thing.Of("need").Write("need/1"));
        Assert.Equal(1, await records.WaitForNews(0, Cancel));

        Task<long> waiting = records.WaitForNews(1, Cancel);
        await records.Keep("evidence is no event"u8.ToArray(), Cancel);
        Assert.False(waiting.IsCompleted);
        await Append(Thing.Of("need").Write("need/2"));
        Assert.Equal(2, await waiting);
        Assert.NotNull(await records.Document("need/2"));

        using var stop = new CancellationTokenSource();
        Task<long> stopped = records.WaitForNews(2, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped);

        Task<long> last = records.WaitForNews(2, Cancel);
        await records.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => last);
    }

    [Fact]
    public async Task Rebuilding_makes_every_document_again_as_it_was()
    {
        for (int i = 0; i < 200; i++)
        {
            Thing thing = Thing.Of("need", words: $"need {i}") with
            {
                DueAt = i % 2 == 0 ? _noon + Duration.FromMinutes(i) : null,
                Box = i % 3 == 0 ? new Box(i - 100, 0, i - 99, 1) : null,
            };
            await Append(
                thing.Write($"need/{i % 70}", i / 70) with
                {
                    Document = (thing with { Steps = 1 + (i / 70) }).State,
                }
            );
            await Append(new Write($"note-{i}", 0, [Some.Note("no document")]));
        }

        byte[] before = await Dump();
        await Rebuild();
        Assert.Equal(before, await Dump());
        Assert.Contains("need/69", Encoding.UTF8.GetString(before), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_that_does_not_follow_from_the_events_is_named_and_set_right()
    {
        await Append(Thing.Of("need").Write("need/right"));
        await Append(
            Thing.Of("need").Write("need/wrong") with
            {
                Document = Thing.Of("need", "met", "other").State,
            }
        );
        await Append(new Write("need/missing", 0, [Thing.Of("need").Draft]));
        await Append(new Write("extra", 0, [Some.Note("x")], Thing.Of("need").State));

        Rebuilt rebuilt = await records.Rebuild(Cancel);

        Assert.False(rebuilt.IsIdentical);
        Assert.Equal(
            [
                "need/wrong differs in standing words body",
                "need/missing was missing",
                "extra does not follow from the events",
            ],
            rebuilt.Differences
        );
        Assert.Equal("open", (await records.Document("need/wrong"))?.Standing);
        Assert.NotNull(await records.Document("need/missing"));
        Assert.Null(await records.Document("extra"));
        await Rebuild();
    }

    [Fact]
    public async Task A_fold_that_fails_names_the_event_and_leaves_the_documents_as_they_were()
    {
        await Append(Thing.Of("need").Write("need/1"));
        await Append(new Write("need/2", 0, [Some.Note("not a thing")]));
        byte[] before = await Dump();

        RecordsFault fault = await Assert.ThrowsAsync<RecordsFault>(() => records.Rebuild(Cancel));

        Assert.Contains("event 2 of need/2", fault.Message, StringComparison.Ordinal);
        Assert.Equal(before, await Dump());
        await Append(Thing.Of("need").Write("need/3"));
    }

    [Fact]
    public async Task What_no_store_could_keep_is_refused_before_it_is_queued()
    {
        Write write = Thing.Of("need").Write("need/1");
        Write[][] refused =
        [
            [],
            [write, write],
            [write with { Drafts = [] }],
            [write with { Document = write.Document! with { Box = new Box(0, 1, 0, 0) } }],
            [write with { Subject = "need/\0" }],
        ];
        foreach (Write[] writes in refused)
        {
            await Assert.ThrowsAnyAsync<ArgumentException>(() =>
                records.Append(writes, cancel: Cancel)
            );
        }

        await Assert.ThrowsAnyAsync<ArgumentException>(() => records.Due(_noon, 201));
        await Assert.ThrowsAnyAsync<ArgumentException>(() =>
            records.Documents(new DocumentQuery("need") { Limit = 0 })
        );
        Assert.Equal(0, await records.Count());
    }

    private async Task<Appended> Append(params Write[] writes) =>
        Assert.IsType<Appended>(await records.Append(writes, cancel: Cancel));

    private async Task<string> Search(string kind, string text) =>
        Ids(await records.Documents(new DocumentQuery(kind) { Text = text }));

    private async Task<string> In(double west, double south, double east, double north)
    {
        var query = new DocumentQuery("site") { Box = new Box(west, south, east, north) };
        return Ids(await records.Documents(query));
    }

    private static string Ids(IEnumerable<Document> found) =>
        string.Join(' ', found.Select(document => document.Subject.Split('/')[1]));

    private async Task<List<string>> Pages(DocumentQuery query)
    {
        var all = new List<string>();
        IReadOnlyList<Document> page;
        do
        {
            page = await records.Documents(query);
            all.AddRange(page.Select(document => document.Subject));
            query = query with { After = page.Count == 0 ? query.After : page[^1].FirstSequence };
        } while (page.Count > 0);

        return all;
    }

    private async Task Rebuild() => Assert.Equal([], (await records.Rebuild(Cancel)).Differences);

    private async Task Reopen()
    {
        await records.DisposeAsync();
        records = Open(clock, Thing.Fold);
    }

    private async Task<byte[]> Dump()
    {
        using var dump = new MemoryStream();
        await records.DumpProjections(dump, Cancel);
        return dump.ToArray();
    }

    private static string Text(Document document) => Encoding.UTF8.GetString(document.Body.Span);
}
