using Breakwater.App.Pages;
using Breakwater.App.Publishing;
using Breakwater.App.Subjects;
using Breakwater.Publications;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;
using Draft = Breakwater.Ledger.Draft;

namespace Breakwater.App;

/// <summary>What becomes of a publication once two people released it. Proofs leave with these events, so they name no person.</summary>
public static partial class Recording
{
    /// <summary>The publication and its parts, as the public may see them from now on.</summary>
    /// <param name="marking">Public, and until when it waits.</param>
    public static IEnumerable<Draft> Of(
        Publication publication,
        Marking marking,
        string of,
        Instant at
    )
    {
        ArgumentNullException.ThrowIfNull(publication);
        return PartsOf(publication, Workspace.Clock, marking, of, at);
    }

    /// <summary>The hash of its octets stands in the envelope, so that a proof binds them.</summary>
    internal static Draft Of(PublishedFile file, Marking marking) =>
        DraftOf(
            PublishedFile.Kind,
            PublishedFile.IdOf(file.Of, file.Name),
            file,
            [],
            marking,
            [new Evidence(file.Sha256, file.Name)],
            Workspace.Clock
        );

    internal static Draft Of(AlertKey key, string sha256) =>
        DraftOf(
            AlertKey.Kind,
            AlertKey.IdOf(key.Name),
            key,
            [],
            Marking.Public,
            [new Evidence(sha256, AlertKey.File)],
            Workspace.Clock
        );

    internal static Draft Of(Withdrawn withdrawn, Marking marking) =>
        DraftOf(
            Withdrawn.Kind,
            Withdrawn.IdOf(withdrawn.Publication),
            withdrawn,
            [],
            marking,
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
