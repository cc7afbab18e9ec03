using Breakwater.App.Subjects;
using Breakwater.Decisions.Publishing;
using Breakwater.Ledger;
using Breakwater.Ledger.Exchange;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Exchange;

/// <summary>What became of one subject of a bundle.</summary>
internal enum Outcome
{
    /// <summary>Nothing of it was new.</summary>
    Known,

    /// <summary>It began here.</summary>
    Begun,

    /// <summary>Their further events were taken.</summary>
    Continued,

    /// <summary>Their branch stands in place of ours: a person settled so, or nobody had acted here.</summary>
    Replaced,

    /// <summary>Both went on: a conflict is open.</summary>
    Conflict,

    /// <summary>Nothing of it was taken; a fault says why.</summary>
    Refused,
}

/// <param name="Events">How many of its events were recorded here.</param>
/// <param name="Conflict">Id of the conflict that is open; null for none.</param>
internal sealed record ImportedSubject(
    string Subject,
    Outcome Outcome,
    int Events,
    string? Conflict = null
);

internal sealed record Imported(
    string From,
    IReadOnlyList<ImportedSubject> Subjects,
    IReadOnlyList<InputFault> Faults
)
{
    /// <summary>Files of publications that are kept now.</summary>
    public int Files { get; init; }
}

/// <summary>
/// Takes a bundle of a trusted peer: quarantine first, then each subject merged in one transaction of its own with what follows.
/// A bundle that comes again, or after a later one, changes nothing.
/// </summary>
/// <param name="name">Of the file, for faults.</param>
internal sealed class Importing(IRecords records, Catalogue catalogue, IClock clock, string name)
{
    /// <summary>How often somebody may write the same subject at the same moment before it is given up.</summary>
    private const int TriesMax = 10;
    private readonly List<InputFault> _faults = [];

    /// <returns>Why nothing was read; else what became of each subject.</returns>
    public async Task<(Imported? Imported, Refusal? Refusal)> Do(
        byte[] octets,
        bool isDry,
        CancellationToken cancel
    )
    {
        BundleRead read = BundleReader.Read(name, octets);
        _faults.AddRange(read.Faults);
        if (read is not { Made: { } made, Node: { } node })
        {
            return (new Imported("", [], _faults), null);
        }

        // Before anything else is asked: no trust that was ever given goes over this line.
        if (Peers.WhyApart(records, node) is { } apart)
        {
            return (null, apart);
        }

        IReadOnlyDictionary<string, Peer> peers = await Peers
            .Of(records, cancel)
            .ConfigureAwait(false);
        if (
            !peers.TryGetValue(node.Name, out Peer? peer)
            || peer.Node.ToString() != node.ToString()
        )
        {
            return (
                null,
                Refusal.NotAllowed(
                    $"{node.Name} is no trusted peer; if you know it, run: breakwater peer trust {node} --organisation ID"
                )
            );
        }

        if (made.To != records.Node.Name)
        {
            return (
                null,
                Refusal.NotAllowed(
                    $"it was made for {made.To}, and this node is {records.Node.Name}; ask for one made for this node"
                )
            );
        }

        if (!await Audience.IsOperating(records, made.Organisation).ConfigureAwait(false))
        {
            return (
                null,
                Refusal.NotAllowed(
                    $"it is for the organisation {made.Organisation}, which is no vetted one of this node, so nobody here could see it; agree with the peer on the id under which you both know who receives"
                )
            );
        }

        Arrived[] arrived =
        [
            .. read
                .Events.GroupBy(one => one.Bundled.Entry.Envelope.Subject, StringComparer.Ordinal)
                .Select(group => Checked(group.Key, [.. group], node, made.Organisation))
                .OfType<Arrived>(),
        ];
        HashSet<string> carried = [.. arrived.Select(one => one.Subject)];
        var subjects = new List<ImportedSubject>();
        foreach (Arrived one in arrived)
        {
            subjects.Add(
                await Take(one, node, carried, isDry, cancel).ConfigureAwait(false)
                    ?? Refused(one, "somebody wrote it again and again meanwhile", "Import again")
            );
        }

        int files = isDry ? 0 : await Keep(read.Octets, carried, cancel).ConfigureAwait(false);
        return (
            new Imported(
                node.Name,
                [
                    .. subjects,
                    .. read
                        .Events.Select(one => one.Bundled.Entry.Envelope.Subject)
                        .Distinct(StringComparer.Ordinal)
                        .Where(subject => !carried.Contains(subject))
                        .Select(subject => new ImportedSubject(subject, Outcome.Refused, 0)),
                ],
                _faults
            )
            {
                Files = files,
            },
            null
        );
    }

