using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Membership;

public abstract record SharingGroupEvent;

public sealed record GroupProposed(
    string Id,
    string Name,
    IReadOnlyList<string> Organisations,
    Marking Marking,
    Signatory By,
    Instant At
) : SharingGroupEvent;

/// <summary>A second of the organisations agreed: from here on the group has members.</summary>
public sealed record GroupCreated(Signatory By, Instant At) : SharingGroupEvent;

public sealed record GroupChangeProposed(
    string Organisation,
    GroupChangeKind Change,
    string Reason,
    Signatory By,
    Instant At
) : SharingGroupEvent;

public sealed record OrganisationAdded(
    string Organisation,
    Signatory By,
    Signatory Second,
    Instant At
) : SharingGroupEvent;

public sealed record OrganisationRemoved(
    string Organisation,
    Signatory By,
    Signatory Second,
    Instant At
) : SharingGroupEvent;

/// <summary>It left by itself, which narrows the list and needs nobody else.</summary>
public sealed record OrganisationLeft(string Organisation, Signatory By, Instant At)
    : SharingGroupEvent;

/// <summary>No second organisation agreed to the group in time. It stays on record and has no members.</summary>
public sealed record GroupProposalLapsed(Instant At) : SharingGroupEvent;

/// <summary>A proposal was taken back, turned down or too old.</summary>
public sealed record GroupChangeDropped(string Organisation, string Reason, Instant At)
    : SharingGroupEvent;

public enum GroupChangeKind
{
    Add,
    Remove,
}

/// <summary>A change of membership that one person wants and a second has not confirmed.</summary>
public sealed record GroupChange(
    string Organisation,
    GroupChangeKind Change,
    string Reason,
    Signatory By,
    Instant At
);

/// <summary>
/// Organisations that share what is marked for their group. Two people of different organisations change the list, and no
/// hop from node to node makes it longer. Its name and its list are marked themselves: that they talk may be a secret.
/// </summary>
public sealed record SharingGroup : ISubject<SharingGroup, SharingGroupEvent>
{
    public static string Kind => "sharing-group";

    public static Duration ProposalStands { get; } = Duration.FromDays(14);

    public required string Id { get; init; }

    public required string Name { get; init; }

    public required Marking Marking { get; init; }

    public required Signatory ProposedBy { get; init; }

    public required Instant ProposedAt { get; init; }

    /// <summary>Who would be in it, until a second of them agrees; empty afterwards.</summary>
    public required IReadOnlyList<string> Proposed { get; init; }

    /// <summary>Ids of the organisations in it; none before it is created.</summary>
    public required IReadOnlyList<string> Organisations { get; init; }

    public IReadOnlyList<GroupChange> Changes { get; init; } = [];

    [JsonIgnore]
    public string Standing =>
        Proposed.Count > 0 ? "proposed"
        : Organisations.Count > 0 ? "standing"
        : "empty";

    [JsonIgnore]
    public Instant? DueAt =>
        (
            Proposed.Count > 0 ? ProposedAt
            : Changes.Count > 0 ? Changes.Min(change => change.At)
            : (Instant?)null
        ) + ProposalStands;

    [JsonIgnore]
    public string Words => Name;

    public bool Has(string? organisation) =>
        organisation is not null && Organisations.Contains(organisation);

    /// <summary>The list after one hop: whom this node knows to be in it and the sender names too. It is never longer.</summary>
    public static IReadOnlyList<string> AfterHop(
        IReadOnlyList<string> known,
        IReadOnlyList<string> told
    )
    {
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(told);
        return [.. known.Intersect(told, StringComparer.Ordinal)];
    }

    public static SharingGroup Apply(SharingGroup? before, SharingGroupEvent happened) =>
        (before, happened) switch
        {
            (_, GroupProposed proposed) => new SharingGroup
            {
                Id = proposed.Id,
                Name = proposed.Name,
                Marking = proposed.Marking,
                ProposedBy = proposed.By,
                ProposedAt = proposed.At,
                Proposed = proposed.Organisations,
                Organisations = [],
            },
            (null, _) => throw new InvalidOperationException(
                $"{happened.GetType().Name} begins no group"
            ),
            (_, GroupCreated) => before with { Organisations = before.Proposed, Proposed = [] },
            (_, GroupProposalLapsed) => before with { Proposed = [] },
            (_, GroupChangeProposed change) => before with
            {
                Changes =
                [
                    .. before.Changes,
                    new GroupChange(
                        change.Organisation,
                        change.Change,
                        change.Reason,
                        change.By,
                        change.At
                    ),
                ],
            },
            (_, OrganisationAdded added) => before.Settled(added.Organisation) with
            {
                Organisations = [.. before.Organisations, added.Organisation],
            },
            (_, OrganisationRemoved removed) => before.Without(removed.Organisation),
            (_, OrganisationLeft left) => before.Without(left.Organisation),
            (_, GroupChangeDropped dropped) => before.Settled(dropped.Organisation),
            _ => before,
        };

    public static Decided<SharingGroupEvent> Elapse(SharingGroup state, Instant now)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.Proposed.Count > 0)
        {
            return now >= state.ProposedAt + ProposalStands
                ? new GroupProposalLapsed(now)
                : Decided<SharingGroupEvent>.Nothing;
        }

        return state
            .Changes.Where(change => change.At + ProposalStands <= now)
            .Select(change => new GroupChangeDropped(
                change.Organisation,
                "nobody confirmed it in time",
                now
            ))
            .ToArray<SharingGroupEvent>();
    }

    private SharingGroup Settled(string organisation) =>
        this with
        {
            Changes = [.. Changes.Where(change => change.Organisation != organisation)],
        };

    /// <summary>What the organisation itself had proposed goes with it.</summary>
    private SharingGroup Without(string organisation) =>
        Settled(organisation) with
        {
            Organisations = [.. Organisations.Where(other => other != organisation)],
            Changes =
            [
                .. Changes.Where(change =>
                    change.Organisation != organisation && change.By.Organisation != organisation
                ),
            ],
        };
}
