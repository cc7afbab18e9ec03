using Breakwater.Ledger.Sealing;
using Breakwater.Records;

namespace Breakwater.App.Sealing;

/// <summary>The custody of the node, read once: a node that has one keeps it.</summary>
internal sealed class KnownCustody(IRecords records)
{
    private volatile Custody? _known;

    /// <summary>Null for a node that has none yet.</summary>
    public async ValueTask<Custody?> Find(CancellationToken cancel) =>
        _known ??= await CustodyOnRecord.Of(records, cancel).ConfigureAwait(false);
}