    private async Task<int> Keep(
        IReadOnlyList<CarriedOctets> octets,
        IEnumerable<string> subjects,
        CancellationToken cancel
    )
    {
        (int kept, IReadOnlyList<string> strange) = await CarriedFiles
            .Keep(records, octets, subjects, cancel)
            .ConfigureAwait(false);
        foreach (string sha256 in strange)
        {
            _faults.Add(
                new InputFault(
                    name,
                    "",
                    $"the file {sha256} was not kept: no publication of the bundle that stands here names it",
                    "Nothing is wrong if it was taken back meanwhile"
                )
            );
        }

        return kept;
    }

    /// <summary>What of a subject can be taken: of a kind that travels, marked so that it may arrive, and all of it understood.</summary>
    private Arrived? Checked(
        string subject,
        Quarantined[] lines,
        Verifier node,
        string organisation
    )
    {
        string[] parts = subject.Split('/', 2);
        if (
            parts is not [var word, { Length: > 0 and <= 200 } id]
            || id.Any(char.IsControl)
            || catalogue.Of(word) is not { } kind
        )
        {
            Fault(lines[0], "this version knows no such kind of subject", "Update this node");
            return null;
        }

        if (!kind.Travels)
        {
            Fault(
                lines[0],
                $"a {kind.Kind} does not travel: what gives power on a node is decided there",
                "Leave it out of the bundle"
            );
            return null;
        }

        var taken = new Dictionary<Event, (Draft Draft, SignedOrigin Origin)>();
        foreach (Quarantined line in lines)
        {
            Event entry = line.Bundled.Entry;
            if (entry.Envelope.Marking.AfterHop(organisation) is not { } marking)
            {
                Fault(
                    line,
                    "it is marked not to leave the node that it comes from",
                    "It was not taken, and what follows it was not either; tell them"
                );
                break;
            }

            SignedOrigin origin = line.Bundled.Origin ?? SignedOrigin.Of(entry, node);
            taken[entry] = (Draft.Again(entry, marking, [origin.Kept()]), origin);
        }

        return Understood(kind, subject, id, lines, taken);
    }

    /// <summary>Folds what arrived; from the first event that cannot be, the rest of its subject is left.</summary>
    private Arrived? Understood(
        SubjectKind kind,
        string subject,
        string id,
        Quarantined[] lines,
        Dictionary<Event, (Draft Draft, SignedOrigin Origin)> taken
    )
    {
        var understood = new List<Event>();
        SubjectFolding folding = kind.Begin().Strictly();
        int steps = 0;
        foreach (Quarantined line in lines.Take(taken.Count))
        {
            Event entry = line.Bundled.Entry;
            try
            {
                folding.Apply(taken[entry].Draft);
                steps = Course.StepsAfter(steps, entry);
                if (folding.Present is not null && folding.Id != id)
                {
                    throw new System.Text.Json.JsonException("it is about another subject");
                }

                understood.Add(entry);
            }
#pragma warning disable CA1031 // Whatever a fold makes of a stranger's event, it must not stop the import.
            catch (Exception fault) when (fault is not OutOfMemoryException)
#pragma warning restore CA1031
            {
                Fault(
                    line,
                    $"it cannot be applied: {fault.Message.ReplaceLineEndings(" ").TrimEnd('.')}",
                    "If the other node runs a newer version, update this one; what follows in its subject was left too"
                );
                break;
            }
        }

        var course = Course.Of(subject, understood);
        if (course.Steps.Count == 0 && understood.Count > 0)
        {
            Fault(lines[0], $"nothing happens to {subject} in it", "Ask for it again");
        }

        return course.Steps.Count == 0 ? null : new Arrived(subject, kind, course, taken, lines[0]);
    }

