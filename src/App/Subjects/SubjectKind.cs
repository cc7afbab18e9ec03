using System.Text.Json;
using System.Text.Json.Nodes;
using Breakwater.Ledger.Exchange;
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

    /// <summary>True when it may go to other nodes. What gives power on a node, or is sealed, does not.</summary>
    public bool Travels { get; init; }

    public abstract Type State { get; }

    public string Subject(string id) => $"{Kind}/{id}";

    /// <summary>How the store remakes documents of this kind from events.</summary>
    public abstract Folding Fold(DocumentState? before);

    /// <summary>The same, for events that come from elsewhere or turn back.</summary>
    public abstract SubjectFolding Begin();

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

    public override SubjectFolding Begin() => new StateFolding(null);

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

    /// <summary>The state as a carrier may show it: a marking that was reduced on the way narrows the state's own.</summary>
    private static TState Narrowed(TState state, Marking to)
    {
        var narrow = Marking.Strictest([state.Marking, to]);
        if (narrow == state.Marking)
        {
            return state;
        }

        JsonObject body = JsonSerializer.SerializeToNode(state, Json.Compact)!.AsObject();
        body["marking"] = JsonSerializer.SerializeToNode(narrow, Json.Compact);
        TState narrowed = body.Deserialize<TState>(Json.Compact)!;
        return narrowed.Marking == narrow
            ? narrowed
            : throw new JsonException($"the marking of a {TState.Kind} cannot be narrowed");
    }

    private sealed class StateFolding(TState? state) : SubjectFolding
    {
        private readonly List<object> _happened = [];
        private TState? _state = state;

        public override IReadOnlyList<object> Happened => _happened;

        public override object? Present => _state;

        public override string? Id => _state?.Id;

        protected override void Apply(
            string type,
            ReadOnlySpan<byte> payload,
            Marking marking,
            bool isCarried
        )
        {
            switch (type)
            {
                // A settlement changes no state.
                case nameof(BranchSettled):
                    return;
                case nameof(ReturnedToTrunk):
                    _state = ReturnedToTrunk.Read(payload).State?.Deserialize<TState>(Json.Compact);
                    return;
                default:
                    if (!_events.TryGetValue(type, out Type? known))
                    {
                        throw new JsonException(
                            $"{type} is no event of a {TState.Kind} that this version knows"
                        );
                    }

                    var happened = (TEvent)
                        JsonSerializer.Deserialize(
                            payload,
                            known,
                            IsStrict ? Json.Strict : Json.Compact
                        )!;
                    TState after = TState.Apply(_state, happened);
                    _state = isCarried ? Narrowed(after, marking) : after;
                    if (IsNoted)
                    {
                        _happened.Add(happened);
                    }

                    return;
            }
        }

        public override DocumentState State() => DocumentOf(_state!);
    }
}
