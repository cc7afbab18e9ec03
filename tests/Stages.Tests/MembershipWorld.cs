using Breakwater.Decisions.Membership;
using Breakwater.Decisions.Membership.Appealing;
using Breakwater.Decisions.Membership.Applying;
using Breakwater.Decisions.Membership.Approving;
using Breakwater.Decisions.Membership.GivingRoles;
using Breakwater.Decisions.Membership.Grouping;
using Breakwater.Decisions.Membership.Joining;
using Breakwater.Decisions.Membership.Revoking;
using Breakwater.Decisions.Membership.Rostering;
using Breakwater.Decisions.Membership.Vetting;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Stages.Tests;

/// <summary>One act of a random sequence: who, what, and numbers from which the rest of the command follows.</summary>
internal sealed record MembershipAct(int Person, int Command, int A, int B, int C, int Minutes);

/// <summary>All subjects of membership at once, with people who do whatever the numbers say.</summary>
internal sealed class MembershipWorld
{
    public const int Commands = 34;

    private static readonly string _hash = new('a', 64);

    private static readonly string?[] _texts =
    [
        "why",
        "",
        null,
        " ",
        new('x', 4_001),
        "a/b",
        "\0",
        "uni",
        "gov",
    ];

    public Dictionary<string, Organisation> Organisations { get; } =
        MembershipFixture.Founded.ToDictionary(founder => founder.Id);

    public SharingGroup? Group { get; private set; }

    public Approval? Approval { get; private set; }

    public DutyRoster? Roster { get; private set; }

    public IEnumerable<object> States =>
        ((object?[])[.. Organisations.Values, Group, Approval, Roster]).OfType<object>();

    public List<object> Happened { get; } = [];

    public Instant Now { get; private set; } = MembershipFixture.Now;

    public void Do(MembershipAct act, IReadOnlyList<string> people)
    {
        Now += Duration.FromMinutes(act.Minutes);
        Participant by = new Participants(Organisations.Values).Of(
            Of(people, act.Person),
            (StakeholderClass)(act.Person % 7),
            Now
        );
        // Mostly the organisations that are not there yet or not vetted yet, else little would ever succeed.
        string id =
            act.C % 3 == 0 ? Of([.. Organisations.Keys], act.A) : Of(["uni", "club"], act.A);
        string person = act.B % 2 == 0 ? Of(["ann", "bob", "eve"], act.B / 2) : Of(people, act.B);
        Role role = Enum.GetValues<Role>()[(act.A + act.C) % 9];
        string text = act.B % 7 == 0 ? Of(_texts, act.C)! : "why";
        int command = act.Command % Commands;
        // Whatever puts people out is rarer, else soon nobody would be left to do anything.
        if (command is 9 or 15 or 16 or 18 && act.C % 8 != 0)
        {
            command = 3 + (act.B % 10);
            command = command == 9 ? 13 : command;
        }

        if (command is 12 or 13)
        {
            // Whoever confirms looks for what waits.
            id = Organisations.Values.FirstOrDefault(one => one.Proposals.Count > 0)?.Id ?? id;
        }
        else if (command is 10 or 11 && Organisations.GetValueOrDefault(id) is { } staffed)
        {
            person = Of(staffed.Members, act.B).Person;
        }

        Organisation? one = Organisations.GetValueOrDefault(id);
        if (command < 22)
        {
            OrganisationAct(command, one, id, by, person, role, text, act);
        }
        else if (command < 27)
        {
            GroupAct(command, id, by, text, act);
        }
        else if (command < 32)
        {
            ApprovalAct(command, id, by, text, act);
        }
        else
        {
            RosterAct(command, by, person, role, text, act);
        }
    }

    private void OrganisationAct(
        int command,
        Organisation? one,
        string id,
        Participant by,
        string person,
        Role role,
        string text,
        MembershipAct act
    )
    {
        RestrictionKind kind = (RestrictionKind)(act.C % 3);
        AppealRuling ruling = (AppealRuling)(act.C % 2);
        Decided<OrganisationEvent> decided = command switch
        {
            0 => ApplyAsOrganisation.Decide(
                one,
                new(id, text, (StakeholderClass)(act.C % 8), "mandate", []),
                by,
                Now
            ),
            1 => SetContactPoint.Decide(one, new(MembershipFixture.Contact), by, Now),
            2 => ChangeMandate.Decide(one, new(text), by, Now),
            3 => Vouch.Decide(one, new(text), by, Now),
            4 => ObjectToOrganisation.Decide(one, new(text), by, Now),
            5 => AnswerObjection.Decide(one, new(person, text), by, Now),
            6 => WithdrawObjection.Decide(one, new(), by, Now),
            7 => InviteMember.Decide(one, new(person), by, Now),
            8 => JoinOrganisation.Decide(one, new(), by, Now),
            9 => LeaveOrganisation.Decide(one, new(), by, Now),
            10 or 11 => ProposeRole.Decide(one, new(person, role), by, Now),
            12 or 13 => ConfirmRole.Decide(
                one,
                one?.Proposals is [var proposal, ..]
                    ? new(proposal.Person, proposal.Role)
                    : new(person, role),
                by,
                Now
            ),
            14 => DeclineRole.Decide(one, new(person, role, text), by, Now),
            15 => TakeRole.Decide(one, Taking(one, person, role, text, act.A), by, Now),
            16 => RevokeMember.Decide(one, new(person, text), by, Now),
            17 => ConfirmTaking.Decide(one, new(person, act.C % 2 == 0 ? role : null), by, Now),
            18 => RestrictOrganisation.Decide(one, new(kind, text), by, Now),
            19 => act.C % 2 == 0
                ? ConfirmRestriction.Decide(one, new(), by, Now)
                : AppealRestriction.Decide(one, new(text), by, Now),
            20 => act.C % 2 == 0
                ? ProposeLift.Decide(one, new(text), by, Now)
                : ConfirmLift.Decide(one, new(), by, Now),
            _ => act.B % 2 == 0
                ? ProposeRuling.Decide(one, new(ruling, text), by, Now)
                : ConfirmRuling.Decide(one, new(ruling), by, Now),
        };
        foreach (OrganisationEvent happened in decided.Events)
        {
            Happened.Add(happened);
            Organisations[id] = Organisation.Apply(Organisations.GetValueOrDefault(id), happened);
        }

        foreach (Organisation organisation in Organisations.Values.ToList())
        {
            Organisations[organisation.Id] = Elapsed<Organisation, OrganisationEvent>(
                organisation,
                Organisation.Elapse(organisation, Now)
            );
        }
    }

