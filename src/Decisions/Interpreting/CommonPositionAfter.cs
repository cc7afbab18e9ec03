using Breakwater.Vocabulary;

namespace Breakwater.Decisions.Interpreting;

/// <summary>A common position after one more event.</summary>
public sealed partial record CommonPosition
{
    public static CommonPosition Apply(CommonPosition? before, CommonPositionEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        if (happened is CommonPositionDrafted drafted)
        {
            return new CommonPosition
            {
                Id = drafted.Id,
                Title = drafted.Title,
                PenHolder = drafted.PenHolder,
                State = CommonPositionState.Draft,
                Paragraphs = drafted.Paragraphs,
                Hash = drafted.Hash,
                Versions = [Version(1, drafted, drafted.Hash, drafted.Paragraphs, "")],
                Wordings = drafted.Paragraphs,
                Remarks = [],
                Endorsements = [],
                ChangedAt = drafted.At,
                Marking = drafted.Marking,
            };
        }

        ArgumentNullException.ThrowIfNull(before);
        CommonPosition after = happened switch
        {
            PositionVersionPut put => before.After(put),
            ConsultationOpened => before with { State = CommonPositionState.Consultation },
            ParagraphRemarked remarked => before.After(remarked),
            RemarkAnswered answered => before.On(
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
            RemarkWithdrawn withdrawn => before.On(
                withdrawn.Remark,
                remark => remark with { WithdrawnAt = withdrawn.At }
            ),
            CommonPositionEndorsed endorsed => before.After(endorsed),
            EndorsementWithdrawn withdrawn => before with
            {
                Endorsements = before.Ended(
                    withdrawn.Organisation,
                    one =>
                        one with
                        {
                            State = EndorsementState.Withdrawn,
                            EndedAt = withdrawn.At,
                            EndedBecause = withdrawn.Reason,
                        }
                ),
            },
            CommonPositionAdopted => before with
            {
                State = CommonPositionState.Adopted,
                AdoptedAt = happened.At,
            },
            CommonPositionSuperseded superseded => before with
            {
                State = CommonPositionState.Superseded,
                SupersededBy = superseded.SupersededBy,
                SupersededBecause = superseded.Reason,
            },
            _ => throw new InvalidOperationException(
                $"a common position knows no {happened.GetType()}"
            ),
        };
        return after with { ChangedAt = happened.At };
    }

    private CommonPosition After(PositionVersionPut put)
    {
        int number = Versions.Count + 1;
        return this with
        {
            Paragraphs = put.Paragraphs,
            Hash = put.Hash,
            Versions = [.. Versions, Version(number, put, put.Hash, put.Paragraphs, put.Note)],
            Wordings =
            [
                .. Wordings,
                .. put.Paragraphs.Where(paragraph => paragraph.Since == number),
            ],
            Endorsements =
            [
                .. Endorsements.Select(one =>
                    one.State == EndorsementState.Holds
                    && one.Changed(put.Paragraphs) is { Count: > 0 } changed
                        ? one with
                        {
                            State = EndorsementState.Lapsed,
                            LapsedIn = number,
                            LapsedOver = changed,
                            EndedAt = put.At,
                        }
                        : one
                ),
            ],
        };
    }

    private CommonPosition After(ParagraphRemarked remarked)
    {
        int number = Remarks.Count + 1;
        var remark = new Remark(
            number,
            remarked.Kind,
            remarked.Paragraph,
            Versions.Count,
            remarked.Text,
            remarked.Alternative,
            remarked.By,
            remarked.Organisation,
            remarked.Class,
            remarked.IsVoice,
            remarked.At
        );
        CommonPosition kept = remarked.Objection is { } objection
            ? On(objection, one => one with { KeptAs = number })
            : this;
        return kept with { Remarks = [.. kept.Remarks, remark] };
    }

    private CommonPosition After(CommonPositionEndorsed endorsed) =>
        this with
        {
            Endorsements =
            [
                .. Ended(
                    endorsed.Organisation,
                    one => one with { State = EndorsementState.Replaced, EndedAt = endorsed.At }
                ),
                new Endorsement(
                    endorsed.Organisation,
                    endorsed.Class,
                    endorsed.Hash,
                    Versions.First(version => version.Hash == endorsed.Hash).Number,
                    endorsed.Covers,
                    endorsed.Excluding,
                    endorsed.Statement,
                    endorsed.By,
                    endorsed.At,
                    EndorsementState.Holds
                ),
            ],
        };

    private CommonPosition On(int number, Func<Remark, Remark> change) =>
        this with
        {
            Remarks =
            [
                .. Remarks.Select(remark => remark.Number == number ? change(remark) : remark),
            ],
        };

    private IReadOnlyList<Endorsement> Ended(
        string organisation,
        Func<Endorsement, Endorsement> end
    ) =>
        [
            .. Endorsements.Select(one =>
                one.State == EndorsementState.Holds && one.Organisation == organisation
                    ? end(one)
                    : one
            ),
        ];

    private static PositionVersion Version(
        int number,
        CommonPositionEvent put,
        string hash,
        IReadOnlyList<PositionParagraph> paragraphs,
        string note
    ) =>
        new(
            number,
            hash,
            [.. paragraphs.Select(each => new PlacedParagraph(each.Id, each.Since))],
            note,
            put.By,
            put.At
        );
}
