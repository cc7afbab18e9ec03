using System.Text.Json.Nodes;
using Breakwater.App.Gaps;
using Breakwater.App.Pages;
using Breakwater.Disruptions;
using Breakwater.Disruptions.Law;
using Breakwater.Feeds.Law;
using Breakwater.Ledger;
using Breakwater.Needs;
using Breakwater.Norms.Findings;
using Breakwater.Norms.Packs;
using Breakwater.Publications.Gaps;
using Breakwater.Records;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>How many disruptions on record met with a gap of the law: each once, for each reader as far as they may see.</summary>
public sealed class GapLedgerTests : IAsyncLifetime
{
    /// <summary>Registries: no binding rule answers to their failure.</summary>
    private const string Registries = "G-16";

    private static readonly Instant _start = Instant.FromUtc(2026, 3, 3, 12, 0);

    private readonly string folder = Directory.CreateTempSubdirectory("breakwater-gaps-").FullName;
    private SqliteRecords records = null!;

    private static LawPack Pack { get; } = LawPackReader.Read(null).Pack!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        records = SqliteRecords.Open(folder);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await records.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_gap_counts_each_disruption_that_met_with_it_and_lists_those_that_nothing_met()
    {
        await Keep(Registry("disruption-1", "one"), Registry("disruption-2", "two"));
        GapLedger ledger = await GapsOnRecord.Of(records);
        Assert.Equal(2, ledger.Disruptions);
        Assert.Equal(Pack.Gaps.Select(gap => gap.Id), ledger.Gaps.Select(gap => gap.Gap));
        GapCount met = Of(ledger);
        Assert.Equal(2, met.Disruptions);
        Assert.Contains(met.Kinds, kind => kind is { Kind: GapEntryKind.Silence, Disruptions: 2 });
        Assert.Contains("N-REGISTRY-CONT", met.Rules);
        Assert.NotEmpty(met.Regimes);
        Assert.NotEmpty(met.Spread);
        Assert.Equal(
            ["disruption-2", "disruption-1"],
            met.Incidents.Select(incident => incident.Disruption)
        );
        Assert.All(
            met.Incidents,
            incident => Assert.StartsWith("sha256:", incident.FactsHash, StringComparison.Ordinal)
        );
        Assert.All(
            ledger.Gaps.Where(gap => gap.Gap != Registries),
            gap => Assert.Equal(0, gap.Disruptions)
        );
    }

    [Fact]
    public async Task A_disruption_that_is_told_again_counts_once_and_one_that_was_withdrawn_not_at_all()
    {
        Disruption again = Registry("disruption-1b", "one") with
        {
            Start = _start + Duration.FromHours(2),
        };
        await Keep(Registry("disruption-1", "one"), Registry("disruption-2", "two"), again);
        await Keep(again);
        await Append(
            "revisions",
            Recording.Of(
                Revised(RevisionKind.Revised, "disruption-1b", "disruption-1"),
                Marking.Public
            ),
            Recording.Of(Revised(RevisionKind.Withdrawn, "disruption-2", null), Marking.Public)
        );
        GapCount met = Of(await GapsOnRecord.Of(records));
        Assert.Equal("disruption-1b", Assert.Single(met.Incidents).Disruption);
        Assert.Equal(1, met.Disruptions);
    }

    [Fact]
    public async Task Two_tellings_of_one_disruption_count_once_for_whoever_may_see_both()
    {
        await Keep(
            Registry("disruption-open", "one"),
            Registry("disruption-closed", "one") with
            {
                Marking = new Marking(Distribution.Partners, Tlp.Clear),
            }
        );
        var partner = new PublicView(records, new Reader { Circle = Circle.Partner });
        Assert.Equal(1, Of(await GapsOnRecord.Of(partner, Pack)).Disruptions);
        Assert.Equal(1, Of(await GapsOnRecord.Of(records)).Disruptions);
    }

