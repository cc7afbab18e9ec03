using System.Text.Json;
using Breakwater.Ledger;
using Breakwater.Ledger.Sealing;
using Breakwater.Records;
using Breakwater.Vocabulary;

namespace Breakwater.App.Sealing;

/// <summary>The custody that this node seals for. The ledger has its public half; the shares were never here.</summary>
public static class CustodyOnRecord
{
    private const string Subject = "custody/node";
    private const string Type = "CustodyFounded";

    /// <summary>Whom a stranger may know to hold shares is for the community to know.</summary>
    private static readonly Marking _marking = new(Distribution.Community, Tlp.Green);

    /// <summary>Null for a node that has none yet.</summary>
    public static async Task<Custody?> Of(IRecords records, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(records);
        Custody? custody = null;
        await foreach (
            Event entry in records.EventsOf(Subject, cancel: cancel).ConfigureAwait(false)
        )
        {
            custody = entry.PayloadJson.Deserialize<Custody>(Json.Compact);
        }

        return custody;
    }

    /// <summary>The first custody of a node. Another one later is a change of keys, which two people decide.</summary>
    /// <returns>False when there is one already.</returns>
    public static async Task<bool> Found(
        IRecords records,
        Custody custody,
        CancellationToken cancel
    )
    {
        ArgumentNullException.ThrowIfNull(records);
        ArgumentNullException.ThrowIfNull(custody);
        return await records
                .Append(Subject, 0, [Draft.Of(Type, custody, _marking, "operator")], cancel)
                .ConfigureAwait(false) is Appended;
    }
}
