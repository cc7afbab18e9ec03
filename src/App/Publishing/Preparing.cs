using System.Security.Cryptography;
using Breakwater.App.Subjects;
using Breakwater.Decisions.Membership;
using Breakwater.Decisions.Membership.Approving;
using Breakwater.Decisions.Publishing;
using Breakwater.Vocabulary;
using Act = Breakwater.App.Subjects.Act;

namespace Breakwater.App.Publishing;

/// <summary>Drafts: the node composes them, people say whom they could endanger.</summary>
internal static class Preparing
{
    private static readonly Role[] _roles = [Role.Publisher, Role.Analyst];

    /// <summary>SHA-256 of nothing.</summary>
    private static readonly string _nothing = Convert.ToHexStringLower(SHA256.HashData([]));

    public static CommandKind Prepare { get; } =
        new(
            KindOf<PublicationFile, PublicationEvent>.NameOf<PreparePublication>(),
            typeof(PreparePublication),
            IsStart: true,
            Admission.Roles,
            _roles,
            DoPrepare
        );

    public static CommandKind Revise { get; } =
        new(
            KindOf<PublicationFile, PublicationEvent>.NameOf<RevisePublication>(),
            typeof(RevisePublication),
            IsStart: false,
            Admission.Roles,
            _roles,
            DoRevise
        );

    public static CommandKind Discard { get; } =
        new(
            KindOf<PublicationFile, PublicationEvent>.NameOf<DiscardDraft>(),
            typeof(DiscardDraft),
            IsStart: false,
            Admission.Roles,
            _roles,
            DoDiscard
        );

    private static async Task<Refusal?> DoPrepare(Act act)
    {
        if (
            await act.Subject<PublicationFile, PublicationEvent>().ConfigureAwait(false)
            is not { } at
        )
        {
            return null;
        }

        var command = (PreparePublication)act.Request;
        var facts = new Facts(
            command.Form,
            command.Of,
            await Publications(act, command.Of).ConfigureAwait(false)
        );
        command = command with { Others = facts.Others };
        // What is refused anyway composes nothing, and so keeps nothing.
        Refusal? refusal = PreparePublication
            .Decide(
                at.State,
                command with
                {
                    Composed = new Composed(act.Now, []),
                },
                act.By,
                act.Now
            )
            .Refusal;
        (Composed? composed, refusal) = refusal is null
            ? await facts.Compose(act, command.Replaces, command.Correction).ConfigureAwait(false)
            : (null, refusal);
        if (refusal is not null)
        {
            return refusal;
        }

        at = act.Work.Stage(
            at,
            PreparePublication
                .Decide(at.State, command with { Composed = composed }, act.By, act.Now)
                .Events,
            act.By.Person
        );
        return act.By.Is(Role.Publisher)
            ? await Releasing.Propose(act, at, "prepared for release").ConfigureAwait(false)
            : null;
    }

    private static async Task<Refusal?> DoRevise(Act act)
    {
        if (
            await act.Subject<PublicationFile, PublicationEvent>().ConfigureAwait(false)
            is not { } at
        )
        {
            return null;
        }

        PublicationFile before = at.State!;
        var facts = new Facts(
            before.Form,
            before.Parent!,
            await Publications(act, before.Parent!).ConfigureAwait(false)
        );
        RevisePublication command = (RevisePublication)act.Request with { Others = facts.Others };
        Refusal? refusal = RevisePublication
            .Decide(before, command with { Composed = new Composed(act.Now, []) }, act.By, act.Now)
            .Refusal;
        (Composed? composed, refusal) = refusal is null
            ? await facts.Compose(act, before.Replaces, command.Correction).ConfigureAwait(false)
            : (null, refusal);
        if (refusal is not null)
        {
            return refusal;
        }

        at = act.Work.Stage(
            at,
            RevisePublication
                .Decide(before, command with { Composed = composed }, act.By, act.Now)
                .Events,
            act.By.Person
        );
        return await Recheck(act, before, at.State!.Hash).ConfigureAwait(false);
    }

    private static async Task<Refusal?> DoDiscard(Act act)
    {
        if (
            await act.Subject<PublicationFile, PublicationEvent>().ConfigureAwait(false)
            is not { } at
        )
        {
            return null;
        }

        PublicationFile before = at.State!;
        return act.Take(at, DiscardDraft.Decide(before, (DiscardDraft)act.Request, act.By, act.Now))
            ?? await Recheck(act, before, _nothing).ConfigureAwait(false);
    }

    /// <summary>What was to be approved is no longer there as it was, so nobody goes on approving it.</summary>
    private static async Task<Refusal?> Recheck(Act act, PublicationFile before, string hash)
    {
        if (before.Approved is not (ApprovalState.Proposed or ApprovalState.Approved))
        {
            return null;
        }

        Loaded<Approval> approval = await act
            .Work.Load<Approval, ApprovalEvent>(before.Approval!)
            .ConfigureAwait(false);
        return act.Take(
            approval,
            RecheckApproval.Decide(approval.State, new RecheckApproval(hash), act.By, act.Now)
        );
    }

    /// <summary>Publications of the same subject.</summary>
    private static async Task<IReadOnlyList<PublicationFile>> Publications(Act act, string of) =>
        of.Length > Checks.IdLengthMax
            ? []
            :
            [
                .. (
                    await act.Work.Records.AllOf(PublicationFile.Kind, of).ConfigureAwait(false)
                ).Select(document =>
                    SubjectKind<PublicationFile, PublicationEvent>.Read(document.Body)
                ),
            ];

    /// <summary>What a draft rests on, as it stands.</summary>
    private sealed record Facts(
        PublicationForm Form,
        string Of,
        IReadOnlyList<PublicationFile> Others
    )
    {
        public Task<(Composed? Composed, Refusal? Refusal)> Compose(
            Act act,
            string? replaces,
            string? correction
        ) =>
            Composing.Compose(
                act,
                Form,
                Of,
                Others.FirstOrDefault(other => other.Id == replaces),
                correction
            );
    }
}
