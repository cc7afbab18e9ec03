using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Consultations;

/// <summary>Who chairs, who counts as speaking for an organisation, and how long a text may be.</summary>
internal static class Chairing
{
    public const int TitleMax = 200;

    /// <summary>Speaks for a vetted organisation. Who does not is heard as a voice (INV-09).</summary>
    public static bool Speaks(Participant by) =>
        by.Organisation is not null && by.Is(Role.Representative);

    public static Refusal? WhyNotSpeak(Participant by) =>
        Speaks(by)
            ? null
            : Refusal.NotAllowed("only a representative of an organisation can do this");

    public static Refusal? WhyNot(
        string secretariat,
        Instant changedAt,
        Participant by,
        Instant now
    ) =>
        WhyNotSpeak(by)
        ?? (
            by.Organisation != secretariat
                ? Refusal.NotAllowed("only the organisation that keeps it can do this")
                : null
        )
        ?? Checks.Order(changedAt, now);

    public static Refusal? WhyNot(Consultation state, Participant by, Instant now) =>
        WhyNot(state.Secretariat, state.ChangedAt, by, now);

    public static Refusal? Title(string? text) =>
        Checks.Needed(text, "the title")
        ?? (
            text!.Length > TitleMax
                ? Refusal.Invalid($"the title is longer than {TitleMax} characters")
                : null
        );

    public static Refusal? Streams(Workstream stream, IReadOnlyList<Workstream>? affected) =>
        Checks.Known(stream, "stream")
        ?? Checks.List(affected, "affected streams")
        ?? affected!
            .Select(each => Checks.Known(each, "stream"))
            .FirstOrDefault(no => no is not null);

    public static Workstream[] Others(Workstream stream, IReadOnlyList<Workstream> affected) =>
        [.. affected.Where(each => each != stream).Distinct().Order()];

    public static Refusal? Reference(string? id, string what) =>
        id is null ? null : Checks.Id(id, what);

    public static Refusal? Ahead(Instant at, Instant now, string what) =>
        at <= now ? Refusal.Invalid($"{what} must lie ahead")
        : at - now > Duration.FromDays(731)
            ? Refusal.Invalid($"{what} lies more than two years ahead")
        : null;

    public static Refusal WrongPhase(Consultation state, string needed) =>
        Refusal.WrongState($"{needed}; it stands at {state.Standing}");
}
