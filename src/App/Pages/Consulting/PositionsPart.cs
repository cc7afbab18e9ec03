using Breakwater.App.Pages.Response;
using Breakwater.App.Pages.Response.Views;
using Breakwater.Preparedness.Consultations;
using Breakwater.Publications;
using Breakwater.Vocabulary;

namespace Breakwater.App.Pages.Consulting;

/// <summary>Positions by class, late ones beside those in time, what the chairs declared and why, and appeals.</summary>
internal static class PositionsPart
{
    public static void Write(Markup page, Consultation consultation)
    {
        PageTexts texts = page.Texts;
        if (consultation.Phase is ConsultationPhase.Call or ConsultationPhase.Synthesis)
        {
            return;
        }

        IReadOnlyList<RecordedPosition> now = consultation.PositionsNow();
        page.Head("positions", texts.Html("field.positions"))
            .Say(texts.Html("consulting.no-votes"), "quiet")
            .Rows(
                texts.Html("field.positions"),
                [
                    texts.Html("field.class"),
                    texts.Html("consulting.who"),
                    texts.Html("field.stand"),
                    texts.Html("field.reason"),
                    texts.Html("field.at"),
                ],
                [
                    .. Enum.GetValues<StakeholderClass>()
                        .SelectMany(each =>
                            now.Where(position => position.KnownClass == each)
                                .Select(position => Row(page, position))
                                .DefaultIfEmpty(
                                    new GridRow([
                                        EndorsementPart.Class(texts, each),
                                        "—",
                                        texts.Html("consulting.silent"),
                                        "—",
                                        "—",
                                    ])
                                )
                        ),
                    .. now.Where(position => position.KnownClass is null)
                        .Select(position => Row(page, position)),
                ]
            );
        foreach (ConsensusDeclaration declared in consultation.Declarations)
        {
            Declared(page, declared);
        }

        Appeals(page, consultation);
    }

    private static GridRow Row(Markup page, RecordedPosition position)
    {
        PageTexts texts = page.Texts;
        return new GridRow(
            [
                EndorsementPart.Class(texts, position.KnownClass),
                RemarkPart.Speaker(page, position.Organisation, position.IsVoice),
                Labels.Value(
                    texts,
                    typeof(PositionStand),
                    Members.Kebab(position.Stand.ToString())
                ),
                position.Reason.Length == 0 ? "—" : texts.Html(new Free(position.Reason)),
                Values.Moment(texts, position.At)
                    + (
                        position.IsLate
                            ? $" <strong class=\"late\">{texts.Html("consulting.late")}</strong>"
                            : ""
                    ),
            ],
            Look: position.IsLate ? "late" : null
        );
    }

    private static void Declared(Markup page, ConsensusDeclaration declared)
    {
        PageTexts texts = page.Texts;
        page.Head(
            "consensus",
            Labels.Value(
                texts,
                typeof(ConsensusOutcome),
                Members.Kebab(declared.Outcome.ToString())
            )
        );
        CommonPositionView.Words(page, declared.Reasons);
        page.Say(
            $"{Values.Moment(texts, declared.At)} · {texts.Html("response.position.of-version", ("n", new Count(declared.Version)))} · {texts.Html("consulting.dissent", ("n", new Count(declared.ObjectingPositions.Count + declared.Dissent.Count)))}",
            "quiet"
        );
        if (declared.EndedAt is { } ended)
        {
            page.Say(
                $"{texts.Html("consulting.ended-by-appeal")} {Values.Moment(texts, ended)}",
                "caution"
            );
        }
    }

    private static void Appeals(Markup page, Consultation consultation)
    {
        PageTexts texts = page.Texts;
        if (consultation.Declared is { } declared && !consultation.IsOver)
        {
            page.Say(
                $"{texts.Html("consulting.appeal-until")} {Values.Moment(texts, declared.At + Consultation.AppealWindow)}",
                "quiet"
            );
        }

        if (consultation.Appeals.Count == 0)
        {
            return;
        }

        page.Head("appeals", texts.Html("field.appeals"));
        foreach (ConsultationAppeal appeal in consultation.Appeals)
        {
            page.Say(
                $"<strong>{texts.Html(new Count(appeal.Number))}</strong> · {EndorsementPart.Class(texts, appeal.Organisation is null ? null : appeal.Class)} · {Values.Moment(texts, appeal.At)}"
            );
            CommonPositionView.Words(page, appeal.Grounds);
            if (appeal.Reasons is { } reasons)
            {
                page.Say(
                    texts.Html(
                        appeal.Upheld == true
                            ? "consulting.appeal.upheld"
                            : "consulting.appeal.dismissed"
                    ),
                    "quiet"
                );
                CommonPositionView.Words(page, reasons);
            }
            else
            {
                page.Say(texts.Html("consulting.appeal.waits"), "caution");
            }
        }
    }
}
