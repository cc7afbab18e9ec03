using System.Globalization;
using Breakwater.App.Pages;
using Breakwater.App.Subjects;
using Breakwater.Decisions;
using Breakwater.Decisions.Membership;
using Breakwater.Decisions.Membership.Approving;
using Breakwater.Decisions.Publishing;
using Breakwater.Publications;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;
using Act = Breakwater.App.Subjects.Act;
using Draft = Breakwater.Ledger.Draft;

namespace Breakwater.App.Publishing;

/// <summary>
/// The one way in which a publication of any form becomes public: by an approval of two people of different organisations, who still
/// may, that binds exactly its octets and is used up by it. And the way back, which one publisher goes at once.
/// </summary>
internal static class Releasing
{
    private static readonly string _kind = PublicationFile.Kind;

    public static CommandKind ProposeIt { get; } = Command<ProposeRelease>(DoPropose);

    public static CommandKind Release { get; } = Command<ReleasePublication>(DoRelease);

    public static CommandKind Withdraw { get; } = Command<WithdrawPublication>(DoWithdraw);

    private static CommandKind Command<TCommand>(Func<Act, Task<Refusal?>> act) =>
        new(
            KindOf<PublicationFile, PublicationEvent>.NameOf<TCommand>(),
            typeof(TCommand),
            IsStart: false,
            Admission.Roles,
            [Role.Publisher],
            act
        );

    /// <summary>Stages an approval of exactly what the draft is now, to which a second says yes or no.</summary>
    public static async Task<Refusal?> Propose(Act act, Loaded<PublicationFile> at, string reason)
    {
        string id = NewId();
        Loaded<Approval> approval = await act
            .Work.Load<Approval, ApprovalEvent>(id)
            .ConfigureAwait(false);
        return act.Take(at, ProposeRelease.Decide(at.State, id, act.Now))
            ?? act.Take(
                approval,
                ProposeApproval.Decide(
                    null,
                    new ProposeApproval(
                        id,
                        ApprovalAction.Publish,
                        at.Subject,
                        at.State!.Hash,
                        reason
                    ),
                    act.By,
                    act.Now
                )
            );
    }

    /// <summary>A publication follows its approval: the board says at any time what waits for whom.</summary>
    public static async Task OfApproval(
        Workspace work,
        Approval approval,
        ApprovalEvent happened,
        Instant now
    )
    {
        if (approval.Subject.StartsWith(_kind + "/", StringComparison.Ordinal))
        {
            Loaded<PublicationFile> at = await work.Load<PublicationFile, PublicationEvent>(
                    approval.Subject[(_kind.Length + 1)..]
                )
                .ConfigureAwait(false);
            work.Stage(at, FollowApproval.Decide(at.State, approval, now).Events, Workspace.Clock);
        }
    }

    private static async Task<Refusal?> DoPropose(Act act) =>
        await act.Subject<PublicationFile, PublicationEvent>().ConfigureAwait(false) is { } at
            ? await Propose(act, at, ((ProposeRelease)act.Request).Reason).ConfigureAwait(false)
            : null;

    private static async Task<Refusal?> DoRelease(Act act)
    {
        if (
            await act.Subject<PublicationFile, PublicationEvent>().ConfigureAwait(false)
            is not { } at
        )
        {
            return null;
        }

        PublicationFile draft = at.State!;
        Loaded<PublicationFile>? replaced = draft.Replaces is { } old
            ? await act.Work.Load<PublicationFile, PublicationEvent>(old).ConfigureAwait(false)
            : null;
        IReadOnlyList<Publication>? kept = await Composing
            .Kept(act.Work.Records, draft)
            .ConfigureAwait(false);
        Decided<PublicationEvent> decided = ReleasePublication.Decide(
            draft,
            new ReleasePublication
            {
                Hash = kept is null ? null : HashOf(draft, kept),
                Decisions = await Asked(act, at.Subject).ConfigureAwait(false),
                Replaced = replaced?.State,
            },
            act.By,
            act.Now
        );
        Refusal? refusal =
            decided.Refusal ?? await Use(act, draft).ConfigureAwait(false) ?? act.Take(at, decided);
        if (refusal is not null)
        {
            return refusal;
        }

        Marking marking = draft.ReleasedMarking;
        var drafts = kept!
            .SelectMany(each => Recording.Of(each, marking, draft.Id, act.Now))
            .ToList();
        drafts.AddRange(await Filing.Released(act, draft, marking).ConfigureAwait(false));
        if (replaced is not null)
        {
            act.Work.Stage(
                replaced,
                NoteReplaced.Decide(replaced.State, draft.Id, act.Now).Events,
                Workspace.Clock
            );
            drafts.AddRange(
                replaced.State!.Documents.Join(
                    draft.Documents,
                    before => before.Language,
                    now => now.Language,
                    (before, now) =>
                        Recording.Of(
                            new Replaced(
                                before.Publication,
                                now.Publication,
                                draft.Correction ?? "",
                                act.Now
                            )
                        )
                )
            );
        }

        await Record(act, draft.Id, drafts).ConfigureAwait(false);
        return null;
    }

