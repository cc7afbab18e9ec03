using Breakwater.Decisions.Membership;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Subjects;

/// <summary>
/// Who is who on this node: made from organisations and sharing groups, and made anew when one of them changes, before the act
/// that changed it is answered. What was taken from somebody is gone with the next request.
/// </summary>
internal sealed class Roll(IRecords records, IClock clock)
{
    private static readonly string[] _kinds = [Organisation.Kind, SharingGroup.Kind];
    private static readonly IReadOnlySet<string> _nowhere = new HashSet<string>();
    private volatile Lazy<Task<Who>>? _who;

    /// <summary>What somebody may do and see at this moment.</summary>
    public async ValueTask<(Participant Participant, Reader Reader)> Of(string person)
    {
        Who who = await Current().ConfigureAwait(false);
        // A person alone speaks for those affected until an organisation speaks for it.
        Participant participant = who.Participants.Of(
            person,
            StakeholderClass.AffectedCommunity,
            clock.GetCurrentInstant()
        );
        Reader reader = participant.Organisation is { } organisation
            ? Reader.Of(
                participant,
                who.Operating.Contains(organisation) ? Circle.Community : Circle.Anyone,
                // What was taken from an organisation is taken in its groups too.
                who.Operating.Contains(organisation)
                    ? who.Groups.GetValueOrDefault(organisation)
                    : null
            )
            : Reader.Of(participant, Circle.Anyone);
        // Whoever is invited must see by whom, and whoever is restricted against what to appeal.
        return (
            participant,
            reader with
            {
                NamedIn = who.Named.GetValueOrDefault(person, _nowhere),
            }
        );
    }

    /// <summary>Tells that subjects were written: what was known of who is who may be old.</summary>
    public void Changed(IEnumerable<string> subjects)
    {
        if (
            subjects.Any(subject =>
                _kinds.Any(kind => subject.StartsWith(kind + "/", StringComparison.Ordinal))
            )
        )
        {
            _who = null;
        }
    }

    private async Task<Who> Current()
    {
        Lazy<Task<Who>> current = _who ??= new Lazy<Task<Who>>(Read);
        try
        {
            return await current.Value.ConfigureAwait(false);
        }
        catch
        {
            _who = null;
            throw;
        }
    }

    private async Task<Who> Read()
    {
        List<Organisation> organisations = await All<Organisation, OrganisationEvent>()
            .ConfigureAwait(false);
        List<SharingGroup> groups = await All<SharingGroup, SharingGroupEvent>()
            .ConfigureAwait(false);
        return new Who(
            new Participants(organisations),
            organisations
                .Where(organisation => organisation.IsOperating)
                .Select(organisation => organisation.Id)
                .ToHashSet(StringComparer.Ordinal),
            organisations
                .SelectMany(
                    organisation =>
                        organisation.Members.Where(member =>
                            member.Standing is MemberStanding.Joined or MemberStanding.Invited
                        ),
                    (organisation, member) =>
                        (member.Person, Subject: $"{Organisation.Kind}/{organisation.Id}")
                )
                .GroupBy(pair => pair.Person, StringComparer.Ordinal)
                .ToDictionary(
                    pairs => pairs.Key,
                    pairs =>
                        (IReadOnlySet<string>)
                            pairs.Select(pair => pair.Subject).ToHashSet(StringComparer.Ordinal),
                    StringComparer.Ordinal
                ),
            groups
                // Whoever would be in it sees the proposal, to confirm or to decline it.
                .SelectMany(
                    group => group.Organisations.Union(group.Proposed),
                    (group, member) => (group.Id, member)
                )
                .GroupBy(pair => pair.member, StringComparer.Ordinal)
                .ToDictionary(
                    pairs => pairs.Key,
                    pairs =>
                        (IReadOnlySet<string>)
                            pairs.Select(pair => pair.Id).ToHashSet(StringComparer.Ordinal),
                    StringComparer.Ordinal
                )
        );
    }

    private async Task<List<TState>> All<TState, TEvent>()
        where TState : class, ISubject<TState, TEvent>
        where TEvent : class =>
        [
            .. (await records.AllOf(TState.Kind).ConfigureAwait(false)).Select(document =>
                SubjectKind<TState, TEvent>.Read(document.Body)
            ),
        ];

    private sealed record Who(
        Participants Participants,
        IReadOnlySet<string> Operating,
        IReadOnlyDictionary<string, IReadOnlySet<string>> Named,
        IReadOnlyDictionary<string, IReadOnlySet<string>> Groups
    );
}
