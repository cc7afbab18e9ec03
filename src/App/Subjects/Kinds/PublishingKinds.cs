using Breakwater.App.Publishing;
using Breakwater.Decisions.Publishing;

namespace Breakwater.App.Subjects.Kinds;

/// <summary>What a node tells the public.</summary>
internal static class PublishingKinds
{
    public static IEnumerable<SubjectKind> All() =>
        [
            new KindOf<PublicationFile, PublicationEvent>("publications")
                .Add(Preparing.Prepare)
                .Add(Preparing.Revise)
                .Add(Releasing.ProposeIt)
                .Add(Releasing.Release)
                .Add(Releasing.Withdraw)
                .Add(Preparing.Discard)
                .Elapses(PublicationFile.Elapse)
                .Follows(Recipients.OfRetraction)
                .Travels()
                .Made(),
            // Nobody makes a receipt by hand.
            new KindOf<RetractionReceipt, ReceiptEvent>("retraction-receipts")
                .Travels()
                .Made(),
        ];
}
