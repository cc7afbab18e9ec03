using System.Collections.Immutable;
using Breakwater.Decisions.Membership;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Subjects;

/// <summary>
/// Who is who on this node: made from organisations and sharing groups, and of what changed made anew before the act that
/// changed it is answered. What was taken from somebody is gone with the next request. An organisation that was never vetted
/// and that everybody left is nobody's, and is not on it.
/// </summary>
/// <param name="joinedMax">So many organisations that only joined are on it; no more are founded then.</param>
internal sealed class Roll(
    IRecords records,
    IClock clock,
    Trouble trouble,
    int joinedMax = Roll.JoinedMax
)
{
    public const int JoinedMax = 20_000;

    private static readonly string[] _kinds = [Organisation.Kind, SharingGroup.Kind];
    private static readonly IReadOnlySet<string> _nowhere = new HashSet<string>();

    private readonly Lock _turn = new();

    /// <summary>Subjects that were written since the roll was made.</summary>
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);

    /// <summary>Subjects that were perhaps written: looked at again by each request, until the store has gone on.</summary>
    private readonly HashSet<string> _doubted = new(StringComparer.Ordinal);
    private Task<Who>? _who;

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
                    ? who.GroupsOf.GetValueOrDefault(organisation)
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

    /// <summary>
    /// Commits, and forgets what it may have changed of who is who, whatever the answer is: a store that kept it and could not
    /// say so must not leave somebody with a role that was taken.
    /// </summary>
    public async Task<AppendOutcome> Commit(Workspace work, Once? once, CancellationToken cancel)
    {
        try
        {
            AppendOutcome outcome = await work.Commit(once, cancel).ConfigureAwait(false);
            switch (outcome)
            {
                case Appended:
                    Settled();
                    break;
                // Its first copy was perhaps not answered, and then nobody told.
                case Repeated repeated:
                    Changed(repeated.Versions.Select(version => version.Subject));
                    break;
            }

            return outcome;
        }
        catch (RecordsFault fault) when (fault.Kind == RecordsFaultKind.OutcomeUnknown)
        {
            Doubted(work.Subjects);
            throw;
        }
        finally
        {
            Changed(work.Subjects);
        }
    }

    /// <summary>Tells that subjects were written: what was known of who is who may be old.</summary>
    public void Changed(IEnumerable<string> subjects) => Note(_changed, subjects);

    /// <summary>True when so many organisations only joined that no more are founded; the operator is told.</summary>
    public async ValueTask<bool> IsFull()
    {
        bool isFull = await Joined().ConfigureAwait(false) >= joinedMax;
        if (isFull)
        {
            trouble.Tell(
                "organisations",
                $"{joinedMax} organisations wait for vouchers, and no more are taken. Have those vetted that are known, and ask the members of the others to leave them"
            );
        }

        return isFull;
    }

    /// <summary>How many organisations only joined, of those that somebody is in.</summary>
    public async ValueTask<int> Joined() => (await Current().ConfigureAwait(false)).Joined;

    /// <summary>Tells that subjects were perhaps written: a server that stood still may write them when it goes on.</summary>
    private void Doubted(IEnumerable<string> subjects) => Note(_doubted, subjects);

    /// <summary>The store has written what came later, so what was in doubt is decided.</summary>
    private void Settled()
    {
        lock (_turn)
        {
            _changed.UnionWith(_doubted);
            _doubted.Clear();
        }
    }

    private void Note(HashSet<string> where, IEnumerable<string> subjects)
    {
        lock (_turn)
        {
            where.UnionWith(
                subjects.Where(subject =>
                    _kinds.Any(kind => subject.StartsWith(kind + "/", StringComparison.Ordinal))
                )
            );
        }
    }

    private async Task<Who> Current()
    {
        Task<Who> current;
        lock (_turn)
        {
            string[] changed = [.. _changed.Union(_doubted, StringComparer.Ordinal)];
            _changed.Clear();
            current = _who =
                _who is null ? Read()
                : changed.Length > 0 ? Renewed(_who, changed)
                : _who;
        }

        try
        {
            return await current.ConfigureAwait(false);
        }
        catch
        {
            lock (_turn)
            {
                _who = _who == current ? null : _who;
            }

            throw;
        }
    }

    private async Task<Who> Read()
    {
        var organisations = new Dictionary<string, OnRoll<Organisation>>(StringComparer.Ordinal);
        int joined = 0;
        // Those that were vetted first: whatever many only join, these are all on it.
        foreach (string standing in Organisation.VettedStandings.Append(Organisation.OnlyJoined))
        {
            await foreach (
                OnRoll<Organisation> one in All<Organisation, OrganisationEvent>(standing)
                    .ConfigureAwait(false)
            )
            {
                if (joined == joinedMax)
                {
                    break;
                }

                joined += one.State.Standing == Organisation.OnlyJoined ? 1 : 0;
                if (IsOnRoll(one.State))
                {
                    organisations[one.State.Id] = one;
                }
            }
        }

        var groups = new Dictionary<string, OnRoll<SharingGroup>>(StringComparer.Ordinal);
        await foreach (
            OnRoll<SharingGroup> one in All<SharingGroup, SharingGroupEvent>(null)
                .ConfigureAwait(false)
        )
        {
            groups[one.State.Id] = one;
        }

        return new Who(
            organisations.ToImmutableDictionary(StringComparer.Ordinal),
            groups.ToImmutableDictionary(StringComparer.Ordinal)
        );
    }

    private async Task<Who> Renewed(Task<Who> before, IReadOnlyList<string> changed)
    {
        Who who = await before.ConfigureAwait(false);
        ImmutableDictionary<string, OnRoll<Organisation>> organisations = who.Organisations;
        ImmutableDictionary<string, OnRoll<SharingGroup>> groups = who.Groups;
        foreach (string subject in changed)
        {
            string id = subject[(subject.IndexOf('/', StringComparison.Ordinal) + 1)..];
            Document? document = await records.Document(subject).ConfigureAwait(false);
            if (document?.Kind == Organisation.Kind)
            {
                OnRoll<Organisation> one = Of<Organisation, OrganisationEvent>(document);
                organisations = IsOnRoll(one.State)
                    ? organisations.SetItem(id, one)
                    : organisations.Remove(id);
            }
            else if (document?.Kind == SharingGroup.Kind)
            {
                groups = groups.SetItem(id, Of<SharingGroup, SharingGroupEvent>(document));
            }
        }

        return new Who(organisations, groups);
    }

    private static bool IsOnRoll(Organisation organisation) =>
        organisation.Standing != Organisation.LeftBehind;

    private async IAsyncEnumerable<OnRoll<TState>> All<TState, TEvent>(string? standing)
        where TState : class, ISubject<TState, TEvent>
        where TEvent : class
    {
        IReadOnlyList<Document> page;
        long? after = null;
        do
        {
            page = await records
                .Documents(
                    new DocumentQuery(TState.Kind)
                    {
                        Standing = standing,
                        After = after,
                        Limit = DocumentQuery.LimitMax,
                    }
                )
                .ConfigureAwait(false);
            foreach (Document document in page)
            {
                yield return Of<TState, TEvent>(document);
                after = document.FirstSequence;
            }
        } while (page.Count == DocumentQuery.LimitMax);
    }

    private static OnRoll<TState> Of<TState, TEvent>(Document document)
        where TState : class, ISubject<TState, TEvent>
        where TEvent : class =>
        new(document.FirstSequence, SubjectKind<TState, TEvent>.Read(document.Body));

    private sealed record OnRoll<TState>(long FirstSequence, TState State);

    /// <summary>Who is who, and what it was made from, so that of a change only what changed is read.</summary>
    private sealed class Who
    {
        public Who(
            ImmutableDictionary<string, OnRoll<Organisation>> organisations,
            ImmutableDictionary<string, OnRoll<SharingGroup>> groups
        )
        {
            Organisations = organisations;
            Groups = groups;
            Organisation[] all =
            [
                .. organisations.Values.OrderBy(one => one.FirstSequence).Select(one => one.State),
            ];
            Participants = new Participants(all);
            Joined = all.Count(one => one.Standing == Organisation.OnlyJoined);
            Operating = all.Where(organisation => organisation.IsOperating)
                .Select(organisation => organisation.Id)
                .ToHashSet(StringComparer.Ordinal);
            Named = ByKey(
                all.SelectMany(
                    organisation =>
                        organisation.Members.Where(member =>
                            member.Standing is MemberStanding.Joined or MemberStanding.Invited
                        ),
                    (organisation, member) =>
                        (member.Person, $"{Organisation.Kind}/{organisation.Id}")
                )
            );
            GroupsOf = ByKey(
                groups
                    .Values.Select(one => one.State)
                    // Whoever would be in it sees the proposal, to confirm or to decline it.
                    .SelectMany(
                        group => group.Organisations.Union(group.Proposed),
                        (group, member) => (member, group.Id)
                    )
            );
        }

        public ImmutableDictionary<string, OnRoll<Organisation>> Organisations { get; }

        public ImmutableDictionary<string, OnRoll<SharingGroup>> Groups { get; }

        public Participants Participants { get; }

        public int Joined { get; }

        public HashSet<string> Operating { get; }

        public IReadOnlyDictionary<string, IReadOnlySet<string>> Named { get; }

        public IReadOnlyDictionary<string, IReadOnlySet<string>> GroupsOf { get; }

        private static Dictionary<string, IReadOnlySet<string>> ByKey(
            IEnumerable<(string Key, string Value)> pairs
        ) =>
            pairs
                .GroupBy(pair => pair.Key, StringComparer.Ordinal)
                .ToDictionary(
                    group => group.Key,
                    group =>
                        (IReadOnlySet<string>)
                            group.Select(pair => pair.Value).ToHashSet(StringComparer.Ordinal),
                    StringComparer.Ordinal
                );
    }
}
