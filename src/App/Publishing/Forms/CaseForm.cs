using Breakwater.Decisions.Continuity;
using Breakwater.Publications.Cases;
using Breakwater.Publications.Releases;
using Breakwater.Vocabulary;

namespace Breakwater.App.Publishing.Forms;

/// <summary>A case about the continuity of a core resource, that the public may see.</summary>
internal static class CaseForm
{
    public static async Task<(ComposedForm? Composed, Refusal? Refusal)> Compose(FormAsked asked) =>
        await asked.Public<ContinuityCase, ContinuityEvent>().ConfigureAwait(false) is { } one
            ? (
                new ComposedForm(
                    FormAsked.Written(language =>
                        CaseReport.Of(asked.Front(_ => one.Name, one.Origin, language), one)
                    ),
                    [
                        new ReleasedFile(
                            "continuity-case.json",
                            "application/json",
                            CaseJson.Write(one, asked.Cite)
                        ),
                    ]
                ),
                null
            )
            : (null, asked.Hidden);
}
