using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Contacts.Keeping;

/// <summary>Enters a contact point. Nobody has answered there yet, whatever is said of it.</summary>
public sealed record AddContact(ContactEntry Entry, ContactReach Reach, Marking Marking)
{
    /// <summary>Null for a command that will be refused.</summary>
    public static string? IdOf(AddContact command) =>
        ContactForm.IdOf(command?.Entry?.Name, command?.Entry?.Role);

    public static Decided<ContactEvent> Decide(
        Contact? state,
        AddContact command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        if (Entered.Of(command.Entry, command.Reach, command.Marking, by) is { Refusal: { } no })
        {
            return no;
        }

        return state is not null
            ? Refusal.WrongState(
                state.State == ContactState.Retired
                    ? "this contact point was retired; another role, such as 'duty officer, new', begins it anew"
                    : "this organisation has a contact point in this role already; change that one, or tell the two apart by their roles"
            )
            : new ContactAdded(
                now,
                by.Person,
                IdOf(command)!,
                ContactForm.Plain(command.Entry),
                ContactForm.Plain(command.Reach),
                by.Organisation!,
                command.Marking
            );
    }
}

/// <summary>Says anew how a contact point is reached, for what and when.</summary>
public sealed record ChangeContact(ContactEntry Entry, ContactReach Reach, Marking Marking)
{
    public static Decided<ContactEvent> Decide(
        Contact? state,
        ChangeContact command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        if (
            (
                ContactRules.Standing(state, now)
                ?? Entered.Of(command.Entry, command.Reach, command.Marking, by).Refusal
            ) is
            { } no
        )
        {
            return no;
        }

        ContactEntry entry = ContactForm.Plain(command.Entry);
        ContactReach reach = ContactForm.Plain(command.Reach);
        bool hasNewReach = !ContactForm.HaveSameWays(state!.Reach!, reach);
        return
            ContactForm.AreSame(state.Entry, entry)
            && ContactForm.AreSame(state.Reach!, reach)
            && state.Marking == command.Marking
            ? Decided<ContactEvent>.Nothing
            : new ContactChanged(
                now,
                by.Person,
                entry,
                reach,
                hasNewReach,
                hasNewReach ? state.OpenPing : null,
                command.Marking
            );
    }
}

/// <summary>Nobody is to be called there any more. It stays listed, so that nobody enters it again by mistake.</summary>
public sealed record RetireContact(string Reason)
{
    public static Decided<ContactEvent> Decide(
        Contact? state,
        RetireContact command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            ContactRules.Standing(state, now)
            ?? Checks.Needed(command.Reason, "the reason")
            ?? Entered.Registrar(by);
        return no is not null
            ? no
            : new ContactRetired(now, by.Person, command.Reason, state!.OpenPing);
    }
}

/// <summary>What somebody entered, judged.</summary>
internal readonly record struct Entered(Refusal? Refusal)
{
    public static Entered Of(
        ContactEntry? entry,
        ContactReach? reach,
        Marking? marking,
        Participant by
    ) =>
        new(
            Registrar(by)
                ?? (
                    entry is null || entry.Hours is null
                        ? ContactRules.Entry(entry)
                        : ContactRules.Entry(ContactForm.Plain(entry))
                )
                ?? (
                    reach?.Channels is null || reach.Channels.Any(channel => channel is null)
                        ? Refusal.Invalid("the ways in are missing")
                        : ContactRules.Reach(ContactForm.Plain(reach), marking)
                )
        );

    public static Refusal? Registrar(Participant by) =>
        by.Organisation is not null && by.Is(Role.Registrar)
            ? null
            : Refusal.NotAllowed("contact points are kept by registrars of organisations");
}
