using Breakwater.Ledger;
using Breakwater.Ledger.Sealing;

namespace Breakwater.Records;

/// <summary>Refuses what no store could keep, on the caller's thread and before it is queued. Each refusal is a bug of the caller.</summary>
internal static class Admission
{
    /// <summary>The products that the drafts record, write by write.</summary>
    /// <exception cref="ArgumentException">Naming what is wrong.</exception>
    public static IReadOnlyList<ProductRow?[]> Products(IReadOnlyList<Write> writes)
    {
        ArgumentOutOfRangeException.ThrowIfZero(writes.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(
            writes.Sum(write => write.Drafts.Count),
            SqlRecords.DraftsMax
        );
        if (writes.DistinctBy(write => write.Subject).Count() != writes.Count)
        {
            throw new ArgumentException("two writes are of one subject; put their drafts into one");
        }

        foreach (Write write in writes)
        {
            Check(write);
        }

        return
        [
            .. writes.Select(write =>
                write.Drafts.Select(draft => ProductOf(write, draft)).ToArray()
            ),
        ];
    }

    private static void Check(Write write)
    {
        CheckText(write.Subject);
        if (write.Keys.Count > 0 && write.Drafts.Count == 0)
        {
            throw new ArgumentException($"a key of {write.Subject} comes without an event");
        }

        foreach (WrappedKey key in write.Keys)
        {
            CheckText(key.Id);
            CheckText(key.Subject);
        }

        foreach (Draft draft in write.Drafts)
        {
            StoredKeys.DestroyedBy(draft);
        }

        if (write.Document is not { } document)
        {
            return;
        }

        if (write.Drafts.Count == 0)
        {
            throw new ArgumentException(
                $"the document of {write.Subject} changes without an event"
            );
        }

        if (document.Box is { IsOnGlobe: false } box)
        {
            throw new ArgumentException($"{box} is not on the globe");
        }

        CheckText(document.Kind);
        CheckText(document.Parent);
        CheckText(document.Standing);
    }

    private static void CheckText(string? text)
    {
        if (text?.Contains('\0', StringComparison.Ordinal) == true)
        {
            throw new ArgumentException("a name holds NUL, which PostgreSQL cannot keep");
        }
    }

    /// <summary>Events of a subject with a document end in the same word at times: <c>NeedsRecorded</c> records no product.</summary>
    private static ProductRow? ProductOf(Write write, Draft draft)
    {
        var product = ProductRow.Of(draft.Type, draft.Payload, draft.Evidence);
        return product is null && write.Document is null && ProductRecorded.IsType(draft.Type)
            ? throw new ArgumentException($"{draft.Type} needs the payload of a product")
            : product;
    }
}
