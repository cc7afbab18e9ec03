using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Consultations;

/// <summary>A consultation after one more event.</summary>
public sealed partial record Consultation
{
    public static Consultation Apply(Consultation? before, ConsultationEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        if (happened is ConsultationCalled called)
        {
            return new Consultation
            {
                Id = called.Id,
                Title = called.Title,
                Call = called.Call,
                Secretariat = called.Secretariat,
                WorkArea = called.WorkArea,
                Cycle = called.Cycle,
                Stream = called.Stream,
                AffectedStreams = called.AffectedStreams,
                Phase = ConsultationPhase.Call,
                CalledAt = called.At,
                InputsUntil = called.InputsUntil,
                ChangedAt = called.At,
                Marking = called.Marking,
            };
        }

        ArgumentNullException.ThrowIfNull(before);
        return before.After(happened) with { ChangedAt = happened.At };
    }

    /// <summary>What happens when a deadline passes.</summary>
    public static Decided<ConsultationEvent> Elapse(Consultation state, Instant now)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.DueAt is not { } due || now < due ? Decided<ConsultationEvent>.Nothing
            : state.Phase == ConsultationPhase.Call ? new CallEnded(now, Checks.Time)
            : new PositionsEnded(now, Checks.Time);
    }

    private Consultation After(ConsultationEvent happened) =>
        happened switch
        {
            InputsExtended extended => this with { InputsUntil = extended.Until },
            CallEnded => this with { Phase = ConsultationPhase.Synthesis },
            ConsultationTextPut put => After(put),
            InputsSetAside aside => this with
            {
                Aside =
                [
                    .. Aside,
                    new SetAside(aside.Inputs, aside.IsOfLate, aside.Reason, aside.By, aside.At),
                ],
            },
            DraftOpened opened => this with
            {
                Phase = ConsultationPhase.Draft,
                PositionsUntil = opened.PositionsUntil,
                ArePositionsClosed = false,
            },
            DraftRemarked remarked => After(remarked),
            DraftRemarkAnswered answered => On(
                answered.Remark,
                remark =>
                    remark with
                    {
                        Answer = new(
                            answered.TakenUpIn,
                            answered.Text,
                            answered.By,
                            answered.Organisation,
                            answered.At
                        ),
                    }
            ),
            DraftRemarkWithdrawn withdrawn => On(
                withdrawn.Remark,
                remark => remark with { WithdrawnAt = withdrawn.At }
            ),
            ConsultationPositionTaken taken => After(taken),
            PositionsEnded => this with { ArePositionsClosed = true },
            ConsensusDeclared declared => After(declared),
            ConsultationAppealed appealed => this with
            {
                Appeals =
                [
                    .. Appeals,
                    new ConsultationAppeal(
                        Appeals.Count + 1,
                        appealed.Grounds,
                        appealed.By,
                        appealed.Organisation,
                        appealed.Class,
                        appealed.At
                    ),
                ],
            },
            ConsultationAppealHeard heard => After(heard),
            ReportLaunched => this with
            {
                Phase = ConsultationPhase.Launched,
                LaunchedAt = happened.At,
            },
            ConsultationClosed closed => this with
            {
                Phase = ConsultationPhase.Closed,
                ClosedBecause = closed.Reason,
            },
            _ => throw new InvalidOperationException(
                $"a consultation knows no {happened.GetType()}"
            ),
        };

    private Consultation After(ConsultationTextPut put) =>
        this with
        {
            Paragraphs = put.Paragraphs,
            Versions =
            [
                .. Versions,
                new TextVersion(
                    Versions.Count + 1,
                    Phase,
                    [.. put.Paragraphs.Select(each => new PlacedWording(each.Id, each.Since))],
                    put.Note,
                    put.By,
                    put.At
                ),
            ],
            Wordings =
            [
                .. Wordings,
                .. put.Paragraphs.Where(paragraph => paragraph.Since == Versions.Count + 1),
            ],
        };

    private Consultation After(DraftRemarked said) =>
        this with
        {
            Remarks =
            [
                .. Remarks,
                new Remark(
                    Remarks.Count + 1,
                    said.Kind,
                    said.Paragraph,
                    Versions.Count,
                    said.Text,
                    said.Alternative,
                    said.By,
                    said.Organisation,
                    said.Class,
                    said.IsVoice,
                    said.At
                ),
            ],
        };

    private Consultation After(ConsultationPositionTaken taken)
    {
        var position = new RecordedPosition(
            Positions.Count + 1,
            taken.Stand,
            taken.Reason,
            taken.By,
            taken.Organisation,
            taken.Class,
            taken.IsVoice,
            Versions.Count,
            taken.IsLate,
            taken.At
        );
        return this with
        {
            Positions =
            [
                .. Positions.Select(earlier =>
                    earlier.ReplacedBy is null
                    && (earlier.Holder, earlier.IsLate) == (position.Holder, position.IsLate)
                        ? earlier with
                        {
                            ReplacedBy = position.Number,
                        }
                        : earlier
                ),
                position,
            ],
        };
    }

    private Consultation After(ConsensusDeclared declared) =>
        this with
        {
            Phase =
                declared.Outcome == ConsensusOutcome.RoughConsensus
                    ? ConsultationPhase.Report
                    : Phase,
            Declarations =
            [
                .. Declarations,
                new ConsensusDeclaration(
                    declared.Outcome,
                    declared.Reasons,
                    Versions.Count,
                    declared.ObjectingPositions,
                    declared.Dissent,
                    declared.By,
                    declared.At
                ),
            ],
        };

    /// <summary>An upheld appeal opens the draft again; what was declared stays on record as ended.</summary>
    private Consultation After(ConsultationAppealHeard heard) =>
        this with
        {
            Phase = heard.Upheld ? ConsultationPhase.Draft : Phase,
            Declarations = heard.Upheld
                ?
                [
                    .. Declarations.Select(one =>
                        one.EndedAt is null ? one with { EndedAt = heard.At } : one
                    ),
                ]
                : Declarations,
            Appeals =
            [
                .. Appeals.Select(appeal =>
                    appeal.Number == heard.Appeal
                        ? appeal with
                        {
                            Upheld = heard.Upheld,
                            Reasons = heard.Reasons,
                            HeardBy = heard.By,
                            HeardFor = heard.Organisation,
                            HeardAt = heard.At,
                        }
                        : appeal
                ),
            ],
        };

    private Consultation On(int number, Func<Remark, Remark> change) =>
        this with
        {
            Remarks =
            [
                .. Remarks.Select(remark => remark.Number == number ? change(remark) : remark),
            ],
        };
}
