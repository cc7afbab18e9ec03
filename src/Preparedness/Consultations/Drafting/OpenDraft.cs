using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Consultations.Drafting;

/// <summary>Makes the latest synthesis the draft, for comment and positions.</summary>
public sealed record OpenDraft(Instant PositionsUntil)
{
    /// <summary>How many inputs went nowhere so far; who calls counts them.</summary>
    [JsonIgnore]
    public int Untraced { get; init; }

    public static Decided<ConsultationEvent> Decide(
        Consultation? state,
        OpenDraft command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        if (state is null)
        {
            return Checks.Missing("consultation");
        }

        Refusal? no =
            Chairing.WhyNot(state, by, now)
            ?? (
                state.Phase == ConsultationPhase.Draft && state.ArePositionsClosed ? null
                : state.Phase != ConsultationPhase.Synthesis
                    ? Chairing.WrongPhase(state, "a draft follows a synthesis")
                : null
            )
            ?? (
                state.Paragraphs.Count == 0 ? Refusal.WrongState("put a synthesis first")
                : command.Untraced > 0
                    ? Refusal.WrongState(
                        $"{command.Untraced} inputs go nowhere; name them in a paragraph, or set them aside with the reason"
                    )
                : null
            )
            ?? Chairing.Ahead(command.PositionsUntil, now, "the end of the time for positions");
        return no is not null ? no : new DraftOpened(now, by.Person, command.PositionsUntil);
    }
}