    private static async Task<Refusal?> DoWithdraw(Act act)
    {
        if (
            await act.Subject<PublicationFile, PublicationEvent>().ConfigureAwait(false)
            is not { } at
        )
        {
            return null;
        }

        var command = (WithdrawPublication)act.Request;
        string id = NewId();
        Loaded<Approval> approval = await act
            .Work.Load<Approval, ApprovalEvent>(id)
            .ConfigureAwait(false);
        PublicationFile released = at.State!;
        Refusal? refusal =
            act.Take(at, WithdrawPublication.Decide(released, command, id, act.By, act.Now))
            ?? act.Take(
                approval,
                WithdrawAtOnce.Decide(
                    null,
                    new WithdrawAtOnce(id, at.Subject, released.Hash, command.Reason),
                    act.By,
                    act.Now
                )
            );
        if (refusal is null)
        {
            await Record(
                    act,
                    released.Id,
                    [
                        .. released.Documents.Select(document =>
                            Recording.Of(
                                new Withdrawn(
                                    document.Publication,
                                    at.Subject,
                                    document.Language,
                                    document.Title,
                                    released.AsOf,
                                    command.Reason,
                                    act.Now
                                ),
                                released.ReleasedMarking
                            )
                        ),
                        .. await Filing
                            .Withdrawn(act, released, command.Reason)
                            .ConfigureAwait(false),
                        .. await StillSaid(act, released).ConfigureAwait(false),
                    ]
                )
                .ConfigureAwait(false);
        }

        return refusal;
    }

    /// <summary>
    /// A sentence has one id in every report that says it, and belongs to the one that said it last. What others that stand say as
    /// well is theirs from now on, or nobody could follow it back any more.
    /// </summary>
    private static async Task<IReadOnlyList<Draft>> StillSaid(Act act, PublicationFile withdrawn)
    {
        IRecords records = act.Work.Records;
        var gone = withdrawn
            .Documents.Select(document => document.Publication)
            .ToHashSet(StringComparer.Ordinal);
        IReadOnlyList<Recorded<ReportBody>> reports = await new PublicView(records, now: act.Now)
            .All<ReportBody>("publication")
            .ConfigureAwait(false);
        var elsewhere = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Product report in reports.Select(report => report.Product))
        {
            foreach (string part in gone.Contains(report.Id) ? [] : report.Inputs)
            {
                elsewhere[part] = report.Id;
            }
        }

        var said = new List<Draft>();
        foreach (
            string part in reports
                .Where(report => gone.Contains(report.Product.Id))
                .SelectMany(report => report.Product.Inputs)
                .Distinct(StringComparer.Ordinal)
        )
        {
            if (
                elsewhere.TryGetValue(part, out string? report)
                && await records.Product(part).ConfigureAwait(false) is { Kind: "sentence" } product
            )
            {
                said.Add(Recording.SaidBy(product, report));
            }
        }

        return said;
    }

    /// <summary>Uses up the approval, while both who gave it still may.</summary>
    private static async Task<Refusal?> Use(Act act, PublicationFile draft)
    {
        Loaded<Approval> at = await act
            .Work.Load<Approval, ApprovalEvent>(draft.Approval!)
            .ConfigureAwait(false);
        Decided<ApprovalEvent> used = UseApproval.Decide(
            at.State,
            new UseApproval(draft.Hash),
            act.By,
            act.Now
        );
        return used.Refusal
            ?? (
                used.Events is [ApprovalUsed]
                    ? await WhyNot(act, at.State!).ConfigureAwait(false) ?? act.Take(at, used)
                    : Refusal.WrongState(
                        "the approval is of something else; propose the release anew"
                    )
            );
    }

    private static async Task<Refusal?> WhyNot(Act act, Approval approval)
    {
        Signatory[] both = [approval.By, approval.Second!];
        var organisations = new List<Organisation>();
        foreach (Signatory signatory in both)
        {
            Loaded<Organisation> at = await act
                .Work.Load<Organisation, OrganisationEvent>(signatory.Organisation)
                .ConfigureAwait(false);
            organisations.AddRange(at.State is { } organisation ? [organisation] : []);
        }

        var participants = new Participants(organisations);
        Participant Now(Signatory signatory) =>
            participants.Of(signatory.Person, StakeholderClass.AffectedCommunity, act.Now);
        return ApprovalRoles.WhyNotAnyMore(approval, Now(both[0]), Now(both[1]));
    }

    /// <summary>Decisions on whether this shall be published.</summary>
    private static async Task<IReadOnlyList<Decision>> Asked(Act act, string subject) =>
        [
            .. (await act.Work.All<Decision, DecisionEvent>().ConfigureAwait(false))
                .Select(at => at.State!)
                .Where(decision =>
                    decision.Kind == DecisionKind.PublicationApproval && decision.Subject == subject
                ),
        ];

    private static string HashOf(PublicationFile draft, IReadOnlyList<Publication> kept) =>
        draft.HashOf([
            .. draft.Documents.Zip(
                kept,
                (document, publication) =>
                    document with
                    {
                        Language = publication.Language,
                        Title = publication.Title,
                        Publication = publication.Id,
                    }
            ),
        ]);

    /// <summary>What the public sees of it stands apart from its draft: a subject of the ledger of its own.</summary>
    private static async Task Record(Act act, string publication, IReadOnlyList<Draft> drafts)
    {
        string subject = $"published/{publication}";
        act.Work.Record(
            subject,
            await act.Work.Records.Version(subject).ConfigureAwait(false),
            drafts
        );
    }

    private static string NewId() =>
        Guid.CreateVersion7().ToString("n", CultureInfo.InvariantCulture);
}
