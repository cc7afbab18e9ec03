using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Exercises;

/// <summary>Where an inject stands.</summary>
public enum InjectState
{
    Waiting,
    Fired,

    /// <summary>Those who run the exercise left it out.</summary>
    Skipped,

    /// <summary>Its moment was over before the exercise began. It is not fired by itself, and is not forgotten either.</summary>
    Late,

    /// <summary>Its moment comes after the end.</summary>
    AfterTheEnd,
}

/// <summary>Somebody who said that they had seen an inject.</summary>
public sealed record InjectSight(
    string By,
    string? Organisation,
    IReadOnlyList<Role> Roles,
    Instant At
);

/// <summary>An inject with what became of it.</summary>
/// <param name="FiredAt">The scenario's moment; null while it was not fired.</param>
/// <param name="Outcome">What it did, or why it could do nothing.</param>
public sealed record InjectStanding(
    Inject Inject,
    InjectState State,
    Instant? FiredAt,
    string Outcome,
    IReadOnlyList<InjectSight> SeenBy
)
{
    /// <summary>Who brought it in while the exercise ran; null for one of the plan.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AddedBy { get; init; }

    /// <summary>Where it stands before anything has happened: what is past is late, and is said to be.</summary>
    public static InjectStanding Planned(Inject inject, Instant startsAt, Instant endsAt)
    {
        ArgumentNullException.ThrowIfNull(inject);
        return inject.At < startsAt
                ? new(
                    inject,
                    InjectState.Late,
                    null,
                    $"its moment {inject.At} was over when the exercise began at {startsAt}; fire it by hand, or leave it out",
                    []
                )
            : inject.At > endsAt
                ? new(
                    inject,
                    InjectState.AfterTheEnd,
                    null,
                    $"its moment {inject.At} comes after the end at {endsAt}; fire it by hand, or leave it out",
                    []
                )
            : new(inject, InjectState.Waiting, null, "", []);
    }
}
