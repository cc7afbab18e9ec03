using NodaTime;

namespace Breakwater.Vocabulary;

/// <summary>
/// What has a life of its own in the ledger (a decision, a commitment, a mission) and whose state follows from its events and
/// from nothing else.
/// </summary>
/// <typeparam name="TSelf">The state itself.</typeparam>
/// <typeparam name="TEvent">The base of its events. The name of an event's type is its type in the ledger.</typeparam>
public interface ISubject<TSelf, TEvent>
    where TSelf : class, ISubject<TSelf, TEvent>
    where TEvent : class
{
    /// <summary>Singular and kebab-case. Subjects of the ledger are <c>kind/id</c>.</summary>
    static abstract string Kind { get; }

    /// <summary>The state after one more event; <paramref name="before"/> is null for the first.</summary>
    static abstract TSelf Apply(TSelf? before, TEvent happened);

    string Id { get; }

    Marking Marking { get; }

    /// <summary>The ledger subject that it is part of, such as <c>response/…</c>; null for none.</summary>
    string? Parent => null;

    /// <summary>Where it stands, in one kebab-case word by which lists are filtered.</summary>
    string Standing { get; }

    /// <summary>When it must be looked at again although nobody does anything: a deadline, an end date, a reminder. Null for never.</summary>
    Instant? DueAt => null;

    /// <summary>Where, already coarsened; null for nowhere in particular.</summary>
    Place? Place => null;

    /// <summary>What a search finds it by; nothing that is sealed.</summary>
    string Words => "";
}
