using Breakwater.App.Subjects;
using Breakwater.Decisions.Conflicts;
using Breakwater.Ledger;
using Breakwater.Ledger.Exchange;
using Breakwater.Vocabulary;

namespace Breakwater.App.Exchange;

/// <summary>
/// Settles a conflict: the settlement goes on record in the conflict and in its subject, with which it travels. Where their
/// branch is kept the subject turns back to the trunk and goes on along it, and what follows from it follows, all at once.
/// </summary>
internal static class Settling
{
    public static CommandKind Command { get; } =
        new(
            KindOf<Conflict, ConflictEvent>.NameOf<Settle>(),
            typeof(Settle),
            IsStart: false,
            Admission.Roles,
            [Role.Representative, Role.Analyst],
            Do
        );

    private static async Task<Refusal?> Do(Act act)
    {
        Loaded<Conflict>? at = await act.Subject<Conflict, ConflictEvent>().ConfigureAwait(false);
        if (at?.State is not { } conflict)
        {
            return null;
        }

        Course ours = await Branches
            .CourseOf(act.Work.Records, conflict.Subject, CancellationToken.None)
            .ConfigureAwait(false);
        long version = await act.Work.Records.Version(conflict.Subject).ConfigureAwait(false);
        bool hasTrunk =
            conflict.Trunk < ours.Steps.Count
            && ours.At(conflict.Trunk, conflict.Subject) == conflict.TrunkId;
        var command = (Settle)act.Request with
        {
            Actual = version,
            HasTrunk = hasTrunk,
            StandsAlready = ours.Steps.Any(step => step.Id == conflict.Theirs.Events[0].Id),
        };
        Decided<ConflictEvent> decided = Settle.Decide(conflict, command, act.By, act.Now);
        if (act.Take(at, decided) is { } refusal)
        {
            return refusal;
        }

        Stage(act, conflict, command, ours);
        return null;
    }

    private static void Stage(Act act, Conflict conflict, Settle command, Course ours)
    {
        SubjectKind kind = Catalogue.Known.Of(conflict.Subject.Split('/')[0])!;
        bool turns = command is { Keep: Keep.Theirs, StandsAlready: false };
        string head = turns ? conflict.Theirs.Head : ours.Steps[^1].Id;
        SubjectFolding folding = Branches.Folded(
            kind,
            turns ? ours.Steps.Take(conflict.Trunk) : ours.Steps
        );
        var drafts = new List<Draft>();
        if (turns)
        {
            drafts.Add(
                Branches.Return(
                    conflict.Id,
                    conflict.Trunk,
                    folding,
                    Branches.Folded(kind, ours.Steps).State().Marking
                )
            );
            drafts.AddRange(Branches.Drafts(conflict.Theirs));
        }

        folding.Note();
        drafts.ForEach(folding.Apply);
        drafts.Add(
            Draft.Of(
                nameof(BranchSettled),
                new BranchSettled(
                    conflict.Id,
                    head,
                    turns ? [.. ours.Steps.Skip(conflict.Trunk).Select(step => step.Id)]
                        : command.StandsAlready
                            ? [.. conflict.Ours.Events.Select(happened => happened.Id)]
                        : [.. conflict.Theirs.Events.Select(happened => happened.Id)],
                    ours.Over(conflict.Id, head),
                    command.Reason,
                    act.Now,
                    act.By.Person,
                    act.By.Organisation
                ),
                folding.State().Marking,
                act.By.Person
            )
        );
        act.Work.Put(conflict.Subject, command.Version, drafts, folding);
    }
}
