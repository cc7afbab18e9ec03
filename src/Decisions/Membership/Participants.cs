using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Membership;

/// <summary>
/// Who acts, from the states of all organisations: made once for each change of them and asked for each request. Whoever is
/// not a member of exactly one vetted, unrestricted organisation may submit reports and nothing else.
/// </summary>
public sealed class Participants
{
    private static readonly IReadOnlySet<Role> _nobody = new HashSet<Role> { Role.Reporter };

    private readonly Dictionary<string, (Organisation Organisation, Member Member)> _members = new(
        StringComparer.Ordinal
    );

    private readonly HashSet<string> _inSeveral = new(StringComparer.Ordinal);

    public Participants(IEnumerable<Organisation> organisations)
    {
        ArgumentNullException.ThrowIfNull(organisations);
        foreach (Organisation organisation in organisations)
        {
            foreach (
                Member member in organisation.Members.Where(member =>
                    member.Standing == MemberStanding.Joined
                )
            )
            {
                if (!_members.TryAdd(member.Person, (organisation, member)))
                {
                    _inSeveral.Add(member.Person);
                }
            }
        }
    }

    /// <summary>The person at a moment. A person in several organisations at once has no role until it leaves all but one.</summary>
    /// <param name="alone">The class of a person without an organisation.</param>
    public Participant Of(string person, StakeholderClass alone, Instant now)
    {
        ArgumentNullException.ThrowIfNull(person);
        if (!_members.TryGetValue(person, out (Organisation Organisation, Member Member) found))
        {
            return new Participant(person, null, alone, _nobody);
        }

        (Organisation organisation, Member member) = found;
        HashSet<Role> roles = [Role.Reporter];
        if (organisation.IsOperating && !_inSeveral.Contains(person))
        {
            roles.UnionWith(
                member
                    .Roles.Where(held => held.Until is not { } until || now < until)
                    .Select(held => held.Role)
            );
        }

        return new Participant(person, organisation.Id, organisation.Class, roles);
    }
}
