using Breakwater.Preparedness.Consultations;
using Breakwater.Vocabulary;

namespace Breakwater.Publications.Consultations;

/// <summary>One part of a report in any form: a head, a paragraph of somebody's words, a sentence of ours, or a table.</summary>
internal abstract record ConsultationBlock;

internal sealed record Head(string Anchor, string Text, int Level = 2) : ConsultationBlock;

/// <summary>A sentence of the report itself.</summary>
internal sealed record Told(string Text, bool IsCaution = false) : ConsultationBlock;

/// <summary>What people wrote, in their language and direction.</summary>
internal sealed record Wrote(string Text) : ConsultationBlock;

internal sealed record Listed(
    string Title,
    IReadOnlyList<string> Columns,
    IReadOnlyList<IReadOnlyList<string>> Rows
) : ConsultationBlock;

/// <summary>A report as blocks in one language, so that all forms say the same.</summary>
internal static class ConsultationBlocks
{
    public static IReadOnlyList<ConsultationBlock> Of(ConsultationReport report, Texts texts)
    {
        var blocks = new List<ConsultationBlock>();
        if (!report.IsLaunched)
        {
            blocks.Add(new Told(texts.Plain("consultation.is-draft"), IsCaution: true));
        }

        blocks.Add(new Wrote(report.Call));
        blocks.Add(new Head("text", texts.Plain("consultation.text")));
        foreach (ReportParagraph paragraph in report.Paragraphs)
        {
            blocks.Add(
                new Head(
                    paragraph.Id,
                    texts.Plain(
                        new Said("consultation.paragraph", ("n", new Count(paragraph.Number)))
                    ),
                    3
                )
            );
            blocks.Add(new Wrote(paragraph.Text));
            blocks.Add(
                new Told(
                    $"{texts.Plain(new Said("consultation.from", ("n", new Count(paragraph.Behind))))} {string.Join(", ", paragraph.Inputs.Select(id => id[..Math.Min(8, id.Length)]))}"
                )
            );
            blocks.AddRange(paragraph.Dissent.SelectMany(remark => Remark(remark, texts)));
        }

        Decided(blocks, report, texts);
        Heard(blocks, report, texts);
        Answered(blocks, report, texts);
        blocks.Add(new Head("use", texts.Plain("consultation.use")));
        blocks.Add(
            new Told(
                texts.Plain(new Said("consultation.licence", ("licence", new Code(report.Licence))))
            )
        );
        blocks.Add(
            new Told(
                $"{texts.Plain("consultation.cite")} {report.Title}. Breakwater, {report.Id}, {texts.Plain(new Said("consultation.version", ("n", new Count(report.Version))))}{(report.LaunchedAt is { } at ? $", {texts.Plain(new Moment(at))}" : "")}."
            )
        );
        return blocks;
    }

    private static IEnumerable<ConsultationBlock> Remark(ReportRemark remark, Texts texts)
    {
        yield return new Told(
            $"{texts.Plain($"consultation.{Checks.Word(remark.Kind)}")} {remark.Number} · {Class(texts, remark.Class)}",
            IsCaution: true
        );
        yield return new Wrote(remark.Text);
        if (remark.Alternative is { } alternative)
        {
            yield return new Told(texts.Plain("consultation.asks"));
            yield return new Wrote(alternative);
        }

        if (remark.Answer is { } answer)
        {
            yield return new Told(
                remark.TakenUpIn is { } version
                    ? texts.Plain(new Said("consultation.taken-up", ("n", new Count(version))))
                    : texts.Plain("consultation.not-taken-up")
            );
            yield return new Wrote(answer);
        }
        else if (remark.Kind != RemarkKind.Dissent)
        {
            yield return new Told(texts.Plain("consultation.not-answered"));
        }
    }

