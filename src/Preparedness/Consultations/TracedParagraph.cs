using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Consultations;

/// <summary>A paragraph as somebody hands it in.</summary>
/// <param name="Inputs">Ids of the inputs that it comes from. A copy goes where the first of its wording goes.</param>
/// <param name="Id">Which paragraph of the latest version this goes on with; null for a new one, or for one that is word for word there.</param>
public sealed record TracedParagraphDraft(
    string Text,
    IReadOnlyList<string> Inputs,
    string? Id = null
);

/// <summary>A paragraph with the inputs that it comes from (INV-10).</summary>
public sealed record TracedParagraph(
    string Id,
    int Since,
    string Text,
    IReadOnlyList<string> Inputs
) : NumberedParagraph(Id, Since, Text)
{
    [JsonIgnore]
    public override IReadOnlyList<string> Cited => Inputs;

    public bool Says(TracedParagraph other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Text == other.Text && Inputs.SequenceEqual(other.Inputs, StringComparer.Ordinal);
    }
}

/// <param name="Since">The version in whose wording it stands.</param>
public sealed record PlacedWording(string Id, int Since);

/// <summary>One state of the whole text.</summary>
/// <param name="Phase">In which it was put: a synthesis, or a draft.</param>
public sealed record TextVersion(
    int Number,
    ConsultationPhase Phase,
    IReadOnlyList<PlacedWording> Paragraphs,
    string Note,
    string By,
    Instant At
);

/// <summary>Inputs that no paragraph takes up, and why.</summary>
/// <param name="Inputs">Their ids; empty when it is about all that came late up to then.</param>
/// <param name="IsOfLate">True for all that came late up to then, by one reason.</param>
public sealed record SetAside(
    IReadOnlyList<string> Inputs,
    bool IsOfLate,
    string Reason,
    string By,
    Instant At
);
