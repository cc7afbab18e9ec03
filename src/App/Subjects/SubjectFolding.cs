using Breakwater.Ledger;
using Breakwater.Ledger.Exchange;
using Breakwater.Records;
using Breakwater.Vocabulary;

namespace Breakwater.App.Subjects;

/// <summary>Folds one subject from events, recorded or about to be. The store, an import and a settlement fold alike.</summary>
internal abstract class SubjectFolding : Folding
{
    /// <summary>What happened since <see cref="Note"/>, each as its record.</summary>
    public abstract IReadOnlyList<object> Happened { get; }

    /// <summary>The state; null before the first event.</summary>
    public abstract object? Present { get; }

    public abstract string? Id { get; }

    protected bool IsNoted { get; private set; }

    protected bool IsStrict { get; private set; }

    public override void Apply(Event entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        Apply(
            entry.Envelope.Type,
            entry.Payload.Span,
            entry.Envelope.Marking,
            SignedOrigin.KeptBy(entry.Envelope) is not null
        );
    }

    public void Apply(Draft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        Apply(
            draft.Type,
            draft.Payload.Span,
            draft.Marking,
            draft.Evidence.Any(evidence => evidence.File == SignedOrigin.File)
        );
    }

    /// <summary>For events of strangers: one that lacks a member which the readers of the state rely on is refused.</summary>
    public SubjectFolding Strictly()
    {
        IsStrict = true;
        return this;
    }

    /// <summary>From here on what happens is noted, because its consequences are still to be drawn.</summary>
    public SubjectFolding Note()
    {
        IsNoted = true;
        return this;
    }

    /// <param name="isCarried">True for what happened on another node: its marking was reduced on the way.</param>
    protected abstract void Apply(
        string type,
        ReadOnlySpan<byte> payload,
        Marking marking,
        bool isCarried
    );
}
