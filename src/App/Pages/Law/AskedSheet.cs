using System.Text.Json;
using Breakwater.App.Accounts.Pages;
using Breakwater.App.Api;
using Breakwater.App.Pages.Response;
using Breakwater.App.Subjects;
using Breakwater.Decisions.FactSheets;
using Breakwater.Vocabulary;

namespace Breakwater.App.Pages.Law;

/// <summary>A fact sheet as the reader of a page may see it, with the words of the law pack.</summary>
internal sealed record AskedSheet(Seen Seen, FactSheetFile File, Caller Caller, LawWords Words)
{
    /// <returns>Null after the visitor was told that there is no such page, or that the law pack cannot be used.</returns>
    public static async Task<AskedSheet?> Of(Visit visit, Callers callers, Reading reading)
    {
        Caller caller = await callers.Of(visit.Http).ConfigureAwait(false);
        if (
            await reading
                .One(visit, Catalogue.Known.Of(FactSheetFile.Kind)!, caller)
                .ConfigureAwait(false)
                is not { } seen
            || FileOf(seen) is not { } file
        )
        {
            await Reading.NotFound(visit).ConfigureAwait(false);
            return null;
        }

        if (LawWords.For(visit.Texts) is not { } words)
        {
            await NormsPage.ShowDamaged(visit, seen.Path).ConfigureAwait(false);
            return null;
        }

        return new AskedSheet(seen, file, caller, words);
    }

    public static FactSheetFile? FileOf(Seen seen) =>
        seen.State.Deserialize<FactSheetFile>(Json.Compact);

    public static string FindingsOf(Seen seen) => $"{seen.Path}/findings";

    public static string InterviewOf(Seen seen) => $"{seen.Path}/interview";
}
