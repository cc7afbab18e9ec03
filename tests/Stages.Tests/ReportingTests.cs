using System.Text;
using Breakwater.Signals;
using Breakwater.Signals.Reporting;
using Breakwater.Vocabulary;
using CsCheck;
using NodaTime;
using Xunit;
using static Breakwater.Stages.Tests.ReportingFixture;
using static Breakwater.Stages.Tests.SubjectAsserts;

namespace Breakwater.Stages.Tests;

/// <summary>Field reports: no account, no identity, nothing finer than an area; triage that drops nothing.</summary>
public sealed class ReportingTests
{
    [Fact]
    public void A_report_needs_no_account_and_notes_nobody()
    {
        FieldReport report = Received();
        Assert.Equal("received", report.Standing);
        string written = Encoding.UTF8.GetString(CanonicalJson.Of(report));
        Assert.DoesNotContain("anonymous", written, StringComparison.Ordinal);
        ReadsBack(report);
        ReadsBack(ReceiveReport.Decide(null, Command, Anybody, Now).Events[0]);
    }

    [Theory]
    [InlineData("IR/Tehran/Rey/Some street 5", "IR/Tehran/Rey")]
    [InlineData("IR", "IR")]
    public void A_place_is_cut_to_an_area_before_anything_is_stored(string given, string kept)
    {
        Assert.True(Place.TryParse(given, out Place place));
        Assert.Equal(kept, Received(Command with { Place = place }).Where.Key);
    }

    [Theory]
    [InlineData("192.0.2.1/32")]
    [InlineData("AS64500")]
    [InlineData("XX/Tehran")]
    [InlineData("IR/35.6892, 51.3890")]
    [InlineData("IR/8H7MM9QP+2V")]
    public void What_is_no_area_or_closer_than_one_is_refused(string given)
    {
        Assert.True(Place.TryParse(given, out Place place));
        Refused(
            RefusalKind.Invalid,
            ReceiveReport.Decide(null, Command with { Place = place }, Anybody, Now)
        );
    }

    [Theory]
    [InlineData("rir:afrinic", true)]
    [InlineData("rir:afrinic/reverse-dns", true)]
    [InlineData("rir:afrinic/reverse-dns/1", false)]
    [InlineData("35.6892/51.3890", false)]
    [InlineData("rir:afrinic/", false)]
    public void A_core_resource_is_an_institution_or_one_function_of_it(
        string name,
        bool isTaken
    ) =>
        Assert.Equal(
            isTaken,
            ReceiveReport
                .Decide(
                    null,
                    Command with
                    {
                        Place = new Place { Function = name },
                        Service = Service.CoreFunction,
                    },
                    Anybody,
                    Now
                )
                .Refusal
                is null
        );

    [Fact]
    public void A_finer_cell_than_the_grid_has_is_snapped_again()
    {
        var point = new GridCell(35.68919, 51.38899, 35.68921, 51.38901);
        GridCell cell = Received(Command with { Cell = point }).Cell!;
        Assert.True(cell.North - cell.South > 0.05);
        Assert.Equal(cell, Received(Command with { Cell = cell }).Cell);
    }

    [Fact]
    public void Words_are_sealed_and_go_no_further_than_a_group()
    {
        SealedWords wide = new(Box, null, ReceiveReport.Usual);
        Refused(
            RefusalKind.Invalid,
            ReceiveReport.Decide(null, Command with { Words = wide }, Anybody, Now)
        );
        Refused(
            RefusalKind.Invalid,
            ReceiveReport.Decide(null, Command with { Marking = Marking.Public }, Anybody, Now)
        );
        Assert.Null(SignalsFromFieldReports.Of(Received()).Text);
    }

    [Theory]
    [InlineData("192.0.2.7")]
    [InlineData("2001:db8::1")]
    [InlineData("someone@example.org")]
    [InlineData("a b")]
    public void An_address_is_no_mark_of_a_hand(string hand) =>
        Refused(
            RefusalKind.Invalid,
            ReceiveReport.Decide(null, Command with { Hand = hand }, Anybody, Now)
        );

