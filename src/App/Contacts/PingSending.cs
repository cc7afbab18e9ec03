using System.Security.Cryptography;
using Breakwater.App.Exchange;
using Breakwater.App.Subjects;
using Breakwater.Preparedness.Contacts;
using Breakwater.Preparedness.Contacts.Pinging;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Contacts;

/// <summary>
/// Sends the pings that wait. That it begins is durable before anything leaves, and what came of it after; what lies between is
/// never repeated.
/// </summary>
internal sealed class PingSending(
    IRecords records,
    Roll roll,
    Trouble trouble,
    IClock clock,
    MailSettings settings
)
{
    private readonly MailDoor _mail = new(settings);

    /// <summary>Sends what waits, at most so many as the server shall take in a minute.</summary>
    /// <returns>How many the server took.</returns>
    public async Task<int> Once(CancellationToken cancel)
    {
        await Doubt(cancel).ConfigureAwait(false);
        (int sent, int tried) = (0, 0);
        await foreach (ContactPing ping in In(PingState.Waiting).ConfigureAwait(false))
        {
            if (tried == settings.PerMinute)
            {
                break;
            }

            if (await Send(ping, cancel).ConfigureAwait(false) is not { } outcome)
            {
                continue;
            }

            tried++;
            sent += outcome is Sent.Taken ? 1 : 0;
            if (outcome is Sent.Later later)
            {
                trouble.Tell("mail", $"a ping was not sent: {SendPing.Plain(later.Reason)}");
            }
        }

        return sent;
    }

    /// <returns>Null for one that does not wait to be sent here and now.</returns>
    private async Task<Sent?> Send(ContactPing ping, CancellationToken cancel)
    {
        Instant now = clock.GetCurrentInstant();
        var work = new Workspace(records);
        Contact? contact = (
            await work.Load<Contact, ContactEvent>(ping.Contact).ConfigureAwait(false)
        ).State;
        if (
            now < ping.NotBefore
            || contact is null
            || contact.OpenPing != ping.Id
            // Where the one who keeps it is not at home, it came from elsewhere and is asked from there.
            || !await Audience.IsOperating(records, contact.Keeper).ConfigureAwait(false)
        )
        {
            return null;
        }

        string code = PingCode.Of(RandomNumberGenerator.GetBytes(PingCode.Octets));
        string link = PingCode.Link(RandomNumberGenerator.GetBytes(PingCode.LinkOctets));
        var secret = PingSecret.Of(
            link,
            code,
            RandomNumberGenerator.GetBytes(PingSecret.SaltOctets)
        );
        if (
            !await Take(work, ping.Id, at => SendPing.Begin(at, secret, now), now, cancel)
                .ConfigureAwait(false)
        )
        {
            return null;
        }

        Sent sent = await _mail
            .Send(PingMessage.Of(contact, ping, code, link, settings, now), cancel)
            .ConfigureAwait(false);
        await ContactActs
            .Do<ContactPing, ContactPingEvent>(
                records,
                ping.Id,
                SendPing.Author,
                at => SendPing.End(at!, sent, clock.GetCurrentInstant()),
                now,
                // What came of it is kept even when the node is being stopped.
                ending => roll.Commit(ending, null, CancellationToken.None)
            )
            .ConfigureAwait(false);
        return sent;
    }

    /// <summary>Takes the ping for this process, unless another has it.</summary>
    private async Task<bool> Take(
        Workspace work,
        string id,
        Func<ContactPing, Decided<ContactPingEvent>> decide,
        Instant now,
        CancellationToken cancel
    )
    {
        Loaded<ContactPing> at = await work.Load<ContactPing, ContactPingEvent>(id)
            .ConfigureAwait(false);
        if (decide(at.State!) is not { Events.Count: > 0 } decided)
        {
            return false;
        }

        work.Stage(at, decided.Events, SendPing.Author);
        await Catalogue.Known.Follow(work, now).ConfigureAwait(false);
        return await roll.Commit(work, null, cancel).ConfigureAwait(false) is Appended;
    }

    /// <summary>Says of what was being sent when the node stopped that nobody knows.</summary>
    private async Task Doubt(CancellationToken cancel)
    {
        Instant now = clock.GetCurrentInstant();
        await foreach (ContactPing ping in In(PingState.Sending).ConfigureAwait(false))
        {
            if (SendPing.Doubt(ping, now).Events.Count > 0)
            {
                await Take(
                        new Workspace(records),
                        ping.Id,
                        at => SendPing.Doubt(at, now),
                        now,
                        cancel
                    )
                    .ConfigureAwait(false);
            }
        }
    }

    private async IAsyncEnumerable<ContactPing> In(PingState state)
    {
        long? after = null;
        IReadOnlyList<Document> page;
        do
        {
            page = await records
                .Documents(
                    new DocumentQuery(KindName.Of<ContactPing, ContactPingEvent>())
                    {
                        Standing = Checks.Word(state),
                        After = after,
                        Limit = DocumentQuery.LimitMax,
                    }
                )
                .ConfigureAwait(false);
            foreach (Document document in page)
            {
                after = document.FirstSequence;
                yield return SubjectKind<ContactPing, ContactPingEvent>.Read(document.Body);
            }
        } while (page.Count == DocumentQuery.LimitMax);
    }
}

/// <summary>Sends while the server runs, once a minute.</summary>
internal sealed class PingsGoing(PingSending sending, Trouble trouble) : BackgroundService
{
    private static readonly TimeSpan _every = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_every, TimeProvider.System);
        try
        {
            do
            {
                try
                {
                    await sending.Once(stoppingToken).ConfigureAwait(false);
                }
                catch (RecordsFault fault)
                {
                    trouble.Tell(fault);
                }
#pragma warning disable CA1031 // Mail must not stop the server; what waits stays waiting.
                catch (Exception fault) when (fault is not OperationCanceledException)
#pragma warning restore CA1031
                {
                    Trace.Of(fault);
                }
            } while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException) { }
    }
}