    [Fact]
    public async Task A_disruption_that_a_reader_may_not_see_does_not_count_for_them()
    {
        await Keep(
            Registry("disruption-1", "one"),
            Registry("disruption-hidden", "two") with
            {
                Marking = Marking.Sealed,
            }
        );
        GapLedger ledger = await GapsOnRecord.Of(records);
        Assert.Equal(1, ledger.Disruptions);
        Assert.Equal(1, Of(ledger).Disruptions);
        Assert.DoesNotContain(
            "hidden",
            System.Text.Json.JsonSerializer.Serialize(ledger, Json.Compact),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Harm_is_whom_needs_count_once_and_what_nobody_counted_stays_unknown()
    {
        await Keep(
            Registry("disruption-1", "one"),
            Registry("disruption-2", "two"),
            Registry("disruption-3", "three")
        );
        await Append(
            "needs",
            Draft(NeedOf("need-1", Place.OfCountry("SD"), 1_000, ["disruption-1", "disruption-2"])),
            // Part of the country around it.
            Draft(NeedOf("need-2", Place.OfArea("SD", "Khartoum"), 400, ["disruption-1"]))
        );
        GapHarm harm = Of(await GapsOnRecord.Of(records)).Harm;
        Assert.Equal(new CountRange(1_000, 1_200), harm.Residents);
        Assert.Equal(1, harm.Unknown);
    }

    [Fact]
    public async Task The_address_and_the_page_tell_what_the_public_may_see()
    {
        await using ApiSite site = await ApiSite.Start();
        FindingsOnDisruptions found = Found(Registry("disruption-1", "one"));
        await site.Records.Append(
            "made",
            0,
            [Recording.Of(Registry("disruption-1", "one")), .. Recording.Of(found)],
            Cancel
        );
        JsonNode told = JsonNode.Parse(await site.Stranger.GetStringAsync("/api/v1/gaps", Cancel))!;
        JsonNode gap = told["gaps"]!.AsArray().Single(one => (string?)one!["gap"] == Registries)!;
        Assert.Equal(1, (int?)gap["disruptions"]);
        foreach (string language in PageTexts.Languages)
        {
            string page = await site.Stranger.GetStringAsync($"/gaps?lang={language}", Cancel);
            Assert.Contains(Registries, page, StringComparison.Ordinal);
            Assert.Contains("/disruptions/disruption-1", page, StringComparison.Ordinal);
            Assert.Contains(Pack.Hash, page, StringComparison.Ordinal);
        }
    }

    private static GapCount Of(GapLedger ledger) =>
        Assert.Single(ledger.Gaps, gap => gap.Gap == Registries);

    private static Disruption Registry(string id, string name) =>
        Made.Disruption(id, Place.OfFunction($"rir:{name}"), _start) with
        {
            Kind = DisruptionKind.RegistryFailure,
            Severity = [new Severity(SignalFamily.Probing, 1, 60)],
        };

    private static FindingsOnDisruptions Found(params Disruption[] disruptions) =>
        FindingsFromFacts.Assess(disruptions, [], Pack, new LocalDate(2026, 3, 10));

    private Task Keep(params Disruption[] disruptions) =>
        Append("made", [.. disruptions.Select(Recording.Of), .. Recording.Of(Found(disruptions))]);

    private Task Append(string subject, params Draft[] drafts) =>
        Recording.Append(records, subject, drafts, Cancel);

    private static Draft Draft(Need need) =>
        ProductRecorded
            .Of(need.Id, "need", need, need.Disruptions)
            .ToDraft(need.Marking, "test", []);

    private static Revision Revised(RevisionKind kind, string id, string? earlier) =>
        new(_start, kind, id, earlier, Place.OfFunction("rir:one"), null, []);

    private static Need NeedOf(
        string id,
        Place place,
        long people,
        IReadOnlyList<string> disruptions
    ) =>
        new()
        {
            Id = id,
            Place = place,
            PlaceName = place.Key,
            Group = PopulationGroup.Residents,
            Service = Service.Messaging,
            Population = CountRange.Exactly(people * 2),
            PopulationSource = "a census",
            WithoutService = new CountRange(people, people + (people / 5)),
            ByNetwork = [],
            Sum = "",
            Since = _start,
            Priority = 1,
            PriorityReason = "",
            Conditions = [],
            Unknowns = [],
            Disruptions = disruptions,
            Origin = Origin.Reported,
            Marking = Marking.Public,
        };
}
