using System.Text.Json;
using Breakwater.Ledger;
using Breakwater.Records;
using Breakwater.Vocabulary;

namespace Breakwater.App.Exchange;

/// <summary>Another node that this one takes bundles from and makes bundles for.</summary>
/// <param name="Organisation">The organisation, of those on this node, that runs it: what goes there goes to this organisation.</param>
internal sealed record Peer(Verifier Node, string Organisation);

/// <summary>The peers of a node, in its ledger: whom it trusts is decided, so it is on record before it counts.</summary>
internal static class Peers
{
    public const int Max = 1_000;
    private const string Subject = "peers";
    private const string Author = "operator";
    private static readonly Marking _marking = new(Distribution.Community, Tlp.Green);

    private sealed record PeerTrusted(string Verifier, string Organisation);

    private sealed record PeerDropped(string Node);

    /// <param name="isEver">True for those that are trusted no longer too.</param>
    public static async Task<IReadOnlyDictionary<string, Peer>> Of(
        IRecords records,
        CancellationToken cancel,
        bool isEver = false
    )
    {
        var peers = new SortedDictionary<string, Peer>(StringComparer.Ordinal);
        await foreach (
            Event entry in records.EventsOf(Subject, cancel: cancel).ConfigureAwait(false)
        )
        {
            switch (entry.Envelope.Type)
            {
                case nameof(PeerTrusted):
                    PeerTrusted trusted = entry.PayloadJson.Deserialize<PeerTrusted>(Json.Compact)!;
                    if (Verifier.TryParse(trusted.Verifier, out Verifier? node))
                    {
                        peers[node.Name] = new Peer(node, trusted.Organisation);
                    }

                    break;
                case nameof(PeerDropped) when !isEver:
                    peers.Remove(entry.PayloadJson.Deserialize<PeerDropped>(Json.Compact)!.Node);
                    break;
                default:
                    break;
            }
        }

        return peers;
    }

    /// <returns>Why not; null when it is trusted from now on.</returns>
    public static async Task<Refusal?> Trust(
        IRecords records,
        Verifier node,
        string organisation,
        CancellationToken cancel
    )
    {
        if (node.Name == records.Node.Name)
        {
            return Refusal.Invalid("that is this node's own key; give the key of another node");
        }

        if (!node.IsNamedByKey)
        {
            return Refusal.Invalid(
                "the name is not the one that follows from the key; ask the other node for 'breakwater verify', which prints it"
            );
        }

        if (WhyApart(records, node) is { } apart)
        {
            return apart;
        }

        if (!await Audience.IsOperating(records, organisation).ConfigureAwait(false))
        {
            return Refusal.Invalid(
                $"{organisation} is no vetted organisation of this node; name the one that runs the other node"
            );
        }

        IReadOnlyDictionary<string, Peer> peers = await Of(records, cancel).ConfigureAwait(false);
        if (peers.TryGetValue(node.Name, out Peer? known) && known.Organisation == organisation)
        {
            return null;
        }

        return peers.Count >= Max
            ? Refusal.TooMuch($"a node has at most {Max} peers; drop one first")
            : await Note(
                    records,
                    nameof(PeerTrusted),
                    new PeerTrusted(node.ToString(), organisation),
                    cancel
                )
                .ConfigureAwait(false);
    }

    /// <summary>An exercise and a node that is none exchange nothing, either way (INV-13).</summary>
    public static Refusal? WhyApart(IRecords records, Verifier node) =>
        node.IsExercise == records.Node.IsExercise ? null
        : node.IsExercise
            ? Refusal.NotAllowed(
                $"{node.Name} is an exercise, and this node is none: nothing of an exercise comes here, and nothing goes there"
            )
        : Refusal.NotAllowed(
            $"this node is an exercise, and {node.Name} is none: they exchange nothing; exchange with nodes of the exercise"
        );

    public static async Task<Refusal?> Drop(
        IRecords records,
        string node,
        CancellationToken cancel
    ) =>
        (await Of(records, cancel).ConfigureAwait(false)).ContainsKey(node)
            ? await Note(records, nameof(PeerDropped), new PeerDropped(node), cancel)
                .ConfigureAwait(false)
            : Refusal.Invalid($"{node} is no peer; see 'breakwater peer list'");

    private static async Task<Refusal?> Note(
        IRecords records,
        string type,
        object happened,
        CancellationToken cancel
    ) =>
        await records
            .Append(
                Subject,
                await records.Version(Subject).ConfigureAwait(false),
                [Draft.Of(type, happened, _marking, Author)],
                cancel
            )
            .ConfigureAwait(false) is Appended
            ? null
            : Refusal.WrongState("the peers were changed at the same moment; try again");
}
