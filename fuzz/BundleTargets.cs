using Breakwater.Ledger;
using Breakwater.Ledger.Exchange;
using Breakwater.Vocabulary;

namespace Breakwater.Fuzz;

/// <summary>Bundles that a peer, or whoever carried them, may have made of anything.</summary>
internal static class BundleTargets
{
    public static IEnumerable<FuzzTarget> All => [new FuzzTarget("bundle", Seeds, Read)];

    private static ulong Read(byte[] input)
    {
        BundleRead read = BundleReader.Read("input", input);
        var outcome = new Outcome();
        outcome.Add(read.Made is not null);
        outcome.AddCount(read.Events.Count);
        foreach (InputFault fault in read.Faults.Take(4))
        {
            outcome.Add(fault.Reason);
        }

        return outcome.Value;
    }

    private static byte[][] Seeds()
    {
        using Signer peer = Signer.FromSeed([.. Enumerable.Repeat((byte)1, Signer.SeedOctets)]);
        using Signer third = Signer.FromSeed([.. Enumerable.Repeat((byte)2, Signer.SeedOctets)]);
        Event made = Signed(
            peer,
            "bundles/node-x",
            1,
            Draft.Of(
                nameof(BundleMade),
                new BundleMade(
                    Bundle.Format,
                    peer.Verifier.ToString(),
                    "node-x",
                    "relief",
                    3,
                    ["a/1", "a/2"]
                ),
                Marking.Public,
                "operator"
            )
        );
        Event first = Signed(third, "a/2", 1, Said("from afar"));
        var origin = SignedOrigin.Of(first, third.Verifier);
        return
        [
            [
                .. Bundle.Write(new BundledEvent(made)),
                .. Bundle.Write(new BundledEvent(Signed(peer, "a/1", 1, Said("one")))),
                .. Bundle.Write(new BundledEvent(Signed(peer, "a/1", 2, Said("two")))),
                .. Bundle.Write(
                    new BundledEvent(
                        Signed(peer, "a/2", 1, Draft.Again(first, Marking.Public, [origin.Kept()])),
                        origin
                    )
                ),
            ],
        ];
    }

    private static Draft Said(string text) =>
        Draft.Of("Said", new { Text = text }, Marking.Public, "somebody");

    private static Event Signed(Signer by, string subject, long version, Draft draft) =>
        Event.Seal(
            draft,
            subject,
            version,
            ChainHead.Empty,
            new HybridTime(1, 0),
            by,
            new byte[EventId.RandomOctets]
        );
}
