using Breakwater.App.Resilience;
using Breakwater.Preparedness.Resilience;
using Breakwater.Publications;
using Breakwater.Publications.Preparing;
using Breakwater.Publications.Releases;
using Breakwater.Vocabulary;

namespace Breakwater.App.Publishing.Forms;

/// <summary>The resilience index of a country, <c>index/SD</c>, or of all, <c>index/all</c>, from what the public may see.</summary>
internal static class IndexForm
{
    public const string Kind = "index";
    public const string All = "all";

    public static async Task<(ComposedForm? Composed, Refusal? Refusal)> Compose(FormAsked asked)
    {
        if (asked.Id != All && !Countries.IsCode(asked.Id))
        {
            return (
                null,
                Refusal.Invalid(
                    $"an index is of {All}, or of a country by its two letters, such as SD"
                )
            );
        }

        IndexSeen seen = await IndexOnRecord
            .Compute(
                new ValuesOnRecord(asked.Records),
                _ => Reader.Anonymous,
                asked.Now.InUtc().Date,
                asked.Now
            )
            .ConfigureAwait(false);
        CountryResilience? country = seen.Index.Of(asked.Id);
        if (asked.Id == All ? seen.Index.Countries.Count == 0 : country is null)
        {
            return (
                null,
                Refusal.WrongState(
                    "nothing that the public may see is on record for it, so there is nothing to publish; load a file of values, or set its marking"
                )
            );
        }

        return (
            new ComposedForm(
                FormAsked.Written(language =>
                {
                    Front front = asked.Front(Title, Origin.Reported, language);
                    return country is null
                        ? IndexReport.OfAll(front, seen.Set, seen.Index)
                        : IndexReport.OfOne(front, seen.Set, seen.Index, country);
                }),
                [
                    .. ResponseForms.Tables(
                        "index",
                        IndexTable.Of(
                            seen.Set,
                            country is null ? seen.Index : seen.Index with { Countries = [country] }
                        )
                    ),
                    new ReleasedFile(
                        "index.json",
                        "application/json",
                        IndexJson.Write(seen.Set, seen.Index, country, asked.Cite)
                    ),
                ]
            ),
            null
        );

        string Title(Texts texts) =>
            texts.Plain(
                asked.Id == All
                    ? new Said("title.index.all")
                    : new Said("title.index", ("where", Word.Of(Place.OfCountry(asked.Id))))
            );
    }
}
