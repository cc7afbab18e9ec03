using Breakwater.App.Subjects;
using Breakwater.Decisions.Conflicts;
using Breakwater.Ledger;
using Breakwater.Ledger.Exchange;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;
using Conflict = Breakwater.Decisions.Conflicts.Conflict;

namespace Breakwater.App.Exchange;

/// <summary>Stages what a merge asks for: events of the subject, its settlements, and the conflict that it opens or closes.</summary>
internal sealed class Merging(
    Workspace work,
    Arrived arrived,
    Verifier node,
    Course ours,
    Instant now
)
{
    private const string Author = "operator";
    private readonly List<Event> _recorded = [];
    private readonly Merged _merged = Merge.Of(ours, arrived.Theirs);

    /// <summary>Why it cannot be taken; null when it can.</summary>
    public string? WhyNot { get; private set; }

    /// <summary>Originals of what is staged, to be kept before it is recorded.</summary>
    public IEnumerable<SignedOrigin> Origins =>
        _recorded.Select(entry => arrived.Taken[entry].Origin);

    private Step[] OurBranch => [.. ours.Steps.Skip(_merged.Trunk)];

    private Step[] TheirBranch => [.. arrived.Theirs.Steps.Skip(_merged.Trunk)];

    public async Task<ImportedSubject> Do()
    {
        Draft[] news = [.. _merged.News.Select(one => Recorded(one.Entry!))];
        string? conflict = null;
        switch (_merged.Kind)
        {
            case MergeKind.Known when news.Length > 0:
                await Put(ours.Steps, news).ConfigureAwait(false);
                break;
            case MergeKind.Continued:
                await Put(ours.Steps, [.. TheirBranch.Select(Recorded), .. news])
                    .ConfigureAwait(false);
                break;
            case MergeKind.Replaced:
                await Replace(news).ConfigureAwait(false);
                break;
            case MergeKind.Diverged:
                conflict = await Open(news).ConfigureAwait(false);
                break;
            default:
                break;
        }

        foreach (Settlement settled in _merged.News)
        {
            await Close(settled).ConfigureAwait(false);
        }

        return new ImportedSubject(
            arrived.Subject,
            _merged.Kind switch
            {
                MergeKind.Diverged => Outcome.Conflict,
                MergeKind.Replaced => Outcome.Replaced,
                MergeKind.Continued when ours.Steps.Count == 0 => Outcome.Begun,
                MergeKind.Continued => Outcome.Continued,
                _ => Outcome.Known,
            },
            _merged.Kind == MergeKind.Diverged ? 0 : _recorded.Count,
            conflict
        );
    }

    private Draft Recorded(Step step) => Recorded(step.Entry!);

    private Draft Recorded(Event entry)
    {
        _recorded.Add(entry);
        return arrived.Taken[entry].Draft;
    }

    private async Task Put(IEnumerable<Step> from, IReadOnlyList<Draft> drafts)
    {
        SubjectFolding folding = Branches.Folded(arrived.Kind, from);
        folding.Note();
        foreach (Draft draft in drafts)
        {
            folding.Apply(draft);
        }

        work.Put(
            arrived.Subject,
            await work.Records.Version(arrived.Subject).ConfigureAwait(false),
            drafts,
            folding
        );
    }

    /// <summary>An import hides no work: what people did here and does not stand any more is kept in a conflict, settled as it is.</summary>
    private async Task Replace(Draft[] news)
    {
        string id = ConflictId();
        if (_merged.IsSettled && OurBranch.Any(step => !step.IsByItself))
        {
            if (DoesNotFit())
            {
                return;
            }

            await Show(id, isNews: true).ConfigureAwait(false);
        }

        IEnumerable<Step> trunk = ours.Steps.Take(_merged.Trunk);
        await Put(
                trunk,
                [
                    Branches.Return(
                        id,
                        _merged.Trunk,
                        Branches.Folded(arrived.Kind, trunk),
                        Branches.Folded(arrived.Kind, ours.Steps).State().Marking
                    ),
                    .. TheirBranch.Select(Recorded),
                    .. news,
                ]
            )
            .ConfigureAwait(false);
    }

    private async Task<string?> Open(Draft[] news)
    {
        if (DoesNotFit())
        {
            return null;
        }

        string id = ConflictId();
        await Show(id, news.Length > 0).ConfigureAwait(false);
        if (news.Length > 0)
        {
            // Not drawn upon, and still on record: whoever settles next settles over these.
            await Put(ours.Steps, news).ConfigureAwait(false);
        }

        return id;
    }

    private bool DoesNotFit()
    {
        WhyNot =
            Branches.Fits(OurBranch) && Branches.Fits(TheirBranch)
                ? null
                : "both nodes went on with it for longer than one conflict can hold";
        return WhyNot is not null;
    }

    /// <summary>Stages the conflict with both branches as they are now, unless it shows theirs already.</summary>
    private async Task Show(string id, bool isNews)
    {
        Loaded<Conflict> at = await work.Load<Conflict, ConflictEvent>(id).ConfigureAwait(false);
        if (
            at.State is { Settlement: null } open
            && open.Theirs.Head == TheirBranch[^1].Id
            && !isNews
        )
        {
            return;
        }

        Draft[] drafts = [.. TheirBranch.Select(arrived.Draft)];
        _recorded.AddRange(TheirBranch.Select(step => step.Entry!));
        SubjectFolding theirs = Branches.Folded(arrived.Kind, ours.Steps.Take(_merged.Trunk));
        foreach (Draft draft in drafts)
        {
            theirs.Apply(draft);
        }

        DocumentState our = Branches.Folded(arrived.Kind, ours.Steps).State();
        var ourBranch = Branches.Of(work.Records.Node.Name, our, OurBranch, null);
        var theirBranch = Branches.Of(node.Name, theirs.State(), TheirBranch, drafts);
        var marking = Marking.Strictest([
            our.Marking,
            theirs.State().Marking,
            .. ourBranch.Events.Concat(theirBranch.Events).Select(happened => happened.Marking),
        ]);
        work.Stage<Conflict, ConflictEvent>(
            at,
            [
                at.State is null
                    ? new ConflictOpened(
                        now,
                        Author,
                        id,
                        arrived.Subject,
                        _merged.Trunk,
                        ours.At(_merged.Trunk, arrived.Subject),
                        ourBranch,
                        theirBranch,
                        marking
                    )
                    : new BranchesContinued(now, Author, ourBranch, theirBranch, marking),
            ],
            Author
        );
    }

    /// <summary>
    /// A settlement that arrived closes the conflict of its own subject that it is about, unless that goes on. One that drops neither
    /// branch has not settled between them.
    /// </summary>
    private async Task Close(Settlement settled)
    {
        Loaded<Conflict> at = await work.Load<Conflict, ConflictEvent>(settled.Conflict)
            .ConfigureAwait(false);
        if (
            _merged.Kind == MergeKind.Diverged
            || at.State is not { Settlement: null } open
            || open.Subject != arrived.Subject
            || !(
                settled.Dropped.Contains(open.Ours.Head)
                || settled.Dropped.Contains(open.Theirs.Head)
            )
        )
        {
            return;
        }

        var said = BranchSettled.Read(settled.Entry!.Payload.Span);
        work.Stage<Conflict, ConflictEvent>(
            at,
            [
                new ConflictSettled(
                    now,
                    said.By,
                    said.Organisation,
                    settled.Dropped.Contains(open.Ours.Head) ? Keep.Theirs : Keep.Ours,
                    said.Reason
                ),
            ],
            settled.Entry.Envelope.Author
        );
    }

    private string ConflictId() => Course.Conflict(OurBranch[0].Id, TheirBranch[0].Id);
}
