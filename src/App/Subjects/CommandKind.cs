using Breakwater.App.Consultations;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Subjects;

/// <summary>Who may give a command, before its own rules are asked.</summary>
internal enum Admission
{
    /// <summary>Anybody, without an account: a field report.</summary>
    Anybody,

    /// <summary>Whoever has an account: deliberation is open to all (INV-09).</summary>
    SignedIn,

    /// <summary>One of the roles, held in a vetted organisation.</summary>
    Roles,

    /// <summary>Nobody by hand: it follows from other acts.</summary>
    Nobody,
}

/// <summary>Something that people can do with a subject: its address, who may, and the pure function behind it.</summary>
/// <param name="Name">Imperative and kebab-case: <c>take-position</c>.</param>
/// <param name="Request">What is sent: a record.</param>
/// <param name="IsStart">True when it makes a new subject.</param>
/// <param name="IdOf">The id of a subject that has one by nature, such as a country; null when the node makes one.</param>
/// <param name="Do">Reads what it needs, decides, and stages what happened; a refusal stages nothing.</param>
internal sealed record CommandKind(
    string Name,
    Type Request,
    bool IsStart,
    Admission Admission,
    IReadOnlyList<Role> Roles,
    Func<Act, Task<Refusal?>> Do,
    Func<object, string?>? IdOf = null
);

/// <summary>One command as it was given.</summary>
/// <param name="Id">Of the subject; new for a command that starts one.</param>
/// <param name="Expected">The version that the person saw; null for a start.</param>
internal sealed record Act(
    Workspace Work,
    string Id,
    long? Expected,
    object Request,
    Participant By,
    Instant Now
)
{
    /// <summary>What the inputs of consultations say, as far as they were looked at before.</summary>
    public required InputsOnRecord Inputs { get; init; }

    /// <summary>Under which terms what is released may be used.</summary>
    public string Licence { get; init; } = Publications.Releases.Citation.DefaultLicence;

    /// <summary>True when the node takes no more organisations that are not vetted.</summary>
    public bool IsNodeFull { get; init; }

    /// <summary>True when the subject has moved on since the person saw it.</summary>
    public bool IsStale { get; private set; }

    public bool IsMissing { get; private set; }

    /// <summary>Loads the subject, decides and stages.</summary>
    public async Task<Refusal?> On<TState, TEvent, TCommand>(
        Func<TState?, TCommand, Participant, Instant, Decided<TEvent>> decide
    )
        where TState : class, ISubject<TState, TEvent>
        where TEvent : class
        where TCommand : class
    {
        Loaded<TState>? at = await Subject<TState, TEvent>().ConfigureAwait(false);
        return at is null ? null : Take(at, decide(at.State, (TCommand)Request, By, Now));
    }

    /// <summary>The act's own subject; null when it is missing or stale, which the answer then says.</summary>
    public async Task<Loaded<TState>?> Subject<TState, TEvent>()
        where TState : class, ISubject<TState, TEvent>
        where TEvent : class
    {
        Loaded<TState> at = await Work.Load<TState, TEvent>(Id).ConfigureAwait(false);
        IsMissing = Expected is not null && at.State is null;
        IsStale = !IsMissing && (Expected ?? 0) != at.Version;
        return IsMissing || IsStale ? null : at;
    }

    /// <summary>Stages what was decided, or gives the refusal.</summary>
    public Refusal? Take<TState, TEvent>(Loaded<TState> at, Decided<TEvent> decided)
        where TState : class, ISubject<TState, TEvent>
        where TEvent : class
    {
        if (decided.Refusal is { } refusal)
        {
            return refusal;
        }

        Work.Stage(at, decided.Events, By.Person);
        return null;
    }
}
