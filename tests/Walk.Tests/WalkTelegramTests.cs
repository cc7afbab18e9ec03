using Breakwater.Bgp;
using Breakwater.Decisions;
using Breakwater.Decisions.Continuity;
using Breakwater.Disruptions;
using Breakwater.Needs;
using Breakwater.Restorations;
using Breakwater.Signals;
using Breakwater.Tests;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.Walk.Tests;

/// <summary>telegram-india-2026-06, stage by stage: a blocking order leaks as a hijack.</summary>
public sealed class WalkTelegramTests
{
    private static readonly Asn _origin = new(18101);

    private static readonly Instant _first = Instant.FromUtc(2026, 6, 16, 7, 8, 57);

    private static readonly Instant _lastBack = Instant.FromUtc(2026, 6, 16, 21, 13, 11);

    private static Disruption[] Hijacks =>
        [
            .. WalkOf.Telegram.Walked.Detection.Disruptions.Where(one =>
                one is { Kind: DisruptionKind.Hijack, Routing: not null }
            ),
        ];

    private static Disruption Open => Hijacks.Single(one => one.Place.Key == "2a0a:f280::/32");

    [Fact]
    public void Telegram_signals_are_routes_with_their_RPKI_state_and_tests_of_the_service()
    {
        IReadOnlyList<Signal> signals = WalkOf.Telegram.Walked.Signals;
        Assert.Equal(34, signals.OfType<RouteSignal>().Count());
        Assert.All(signals.OfType<RouteSignal>(), one => Assert.NotNull(one.Rpki));
        Assert.Contains(signals.OfType<SeriesSignal>(), one => one.Target == "telegram");
    }

    [Fact]
    public void Telegram_disruptions_are_a_hijack_a_leak_and_a_blocked_service_linked_with_ends_of_their_own()
    {
        Assert.Equal(34, Hijacks.Length);
        Assert.All(Hijacks, one => Assert.Equal([_origin], one.Routing!.SuspectOrigins));
        Assert.Equal(_first, Hijacks.Min(one => one.Start));
        IReadOnlyList<Disruption> all = WalkOf.Telegram.Walked.Detection.Disruptions;
        Disruption leak = Assert.Single(all, one => one.Kind == DisruptionKind.Leak);
        Disruption block = Assert.Single(all, one => one.Target == "telegram");
        Assert.Equal(DisruptionKind.Shutdown, block.Kind);
        Assert.Contains(Open.Links.Concat(leak.Links), link => link.DisruptionId == block.Id);
        Assert.Null(Open.End);
        Assert.Equal(new LocalDate(2026, 6, 23), block.End!.Latest.InUtc().Date);
    }

    [Fact]
    public void INV_02_Telegram_keeps_a_leaked_block_and_a_deliberate_hijack_as_claims_side_by_side()
    {
        string?[] causes =
        [
            .. WalkOf
                .Telegram.Walked.Detection.Disruptions.SelectMany(one => one.Claims)
                .Select(claim => claim.Cause),
        ];
        Assert.Contains("leaked national block", causes);
        Assert.Contains(causes, one => one!.StartsWith("deliberate", StringComparison.Ordinal));
    }

    [Fact]
    public void Telegram_needs_are_of_users_elsewhere_and_of_users_in_India_with_bounds_and_no_number()
    {
        Need[] needs = [.. WalkOf.Telegram.Walked.Assessment.Needs];
        Need elsewhere = Assert.Single(needs, one => one.Service == Service.CoreFunction);
        Need blocked = Assert.Single(needs, one => one.Target == "telegram");
        Assert.Null(elsewhere.WithoutService);
        Assert.Contains(
            elsewhere.Unknowns,
            one => one.Contains("no share of people", StringComparison.Ordinal)
        );
        Assert.Null(blocked.WithoutService);
        Assert.Contains(blocked.Unknowns, one => one.Contains("at most", StringComparison.Ordinal));
    }

    [Fact]
    public void Telegram_calls_origin_upstream_and_holder_and_asks_for_an_authorisation_of_the_32()
    {
        ContinuityCase one = Assert.Single(WalkOf.Telegram.Walked.Cases);
        Assert.Equal(
            ["AS18101", "AS15412", "AS62041"],
            one.Contacts.Select(contact => contact.Resource)
        );
        Assert.All(
            one.Measures.Where(measure => measure.Id.StartsWith("call", StringComparison.Ordinal)),
            measure => Assert.Equal(MeasureState.InPlace, measure.State)
        );
        Assert.Equal(
            MeasureState.Proposed,
            one.Measures.Single(measure => measure.Id == "roa").State
        );
    }

