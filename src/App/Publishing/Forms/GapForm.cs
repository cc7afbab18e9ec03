using Breakwater.App.Gaps.Matrix;
using Breakwater.Preparedness.Gaps;
using Breakwater.Publications;
using Breakwater.Publications.Gaps;
using Breakwater.Publications.Releases;
using Breakwater.Vocabulary;

namespace Breakwater.App.Publishing.Forms;

/// <summary>The gap matrix of a country, <c>gap-matrix/SD</c>, or of everywhere, <c>gap-matrix/all</c>, from what the public may see.</summary>
internal static class GapForm
{
    public const string Kind = "gap-matrix";
    public const string All = "all";

    public static async Task<(ComposedForm? Composed, Refusal? Refusal)> Compose(FormAsked asked)
    {
        if (asked.Id != All && !Countries.IsCode(asked.Id))
        {
            return (
                null,
                Refusal.Invalid(
                    $"a gap report is of a response, of {All}, or of a country by its two letters, such as SD"
                )
            );
        }

        CoverFound found = await new CoverOnRecord(asked.Records)
            .For(_ => Reader.Anonymous, asked.Now)
            .ConfigureAwait(false);
        GapMatrix matrix = GapMatrixFromCover.Compute(
            found.Covers,
            asked.Id == All ? null : asked.Id,
            asked.Now,
            found.NotLookedAt
        );
        return (
            new ComposedForm(
                FormAsked.Written(language =>
                    GapsOfCountry.Of(asked.Front(Title, Origin.Reported, language), matrix)
                ),
                ResponseForms.Tables("gap-matrix", MatrixTable.Of(matrix))
            ),
            null
        );

        string Title(Texts texts) =>
            texts.Plain(
                asked.Id == All
                    ? new Said("title.gaps.all")
                    : new Said("title.gaps", ("where", Word.Of(Place.OfCountry(asked.Id))))
            );
    }
}
