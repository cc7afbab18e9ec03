using System.Diagnostics.CodeAnalysis;
using Breakwater.Ledger;
using Breakwater.Ledger.Exchange;
using Breakwater.Ledger.Sealing;
using Breakwater.Records;
using Breakwater.Vocabulary;

namespace Breakwater.App.Subjects;

/// <summary>A subject as it was read: its state and the version that a write on it will expect.</summary>
/// <param name="State">Null when it does not exist yet.</param>
internal sealed record Loaded<TState>(string Subject, long Version, TState? State)
    where TState : class;

/// <summary>Events that were staged for a subject, and the state that they make.</summary>
internal sealed record Staged(string Subject, object State, IReadOnlyList<object> Events);

/// <summary>
/// One piece of work on the ledger: what was read, and what shall be written, all of it or nothing. A command may touch several
/// subjects; each write expects the version that was read.
/// </summary>
internal sealed class Workspace(IRecords records)
{
    /// <summary>The author of what happens by itself.</summary>
    public const string Clock = Course.Clock;

    /// <summary>More subjects in one act would be a mistake, or an attack.</summary>
    public const int WritesMax = 1_000;

    private readonly Dictionary<string, Write> _writes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, object> _states = new(StringComparer.Ordinal);
    private readonly Queue<Staged> _fresh = [];

    public IRecords Records { get; } = records;

    /// <summary>Keys that fields of what is staged are sealed under: kept with it, or not at all.</summary>
    public IReadOnlyList<WrappedKey> Keys { get; init; } = [];

    /// <summary>A document that was read a moment ago, and need not be read again; null for none.</summary>
    public Document? Seen { get; init; }

    /// <summary>
    /// Subjects that came in one bundle with what is staged. What follows for them happened where they come from and came along,
    /// so it is not drawn a second time.
    /// </summary>
    public IReadOnlySet<string> Carried { get; init; } = new HashSet<string>();

    public bool IsEmpty => _writes.Count == 0;

    /// <summary>True when it touches more subjects than one act may.</summary>
    public bool IsTooLarge => _writes.Count > WritesMax;

    public IEnumerable<string> Subjects => _writes.Keys;

    /// <summary>The subject that the act is about: the first that was staged.</summary>
    public string? First { get; private set; }

    /// <summary>A subject as this work leaves it so far: what follows twice for one subject follows from what followed before.</summary>
    public async Task<Loaded<TState>> Load<TState, TEvent>(string id)
        where TState : class, ISubject<TState, TEvent>
        where TEvent : class
    {
        string subject = $"{TState.Kind}/{id}";
        if (_states.TryGetValue(subject, out object? state))
        {
            return new Loaded<TState>(subject, _writes[subject].ExpectedVersion, (TState)state);
        }

        Document? document =
            Seen?.Subject == subject ? Seen : await Records.Document(subject).ConfigureAwait(false);
        return document is null
            ? new Loaded<TState>(subject, 0, null)
            : new Loaded<TState>(
                subject,
                document.Version,
                SubjectKind<TState, TEvent>.Read(document.Body)
            );
    }

    /// <summary>Every subject of the kind, each as this work leaves it so far.</summary>
    public async Task<IReadOnlyList<Loaded<TState>>> All<TState, TEvent>()
        where TState : class, ISubject<TState, TEvent>
        where TEvent : class =>
        [
            .. (await Records.AllOf(TState.Kind).ConfigureAwait(false)).Select(
                document => new Loaded<TState>(
                    document.Subject,
                    document.Version,
                    _states.TryGetValue(document.Subject, out object? state)
                        ? (TState)state
                        : SubjectKind<TState, TEvent>.Read(document.Body)
                )
            ),
        ];

    /// <summary>Adds events of one subject to what will be written; the state is made from them here and nowhere else.</summary>
    /// <returns>The subject as it will stand.</returns>
    public Loaded<TState> Stage<TState, TEvent>(
        Loaded<TState> at,
        IReadOnlyList<TEvent> events,
        string author
    )
        where TState : class, ISubject<TState, TEvent>
        where TEvent : class
    {
        if (events.Count == 0)
        {
            return at;
        }

        TState state = events.Aggregate(at.State, TState.Apply)!;
        if (Carried.Contains(at.Subject))
        {
            return at with { State = state };
        }

        Draft[] drafts =
        [
            .. events.Select(happened =>
                Draft.Of(happened.GetType().Name, happened, state.Marking, author)
            ),
        ];
        Add(at.Subject, at.Version, drafts, SubjectKind<TState, TEvent>.DocumentOf(state));
        _states[at.Subject] = state;
        _fresh.Enqueue(new Staged(at.Subject, state, events));
        return at with { State = state };
    }

    /// <summary>Adds events of one subject as they are, with the state that the folding has come to behind them.</summary>
    /// <param name="version">What the subject is at before them.</param>
    public void Put(string subject, long version, IReadOnlyList<Draft> drafts, SubjectFolding after)
    {
        Add(subject, version, drafts, after.State());
        _states[subject] = after.Present!;
        if (after.Happened.Count > 0)
        {
            _fresh.Enqueue(new Staged(subject, after.Present!, after.Happened));
        }
    }

    private void Add(
        string subject,
        long version,
        IReadOnlyList<Draft> drafts,
        DocumentState document
    )
    {
        _writes[subject] = _writes.TryGetValue(subject, out Write? earlier)
            ? earlier with
            {
                Drafts = [.. earlier.Drafts, .. drafts],
                Document = document,
            }
            : new Write(subject, version, drafts, document);
        First ??= subject;
    }

    /// <summary>Adds events of a subject that has no document, such as products of the walk.</summary>
    public void Record(string subject, long version, IReadOnlyList<Draft> drafts) =>
        _writes[subject] = _writes.TryGetValue(subject, out Write? earlier)
            ? earlier with
            {
                Drafts = [.. earlier.Drafts, .. drafts],
            }
            : new Write(subject, version, drafts);

    /// <summary>What was staged and nobody has drawn the consequences of yet.</summary>
    public bool TryNext([NotNullWhen(true)] out Staged? staged) => _fresh.TryDequeue(out staged);

    public Task<AppendOutcome> Commit(Once? once, CancellationToken cancel) =>
        IsTooLarge
            ? throw new InvalidOperationException($"{_writes.Count} subjects in one act")
            : Records.Append(
                [
                    .. _writes.Values.Select(write =>
                        write with
                        {
                            Keys = [.. Keys.Where(key => key.Subject == write.Subject)],
                        }
                    ),
                ],
                once,
                cancel
            );
}
