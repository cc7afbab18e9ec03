using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Membership;

/// <summary>What time does to an organisation by itself.</summary>
public sealed partial record Organisation
{
    /// <summary>Within this a second person stands by what one did at once (platform.md section 7).</summary>
    public static Duration ConfirmWithin { get; } = Duration.FromHours(24);

    /// <summary>An organisation that one person alone restricted is free again after this.</summary>
    public static Duration RestrictionAlone { get; } = Duration.FromHours(72);

    public static Duration ProposalStands { get; } = Duration.FromDays(7);

    public static Duration InvitationStands { get; } = Duration.FromDays(14);

    public static Duration AppealReminder { get; } = Duration.FromDays(7);

    /// <summary>Escalations, lapses, ends of roles and reminders that are due; nothing when none is.</summary>
    public static Decided<OrganisationEvent> Elapse(Organisation state, Instant now)
    {
        ArgumentNullException.ThrowIfNull(state);
        // An escalation makes a lapse due, nothing follows a lapse.
        const int roundsMax = 4;
        var events = new List<OrganisationEvent>();
        for (int round = 0; round < roundsMax; round++)
        {
            List<Due> due = [.. state.Dues.Where(due => due.At <= now)];
            if (due.Count == 0)
            {
                break;
            }

            foreach (OrganisationEvent happened in due.Select(due => due.Happens(now)))
            {
                events.Add(happened);
                state = Apply(state, happened);
            }
        }

        return new Decided<OrganisationEvent>(events, null);
    }

    private sealed record Due(Instant At, Func<Instant, OrganisationEvent> Happens);

    private IReadOnlyList<Due> Dues =>
        [
            .. Proposals.Select(proposal => new Due(
                proposal.At + ProposalStands,
                now => new RoleProposalLapsed(proposal.Person, proposal.Role, now)
            )),
            .. Takings
                .Where(taking => !taking.IsEscalated)
                .Select(taking => new Due(
                    taking.At + ConfirmWithin,
                    now => new TakingEscalated(taking.Person, taking.Role, now)
                )),
            .. Members
                .Where(member => member.Standing == MemberStanding.Invited)
                .Select(member => new Due(
                    member.Since + InvitationStands,
                    now => new InvitationLapsed(member.Person, now)
                )),
            .. from member in Members
            from held in member.Roles
            where held.Until is not null
            select new Due(held.Until!.Value, now => new RoleEnded(member.Person, held.Role, now)),
            .. RestrictionDues,
        ];

    private IEnumerable<Due> RestrictionDues
    {
        get
        {
            if (Restriction is not { } restriction)
            {
                yield break;
            }

            if (restriction.Second is null)
            {
                yield return restriction.IsEscalated
                    ? new Due(restriction.At + RestrictionAlone, now => new RestrictionLapsed(now))
                    : new Due(restriction.At + ConfirmWithin, now => new RestrictionEscalated(now));
            }

            if (restriction.Appeal is { Ruling: null } appeal)
            {
                yield return new Due(appeal.Due, now => new AppealOverdue(now));
            }
        }
    }
}