    [Fact]
    public void INV_08_Telegram_decides_on_filters_of_upstreams_as_a_question_of_neutrality_that_reaches_the_case()
    {
        Decision filters = WalkOf.Telegram.Walked.Decisions.Single(one =>
            one.Kind == DecisionKind.Neutrality
        );
        Assert.Equal(DecisionOutcome.Adopted, filters.Outcome);
        CaseOutcome outcome = Assert.Single(WalkOf.Telegram.Walked.Cases[0].Outcomes);
        Assert.Equal(filters.Id, outcome.Decision);
        Assert.Equal(1, outcome.Dissents);
    }

    [Fact]
    public void INV_11_Telegram_runs_the_whole_walk_on_routes_that_are_on_no_map_and_damage_nothing()
    {
        Assert.All(Hijacks, one => Assert.Null(one.Place.Country));
        Assert.Empty(WalkOf.Telegram.Scenario.Sites);
        Assert.Contains(
            WalkOf.Telegram.Walked.Decisions,
            one => one is { Kind: DecisionKind.Activation, Outcome: DecisionOutcome.Adopted }
        );
        Assert.NotEmpty(WalkOf.Telegram.Publications);
    }

    [Fact]
    public void Telegram_is_restored_prefix_by_prefix_and_a_last_announcement_is_no_withdrawal()
    {
        Dictionary<string, Restoration> byPrefix = WalkOf
            .Telegram.Walked.Restorations.Where(one => one.Place.Prefix is not null)
            .ToDictionary(one => one.Place.Key);
        Assert.Equal(34, byPrefix.Count);
        Restoration open = byPrefix["2a0a:f280::/32"];
        Assert.Equal(RestorationState.NotRestored, open.State);
        Assert.Contains(
            open.Notes,
            note => note.Contains("no withdrawal", StringComparison.Ordinal)
        );
        Assert.All(
            byPrefix.Values.Where(one => one != open),
            one => Assert.Equal(RestorationState.Confirmed, one.State)
        );
        Assert.Equal(
            _lastBack,
            byPrefix.Values.Where(one => one != open).Max(one => one.Start!.Latest)
        );
    }

    [Fact]
    public void Telegram_report_names_the_order_the_gap_and_the_open_route()
    {
        string english = WalkOf.Telegram.Publications.Single(one => one.Language == "en").Html;
        Assert.Contains("2a0a:f280::/32", english, StringComparison.Ordinal);
        Assert.Contains(
            WalkOf.Telegram.Walked.Norms!.Found.Findings,
            finding => finding.Gaps.Count > 0
        );
    }

    [Fact]
    public void The_reconstruction_and_the_stored_routes_give_the_same_kind_of_disruptions()
    {
        const string Folder = "data/routing/telegram-india-2026-06/data/raw";
        SharedData.PathOf(Folder);
        RoutingRead real = SignalsFromRoutes.Read(
            [],
            [
                .. SharedData
                    .FilesIn(Folder)
                    .Where(file => file.EndsWith("_full.json", StringComparison.Ordinal))
                    .Select(file => new RipeStatRoutes(Stored(SharedData.PathOf(file)))),
            ],
            DepartureContext.Nothing
        );
        Disruption[] stored =
        [
            .. DisruptionsFromSignals
                .Detect(real.Signals, DetectorProfile.Default)
                .Disruptions.Where(one => one.Asns.Contains(_origin)),
        ];
        Assert.Equal(26, stored.Length);
        Assert.All(stored, one => Assert.Equal(DisruptionKind.Hijack, one.Kind));
        // The stored files are a subset: every one of their hijacks lies inside the hours of the reconstruction, and all that ended did so by its end.
        Assert.All(stored, one => Assert.InRange(one.Start, _first, _lastBack));
        Assert.Equal(Instant.FromUtc(2026, 6, 16, 7, 18, 30), stored.Min(one => one.Start));
        Assert.All(
            stored.Where(one => one.End is not null),
            one => Assert.True(one.End!.Latest <= _lastBack + Duration.FromMinutes(1))
        );
        Assert.All(
            stored,
            one =>
                Assert.Contains(
                    Hijacks,
                    ours =>
                        ours.Place.Prefix!.Value.Contains(one.Place.Prefix!.Value)
                        || one.Place.Prefix!.Value.Contains(ours.Place.Prefix!.Value)
                        || one.Place.Key.StartsWith("95.161.", StringComparison.Ordinal)
                )
        );
    }

    private static SourceFile Stored(string path)
    {
        byte[] octets = File.ReadAllBytes(path);
        if (octets is [0x1F, 0x8B, ..])
        {
            using var gzip = new System.IO.Compression.GZipStream(
                new MemoryStream(octets),
                System.IO.Compression.CompressionMode.Decompress
            );
            using var plain = new MemoryStream();
            gzip.CopyTo(plain);
            octets = plain.ToArray();
        }

        return SourceFile.Of(Path.GetFileName(path), octets);
    }
}
