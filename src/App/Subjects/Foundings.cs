using System.Text.Json;
using Breakwater.Decisions.Membership;
using Breakwater.Decisions.Membership.Applying;
using Breakwater.Ledger;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Subjects;

/// <summary>
/// Which organisations each person founded, by the person, in the ledger beside the organisations themselves: whoever founds
/// and leaves, over and over, is known by it, and nobody needs to look through all organisations.
/// </summary>
internal static class Foundings
{
    /// <summary>Older ones are of no account: somebody with so many has waited long between them.</summary>
    private const int LookedAtMax = 50;

    private static readonly Duration _day = Duration.FromDays(1);
    private static readonly Marking _usual = new(Distribution.Community, Tlp.Green);

    /// <summary>Somebody founded an organisation.</summary>
    private sealed record FoundingNoted(string Organisation, Instant At);

    /// <summary>What a person founded before, filled in before it is decided whether there may be one more.</summary>
    public static async Task<ApplyAsOrganisation> For(
        Act act,
        Organisation? state,
        ApplyAsOrganisation command
    )
    {
        FoundingNoted[] noted =
        [
            .. (
                await act
                    .Work.Records.EventsOf(Subject(act.By.Person))
                    .Select(entry => entry.PayloadJson.Deserialize<FoundingNoted>(Json.Compact)!)
                    .ToListAsync()
                    .ConfigureAwait(false)
            ).TakeLast(LookedAtMax),
        ];
        int waiting = 0;
        foreach (FoundingNoted one in noted)
        {
            Loaded<Organisation> at = await act
                .Work.Load<Organisation, OrganisationEvent>(one.Organisation)
                .ConfigureAwait(false);
            waiting += at.State?.Standing == Organisation.OnlyJoined ? 1 : 0;
        }

        return command with
        {
            InTheLastDay = [.. noted.Select(one => one.At).Where(at => at > act.Now - _day)],
            Waiting = waiting,
            IsNodeFull = act.IsNodeFull,
        };
    }

    /// <summary>Notes whoever founded an organisation, in the same commit.</summary>
    public static async Task Note(
        Workspace work,
        Organisation state,
        OrganisationEvent happened,
        Instant now
    )
    {
        if (happened is OrganisationApplied applied)
        {
            string subject = Subject(applied.By);
            work.Record(
                subject,
                await work.Records.Version(subject).ConfigureAwait(false),
                [
                    Draft.Of(
                        nameof(FoundingNoted),
                        new FoundingNoted(applied.Id, now),
                        _usual,
                        applied.By
                    ),
                ]
            );
        }
    }

    private static string Subject(string person) => $"foundings/{person}";
}
