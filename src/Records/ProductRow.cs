using Breakwater.Ledger;
using Breakwater.Vocabulary;

namespace Breakwater.Records;

/// <summary>
/// The fold of the projections: what one event adds to the tables, from the event alone. Appending and rebuilding both go
/// through here, which is why they cannot differ.
/// </summary>
internal sealed record ProductRow(string Id, string Kind, IReadOnlyList<Link> Links)
{
    public static ProductRow? Of(Event entry) =>
        Of(entry.Envelope.Type, entry.Payload, entry.Envelope.Evidence);

    /// <summary>Null when the event records no product.</summary>
    public static ProductRow? Of(
        string type,
        ReadOnlyMemory<byte> payload,
        IReadOnlyList<Evidence> evidence
    ) =>
        ProductRecorded.IsType(type)
        && ProductRecorded.TryRead(payload, out ProductRecorded? product)
            ? new ProductRow(product.Id, product.Kind, LinksOf(product, evidence))
            : null;

    private static Link[] LinksOf(ProductRecorded product, IReadOnlyList<Evidence> evidence) =>
        [
            .. product
                .Inputs.Select(input => new Link(LinkRelation.Input, input))
                .Concat(evidence.Select(source => new Link(LinkRelation.Evidence, source.Sha256)))
                .Distinct(),
        ];
}