    private async Task<ImportedSubject?> Take(
        Arrived one,
        Verifier node,
        IReadOnlySet<string> carried,
        bool isDry,
        CancellationToken cancel
    )
    {
        for (int tries = 0; tries < TriesMax; tries++)
        {
            var work = new Workspace(records) { Carried = carried };
            Course ours = await Branches
                .CourseOf(records, one.Subject, cancel)
                .ConfigureAwait(false);
            Instant now = clock.GetCurrentInstant();
            var merging = new Merging(work, one, node, ours, now);
            ImportedSubject imported;
            try
            {
                imported = await merging.Do().ConfigureAwait(false);
                await catalogue.Follow(work, now).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // As above: one subject of a stranger must not keep the others from being taken.
            catch (Exception fault)
                when (fault
                        is not (RecordsFault or OutOfMemoryException or OperationCanceledException)
                )
#pragma warning restore CA1031
            {
                Trace.Of(fault);
                return Refused(
                    one,
                    $"what follows from it fails ({fault.Message.ReplaceLineEndings(" ")})",
                    "If the other node runs a newer version, update this one"
                );
            }

            if (merging.WhyNot is { } why)
            {
                return Refused(one, why, "Settle what is open with them, and exchange more often");
            }

            if (work.IsEmpty || isDry)
            {
                return imported;
            }

            if (work.IsTooLarge)
            {
                return Refused(
                    one,
                    "too much would follow from it at once",
                    "End some of it first"
                );
            }

            foreach (SignedOrigin origin in merging.Origins)
            {
                await records.Keep(origin.Octets(), cancel).ConfigureAwait(false);
            }

            // Before the receipt that follows from it is on record, which says that it is done.
            if (
                one.Kind.Kind == PublicationFile.Kind
                && (
                    await work.Load<PublicationFile, PublicationEvent>(
                            one.Subject[(PublicationFile.Kind.Length + 1)..]
                        )
                        .ConfigureAwait(false)
                ).State
                    is { State: PublicationState.Withdrawn } withdrawn
            )
            {
                await CarriedFiles.Remove(records, withdrawn, cancel).ConfigureAwait(false);
            }

            try
            {
                if (await work.Commit(null, cancel).ConfigureAwait(false) is Appended)
                {
                    return imported;
                }
            }
            catch (ArgumentException fault)
            {
                return Refused(
                    one,
                    $"the store cannot hold it ({fault.Message.ReplaceLineEndings(" ")})",
                    "Nothing of it was recorded; tell them"
                );
            }
        }

        return null;
    }

    private ImportedSubject Refused(Arrived one, string reason, string remedy)
    {
        Fault(one.First, $"{one.Subject} was not taken: {reason}", remedy);
        return new ImportedSubject(one.Subject, Outcome.Refused, 0);
    }

    private void Fault(Quarantined at, string reason, string remedy) =>
        _faults.Add(new InputFault(name, $"line {at.Line}", reason, remedy));
}

/// <summary>A subject of a bundle that came through quarantine.</summary>
/// <param name="Taken">Each event as it would be recorded here, with its origin.</param>
internal sealed record Arrived(
    string Subject,
    SubjectKind Kind,
    Course Theirs,
    IReadOnlyDictionary<Event, (Draft Draft, SignedOrigin Origin)> Taken,
    Quarantined First
)
{
    public Draft Draft(Step step) => Taken[step.Entry!].Draft;
}
