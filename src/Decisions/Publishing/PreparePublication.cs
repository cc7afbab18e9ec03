using System.Text.Json.Serialization;
using Breakwater.Decisions.Membership;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Publishing;

/// <summary>What the node composed, in every language; nobody who acts can say it otherwise.</summary>
public sealed record Composed(Instant AsOf, IReadOnlyList<PublicationDocument> Documents);

/// <summary>Has the node compose a situation report of a response as it stands, for the public.</summary>
/// <param name="HarmNote">Who could be endangered by it, and what was done.</param>
/// <param name="Replaces">Id of the publication that it corrects.</param>
/// <param name="Correction">What was wrong with that one. Readers are told.</param>
public sealed record PreparePublication(
    string Id,
    string Response,
    string HarmNote,
    string? Replaces = null,
    string? Correction = null
)
{
    [JsonIgnore]
    public Composed? Composed { get; init; }

    /// <summary>Publications of the same response.</summary>
    [JsonIgnore]
    public IReadOnlyList<PublicationFile> Others { get; init; } = [];

    public static Decided<PublicationEvent> Decide(
        PublicationFile? state,
        PreparePublication command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        Refusal? no =
            FourEyes.Sign(by, out Signatory signatory)
            ?? (
                state is null
                    ? null
                    : Refusal.WrongState("there is a publication with that id already")
            )
            ?? Limits.Id("id", command.Id)
            ?? Limits.Id("response", command.Response)
            ?? Limits.Text("harmNote", command.HarmNote)
            ?? Corrections.WhyNot(command.Replaces, command.Correction, command.Others)
            ?? (
                command.Others.FirstOrDefault(other => other.State == PublicationState.Draft)
                    is { } open
                    ? Refusal.WrongState(
                        $"publication/{open.Id} of this response is a draft still: revise it, or discard it first"
                    )
                    : null
            );
        return no is not null ? no
            : command.Composed is not { } composed
                ? Refusal.WrongState("nothing could be composed of this response")
            : new PublicationPrepared(
                command.Id,
                command.Response,
                composed.AsOf,
                composed.Documents,
                new HarmNote(command.HarmNote, PublicationFile.Unreleased),
                command.Replaces,
                command.Correction,
                signatory,
                now
            );
    }
}

/// <summary>Has a draft composed anew from what is on record now. Whatever was approved of it is void.</summary>
/// <param name="Correction">Only of one that replaces another.</param>
public sealed record RevisePublication(string HarmNote, string? Correction = null)
{
    [JsonIgnore]
    public Composed? Composed { get; init; }

    [JsonIgnore]
    public IReadOnlyList<PublicationFile> Others { get; init; } = [];

    public static Decided<PublicationEvent> Decide(
        PublicationFile? state,
        RevisePublication command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        Refusal? no =
            FourEyes.Sign(by, out Signatory signatory)
            ?? Drafts.WhyNot(state)
            ?? Limits.Text("harmNote", command.HarmNote)
            ?? Corrections.WhyNot(state!.Replaces, command.Correction, command.Others)
            ?? (
                state.Revisions >= PublicationFile.RevisionsMax
                    ? Refusal.TooMuch(
                        $"it was revised {PublicationFile.RevisionsMax} times; discard it and prepare another"
                    )
                    : null
            );
        return no is not null ? no
            : command.Composed is not { } composed
                ? Refusal.WrongState("nothing could be composed of this response")
            : new PublicationRevised(
                composed.AsOf,
                composed.Documents,
                new HarmNote(command.HarmNote, PublicationFile.Unreleased),
                command.Correction,
                signatory,
                now
            );
    }
}

/// <summary>Ends a draft that nobody will release.</summary>
public sealed record DiscardDraft(string Reason)
{
    public static Decided<PublicationEvent> Decide(
        PublicationFile? state,
        DiscardDraft command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        Refusal? no =
            FourEyes.Sign(by, out Signatory signatory)
            ?? Drafts.WhyNot(state)
            ?? Limits.Text("reason", command.Reason);
        return no is not null ? no : new DraftDiscarded(command.Reason, signatory, now);
    }
}

internal static class Drafts
{
    public static Refusal? WhyNot(PublicationFile? state) =>
        state is null ? Checks.Missing("publication")
        : state.State != PublicationState.Draft
            ? Refusal.WrongState(
                $"the publication is {state.Standing}, and only a draft can be changed; a correction is another publication"
            )
        : null;
}

internal static class Corrections
{
    /// <param name="others">Publications of the same response: a correction is of the same thing.</param>
    public static Refusal? WhyNot(
        string? replaces,
        string? correction,
        IReadOnlyList<PublicationFile> others
    ) =>
        replaces is null
            ? correction is null
                ? null
                : Refusal.Invalid("a correction names the publication that it replaces")
            : Limits.Text("correction", correction)
                ?? (
                    others.FirstOrDefault(other => other.Id == replaces) is not { IsOut: true } old
                        ? Refusal.Invalid(
                            "no publication with that id was released for this response"
                        )
                    : old.ReplacedBy is { } by
                        ? Refusal.WrongState(
                            $"publication/{by} replaces that one already; correct the newer one"
                        )
                    : null
                );
}
