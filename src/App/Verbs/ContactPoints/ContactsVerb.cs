using System.CommandLine;
using Breakwater.App.Contacts;
using Breakwater.App.Exchange;
using Breakwater.App.Subjects;
using Breakwater.Preparedness.Contacts;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Verbs.ContactPoints;

/// <summary><c>contacts list / who / readiness / import / export / ping / confirm / bounce</c>: whom one reaches in an emergency.</summary>
internal static class ContactsVerb
{
    public static Command Command(Printing print) =>
        new(
            "contacts",
            "Whom one reaches in an emergency: list them, see who is called now, how many would answer, take lists in and out, ask whether somebody answers"
        )
        {
            ContactTables.List(print),
            ContactTables.Who(print),
            ContactTables.Readiness(print),
            ContactFiles.Import(print),
            ContactFiles.Export(print),
            ContactPings.Ping(print),
            ContactPings.Confirm(print),
            ContactPings.Bounce(print),
        };

    public static Option<string?> For() =>
        new("--for")
        {
            Description =
                "Id of the vetted organisation of this node as whom to look; left out, only what is public is shown",
            HelpName = "ORGANISATION",
        };

    public static Option<bool> DryRun() =>
        new("--dry-run") { Description = "Say what would be done, and do nothing" };

    public static Instant Now => SystemClock.Instance.GetCurrentInstant();

    public static SqlRecords Open(string? data) => DataFolder.OpenExisting(DataFolder.Path(data));

    public static SqlRecords OpenToRead(string? data) =>
        DataFolder.OpenToRead(DataFolder.Path(data));

    /// <summary>The directory as an organisation, or the public, may see it.</summary>
    public static async Task<IReadOnlyList<Contact>> Seen(IRecords records, string? organisation)
    {
        Reader reader =
            await Audience.ReaderFor(records, organisation).ConfigureAwait(false)
            ?? throw new Fault(
                ExitCode.Usage,
                $"no vetted organisation of this node has the id {organisation}. Leave --for out to see what is public"
            );
        (IReadOnlyList<Contact> contacts, bool isWhole) = await ContactsOnRecord
            .Of(records, reader, Now)
            .ConfigureAwait(false);
        return isWhole
            ? contacts
            : throw new Fault(
                ExitCode.Refused,
                $"there are more than {ContactsOnRecord.Most} contact points; nothing was done"
            );
    }

    /// <summary>Who runs the node acts on it for the organisation that keeps a contact point.</summary>
    public static Participant Operator(string keeper) =>
        new(
            "operator",
            keeper,
            StakeholderClass.AffectedCommunity,
            new HashSet<Role> { Role.Registrar }
        );

    /// <summary>One step on one subject, durable when it returns.</summary>
    public static async Task<TState> Do<TState, TEvent>(
        IRecords records,
        string id,
        string by,
        Func<TState?, Instant, Decided<TEvent>> decide,
        CancellationToken cancel
    )
        where TState : class, ISubject<TState, TEvent>
        where TEvent : class
    {
        Instant now = Now;
        (TState? state, Refusal? no) = await ContactActs
            .Do<TState, TEvent>(
                records,
                id,
                by,
                at => decide(at, now),
                now,
                work => work.Commit(null, cancel)
            )
            .ConfigureAwait(false);
        ThrowIf(no);
        return state!;
    }

    public static void ThrowIf(Refusal? no)
    {
        if (no is not null)
        {
            throw new Fault(
                no.Kind == RefusalKind.Invalid ? ExitCode.Usage : ExitCode.Refused,
                no.Reason
            );
        }
    }

    public static async Task<Contact> Known(IRecords records, string id) =>
        (await new Workspace(records).Load<Contact, ContactEvent>(id).ConfigureAwait(false)).State
        ?? throw new Fault(
            ExitCode.Usage,
            $"there is no contact point {id}. See: breakwater contacts list --for ORGANISATION"
        );
}
