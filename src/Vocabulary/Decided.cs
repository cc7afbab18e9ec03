namespace Breakwater.Vocabulary;

/// <summary>What a reader can do about a refusal.</summary>
public enum RefusalKind
{
    /// <summary>What was asked makes no sense as it stands; change it.</summary>
    Invalid,

    /// <summary>This person may not do it, or not alone, or not on this side of the matter.</summary>
    NotAllowed,

    /// <summary>It cannot be done in the present state; read it again.</summary>
    WrongState,

    /// <summary>Too much of it; wait.</summary>
    TooMuch,
}

/// <summary>An expected no, with its reason in a sentence that a person can act on.</summary>
public sealed record Refusal(RefusalKind Kind, string Reason)
{
    public static Refusal Invalid(string reason) => new(RefusalKind.Invalid, reason);

    public static Refusal NotAllowed(string reason) => new(RefusalKind.NotAllowed, reason);

    public static Refusal WrongState(string reason) => new(RefusalKind.WrongState, reason);

    public static Refusal TooMuch(string reason) => new(RefusalKind.TooMuch, reason);
}

/// <summary>What comes of a command on a subject: events, or a refusal. No events and no refusal: there was nothing to do.</summary>
public sealed record Decided<TEvent>(IReadOnlyList<TEvent> Events, Refusal? Refusal)
    where TEvent : class
{
#pragma warning disable CA1000 // Written where the type of the events stands already.
    public static Decided<TEvent> Nothing { get; } = new([], null);
#pragma warning restore CA1000

#pragma warning disable CA2225 // The constructor is the named alternative.
    public static implicit operator Decided<TEvent>(TEvent happened) => new([happened], null);

    public static implicit operator Decided<TEvent>(TEvent[] happened) => new(happened, null);

    public static implicit operator Decided<TEvent>(Refusal refusal) => new([], refusal);
#pragma warning restore CA2225
}
