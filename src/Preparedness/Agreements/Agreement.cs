using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Agreements;

public enum AgreementState
{
    /// <summary>Some party has not answered.</summary>
    Proposed,

    /// <summary>Every party signed; its first day is still to come.</summary>
    Signed,

    InForce,

    Declined,

    Expired,

    /// <summary>Fewer than two parties are left.</summary>
    Withdrawn,
}

/// <summary>
/// A promise made in advance, with a trigger. It is in force when every party has signed and not before: who did not answer did not
/// agree (INV-04). A met trigger proposes its use and does nothing.
/// </summary>
public sealed record Agreement : ISubject<Agreement, AgreementEvent>
{
    public const int PartiesMax = 50;
    public const int TestsMax = 200;
    public const int OffersMax = 200;
    public const int ActivationsMax = 200;

    static string ISubject<Agreement, AgreementEvent>.Kind => "agreement";

    public required string Id { get; init; }

    public required string Name { get; init; }

    public required IReadOnlyList<AgreementParty> Parties { get; init; }

    public required AgreementTerms Terms { get; init; }

    /// <summary>What each party said of the terms, in the order of the parties.</summary>
    public required IReadOnlyList<PartySignature> Signatures { get; init; }

    public required AgreementState State { get; init; }

    /// <summary>Other terms that lie before the parties; null for none. The present ones hold until every party has signed.</summary>
    public required AgreementTerms? Revision { get; init; }

    public required IReadOnlyList<PartySignature> RevisionSignatures { get; init; }

    /// <summary>Newest last.</summary>
    public required IReadOnlyList<AgreementTest> Tests { get; init; }

    /// <summary>Ids of offers that rest on it.</summary>
    public required IReadOnlyList<string> Offers { get; init; }

    public required IReadOnlyList<AgreementActivation> Activations { get; init; }

    public required Instant ProposedAt { get; init; }

    public required Instant? InForceSince { get; init; }

    public required Instant? EndedAt { get; init; }

    public required Instant ChangedAt { get; init; }

    public required Marking Marking { get; init; }

    [JsonIgnore]
    public string Standing => Checks.Word(State);

    [JsonIgnore]
    public Instant? DueAt =>
        State switch
        {
            AgreementState.Signed => Terms.From,
            AgreementState.Proposed or AgreementState.InForce => Terms.Until,
            _ => null,
        };

    [JsonIgnore]
    public Place? Place => Terms.Places is [var only] ? only : null;

    [JsonIgnore]
    public string Words =>
        string.Join(' ', Parties.Select(party => party.Name).Prepend(Name).Append(Terms.Action));

    public bool IsInForceAt(Instant at) =>
        State == AgreementState.InForce && Terms.From <= at && !(Terms.Until <= at);

    /// <summary>The parties that have signed and did not leave.</summary>
    [JsonIgnore]
    public IEnumerable<AgreementParty> Bound =>
        Parties.Where(party =>
            Signatures.Any(one => one.Party == party.Key() && one.Answer == PartyAnswer.Accepted)
        );

    public AgreementParty? PartyOf(string? organisation) =>
        organisation is null
            ? null
            : Parties.FirstOrDefault(party => party.Organisation == organisation);

    public AgreementActivation? In(string disruption) =>
        Activations.FirstOrDefault(one => one.DisruptionId == disruption);

    /// <summary>The last test that went well; null when there was none.</summary>
    [JsonIgnore]
    public Instant? TestedOn =>
        Tests
            .Where(test => test.Result == TestOutcome.Tested)
            .Select(test => (Instant?)test.On)
            .Max();

    public static Agreement Apply(Agreement? before, AgreementEvent happened) =>
        AgreementAfter.Of(before, happened);

    public static Decided<AgreementEvent> Elapse(Agreement state, Instant now)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.DueAt is not { } due || due > now ? Decided<AgreementEvent>.Nothing
            : state.Terms.Until is { } until && until <= now
                ? new AgreementExpired(now, Checks.Time, until)
            : new AgreementBegan(now, Checks.Time);
    }
}
