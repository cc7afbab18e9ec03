using System.Text.Json;
using Breakwater.Ledger;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Subjects;

/// <summary>One kind of subject, as the store, the lists and the addresses know it.</summary>
internal abstract class SubjectKind(string kind, string plural, IReadOnlyList<CommandKind> commands)
{
    /// <summary>Singular and kebab-case: <c>duty-roster</c>.</summary>
    public string Kind { get; } = kind;

    /// <summary>Its word in addresses: <c>duty-rosters</c>.</summary>
    public string Plural { get; } = plural;

    public IReadOnlyList<CommandKind> Commands { get; } = commands;

    public abstract Type State { get; }

    public string Subject(string id) => $"{Kind}/{id}";

    /// <summary>How the store remakes documents of this kind from events.</summary>
    public abstract Folding Fold(DocumentState? before);

    /// <summary>Lets time pass for one document: stages what happens by itself. False when nothing does.</summary>
    public abstract bool Elapse(Workspace work, Document document, Instant now);

    /// <summary>Stages what follows in other subjects from what was staged for this one.</summary>
    public abstract Task Follow(Workspace work, Staged staged, Instant now);
}

/// <param name="elapse">What happens when a moment passes and nobody acts; null when nothing ever does.</param>
/// <param name="follow">What an event means for other subjects, in the same transaction; null when it means nothing.</param>
internal sealed class SubjectKind<TState, TEvent>(
    string plural,
    IReadOnlyList<CommandKind> commands,
    Func<TState, Instant, Decided<TEvent>>? elapse = null,
    Func<Workspace, TState, TEvent, Instant, Task>? follow = null
) : SubjectKind(TState.Kind, plural, commands)
    where TState : class, ISubject<TState, TEvent>
    where TEvent : class
{
    private static readonly Dictionary<string, Type> _events = typeof(TEvent)
        .Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(TEvent)) && !type.IsAbstract)
        .ToDictionary(type => type.Name, StringComparer.Ordinal);

    public override Type State => typeof(TState);

    public override Folding Fold(DocumentState? before) =>
        new StateFolding(before is null ? null : Read(before.Body));

    public override bool Elapse(Workspace work, Document document, Instant now)
    {
        if (elapse is null)
        {
            return false;
        }

        var at = new Loaded<TState>(document.Subject, document.Version, Read(document.Body));
        Decided<TEvent> decided = elapse(at.State!, now);
        if (decided.Events.Count == 0)
        {
            return false;
        }

        work.Stage(at, decided.Events, Workspace.Clock);
        return true;
    }

    public override async Task Follow(Workspace work, Staged staged, Instant now)
    {
        foreach (TEvent happened in follow is null ? [] : staged.Events.Cast<TEvent>())
        {
            await follow!(work, (TState)staged.State, happened, now).ConfigureAwait(false);
        }
    }

    public static TState Read(ReadOnlyMemory<byte> body) =>
        JsonSerializer.Deserialize<TState>(body.Span, Json.Compact)
        ?? throw new JsonException($"the state of a {TState.Kind} is null");

    public static DocumentState DocumentOf(TState state) =>
        new()
        {
            Kind = TState.Kind,
            Marking = state.Marking,
            Body = CanonicalJson.Of(state),
            Parent = state.Parent,
            Standing = state.Standing,
            DueAt = state.DueAt,
            Place = state.Place,
            Words = state.Words,
        };

    private sealed class StateFolding(TState? state) : Folding
    {
        private TState? _state = state;

        public override void Apply(Event entry)
        {
            if (!_events.TryGetValue(entry.Envelope.Type, out Type? type))
            {
                throw new JsonException(
                    $"{entry.Envelope.Type} is no event of a {TState.Kind} that this version knows"
                );
            }

            _state = TState.Apply(
                _state,
                (TEvent)JsonSerializer.Deserialize(entry.Payload.Span, type, Json.Compact)!
            );
        }

        public override DocumentState State() => DocumentOf(_state!);
    }
}
