using System.Collections.Concurrent;
using System.Text.Json;
using Breakwater.App.Pages;
using Breakwater.Disruptions;
using Breakwater.Needs;
using Breakwater.Preparedness.Agreements;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;
using DisruptionFacts = Breakwater.Preparedness.Agreements.DisruptionFacts;

namespace Breakwater.App.Agreements;

/// <summary>
/// The disruptions that stand, as triggers ask of them. What is told to everybody and, with more in it, to few is one disruption:
/// its tellings stand together.
/// </summary>
internal sealed class DisruptionsAtHand
{
    private readonly ILookup<string, Need> _needs;

    /// <summary>What triggers ask of each disruption, worked out once however many triggers ask.</summary>
    private readonly ConcurrentDictionary<string, DisruptionFacts> _facts = new(
        StringComparer.Ordinal
    );

    /// <summary>Groups by country; those that may lie anywhere, as networks do, under the empty word.</summary>
    private readonly ILookup<string, IReadOnlyList<Disruption>> _byCountry;
    private readonly Dictionary<string, IReadOnlyList<Disruption>> _byId = new(
        StringComparer.Ordinal
    );

    internal DisruptionsAtHand(
        IEnumerable<Disruption> disruptions,
        IEnumerable<Revision> revisions,
        IEnumerable<Need> needs
    )
    {
        Told = new StandingTellings(revisions);
        Disruption[] standing = [.. disruptions.Where(one => Told.Stands(one.Id))];
        Disruption[] open = [.. standing.Where(one => Tellings.IsOpen(one.Marking))];
        Disruption[] few = [.. standing.Where(one => !Tellings.IsOpen(one.Marking))];
        Groups =
        [
            .. open.Select(one =>
                (IReadOnlyList<Disruption>)[one, .. few.Where(other => IsSameToFew(one, other))]
            ),
            .. few.Where(one => !Array.Exists(open, other => IsSameToFew(other, one)))
                .Select(one => (IReadOnlyList<Disruption>)[one]),
        ];
        // Tellings of one disruption are of one place.
        _byCountry = Groups.ToLookup(group => group[0].Place.Country ?? "", StringComparer.Ordinal);
        foreach (IReadOnlyList<Disruption> group in Groups)
        {
            foreach (Disruption telling in group)
            {
                _byId.TryAdd(telling.Id, group);
            }
        }

        _needs = needs
            .SelectMany(need => need.Disruptions, (need, id) => (need, Told.Latest(id)))
            .ToLookup(pair => pair.Item2, pair => pair.need, StringComparer.Ordinal);
    }

    public StandingTellings Told { get; }

    /// <summary>The tellings of each disruption, the one for everybody first.</summary>
    public IReadOnlyList<IReadOnlyList<Disruption>> Groups { get; }

    /// <summary>
    /// Those that the trigger of an agreement could be met by: all others lie in countries that it does not apply in, where no trigger
    /// is met.
    /// </summary>
    public IEnumerable<IReadOnlyList<Disruption>> For(Agreement agreement)
    {
        string?[] countries = [.. agreement.Terms.Places.Select(place => place.Country).Distinct()];
        return countries.Contains(null)
            ? Groups
            : countries.Append("").SelectMany(country => _byCountry[country!]);
    }

    /// <summary>The tellings that a use was recorded for; null when none of them stands.</summary>
    public IReadOnlyList<Disruption>? GroupOf(AgreementActivation activation) =>
        _byId.GetValueOrDefault(Told.Latest(activation.DisruptionId))
        ?? _byId.GetValueOrDefault(activation.DisruptionId);

    public static IReadOnlyCollection<string> Kinds { get; } =
    [.. Enum.GetValues<DisruptionKind>().Select(Checks.Word)];

    /// <summary>Whoever may see them: for computing, never for showing.</summary>
    public static async Task<DisruptionsAtHand> All(IRecords records) =>
        new(
            await Read<Disruption>(records, "disruption").ConfigureAwait(false),
            await Read<Revision>(records, "revision").ConfigureAwait(false),
            await Read<Need>(records, "need").ConfigureAwait(false)
        );

    /// <summary>Those that one reader may know of.</summary>
    public static async Task<DisruptionsAtHand> For(PublicView view) =>
        new(
            (await view.All<Disruption>("disruption").ConfigureAwait(false)).Select(one =>
                one.Body
            ),
            (await view.All<Revision>("revision").ConfigureAwait(false)).Select(one => one.Body),
            (await view.All<Need>("need").ConfigureAwait(false)).Select(one => one.Body)
        );

