using System.Text.Json.Serialization;
using Breakwater.Decisions.Interpreting;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Contesting;

/// <summary>
/// Contests a finding: by its own id, or by the facts, the rule, the profile and the pack that it follows from.
/// </summary>
/// <param name="About">Id of the disruption or incident, or hash of the facts.</param>
/// <param name="Pack">Hash of the law pack.</param>
/// <param name="Proposed">What should stand instead.</param>
public sealed record ContestFinding(
    string Id,
    ContestAspect Aspect,
    string Text,
    string Proposed,
    IReadOnlyList<string>? Sources = null,
    string? Finding = null,
    string? About = null,
    string? Rule = null,
    string? Profile = null,
    string? Pack = null
)
{
    public const int SourcesMax = 20;

    /// <summary>Of one person, not yet admitted or refused.</summary>
    public const int WaitingMax = 20;

    /// <summary>How many contests of this person wait to be admitted; who calls reads it from the store.</summary>
    [JsonIgnore]
    public int Waiting { get; init; }

    public static Decided<ContestEvent> Decide(
        Contest? state,
        ContestFinding command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            (state is null ? null : Refusal.WrongState("there is a contest with that id already"))
            ?? Checks.Id(command.Id, "the id")
            ?? Checks.Known(command.Aspect, "aspect")
            ?? command.WhyNotThis()
            ?? Checks.Needed(command.Text, "what is wrong with it")
            ?? Checks.Needed(command.Proposed, "what should stand instead")
            ?? Contesting.Cited(command.Sources)
            ?? (
                command.Waiting >= WaitingMax
                    ? Refusal.TooMuch(
                        $"{WaitingMax} contests of yours wait to be admitted; wait for these"
                    )
                    : null
            );
        return no is not null
            ? no
            : new FindingContested(
                now,
                by.Person,
                by.Organisation,
                by.Class,
                !Acting.Counts(by),
                command.Id,
                new(command.Finding, command.About, command.Rule, command.Profile, command.Pack),
                command.Aspect,
                command.Text,
                command.Proposed,
                command.Sources ?? [],
                Marking.Public
            );
    }

    /// <summary>Why it is not said which finding it is; null when it is.</summary>
    private Refusal? WhyNotThis() =>
        (Finding is null ? null : Contesting.Name(Finding, "the id of the finding"))
        ?? (About is null ? null : Contesting.Name(About, "what it is about"))
        ?? (Rule is null ? null : Citations.Rule(Rule))
        ?? (Profile is null ? null : Citations.Profile(Profile))
        ?? (Pack is null ? null : Citations.Hash(Pack, "the pack"))
        ?? (
            Finding is null && (About is null || Rule is null || Profile is null || Pack is null)
                ? Refusal.Invalid(
                    "name the finding: by its id, or by what it is about together with rule, profile and pack"
                )
                : null
        );
}

internal static class Contesting
{
    /// <summary>An id as other parts of the node make them: no blanks and nothing that hides in a line.</summary>
    public static Refusal? Name(string id, string what) =>
        Checks.Id(id, what)
        ?? (
            id.All(letter =>
                char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or ':' or '/'
            )
                ? null
                : Refusal.Invalid(
                    $"{what} has a blank or a sign that no id has; copy it from the finding"
                )
        );

    public static Refusal? Cited(IReadOnlyList<string>? sources) =>
        sources is null ? null
        : sources.Count > ContestFinding.SourcesMax
            ? Refusal.TooMuch($"more than {ContestFinding.SourcesMax} sources")
        : sources
            .Select(source =>
                Checks.Needed(source, "one of the sources")
                ?? (
                    source.Length > 500
                        ? Refusal.Invalid("a source is longer than 500 characters")
                        : null
                )
            )
            .FirstOrDefault(no => no is not null);
}
