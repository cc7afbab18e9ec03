using System.Text.Json.Serialization;
using Breakwater.Decisions.Membership;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Publishing;

/// <summary>What the node composed, in every language; nobody who acts can say it otherwise.</summary>
public sealed record Composed(
    Instant AsOf,
    IReadOnlyList<PublicationDocument> Documents,
    IReadOnlyList<PublicationAttachment>? Files = null
);

/// <summary>Has the node compose a publication of a response, or of another subject, as that stands, for the public.</summary>
/// <param name="Response">Id of the response; null for a form that is of something else.</param>
/// <param name="HarmNote">Who could be endangered by it, and what was done.</param>
/// <param name="Replaces">Id of the publication that it corrects.</param>
/// <param name="Correction">What was wrong with that one. Readers are told.</param>
/// <param name="About">What a form that is not of a response is of: <c>kind/id</c>.</param>
/// <param name="EmbargoUntil">Before then nobody beyond the community sees it, though it is released; null for at once.</param>
public sealed record PreparePublication(
    string Id,
    string? Response,
    string HarmNote,
    string? Replaces = null,
    string? Correction = null,
    PublicationForm Form = PublicationForm.SituationReport,
    string? About = null,
    Instant? EmbargoUntil = null
)
{
    [JsonIgnore]
    public Composed? Composed { get; init; }

    /// <summary>What it is of, as a subject of the ledger.</summary>
    [JsonIgnore]
    public string Of => About ?? $"response/{Response}";

    /// <summary>Publications of the same.</summary>
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
            ?? Checks.Known(command.Form, "form")
            ?? WhyNotOf(command)
            ?? Limits.Text("harmNote", command.HarmNote)
            ?? Corrections.WhyNot(
                command.Replaces,
                command.Correction,
                [.. command.Others.Where(other => other.Form == command.Form)]
            )
            ?? Embargo.WhyNot(command.EmbargoUntil, command.Replaces, command.Form, now)
            ?? (
                command.Others.FirstOrDefault(other =>
                    other.State == PublicationState.Draft && other.Form == command.Form
                )
                    is { } open
                    ? Refusal.WrongState(
                        $"publication/{open.Id} of the same is a draft still: revise it, or discard it first"
                    )
                    : null
            );
        return no is not null ? no
            : command.Composed is not { } composed
                ? Refusal.WrongState("nothing could be composed of it")
            : new PublicationPrepared(
                command.Id,
                command.Response,
                composed.AsOf,
                composed.Documents,
                new HarmNote(command.HarmNote, PublicationFile.Unreleased),
                command.Replaces,
                command.Correction,
                signatory,
                now,
                command.Form,
                command.About,
                composed.Files,
                command.EmbargoUntil
            );
    }

    /// <summary>Exactly one of a response and something else.</summary>
    private static Refusal? WhyNotOf(PreparePublication command) =>
        command.About is null ? Limits.Id("response", command.Response)
        : command.Response is not null
            ? Refusal.Invalid("it is of a response or about something else, and not of both")
        : command.About.Split('/') is [{ Length: > 0 }, var id]
            ? Limits.Text("about", command.About, Limits.NameMax) ?? Limits.Id("about", id)
        : Refusal.Invalid("about is what it is of, as kind/id");
}

/// <summary>Has a draft composed anew from what is on record now. Whatever was approved of it is void.</summary>
/// <param name="Correction">Only of one that replaces another.</param>
public sealed record RevisePublication(
    string HarmNote,
    string? Correction = null,
    Instant? EmbargoUntil = null
)
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
            ?? Corrections.WhyNot(
                state!.Replaces,
                command.Correction,
                [.. command.Others.Where(other => other.Form == state.Form)]
            )
            ?? Embargo.WhyNot(command.EmbargoUntil, state.Replaces, state.Form, now)
            ?? (
                state.Revisions >= PublicationFile.RevisionsMax
                    ? Refusal.TooMuch(
                        $"it was revised {PublicationFile.RevisionsMax} times; discard it and prepare another"
                    )
                    : null
            );
        return no is not null ? no
            : command.Composed is not { } composed
                ? Refusal.WrongState("nothing could be composed of it")
            : new PublicationRevised(
                composed.AsOf,
                composed.Documents,
                new HarmNote(command.HarmNote, PublicationFile.Unreleased),
                command.Correction,
                signatory,
                now,
                composed.Files,
                command.EmbargoUntil
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

internal static class Embargo
{
    private static readonly Duration _farthest = Duration.FromDays(90);

    public static Refusal? WhyNot(
        Instant? until,
        string? replaces,
        PublicationForm form,
        Instant now
    ) =>
        until is not { } end ? null
        : replaces is not null
            ? Refusal.Invalid(
                "a correction waits for nothing: readers of the wrong one are told at once"
            )
        : form == PublicationForm.Alert ? Refusal.Invalid("an alert waits for nothing")
        : end <= now || end > now + _farthest
            ? Refusal.Invalid($"an embargo ends in the future, within {_farthest.Days} days")
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
                            "no publication of this form with that id was released for the same"
                        )
                    : old.ReplacedBy is { } by
                        ? Refusal.WrongState(
                            $"publication/{by} replaces that one already; correct the newer one"
                        )
                    : null
                );
}