    /// <summary>The telling of a disruption by which the trigger is met soonest, and what was found.</summary>
    /// <param name="agreements">By id; what is not among them is not known to be used.</param>
    public (Disruption Disruption, TriggerFound Found) Evaluate(
        Agreement agreement,
        IReadOnlyList<Disruption> group,
        IReadOnlyDictionary<string, Agreement> agreements,
        Instant now
    ) =>
        group
            .Select(disruption =>
                (
                    disruption,
                    found: TriggersFromDisruptions.Evaluate(
                        agreement.Terms.Trigger,
                        agreement.Terms.Places,
                        Facts(disruption),
                        other => IsUsed(agreements.GetValueOrDefault(other), group),
                        now
                    )
                )
            )
            // The first of equals is the one for everybody.
            .MaxBy(pair => pair.found.Truth);

    /// <summary>The tellings that a use was recorded for, under whatever id the disruption was told then.</summary>
    public bool Is(IReadOnlyList<Disruption> group, AgreementActivation activation) =>
        group.Any(one =>
            one.Id == activation.DisruptionId || one.Id == Told.Latest(activation.DisruptionId)
        );

    public DisruptionFacts Facts(Disruption disruption) =>
        _facts.GetOrAdd(disruption.Id, (_, one) => Asked(one), disruption);

    private DisruptionFacts Asked(Disruption disruption)
    {
        (double? low, double? high) = Share(disruption);
        return new DisruptionFacts(
            disruption.Id,
            Checks.Word(disruption.Kind),
            // What starts as an outage stays one until a claim supports another kind of loss of access.
            disruption.Kind == DisruptionKind.Outage
                ?
                [
                    .. Enum.GetValues<DisruptionKind>()
                        .Except([
                            DisruptionKind.Outage,
                            DisruptionKind.Hijack,
                            DisruptionKind.Leak,
                            DisruptionKind.RegistryFailure,
                        ])
                        .Select(Checks.Word),
                ]
                : [],
            disruption.Place,
            [
                .. (disruption.Areas ?? []).Select(area =>
                    (
                        area.Place,
                        area.State switch
                        {
                            AreaState.Dark => AreaSeen.Lost,
                            AreaState.Blind => AreaSeen.Blind,
                            _ => AreaSeen.NotLost,
                        }
                    )
                ),
            ],
            disruption.State switch
            {
                DisruptionState.Suspected => HowSure.Suspected,
                DisruptionState.Contradictory => HowSure.Contradictory,
                _ => HowSure.Confirmed,
            },
            disruption.Confidence,
            disruption.Onset,
            disruption.End,
            disruption.SeenUntil,
            low,
            high
        );
    }

    private Truth IsUsed(Agreement? other, IReadOnlyList<Disruption> group) =>
        other is null ? Truth.Unknown
        : other.Activations.FirstOrDefault(one => Is(group, one)) is not { } activation
            ? Truth.False
        : activation.State switch
        {
            ActivationState.Used or ActivationState.Divided => Truth.True,
            ActivationState.Refused or ActivationState.NoLongerMet => Truth.False,
            _ => Truth.Unknown,
        };

    /// <summary>Residents without messages at the place, as far as somebody reckoned them against all who live there.</summary>
    private (double? Low, double? High) Share(Disruption disruption)
    {
        Need? need = Need.Latest(_needs[disruption.Id])
            .FirstOrDefault(one =>
                one.Group == PopulationGroup.Residents
                && one.Service == Service.Messaging
                && one.Place.Equals(disruption.Place)
            );
        return need is { WithoutService: { } without, Population: { Low: > 0 } people }
            ? ((double)without.Low / people.High, Math.Min(1, (double)without.High / people.Low))
            : (null, null);
    }

    private static bool IsSameToFew(Disruption open, Disruption other) =>
        open.IsToldAgainBy(other) && open.Signals.Any(other.Signals.Contains);

    private static async Task<IReadOnlyList<T>> Read<T>(IRecords records, string kind)
        where T : class
    {
        var all = new List<T>();
        await foreach (Product product in records.Products(kind).ConfigureAwait(false))
        {
            try
            {
                all.AddRange(product.Body.Deserialize<T>(Json.Compact) is { } one ? [one] : []);
            }
            catch (JsonException)
            {
                // Written by another version: it says nothing to this one.
            }
        }

        return all;
    }
}
