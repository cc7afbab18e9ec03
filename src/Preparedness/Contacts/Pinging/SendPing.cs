using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Contacts.Pinging;

/// <summary>What sending came to.</summary>
public abstract record Sent
{
    private Sent() { }

    /// <summary>The server took it.</summary>
    public sealed record Taken : Sent;

    /// <summary>The server will not take it for this address: 5xx (RFC 5321, section 4.2.1).</summary>
    public sealed record Refused(string Reason) : Sent;

    /// <summary>Nothing went out, for a reason that may pass: no connection, or 4xx.</summary>
    public sealed record Later(string Reason) : Sent;

    /// <summary>The connection broke where it may have gone out.</summary>
    public sealed record Unknown(string Reason) : Sent;
}

/// <summary>Sending is recorded before it is done and after; between the two it may have happened, and so is not done again.</summary>
public static class SendPing
{
    /// <summary>Who acts when the node sends.</summary>
    public const string Author = "mail";

    private const int ReasonMax = 300;

    public static Decided<ContactPingEvent> Begin(ContactPing ping, PingSecret secret, Instant now)
    {
        ArgumentNullException.ThrowIfNull(ping);
        return
            ping is { State: PingState.Waiting, Way: PingWay.Email }
            && now >= ping.NotBefore
            && now < ping.ExpiresAt
            ? new PingSendingBegun(now, Author, secret)
            : Refusal.WrongState("this ping does not wait to be sent");
    }

    public static Decided<ContactPingEvent> End(ContactPing ping, Sent sent, Instant now)
    {
        ArgumentNullException.ThrowIfNull(ping);
        ArgumentNullException.ThrowIfNull(sent);
        if (ping.State != PingState.Sending)
        {
            return Refusal.WrongState("this ping is not being sent");
        }

        return sent switch
        {
            Sent.Taken => new PingSent(now, Author),
            Sent.Refused refused => new PingBounced(now, Author, Plain(refused.Reason)),
            Sent.Later later when ping.Attempts + 1 < ContactPing.AttemptsMax => new PingDelayed(
                now,
                Author,
                Plain(later.Reason),
                now + Duration.FromHours(1 << ping.Attempts)
            ),
            Sent.Later later => new PingUnsent(now, Author, Plain(later.Reason)),
            Sent.Unknown unknown => new PingInDoubt(
                now,
                Author,
                $"{ContactPing.NotKnown}: {Plain(unknown.Reason)}"
            ),
            _ => throw new InvalidOperationException($"{sent.GetType()} is no outcome"),
        };
    }

    /// <summary>What a node finds that was being sent when it stopped, and is not by another process now.</summary>
    public static Decided<ContactPingEvent> Doubt(ContactPing ping, Instant now)
    {
        ArgumentNullException.ThrowIfNull(ping);
        return
            ping is { State: PingState.Sending, Reason: null } && now >= ping.ChangedAt + SendingMax
            ? new PingInDoubt(
                now,
                Author,
                $"the node stopped while it was sending: {ContactPing.NotKnown}"
            )
            : Decided<ContactPingEvent>.Nothing;
    }

    /// <summary>No mail server is given longer.</summary>
    public static Duration SendingMax { get; } = Duration.FromMinutes(5);

    /// <summary>What a server answers is a stranger's text.</summary>
    public static string Plain(string reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        string line = string.Join(
            ' ',
            new string([
                .. reason.Select(letter => ContactRules.IsSteering(letter) ? ' ' : letter),
            ]).Split(' ', StringSplitOptions.RemoveEmptyEntries)
        );
        return line.Length == 0 ? "no reason was given"
            : line.Length <= ReasonMax ? line
            : line[..ReasonMax] + "…";
    }
}
