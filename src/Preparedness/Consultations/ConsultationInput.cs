using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Consultations;

public enum InputState
{
    Received,

    /// <summary>Its author takes it back. It stays on record, and its text is shown no more.</summary>
    Withdrawn,

    /// <summary>Its text endangers somebody: the chairs show it to members only, and say why. It counts as before.</summary>
    Withheld,
}

/// <summary>What somebody answered to a call, with an account or without.</summary>
public sealed record ConsultationInput : ISubject<ConsultationInput, ConsultationInputEvent>
{
    public static string Kind => "consultation-input";

    public required string Id { get; init; }

    public required string Consultation { get; init; }

    public required string Text { get; init; }

    /// <summary>As its author says it, such as <c>fr</c>; null for not said.</summary>
    public string? Language { get; init; }

    /// <summary>Null for not said, which is no class.</summary>
    public StakeholderClass? Class { get; init; }

    /// <summary>True when the class is that of an account's organisation, and not only what somebody says of themselves.</summary>
    public required bool IsClassKnown { get; init; }

    /// <summary>A part of the world in the author's words, or a country; null for not said.</summary>
    public string? Region { get; init; }

    /// <summary>Pseudonym; <c>anybody</c> without an account.</summary>
    public string By { get; init; } = "";

    public string? Organisation { get; init; }

    public required Instant ReceivedAt { get; init; }

    public required bool IsLate { get; init; }

    /// <summary>Modelled for one that nobody sent.</summary>
    public required Origin Origin { get; init; }

    public required InputState State { get; init; }

    public string? WithheldBecause { get; init; }

    public required Instant ChangedAt { get; init; }

    public required Marking Marking { get; init; }

    [JsonIgnore]
    public string? Parent => $"{Consultations.Consultation.Kind}/{Consultation}";

    [JsonIgnore]
    public string Standing => State == InputState.Received && IsLate ? "late" : Checks.Word(State);

    [JsonIgnore]
    public string Words => State == InputState.Received ? Text : "";

    public static ConsultationInput Apply(
        ConsultationInput? before,
        ConsultationInputEvent happened
    )
    {
        ArgumentNullException.ThrowIfNull(happened);
        if (happened is InputReceived received)
        {
            return new ConsultationInput
            {
                Id = received.Id,
                Consultation = received.Consultation,
                Text = received.Text,
                Language = received.Language,
                Class = received.Class,
                IsClassKnown = received.IsClassKnown,
                Region = received.Region,
                By = received.By,
                Organisation = received.Organisation,
                ReceivedAt = received.At,
                IsLate = received.IsLate,
                Origin = received.Origin,
                State = InputState.Received,
                ChangedAt = received.At,
                Marking = received.Marking,
            };
        }

        ArgumentNullException.ThrowIfNull(before);
        ConsultationInput after = happened switch
        {
            InputWithdrawn => before with { State = InputState.Withdrawn, Text = "" },
            InputWithheld withheld => before with
            {
                State = InputState.Withheld,
                WithheldBecause = withheld.Reason,
                Marking = new Marking(Distribution.Community, Tlp.Green),
            },
            _ => throw new InvalidOperationException($"an input knows no {happened.GetType()}"),
        };
        return after with { ChangedAt = happened.At };
    }
}

/// <summary>What happens to an input.</summary>
public abstract record ConsultationInputEvent(Instant At, string By);

public sealed record InputReceived(
    Instant At,
    string By,
    string Id,
    string Consultation,
    string Text,
    string? Language,
    StakeholderClass? Class,
    bool IsClassKnown,
    string? Region,
    string? Organisation,
    bool IsLate,
    Origin Origin,
    Marking Marking
) : ConsultationInputEvent(At, By);

public sealed record InputWithdrawn(Instant At, string By) : ConsultationInputEvent(At, By);

public sealed record InputWithheld(Instant At, string By, string Reason)
    : ConsultationInputEvent(At, By);
