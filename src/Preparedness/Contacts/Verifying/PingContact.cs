using Breakwater.Preparedness.Contacts.Keeping;
using Breakwater.Preparedness.Contacts.Pinging;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Contacts.Verifying;

/// <summary>Asks by e-mail now, before the schedule does.</summary>
public sealed record PingContact
{
    public static Decided<ContactEvent> Decide(
        Contact? state,
        PingContact command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            ContactRules.Standing(state, now)
            ?? Entered.Registrar(by)
            ?? (
                state!.OpenPing is not null ? PingLimits.IsOpen
                : state.Reach!.Email is null
                    ? Refusal.WrongState(
                        "this contact point has no e-mail address; hand over a code instead, by telephone, radio or on paper"
                    )
                : state.Bounce is not null
                    ? Refusal.WrongState(
                        "e-mail to this contact point came back; correct its address, or hand over a code instead"
                    )
                : null
            );
        return no is not null ? no : ContactTimes.Ping(state!, by.Person, now);
    }
}

/// <summary>
/// Hands over a code by another way than e-mail. It is made where it is shown, and only a hash is kept: it is told once.
/// </summary>
public sealed record HandOverCode(string Code)
{
    /// <summary>Random octets, from whoever calls; never read from what was sent.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IReadOnlyList<byte> Salt { get; init; } = [];

    public static Decided<ContactEvent> Decide(
        Contact? state,
        HandOverCode command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            ContactRules.Standing(state, now)
            ?? Entered.Registrar(by)
            ?? (
                state!.OpenPing is not null ? PingLimits.IsOpen
                : !PingCode.IsForm(command.Code)
                    ? Refusal.Invalid("a code has eight letters or digits, such as 7KQM-2RTD")
                : PingCode.Plain(command.Code).Distinct().Count() < PingLimits.DistinctMin
                    ? Refusal.Invalid(
                        "this code is easily guessed; use the one that the page makes"
                    )
                : null
            );
        return no is not null
            ? no
            : ContactTimes.Ping(
                state!,
                by.Person,
                now,
                PingSecret.Of(null, command.Code, command.Salt.ToArray())
            );
    }
}

internal static class PingLimits
{
    /// <summary>A random code with fewer different letters comes up once in some thousands.</summary>
    public const int DistinctMin = 4;

    public static Refusal IsOpen { get; } =
        Refusal.WrongState(
            "a ping waits for its answer already; it ends by itself after two weeks"
        );
}
