using Breakwater.App.Pages;
using Breakwater.App.Subjects;
using Breakwater.Publications;
using Breakwater.Records;
using Breakwater.Vocabulary;
using Draft = Breakwater.Ledger.Draft;

namespace Breakwater.App;

/// <summary>What becomes of a publication once two people released it. Proofs leave with these events, so they name no person.</summary>
public static partial class Recording
{
    /// <summary>The publication and its parts, as the public may see them from now on.</summary>
    public static IEnumerable<Draft> Of(Publication publication)
    {
        ArgumentNullException.ThrowIfNull(publication);
        return PartsOf(publication, Workspace.Clock);
    }

    internal static Draft Of(Withdrawn withdrawn) =>
        DraftOf(
            Withdrawn.Kind,
            Withdrawn.IdOf(withdrawn.Publication),
            withdrawn,
            [],
            Marking.Public,
            [],
            Workspace.Clock
        );

    /// <summary>A sentence as another report says it too.</summary>
    internal static Draft SaidBy(Product sentence, string publication) =>
        DraftOf(
            sentence.Kind,
            sentence.Id,
            new { publication, text = sentence.Body.GetProperty("text") },
            sentence.Inputs,
            sentence.Marking,
            [],
            Workspace.Clock
        );

    internal static Draft Of(Replaced replaced) =>
        DraftOf(
            Replaced.Kind,
            Replaced.IdOf(replaced.Publication),
            replaced,
            [],
            Marking.Public,
            [],
            Workspace.Clock
        );
}
