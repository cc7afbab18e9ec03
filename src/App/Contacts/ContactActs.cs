using System.Security.Cryptography;
using Breakwater.App.Subjects;
using Breakwater.Preparedness.Contacts;
using Breakwater.Preparedness.Contacts.Pinging;
using Breakwater.Preparedness.Contacts.Verifying;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Contacts;

/// <summary>What a contact point means for its ping, and a ping for its contact point, in one transaction.</summary>
internal static class ContactActs
{
    private const int TriesMax = 10;

    public static Task<HandOverCode> WithSalt(Act act, Contact? contact, HandOverCode command) =>
        Task.FromResult(
            command with
            {
                Salt = RandomNumberGenerator.GetBytes(PingSecret.SaltOctets),
            }
        );

    public static async Task OfContact(
        Workspace work,
        Contact contact,
        ContactEvent happened,
        Instant now
    )
    {
        if (ContactFromPing.PingOf(happened) is { } ping)
        {
            Loaded<ContactPing> at = await work.Load<ContactPing, ContactPingEvent>(ping)
                .ConfigureAwait(false);
            work.Stage(
                at,
                ContactFromPing.Decide(at.State, contact, happened).Events,
                Author(happened.By)
            );
        }
    }

    public static async Task OfPing(
        Workspace work,
        ContactPing ping,
        ContactPingEvent happened,
        Instant now
    )
    {
        Loaded<Contact> at = await work.Load<Contact, ContactEvent>(ping.Contact)
            .ConfigureAwait(false);
        work.Stage(
            at,
            ContactFromPing.Decide(at.State, ping, happened, now).Events,
            Author(happened.By)
        );
    }

    /// <summary>Does one step on one subject, with what follows; somebody else's step in between is looked at again.</summary>
    /// <param name="commit">How it is made durable.</param>
    public static async Task<(TState? State, Refusal? Refusal)> Do<TState, TEvent>(
        IRecords records,
        string id,
        string by,
        Func<TState?, Decided<TEvent>> decide,
        Instant now,
        Func<Workspace, Task<AppendOutcome>> commit
    )
        where TState : class, ISubject<TState, TEvent>
        where TEvent : class
    {
        for (int tries = 0; tries < TriesMax; tries++)
        {
            var work = new Workspace(records);
            Loaded<TState> at = await work.Load<TState, TEvent>(id).ConfigureAwait(false);
            Decided<TEvent> decided = decide(at.State);
            if (decided.Refusal is not null || decided.Events.Count == 0)
            {
                return (at.State, decided.Refusal);
            }

            Loaded<TState> after = work.Stage(at, decided.Events, by);
            await Catalogue.Known.Follow(work, now).ConfigureAwait(false);
            if (await commit(work).ConfigureAwait(false) is Appended)
            {
                return (after.State, null);
            }
        }

        return (
            null,
            Refusal.WrongState("others change it at the same moment; look at it and try again")
        );
    }

    private static string Author(string by) => by == Checks.Time ? Workspace.Clock : by;
}
