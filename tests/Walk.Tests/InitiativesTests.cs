using System.Text;
using Breakwater.Decisions.Missions;
using Breakwater.Publications;
using Breakwater.Publications.Initiatives;
using Breakwater.Signals;
using Breakwater.Signals.Initiatives;
using Breakwater.Vocabulary;
using CsCheck;
using Xunit;

namespace Breakwater.Walk.Tests;

/// <summary>Lists given to other initiatives and taken from them.</summary>
public sealed class InitiativesTests
{
    public static TheoryData<Initiative> Initiatives => [.. Enum.GetValues<Initiative>()];

    private static string Docs
    {
        get
        {
            DirectoryInfo folder = new(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "Breakwater.slnx")))
            {
                folder = folder.Parent!;
            }

            return Path.Combine(folder.FullName, "docs");
        }
    }

    [Theory]
    [MemberData(nameof(Initiatives))]
    public void Every_list_has_the_columns_of_its_mapping_and_as_many_cells_in_each_row(
        Initiative initiative
    )
    {
        foreach (
            InitiativeFile file in GivenToInitiatives.Of(
                initiative,
                WalkOf.Sudan.Walked,
                Audience.Public
            )
        )
        {
            MappedDocument mapped = InitiativeMapping.Documents.Single(one =>
                one.File == file.Name
            );
            string[] lines = file.Csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(
                string.Join(',', mapped.Columns.Select(one => one.Theirs)),
                lines[0].Replace("\"", "", StringComparison.Ordinal)
            );
        }
    }

    [Fact]
    public void What_is_given_to_KeepItOn_is_read_back_by_the_reader_of_the_list()
    {
        InitiativeFile list = Assert.Single(
            GivenToInitiatives.Of(Initiative.Keepiton, WalkOf.Iran.Walked, Audience.Public)
        );
        SignalsRead read = SignalsFromEvents.Read(
            SourceFile.Of(list.Name, Encoding.UTF8.GetBytes(list.Csv))
        );
        Assert.Equal(list.Rows, read.Signals.Count);
        Assert.All(
            read.Signals.OfType<ClaimSignal>(),
            claim => Assert.Equal("IR", claim.Place.Country)
        );
    }

    [Fact]
    public void What_is_given_to_Pulse_is_read_back_with_the_same_starts()
    {
        InitiativeFile list = Assert.Single(
            GivenToInitiatives.Of(Initiative.Pulse, WalkOf.Tonga.Walked, Audience.Public)
        );
        SignalsRead read = SignalsFromEvents.Read(
            SourceFile.Of(list.Name, Encoding.UTF8.GetBytes(list.Csv))
        );
        Assert.Equal(list.Rows, read.Signals.Count);
    }

    [Fact]
    public void The_cluster_gets_fuel_by_area_and_no_site()
    {
        foreach (
            InitiativeFile file in GivenToInitiatives.Of(
                Initiative.Etc,
                WalkOf.Gaza.Walked,
                Audience.Community
            )
        )
        {
            Assert.DoesNotContain("hub-", file.Csv, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_form_of_notification_stays_in_the_community_and_never_reaches_the_public()
    {
        Mission[] missions = [.. WalkOf.Gaza.Played.Missions.Select(one => one.State!)];
        Notification[] told = [.. WalkOf.Gaza.Played.Notifications.Select(one => one.State!)];
        (Mission, IReadOnlyList<Notification>)[] pairs =
        [
            .. missions.Select(one =>
                (one, (IReadOnlyList<Notification>)[.. told.Where(each => each.Mission == one.Id)])
            ),
        ];
        Assert.Equal(
            0,
            GivenToInitiatives
                .Of(Initiative.Ocha, WalkOf.Gaza.Walked, Audience.Public, pairs)[0]
                .Rows
        );
        InitiativeFile form = GivenToInitiatives.Of(
            Initiative.Ocha,
            WalkOf.Gaza.Walked,
            Audience.Community,
            pairs
        )[0];
        Assert.Equal(4, form.Rows);
        Assert.Contains("it asks for nothing", form.Csv, StringComparison.Ordinal);
    }

    [Fact]
    public void The_gap_report_leaves_an_unknown_number_empty()
    {
        InitiativeFile gaps = Assert.Single(
            GivenToInitiatives.Of(Initiative.Foc, WalkOf.Tonga.Walked, Audience.Public)
        );
        Assert.Contains(
            gaps.Csv.Split("\r\n"),
            line => line.StartsWith("TO,Vava‘u,residents,Text messages,,", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Status_of_services_becomes_reports_of_the_cluster_and_an_empty_status_is_unknown()
    {
        Taken<ReportSignal> taken = TakenFromInitiatives.Services(Example("etc-status"));
        Assert.Empty(taken.Faults);
        Assert.Equal(
            [ServiceState.Working, ServiceState.Degraded, ServiceState.Unknown],
            taken.Read.Select(one => one.State)
        );
        Assert.All(taken.Read, one => Assert.Equal("cluster", one.Observer));
        Assert.Equal(Service.Web, taken.Read[0].Service);
    }

    [Fact]
    public void Coverage_is_a_baseline_in_which_empty_is_unknown()
    {
        Taken<StatedCoverage> taken = TakenFromInitiatives.Coverage(Example("itu-coverage"));
        Assert.Equal([0.98, null], taken.Read.Select(one => one.Share));
    }

    [Fact]
    public void A_statement_of_a_government_is_a_claim_and_its_commitment_no_pledge()
    {
        ClaimSignal claim = Assert.Single(
            TakenFromInitiatives.Statements(Example("foc-statements")).Read
        );
        Assert.Equal("shutdown", claim.Claim.What);
        Assert.Null(claim.Claim.End);
        Assert.Single(TakenFromInitiatives.Commitments(Example("foc-commitments")).Read);
    }

    [Fact]
    public void Answers_are_acknowledged_or_denied_and_anything_else_is_a_fault_with_its_line()
    {
        Assert.Equal(
            ["acknowledged", "denied"],
            TakenFromInitiatives.Answers(Example("ocha-answers")).Read.Select(one => one.Answer)
        );
        Taken<StatedAnswer> silent = TakenFromInitiatives.Answers(
            SourceFile.Of(
                "answers.csv",
                Encoding.UTF8.GetBytes(
                    "Reference,Party told,Answer,Answered,Reason\nn-1,a party,silent,2024-01-01,\nn-2,a party,denied,2024-01-01,\n"
                )
            )
        );
        Assert.Single(silent.Read);
        Assert.Contains(
            "line 2",
            Assert.Single(silent.Faults).ToString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_page_on_exchange_lists_each_column_of_each_mapping()
    {
        string page = File.ReadAllText(Path.Combine(Docs, "exchange-with-initiatives.md"));
        Assert.All(
            InitiativeMapping.Documents.SelectMany(one => one.Columns),
            column =>
                Assert.Contains(
                    $"|{column.Theirs}|{column.Ours}|{column.Hxl}|{column.Note}|",
                    page,
                    StringComparison.Ordinal
                )
        );
    }

    [Fact]
    public void Every_list_that_is_taken_has_an_example_that_is_read_and_each_damaged_row_has_its_line()
    {
        var lines = ListRead.Lists.ToDictionary(
            list => list,
            list =>
            {
                ListRead read = ListRead.Of(list, Example(list))!;
                Assert.True(read.Rows > 0, list);
                return string.Join(' ', read.Faults.Select(fault => fault.At));
            }
        );
        Assert.Equal("line 4 line 5", lines["keepiton-events"]);
        Assert.Equal("line 3", lines["pulse-events"]);
        Assert.Equal("line 5", lines["itu-outages"]);
        Assert.Equal(3, lines.Values.Count(one => one.Length > 0));
    }

    [Fact]
    public void The_documented_columns_of_an_event_list_are_those_that_its_reader_knows()
    {
        foreach (string list in (string[])["keepiton-events", "pulse-events"])
        {
            SourceFile example = Example(list);
            Assert.Equal(
                string.Join(
                    ',',
                    InitiativeMapping.Of(list).Columns.Select(column => column.Theirs)
                ),
                Encoding.UTF8.GetString(example.Content.Span).Split('\n')[0].Trim()
            );
            Assert.True(SignalsFromEvents.IsEventList(example));
        }
    }

    [Fact]
    public void What_is_given_to_others_is_taken_back_as_the_list_that_they_keep()
    {
        InitiativeFile given = GivenToInitiatives.Of(
            Initiative.Keepiton,
            WalkOf.Iran.Walked,
            Audience.Public
        )[0];
        ListRead taken = ListRead.Of(
            "keepiton-events",
            SourceFile.Of(given.Name, Encoding.UTF8.GetBytes(given.Csv))
        )!;
        Assert.Equal((given.Rows, 0), (taken.Rows, taken.Faults.Count));
        given = GivenToInitiatives.Of(Initiative.Pulse, WalkOf.Sudan.Walked, Audience.Public)[0];
        taken = ListRead.Of(
            "pulse-events",
            SourceFile.Of(given.Name, Encoding.UTF8.GetBytes(given.Csv))
        )!;
        Assert.Equal(given.Rows, taken.Rows);
        // A network stands in the column of scope, which the reader of lists does not guess at: the row is kept, and it is said.
        Assert.All(
            taken.Faults,
            fault => Assert.Contains("scope '", fault.Reason, StringComparison.Ordinal)
        );
        Assert.Equal(
            WalkOf
                .Sudan.Walked.Detection.Disruptions.Where(one =>
                    one is { Place.Country: not null, Routing: null }
                )
                .Select(one => one.Onset.Latest)
                .Order(),
            taken.Signals.OfType<ClaimSignal>().Select(one => one.Claim.Start!.Latest).Order()
        );
    }

    [Fact]
    public void No_octets_are_too_odd_for_any_list()
    {
        var examples = ListRead.Lists.ToDictionary(
            list => list,
            list => Example(list).Content.ToArray()
        );
        Gen.Select(
                Gen.Int[0, ListRead.Lists.Count - 1].Select(at => ListRead.Lists[at]),
                Gen.Byte.Array[0, 600],
                Gen.Int[0, 600]
            )
            .Sample(
                (list, odd, keep) =>
                {
                    ListRead read = ListRead.Of(
                        list,
                        SourceFile.Of("odd.csv", (byte[])[.. examples[list].Take(keep), .. odd])
                    )!;
                    Assert.All(
                        read.Faults,
                        fault => Assert.False(fault.Reason.Length == 0 || fault.Remedy.Length == 0)
                    );
                },
                iter: 2_000
            );
    }

    private static SourceFile Example(string list) =>
        SourceFile.Of(
            $"{list}.csv",
            File.ReadAllBytes(Path.Combine(Docs, "examples", $"{list}.csv"))
        );
}