    private static void Decided(
        List<ConsultationBlock> blocks,
        ConsultationReport report,
        Texts texts
    )
    {
        blocks.Add(new Head("decided", texts.Plain("consultation.decided")));
        blocks.Add(new Told(texts.Plain("consultation.no-votes")));
        if (report.Consensus is { } declared)
        {
            blocks.Add(
                new Told(
                    $"{texts.Plain($"consultation.{Checks.Word(declared.Outcome)}")} {texts.Plain(new Moment(declared.At))}"
                )
            );
            blocks.Add(new Wrote(declared.Reasons));
        }
        else
        {
            blocks.Add(new Told(texts.Plain("consultation.undeclared")));
        }

        blocks.Add(
            new Listed(
                texts.Plain("consultation.positions"),
                [
                    texts.Plain("consultation.class"),
                    texts.Plain("consultation.stand"),
                    texts.Plain("consultation.reason"),
                    texts.Plain("consultation.when"),
                ],
                [
                    .. report.Positions.Select(
                        IReadOnlyList<string> (position) =>
                            [
                                Class(texts, position.Class),
                                texts.Plain($"consultation.stand.{Checks.Word(position.Stand)}"),
                                position.Reason.Length == 0 ? "—" : position.Reason,
                                texts.Plain(new Moment(position.At))
                                    + (
                                        position.IsLate
                                            ? $" ({texts.Plain("consultation.late")})"
                                            : ""
                                    ),
                            ]
                    ),
                    .. report.SilentClasses.Select(
                        IReadOnlyList<string> (silent) =>
                            [Class(texts, silent), texts.Plain("consultation.silent"), "—", "—"]
                    ),
                ]
            )
        );
        blocks.Add(
            new Told(
                report.Appeals.Count == 0
                    ? texts.Plain("consultation.no-appeal")
                    : texts.Plain(
                        new Said("consultation.appeals", ("n", new Count(report.Appeals.Count)))
                    )
            )
        );
        foreach (ConsultationAppeal appeal in report.Appeals)
        {
            blocks.Add(new Wrote(appeal.Grounds));
            blocks.Add(
                new Told(
                    texts.Plain(
                        appeal.Upheld switch
                        {
                            true => "consultation.appeal.upheld",
                            false => "consultation.appeal.dismissed",
                            null => "consultation.appeal.waits",
                        }
                    )
                )
            );
            if (appeal.Reasons is { } reasons)
            {
                blocks.Add(new Wrote(reasons));
            }
        }
    }

    private static void Heard(
        List<ConsultationBlock> blocks,
        ConsultationReport report,
        Texts texts
    )
    {
        blocks.Add(new Head("heard", texts.Plain("consultation.heard")));
        blocks.Add(
            new Told(
                texts.Plain(
                    new Said(
                        "consultation.counts",
                        ("n", new Count(report.Inputs)),
                        ("voices", new Count(report.Voices)),
                        ("late", new Count(report.Late)),
                        ("untraced", new Count(report.Untraced))
                    )
                )
            )
        );
        if (report.Modelled > 0)
        {
            blocks.Add(
                new Told(
                    texts.Plain(
                        new Said("consultation.modelled", ("n", new Count(report.Modelled)))
                    ),
                    IsCaution: true
                )
            );
        }

        blocks.Add(Balanced(texts, "consultation.class", report.Balance.Classes, isClass: true));
        blocks.Add(Balanced(texts, "consultation.region", report.Balance.Regions, isClass: false));
        if (report.Groups.Count > 0)
        {
            blocks.Add(
                new Listed(
                    texts.Plain("consultation.groups"),
                    [
                        texts.Plain("consultation.first"),
                        texts.Plain("consultation.times"),
                        texts.Plain("consultation.per-hour"),
                    ],
                    [
                        .. report.Groups.Select(
                            IReadOnlyList<string> (group) =>
                                [
                                    group.First[..Math.Min(8, group.First.Length)],
                                    texts.Plain(new Count(group.Count)),
                                    texts.Plain(new Count(group.PerHourMax))
                                        + (
                                            group.IsFlood
                                                ? $" ({texts.Plain("consultation.flood")})"
                                                : ""
                                        ),
                                ]
                        ),
                    ]
                )
            );
        }

        if (report.Aside.Count > 0)
        {
            blocks.Add(
                new Listed(
                    texts.Plain("consultation.aside"),
                    [texts.Plain("consultation.reason"), texts.Plain("consultation.inputs")],
                    [
                        .. report.Aside.Select(
                            IReadOnlyList<string> (aside) =>
                                [aside.Reason, texts.Plain(new Count(aside.Inputs))]
                        ),
                    ]
                )
            );
        }
    }

    private static Listed Balanced(
        Texts texts,
        string title,
        IReadOnlyList<BalanceRow> rows,
        bool isClass
    ) =>
        new(
            texts.Plain(title),
            [
                texts.Plain(title),
                texts.Plain("consultation.inputs"),
                texts.Plain("consultation.voices"),
            ],
            [
                .. rows.Select(
                    IReadOnlyList<string> (row) =>
                        [
                            row.Name == Balance.NotSaid ? texts.Plain("consultation.not-said")
                            : isClass ? texts.Plain($"consultation.class.{row.Name}")
                            : row.Name,
                            texts.Plain(new Count(row.Inputs)),
                            texts.Plain(new Count(row.Voices)),
                        ]
                ),
            ]
        );

    private static void Answered(
        List<ConsultationBlock> blocks,
        ConsultationReport report,
        Texts texts
    )
    {
        ReportRemark[] comments =
        [
            .. report.Remarks.Where(remark => remark.Kind == RemarkKind.Comment),
        ];
        if (comments.Length > 0)
        {
            blocks.Add(new Head("comments", texts.Plain("consultation.comments")));
            blocks.AddRange(comments.SelectMany(remark => Remark(remark, texts)));
        }
    }

    private static string Class(Texts texts, StakeholderClass? each) =>
        texts.Plain(
            each is { } known ? $"consultation.class.{Checks.Word(known)}" : "consultation.not-said"
        );
}
