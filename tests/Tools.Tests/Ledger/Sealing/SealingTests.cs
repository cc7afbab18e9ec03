using System.Text;
using Breakwater.Ledger;
using Breakwater.Ledger.Sealing;
using Breakwater.Vocabulary;
using CsCheck;
using NodaTime;
using Xunit;

namespace Breakwater.Tools.Tests.Ledger.Sealing;

public sealed class SealingTests
{
    private const string Plain = "crew of four, +00 555 0100";
    private static readonly byte[] _nonce = [.. Enumerable.Repeat((byte)9, 24)];

    private static readonly (Custody Custody, IReadOnlyList<KeyShare> Shares) _custody =
        Custody.Found(["p-1", "p-2", "p-3"], 2, Octets(5, Custody.RandomOctets(2)));

    [Fact]
    public void What_is_sealed_opens_to_the_same_octets_and_shows_none_of_them() =>
        Gen.Select(Gen.Byte.Array[0, 300], Gen.Byte.Array[32], Gen.Byte.Array[24])
            .Sample(
                (plain, random, nonce) =>
                {
                    using var key = new SubjectKey("k-1", "mission/m-1", random);
                    SealedField field = key.Seal(plain, nonce);
                    Assert.True(key.TryOpen(field, out byte[]? opened));
                    Assert.Equal(plain, opened);
                    Assert.Equal(0, (Convert.FromBase64String(field.Box).Length - 24 - 16) % 64);
                }
            );