    [Fact]
    public void What_was_seen_after_it_was_received_is_refused() =>
        Refused(
            RefusalKind.Invalid,
            ReceiveReport.Decide(
                null,
                Command with
                {
                    ObservedAt = Now + Duration.FromSeconds(1),
                },
                Anybody,
                Now
            )
        );

    [Fact]
    public void Only_an_analyst_triages() =>
        Refused(RefusalKind.NotAllowed, OpenTriage.Decide(Received(), new(), Anybody, Now));

    [Fact]
    public void Another_hand_corroborates_and_the_same_hand_does_not()
    {
        Refused(
            RefusalKind.NotAllowed,
            Corroborate.Decide(
                InTriage(),
                new("report-2", ReportLinkTarget.Report, "hand-1"),
                Analyst,
                Now
            )
        );
        FieldReport corroborated = After(
            InTriage(),
            Corroborate.Decide(
                InTriage(),
                new("report-2", ReportLinkTarget.Report, "hand-2"),
                Analyst,
                Now
            )
        );
        Assert.Equal("corroborated", corroborated.Standing);
        FieldReport disputed = After(
            corroborated,
            Contradict.Decide(
                corroborated,
                new("signal-1", ReportLinkTarget.Signal, "probes answer"),
                Analyst,
                Now
            )
        );
        Assert.Equal(("disputed", 2), (disputed.Standing, disputed.Links.Count));
        ReadsBack(disputed);
    }

    [Fact]
    public void A_duplicate_is_kept_and_linked_and_counts_no_second_time()
    {
        FieldReport duplicate = After(
            InTriage(),
            MarkDuplicate.Decide(InTriage(), new("report-0"), Analyst, Now)
        );
        Assert.Equal(("duplicate", "report-0"), (duplicate.Standing, duplicate.DuplicateOf));
        Assert.Empty(SignalsFromFieldReports.Of([duplicate], []));
        FieldReport again = After(duplicate, OpenTriage.Decide(duplicate, new(), Analyst, Now));
        Assert.Single(SignalsFromFieldReports.Of([again], []));
    }

    [Fact]
    public void What_is_set_aside_has_a_reason_and_is_not_deleted()
    {
        Refused(RefusalKind.Invalid, PutAside.Decide(InTriage(), new(" "), Analyst, Now));
        FieldReport aside = After(
            InTriage(),
            PutAside.Decide(InTriage(), new("about another year"), Analyst, Now)
        );
        Assert.Equal("set-aside", aside.Standing);
        Assert.Empty(SignalsFromFieldReports.Of([aside], []));
        Assert.Equal(Command.Place, aside.Where);
    }

    [Fact]
    public void Whoever_has_the_code_word_takes_the_report_back_and_nobody_else()
    {
        Refused(
            RefusalKind.NotAllowed,
            RetractReport.Decide(Received(), new("acorn acorn"), Analyst, Now)
        );
        Refusal none = RetractReport.Decide(null, new(Secret), Anybody, Now).Refusal!;
        Assert.Equal(none, RetractReport.Decide(Received(), new("wrong"), Anybody, Now).Refusal);
        FieldReport retracted = After(
            Received(),
            RetractReport.Decide(Received(), new(" Acorn-ZEBRA "), Anybody, Now)
        );
        Assert.Equal("retracted", retracted.Standing);
        Assert.Empty(SignalsFromFieldReports.Of([retracted], []));
    }

    [Fact]
    public void A_code_word_is_six_different_looking_words_of_48_bits_and_only_its_hash_is_kept()
    {
        string word = CodeWord.Of([0, 1, 2, 253, 254, 255]);
        Assert.Equal(6, word.Split(' ').Length);
        Assert.Equal(
            256,
            Enumerable
                .Range(0, 256)
                .Select(i => CodeWord.Of([(byte)i, 0, 0, 0, 0, 0]))
                .Distinct()
                .Count()
        );
        CodeWordHash hash = CodeWord.Hash(word, Salt);
        Assert.True(CodeWord.Is(word, hash));
        Assert.DoesNotContain("acorn", hash.ToString(), StringComparison.Ordinal);
        Assert.False(CodeWord.Is(null, hash));
        Assert.False(CodeWord.Is(word, new CodeWordHash("?", "?")));
        Assert.NotEqual(hash.Hash, CodeWord.Hash(word, [.. Salt.Reverse()]).Hash);
    }

