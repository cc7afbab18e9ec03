using Breakwater.Disruptions;
using Breakwater.Publications.Releases;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Publications.Alerts;

/// <summary>What a node adds to a walk when it warns of it.</summary>
/// <param name="Sender">The name of the node, which nobody else has.</param>
/// <param name="Type">A cancellation says that an earlier alert no longer holds, and why.</param>
/// <param name="Earlier">What is updated or cancelled, with all that it updated itself.</param>
/// <param name="IsDraft">True for a look at it that nobody released.</param>
public sealed record AlertAsked(
    string Sender,
    AlertType Type = AlertType.Alert,
    IReadOnlyList<AlertReference>? Earlier = null,
    bool IsDraft = false
);

/// <summary>
/// From what is released about disruptions to one public alert. It says what is known, since when, how sure, what is not seen and where
/// a service works, by area only.
/// </summary>
public static class AlertFromWalk
{
    private const int PcodesMax = 100;

    public static Alert Compose(Released released, AlertAsked asked)
    {
        ArgumentNullException.ThrowIfNull(released);
        ArgumentNullException.ThrowIfNull(asked);
        Walked walk = released.Walk;
        IReadOnlyList<Disruption> disruptions = AlertSection.Ordered(walk);
        AlertInfo[] infos =
        [
            .. Texts
                .Languages()
                .Select(language => Info(released, disruptions, asked, ReleaseTexts.For(language))),
        ];
        var alert = new Alert(
            "",
            asked.Sender,
            Instant.FromUnixTimeSeconds(walk.AsOf.ToUnixTimeSeconds()),
            Status(walk, asked),
            asked.Type,
            asked.Earlier ?? [],
                // Section 3.2.1: note is for the purpose of an exercise and the reason of a cancellation.
                walk.IsExercise
                    ? "Exercise. Nothing in it has happened."
                : asked.Type == AlertType.Cancel
                    ? walk.Corrects?.Why ?? "The earlier alert no longer holds."
                : null,
            infos
        );
        return alert with { Identifier = ContentId.Of("breakwater", alert) };
    }

    /// <summary>Says of an alert that was taken back that it no longer holds: its own words, so that no carrier has to find it again.</summary>
    public static Alert Cancel(AlertReference earlier, string sender, string reason, Instant now)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        Instant sent = Instant.FromUnixTimeSeconds(now.ToUnixTimeSeconds());
        var alert = new Alert(
            "",
            sender,
            sent,
            earlier.Status,
            AlertType.Cancel,
            [earlier],
            reason,
            [
                .. Texts
                    .Languages()
                    .Select(ReleaseTexts.For)
                    .Select(texts => new AlertInfo(
                        texts.Language,
                        "Infra",
                        texts.Plain("alert.event.cancel"),
                        "Unknown",
                        "Unknown",
                        "Unknown",
                        sent,
                        sent + Duration.FromHours(AlertTerms.Known.ExpiresAfterHours),
                        texts.Plain(new Said("alert.sender", ("node", new Code(sender)))),
                        texts.Plain("alert.event.cancel"),
                        texts.Plain(new Said("alert.cancelled", ("why", new Free(reason)))),
                        null,
                        null
                    )),
            ]
        );
        return alert with { Identifier = ContentId.Of("breakwater", alert) };
    }

    /// <summary>An exercise can only say exercise (INV-13), and what was not measured never alarms anybody as if it were now.</summary>
    private static AlertStatus Status(Walked walk, AlertAsked asked) =>
        walk.IsExercise ? AlertStatus.Exercise
        : asked.IsDraft ? AlertStatus.Draft
        : walk.Origin is Origin.Reconstructed or Origin.Modelled ? AlertStatus.Test
        : AlertStatus.Actual;

    private static AlertInfo Info(
        Released released,
        IReadOnlyList<Disruption> disruptions,
        AlertAsked asked,
        Texts texts
    )
    {
        Walked walk = released.Walk;
        Disruption? leading = disruptions.Count == 0 ? null : disruptions[0];
        AlertTerms terms = AlertTerms.Known;
        string said =
            asked.Type == AlertType.Cancel || leading is null
                ? texts.Plain("alert.event.cancel")
                : texts.Plain(AlertSection.Headline(leading));
        (IReadOnlyList<string> known, string? help) = AlertSection.Texts(released, texts);
        bool isCancel = asked.Type == AlertType.Cancel;
        return new AlertInfo(
            texts.Language,
            leading is null ? "Infra" : terms.CategoryOf(leading),
            leading is null
                ? texts.Plain("alert.event.cancel")
                : texts.Plain(new Said("alert.event", ("kind", Word.Of("kind", leading.Kind)))),
            leading is null || isCancel ? "Unknown" : terms.UrgencyOf(leading),
            leading is null || isCancel ? "Unknown" : terms.SeverityOf(leading),
            leading is null || isCancel ? "Unknown" : terms.CertaintyOf(leading),
            leading?.Onset.Latest ?? walk.AsOf,
            walk.AsOf + Duration.FromHours(terms.ExpiresAfterHours),
            texts.Plain(new Said("alert.sender", ("node", new Code(asked.Sender)))),
            walk.IsExercise ? $"{texts.Plain("alert.exercise")} {said}" : said,
            isCancel
                ? texts.Plain(
                    new Said("alert.cancelled", ("why", new Free(walk.Corrects?.Why ?? "")))
                )
                : string.Join('\n', known),
            isCancel ? null : help,
            Area(leading, walk, texts)
        );
    }

    private static AlertArea? Area(Disruption? leading, Walked walk, Texts texts) =>
        leading is not null && CoarseShape.For(leading.Place) is { } shape
            ? new AlertArea(
                texts.Plain(Word.Of(leading.Place)),
                shape.Of,
                shape.Boxes,
                [
                    .. walk
                        .Assessment.Needs.Where(need => need.Place.Country == shape.Of)
                        .Select(need => need.Pcode)
                        .OfType<string>()
                        .Distinct(StringComparer.Ordinal)
                        .Order(StringComparer.Ordinal)
                        .Take(PcodesMax),
                ]
            )
            : null;
}
