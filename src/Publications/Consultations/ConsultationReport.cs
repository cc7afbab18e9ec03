using Breakwater.Preparedness.Consultations;
using Breakwater.Preparedness.Consultations.Grouping;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Publications.Consultations;

/// <param name="Inputs">Ids of the inputs that the paragraph names.</param>
/// <param name="Behind">All inputs behind it, copies among them.</param>
public sealed record ReportParagraph(
    int Number,
    string Id,
    string Text,
    IReadOnlyList<string> Inputs,
    int Behind,
    IReadOnlyList<ReportRemark> Dissent
);

/// <summary>What stands against a paragraph, or what was said of it and answered. Named by class; no person is.</summary>
public sealed record ReportRemark(
    int Number,
    RemarkKind Kind,
    string Paragraph,
    StakeholderClass? Class,
    string? Organisation,
    string Text,
    string? Alternative,
    string? Answer,
    int? TakenUpIn
);

/// <param name="Class">Null where nobody has said it: a person without an organisation.</param>
public sealed record ReportPosition(
    StakeholderClass? Class,
    string? Organisation,
    PositionStand Stand,
    string Reason,
    bool IsLate,
    Instant At
);

/// <param name="First">Id of the first of the wording.</param>
public sealed record ReportGroup(string First, int Count, bool IsFlood, int PerHourMax);

/// <summary>Inputs that no paragraph takes up, by reason.</summary>
public sealed record ReportAside(string Reason, int Inputs);

/// <summary>
/// What came of a consultation: the text with the inputs behind each paragraph (INV-10), who was heard, what repeats what, who
/// disagrees, how it was decided, and which appeals there were.
/// </summary>
/// <param name="IsLaunched">False for a draft, which every form says first.</param>
/// <param name="Modelled">Inputs that nobody sent.</param>
/// <param name="Remarks">Comments and objections with what became of them; null for an answer is that nobody has given one.</param>
/// <param name="Licence">Under which it can be used.</param>
public sealed record ConsultationReport(
    string Id,
    string Title,
    string Call,
    string Secretariat,
    bool IsLaunched,
    Instant? LaunchedAt,
    int Version,
    IReadOnlyList<ReportParagraph> Paragraphs,
    int Inputs,
    int Voices,
    int Late,
    int Modelled,
    int Untraced,
    IReadOnlyList<ReportGroup> Groups,
    IReadOnlyList<ReportAside> Aside,
    Balance Balance,
    IReadOnlyList<ReportPosition> Positions,
    IReadOnlyList<StakeholderClass> SilentClasses,
    ConsensusDeclaration? Consensus,
    IReadOnlyList<ConsultationAppeal> Appeals,
    IReadOnlyList<ReportRemark> Remarks,
    string Grouping,
    string Licence
)
{
    public const string LicenceId = "CC-BY-4.0";

    /// <summary>Groups that are listed; the JSON of the API has all.</summary>
    private const int GroupsMax = 100;

    public static ConsultationReport Of(
        Consultation consultation,
        IReadOnlyList<ConsultationInput> inputs,
        InputGroups groups,
        InputTraces traces
    )
    {
        ArgumentNullException.ThrowIfNull(consultation);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(traces);
        IReadOnlyList<RecordedPosition> positions = consultation.PositionsNow();
        return new ConsultationReport(
            consultation.Id,
            consultation.Title,
            consultation.Call,
            consultation.Secretariat,
            consultation.Phase == ConsultationPhase.Launched,
            consultation.LaunchedAt,
            consultation.Versions.Count,
            [
                .. consultation.Paragraphs.Select(
                    (paragraph, at) =>
                        new ReportParagraph(
                            at + 1,
                            paragraph.Id,
                            paragraph.Text,
                            paragraph.Inputs,
                            traces.Behind(paragraph.Id),
                            [
                                .. consultation
                                    .Remarks.Where(remark =>
                                        remark.Stands
                                        && remark.Paragraph == paragraph.Id
                                        && remark.Kind != RemarkKind.Comment
                                    )
                                    .Select(Told),
                            ]
                        )
                ),
            ],
            inputs.Count,
            groups.Voices,
            inputs.Count(input => input.IsLate),
            inputs.Count(input => input.Origin == Origin.Modelled),
            traces.Untraced.Count,
            [
                .. groups
                    .Groups.Take(GroupsMax)
                    .Select(group => new ReportGroup(
                        group.First,
                        group.Count,
                        group.IsFlood,
                        group.PerHourMax
                    )),
            ],
            [
                .. traces
                    .All.Where(trace => trace.Reason is not null)
                    .GroupBy(trace => trace.Reason!, StringComparer.Ordinal)
                    .OrderByDescending(reason => reason.Count())
                    .ThenBy(reason => reason.Key, StringComparer.Ordinal)
                    .Select(reason => new ReportAside(reason.Key, reason.Count())),
            ],
            Balance.Of(inputs, traces),
            [
                .. positions
                    .OrderBy(position => position.KnownClass is null)
                    .ThenBy(position => position.Class)
                    .ThenBy(position => position.Number)
                    .Select(position => new ReportPosition(
                        position.KnownClass,
                        position.IsVoice ? null : position.Organisation,
                        position.Stand,
                        position.Reason,
                        position.IsLate,
                        position.At
                    )),
            ],
            [
                .. Enum.GetValues<StakeholderClass>()
                    .Where(each => positions.All(position => position.KnownClass != each)),
            ],
            // Who declared is a person; the office stands for it.
            consultation.Declared
                is { } declared
                ? declared with
                {
                    By = consultation.Secretariat,
                }
                : null,
            [.. consultation.Appeals.Select(appeal => appeal with { By = "", HeardBy = null })],
            [
                .. consultation
                    .Remarks.Where(remark => remark.Stands && remark.Kind != RemarkKind.Dissent)
                    .Select(Told),
            ],
            groups.Method,
            LicenceId
        );
    }

    private static ReportRemark Told(Remark remark) =>
        new(
            remark.Number,
            remark.Kind,
            remark.Paragraph,
            remark.Organisation is null ? null : remark.Class,
            remark.IsVoice ? null : remark.Organisation,
            remark.Text,
            remark.Alternative,
            remark.Answer?.Text,
            remark.Answer?.TakenUpIn
        );
}