    [Fact]
    public void It_opens_under_no_other_key_id_or_subject_and_with_no_bit_changed() =>
        Gen.Int[0, 8 * (24 + 64 + 16) - 1]
            .Sample(bit =>
            {
                using SubjectKey key = Key();
                SealedField field = key.Seal(Plain, _nonce);
                using var otherOctets = new SubjectKey("k-1", "mission/m-1", Octets(8, 32));
                using var otherSubject = new SubjectKey("k-1", "mission/m-2", Octets(7, 32));
                using var otherId = new SubjectKey("k-2", "mission/m-1", Octets(7, 32));
                Assert.False(otherOctets.TryOpen(field, out _));
                Assert.False(otherSubject.TryOpen(field, out _));
                Assert.False(otherId.TryOpen(field, out _));
                Assert.False(otherId.TryOpen(field with { Key = "k-2" }, out _));
                byte[] box = Convert.FromBase64String(field.Box);
                box[bit / 8] ^= (byte)(1 << (bit % 8));
                Assert.False(key.TryOpen(field with { Box = Convert.ToBase64String(box) }, out _));
            });

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("not base64!")]
    public void A_box_that_is_none_does_not_open(string box)
    {
        using SubjectKey key = Key();
        Assert.False(key.TryOpen(new SealedField("k-1", box), out _));
    }

    [Fact]
    public void Any_two_custodians_unseal_together_and_none_alone()
    {
        using SubjectKey key = Key();
        SealedField field = key.Seal(Plain, _nonce);
        var wrapped = WrappedKey.Of(key, _custody.Custody, Octets(6, 32));
        IReadOnlyList<KeyShare> shares = _custody.Shares;
        foreach ((int first, int second) in new[] { (0, 1), (0, 2), (1, 2), (2, 0) })
        {
            Assert.Null(
                _custody.Custody.TryUnwrap(
                    [shares[first], shares[second]],
                    wrapped,
                    out SubjectKey? unwrapped
                )
            );
            Assert.True(unwrapped!.TryOpen(field, out byte[]? plain));
            Assert.Equal(Plain, Encoding.UTF8.GetString(plain));
            unwrapped.Dispose();
        }

        foreach (KeyShare share in shares)
        {
            Refusal? refusal = _custody.Custody.TryUnwrap([share, share], wrapped, out _);
            Assert.Equal(RefusalKind.NotAllowed, refusal?.Kind);
        }
    }

    [Fact]
    public void Who_lowers_the_threshold_in_the_books_gains_nothing()
    {
        using SubjectKey key = Key();
        var wrapped = WrappedKey.Of(key, _custody.Custody, Octets(6, 32));
        Custody tampered = _custody.Custody with { Threshold = 1 };
        Assert.False(tampered.IsSound());
        Assert.NotNull(tampered.TryUnwrap([_custody.Shares[0]], wrapped, out _));
        Assert.True(_custody.Custody.IsSound());
    }

    [Fact]
    public void A_mistaken_share_and_a_share_of_others_are_refused()
    {
        using SubjectKey key = Key();
        var wrapped = WrappedKey.Of(key, _custody.Custody, Octets(6, 32));
        (Custody other, IReadOnlyList<KeyShare> others) = Custody.Found(
            ["p-1", "p-2"],
            2,
            Octets(3, Custody.RandomOctets(2))
        );
        Assert.NotNull(_custody.Custody.TryUnwrap([_custody.Shares[0], others[1]], wrapped, out _));
        Assert.NotNull(other.TryUnwrap(others, wrapped, out _));
        Assert.NotNull(
            _custody.Custody.TryUnwrap(
                [.. _custody.Shares.Take(2)],
                wrapped with
                {
                    Subject = "mission/m-2",
                },
                out _
            )
        );
    }

    [Fact]
    public void A_share_is_read_from_paper_and_a_slip_of_the_pen_is_told()
    {
        string paper = _custody.Shares[1].Export();
        Assert.True(KeyShare.TryParse($"  {paper.ToUpperInvariant()} ", out KeyShare? read));
        Assert.Equal(paper, read.Export());
        Assert.DoesNotContain(paper.Split('/')[2], $"{read}", StringComparison.Ordinal);
        for (int i = 0; i < paper.Length; i++)
        {
            char[] slip = paper.ToCharArray();
            slip[i] = slip[i] == '7' ? '8' : '7';
            Assert.False(KeyShare.TryParse(new string(slip), out _), $"character {i}");
        }
    }

    [Fact]
    public void After_a_key_is_destroyed_nothing_opens_and_every_proof_still_holds()
    {
        using var node = Signer.FromSeed(Octets(1, 32));
        var keys = new Dictionary<string, WrappedKey>();
        SealedField field;
        using (SubjectKey key = Key())
        {
            field = key.Seal(Plain, _nonce);
            keys[key.Id] = WrappedKey.Of(key, _custody.Custody, Octets(6, 32));
        }

        Event proposed = Recorded(
            node,
            Draft.Of("MissionProposed", new { Crew = field }, Marking.Sealed, "p-9"),
            "mission/m-1",
            ChainHead.Empty
        );
        var destroyed = new KeyDestroyed(
            field.Key,
            "mission/m-1",
            "asked for by whom it is about",
            "p-1",
            "p-2",
            Instant.FromUnixTimeSeconds(60)
        );
        Event told = Recorded(
            node,
            destroyed.ToDraft(Marking.Sealed),
            destroyed.RecordedUnder,
            proposed.Head
        );
        keys.Remove(destroyed.Key);

        Event[] ledger = [proposed, told];
        var tree = new MerkleTree();
        Assert.All(ledger, entry => tree.Append(entry.LeafHash));
        Assert.Empty(keys);
        Assert.Empty(
            Verification.Of(
                ledger,
                new Dictionary<string, Verifier> { [node.Name] = node.Verifier }
            )
        );
        Assert.True(
            MerkleProof.Includes(
                0,
                2,
                proposed.LeafHash.Span,
                tree.InclusionProof(0, 2),
                tree.Root()
            )
        );
        // All the custodians together have no key to unwrap; the shares alone do not open the field.
        foreach (KeyShare share in _custody.Shares)
        {
            using var guess = new SubjectKey(
                field.Key,
                "mission/m-1",
                Convert.FromHexString(share.Export().Split('/')[2])
            );
            Assert.False(guess.TryOpen(field, out _));
        }
    }

    private static Event Recorded(Signer node, Draft draft, string subject, ChainHead head) =>
        Event.Seal(
            draft,
            subject,
            1,
            head,
            HybridClock.Tick(head.Clock, Instant.FromUnixTimeMilliseconds(1000)),
            node,
            Octets(4, EventId.RandomOctets)
        );

    private static SubjectKey Key() => new("k-1", "mission/m-1", Octets(7, 32));

    private static byte[] Octets(byte seed, int count) =>
        [.. Enumerable.Range(0, count).Select(i => (byte)(((seed * 31) + (i * i)) % 256))];
}
