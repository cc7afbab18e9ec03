using Breakwater.Vocabulary;

namespace Breakwater.Preparedness.Contacts;

/// <summary>Whom one reaches, for what, and when: the face of a contact point, without the ways in.</summary>
/// <param name="Name">Of the organisation, as others know it.</param>
/// <param name="Role">The office that answers, never a person: <c>duty officer, network operations</c>.</param>
/// <param name="Organisation">Its id on this node, where it takes part: its people may confirm the contact. Null for others.</param>
/// <param name="Countries">ISO 3166-1 alpha-2.</param>
/// <param name="Asns">Autonomous systems: <c>AS64500</c>.</param>
/// <param name="Tlds">Top-level domains without dot.</param>
/// <param name="Exchanges">Internet exchanges, by name.</param>
/// <param name="Languages">Spoken there, as in BCP 47.</param>
/// <param name="Escalation">1 is called first.</param>
/// <param name="Deputy">Id of the contact point that stands in; null for none.</param>
public sealed record ContactEntry(
    string Name,
    StakeholderClass Class,
    string Role,
    string? Organisation,
    IReadOnlyList<string> Countries,
    IReadOnlyList<string> Asns,
    IReadOnlyList<string> Tlds,
    IReadOnlyList<string> Exchanges,
    IReadOnlyList<string> Languages,
    int Escalation,
    string? Deputy,
    DutyHours Hours
);

public enum ChannelKind
{
    Email,
    Telephone,
    Satellite,
    Radio,
    Message,
    Other,
}

/// <summary>One way in.</summary>
/// <param name="To">The address, number or frequency and call sign.</param>
public sealed record ContactChannel(ChannelKind Kind, string To, string? Note = null);

/// <summary>The ways in, and who answers there. Marked more closely than the entry, and never for the public (INV-07).</summary>
/// <param name="Answers">Who answers, as the contact wishes to be called; null when the office is enough.</param>
/// <param name="Channels">The one to try first goes first.</param>
public sealed record ContactReach(
    string? Answers,
    IReadOnlyList<ContactChannel> Channels,
    Marking Marking
)
{
    /// <summary>Where a ping can go by e-mail; null when there is no such channel.</summary>
    internal string? Email =>
        Channels.FirstOrDefault(channel => channel.Kind == ChannelKind.Email)?.To;
}