    [Fact]
    public void A_report_that_nobody_looks_at_is_told_after_six_hours_then_daily_and_not_for_ever()
    {
        FieldReport report = Received();
        Assert.Equal(Now + Duration.FromHours(6), report.DueAt);
        Assert.Equal(Duration.FromHours(5), report.Waiting(Now + Duration.FromHours(5)));
        for (int times = 1; times <= FieldReport.RemindersMax; times++)
        {
            report = After(report, FieldReport.Elapse(report, report.DueAt!.Value));
            Assert.Equal(times, report.Reminders);
        }

        Assert.Null(report.DueAt);
        Assert.Null(InTriage().DueAt);
    }

    [Fact]
    public void A_node_that_was_off_tells_a_wait_once()
    {
        FieldReport report = Received();
        Instant later = Now + Duration.FromHours(6) + Duration.FromDays(3) + Duration.FromHours(1);
        Decided<FieldReportEvent> elapsed = FieldReport.Elapse(report, later);
        Assert.Single(elapsed.Events);
        Assert.True(After(report, elapsed).DueAt > later);
    }

    [Fact]
    public void A_report_becomes_a_signal_by_the_rules_of_report_files()
    {
        ReportSignal signal = SignalsFromFieldReports.Of(Received());
        Assert.Equal(
            ("field report by resident", SignalFamily.HumanReport, "hand-1"),
            (signal.Source, signal.Family, signal.Hand)
        );
        Assert.Equal((ServiceState.Down, ReceiveReport.Usual), (signal.State, signal.Marking));
    }

    [Fact]
    public void No_sequence_of_commands_throws_and_nothing_is_triaged_by_whoever_is_no_analyst()
    {
        string?[] texts =
        [
            "",
            null,
            " ",
            "why",
            "report-1",
            Secret,
            new('x', 5_000),
            "\0",
            "\uD800",
        ];
        Gen.Select(Gen.Int[0, 8], Gen.Int[0, 8], Gen.Bool)
            .List[0, 30]
            .Sample(acts =>
            {
                FieldReport? report = null;
                foreach ((int command, int text, bool isAnalyst) in acts)
                {
                    Participant by = isAnalyst ? Analyst : Anybody;
                    string said = texts[text]!;
                    Decided<FieldReportEvent> decided = command switch
                    {
                        0 => ReceiveReport.Decide(report, Command, by, Now),
                        1 => ReceiveReport.Decide(
                            report,
                            Command with
                            {
                                Id = said,
                                Network = said,
                                Hand = said,
                                Place = text == 1 ? null! : Command.Place,
                            },
                            by,
                            Now
                        ),
                        2 => OpenTriage.Decide(report, new(), by, Now),
                        3 => Corroborate.Decide(report, new(said, 0, said), by, Now),
                        4 => Contradict.Decide(
                            report,
                            new(said, (ReportLinkTarget)text, said),
                            by,
                            Now
                        ),
                        5 => MarkDuplicate.Decide(report, new(said), by, Now),
                        6 => PutAside.Decide(report, new(said), by, Now),
                        7 when text == 5 => RetractReport.Decide(report, new(said), by, Now),
                        _ => report is null
                            ? Decided<FieldReportEvent>.Nothing
                            : FieldReport.Elapse(report, Now + Duration.FromHours(text * 9)),
                    };
                    Assert.True(
                        isAnalyst
                            || decided.Events.All(happened =>
                                happened is ReportReceived or ReportRetracted or ReportStillWaiting
                            )
                    );
                    report = decided.Events.Aggregate(report, FieldReport.Apply);
                }
            });
    }
}