    private void GroupAct(int command, string id, Participant by, string text, MembershipAct act)
    {
        GroupChangeKind change = (GroupChangeKind)(act.C % 2);
        Decided<SharingGroupEvent> decided = command switch
        {
            22 => ProposeGroup.Decide(Group, new("group", text, ["gov", "tech", id]), by, Now),
            23 => ConfirmGroup.Decide(Group, new(), by, Now),
            24 => ProposeGroupChange.Decide(Group, new(id, change, text), by, Now),
            25 => ConfirmGroupChange.Decide(Group, new(id, change), by, Now),
            _ => act.B % 2 == 0
                ? DropGroupChange.Decide(Group, new(id, text), by, Now)
                : LeaveGroup.Decide(Group, new(), by, Now),
        };
        Happened.AddRange(decided.Events);
        Group = decided.Events.Aggregate(Group, SharingGroup.Apply);
        Group = Group is null
            ? null
            : Elapsed<SharingGroup, SharingGroupEvent>(Group, SharingGroup.Elapse(Group, Now));
    }

    private void ApprovalAct(int command, string id, Participant by, string text, MembershipAct act)
    {
        string hash = act.B % 4 == 0 ? text : _hash;
        ApprovalAction action = (ApprovalAction)(act.C % 7);
        Approval? approval = command is 27 or 28 && act.B % 3 == 0 ? null : Approval;
        Decided<ApprovalEvent> decided = command switch
        {
            27 => ProposeApproval.Decide(approval, new("one", action, id, hash, text), by, Now),
            28 => WithdrawAtOnce.Decide(approval, new("one", id, hash, text), by, Now),
            29 => Approve.Decide(approval, new(hash), by, Now),
            30 => UseApproval.Decide(approval, new(hash), by, Now),
            _ => act.C % 2 == 0
                ? RefuseApproval.Decide(approval, new(text), by, Now)
                : RecheckApproval.Decide(approval, new(hash), by, Now),
        };
        Happened.AddRange(decided.Events);
        Approval = decided.Events.Aggregate(Approval, Decisions.Membership.Approval.Apply);
        Approval = Approval is null
            ? null
            : Elapsed<Approval, ApprovalEvent>(
                Approval,
                Decisions.Membership.Approval.Elapse(Approval, Now)
            );
    }

    private void RosterAct(
        int command,
        Participant by,
        string person,
        Role role,
        string text,
        MembershipAct act
    )
    {
        Instant since = act.B % 5 == 0 ? Instant.MinValue : Now + Duration.FromHours(act.A % 50);
        Instant until =
            act.A % 5 == 0 ? Instant.MaxValue : since.Plus(Duration.FromHours(act.C % 9));
        Decided<DutyRosterEvent> decided = (command, act.C % 3) switch
        {
            (32, 0) => OpenRoster.Decide(
                Roster,
                new("roster", text, [role], since, until, Duration.FromHours(act.B % 20)),
                by,
                Now
            ),
            (_, 1) => PlanShift.Decide(
                Roster,
                new($"{act.A}", person, role, since, until),
                by,
                Now
            ),
            (33, 2) => CancelShift.Decide(Roster, new($"{act.A}", text), by, Now),
            _ => HandOver.Decide(Roster, new($"{act.A}", text), by, Now),
        };
        Happened.AddRange(decided.Events);
        Roster = decided.Events.Aggregate(Roster, DutyRoster.Apply);
        Roster = Roster is null
            ? null
            : Elapsed<DutyRoster, DutyRosterEvent>(Roster, DutyRoster.Elapse(Roster, Now));
    }

    /// <summary>Time makes progress: after it has done its part nothing is due any more.</summary>
    private TState Elapsed<TState, TEvent>(TState state, Decided<TEvent> decided)
        where TState : class, ISubject<TState, TEvent>
        where TEvent : class
    {
        Happened.AddRange(decided.Events);
        TState after = decided.Events.Aggregate(
            state,
            (before, happened) => TState.Apply(before, happened)
        );
        Xunit.Assert.True(after.DueAt is not { } due || due > Now);
        return after;
    }

    private static TakeRole Taking(
        Organisation? one,
        string person,
        Role role,
        string text,
        int index
    )
    {
        (string Person, Role Role)[] held =
        [
            .. one?.Members.SelectMany(
                member => member.Roles,
                (member, held) => (member.Person, held.Role)
            ) ?? [],
        ];
        return held.Length == 0
            ? new(person, role, text)
            : new(Of(held, index).Person, Of(held, index).Role, text);
    }

    private static T Of<T>(IReadOnlyList<T> all, int index) => all[index % all.Count];
}
