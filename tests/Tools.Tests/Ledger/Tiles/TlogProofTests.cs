using System.Security.Cryptography;
using System.Text;
using Breakwater.Ledger;
using Breakwater.Ledger.Tiles;
using Breakwater.Vocabulary;
using CsCheck;
using NodaTime;
using Xunit;

namespace Breakwater.Tools.Tests.Ledger.Tiles;

public sealed class TlogProofTests
{
    private static readonly Signer _node = Signer.FromSeed([.. Enumerable.Repeat((byte)1, 32)]);
    private static readonly Signer _other = Signer.FromSeed([.. Enumerable.Repeat((byte)2, 32)]);
    private static readonly byte[] _document = "<!doctype html><title>report</title>"u8.ToArray();

    /// <summary>The example of the specification, with signatures of a length that its dots leave out.</summary>
    private const string Example = """
        c2sp.org/tlog-proof@v1
        extra YWdlLXYxLjIuMS1kYXJ3aW4tYXJtNjQudGFyLmd6
        index 73894
        gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=
        B95lDa8R83lS8n0eG+o0buTxRKQTYFi//1U8anccXmA=

        example.com/fancylog
        109482
        sFodV/vSp5O8n9a8QpW6PRY97tfOSW5bsc2Xl/EQi08=

        — example.com/fancylog hI2DJw==

        """;

    [Fact]
    public void The_form_of_the_specification_is_read_and_written_to_the_same_octets()
    {
        Assert.True(TlogProof.TryParse(Example, out TlogProof? proof));
        Assert.Equal((73_894, 2), (proof.Index, proof.Hashes.Count));
        Assert.Equal(
            "age-v1.2.1-darwin-arm64.tar.gz",
            Encoding.UTF8.GetString(proof.Extra!.Value.Span)
        );
        Assert.StartsWith("example.com/fancylog\n109482\n", proof.Note, StringComparison.Ordinal);
        Assert.Equal(Example, proof.ToString());
    }

    [Theory]
    [InlineData("tlog-proof@v1", "tlog-proof@v2")]
    [InlineData("index 73894", "index 073894")]
    [InlineData("index 73894", "index -1")]
    [InlineData("index 73894", "73894")]
    [InlineData("gSKyXoYZ", "gSKy XoYZ")]
    [InlineData("PlQ=", "PlR=")]
    [InlineData("extra YWdl", "extra YWd")]
    [InlineData("\n\n", "\n")]
    public void What_is_not_of_that_form_is_no_proof(string part, string other) =>
        Assert.False(
            TlogProof.TryParse(Example.Replace(part, other, StringComparison.Ordinal), out _)
        );

    [Fact]
    public void Random_text_is_no_proof_and_never_a_crash() =>
        Gen.String.Sample(text =>
        {
            Assert.False(TlogProof.TryParse(text, out _));
            string formed = $"c2sp.org/tlog-proof@v1\nindex 0\n\n{text}";
            Assert.True(TlogProof.TryParse(formed, out TlogProof? read));
            Assert.False(ProofCheck.Of(read, _node.Verifier, _document).Holds);
        });

    [Fact]
    public void Each_event_is_proved_to_a_stranger_with_the_public_key_alone()
    {
        List<Event> ledger = Ledger(300);
        foreach (int at in (int[])[0, 7, 255, 256, 299])
        {
            string text = ProofOf(ledger, at).ToString();
            Assert.True(TlogProof.TryParse(text, out TlogProof? read));
            ProofChecked found = ProofCheck.Of(read, _node.Verifier, _document);
            Assert.All(
                found.Findings.Where(finding => finding.Link != ProofLink.PayloadBound),
                finding => Assert.Equal(Finding.Holds, finding.Finding)
            );
            Assert.Equal(at + 1, found.Envelope?.Sequence);
            Assert.True(IsInByRecursion(ledger, read));
        }
    }

    [Fact]
    public void With_another_key_another_document_or_another_place_it_does_not_hold()
    {
        List<Event> ledger = Ledger(9);
        TlogProof proof = ProofOf(ledger, 4);
        Assert.Equal(
            [ProofLink.CheckpointSigned, ProofLink.EntryIncluded, ProofLink.EventSigned],
            Failing(proof, _other.Verifier, _document)
        );
        Assert.Equal(
            [ProofLink.DocumentNamed],
            Failing(proof, _node.Verifier, "another"u8.ToArray())
        );
        Assert.Equal(
            [ProofLink.EntryIncluded, ProofLink.EventSigned],
            Failing(proof with { Index = 5 }, _node.Verifier, _document)
        );
        Assert.Equal(
            [ProofLink.EntryIncluded],
            Failing(proof with { Note = ProofOf(Ledger(10), 4).Note }, _node.Verifier, _document)
        );
    }

    [Fact]
    public void A_character_changed_anywhere_in_the_file_is_told()
    {
        string text = ProofOf(Ledger(9), 4).ToString();
        Gen.Int[0, text.Length - 1]
            .Sample(
                place =>
                {
                    char[] changed = text.ToCharArray();
                    changed[place] = changed[place] == 'A' ? 'B' : 'A';
                    Assert.False(
                        TlogProof.TryParse(new string(changed), out TlogProof? read)
                            && ProofCheck.Of(read, _node.Verifier, _document).Holds,
                        $"character {place}"
                    );
                },
                iter: 400
            );
    }

    [Fact]
    public void Where_the_envelope_does_not_name_the_document_the_payload_goes_along()
    {
        string sha256 = Convert.ToHexStringLower(SHA256.HashData(_document));
        Event entry = Recorded(
            Draft.Of(
                "PublicationRecorded",
                new { body = new { html = sha256 } },
                Marking.Public,
                "p"
            ),
            ChainHead.Empty
        );
        TlogProof proof = ProofOf([entry], 0);
        Assert.Empty(Failing(proof, _node.Verifier, _document));
        Assert.Contains(
            ProofCheck.Of(proof, _node.Verifier, _document).Findings,
            finding => finding is { Link: ProofLink.PayloadBound, Finding: Finding.Holds }
        );
        Assert.True(EventProof.TryRead(proof.Extra!.Value, out EventProof? extra));
        byte[] forged = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(
            extra with
            {
                Payload = extra.Payload!.Replace("html", "css", StringComparison.Ordinal),
            },
            Json.Compact
        );
        Assert.Equal(
            [ProofLink.PayloadBound, ProofLink.DocumentNamed],
            Failing(proof with { Extra = forged }, _node.Verifier, _document)
        );
    }

    [Fact]
    public void A_proof_without_an_extra_line_speaks_of_the_document_itself()
    {
        List<Event> ledger = Ledger(5);
        string written = (ProofOf(ledger, 2) with { Extra = null }).ToString();
        Assert.True(TlogProof.TryParse(written, out TlogProof? bare));
        Assert.Equal(written, bare.ToString());
        Assert.Empty(Failing(bare, _node.Verifier, ledger[2].Octets.ToArray()));
        Assert.Equal([ProofLink.EntryIncluded], Failing(bare, _node.Verifier, _document));
        Assert.False(ProofCheck.Of(bare, _node.Verifier, null).Holds);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"envelope":null,"signature":null}""")]
    [InlineData("""{"envelope":"{}","signature":"!"}""")]
    [InlineData("""{"envelope":"","signature":"AAAA","payload":"{"}""")]
    public void An_extra_line_that_says_nothing_proves_nothing(string extra)
    {
        TlogProof proof = ProofOf(Ledger(5), 2) with { Extra = Encoding.UTF8.GetBytes(extra) };
        Assert.False(ProofCheck.Of(proof, _node.Verifier, _document).Holds);
    }

    private static IEnumerable<ProofLink> Failing(
        TlogProof proof,
        Verifier verifier,
        byte[] document
    ) =>
        ProofCheck
            .Of(proof, verifier, document)
            .Findings.Where(finding => finding.Finding == Finding.Fails)
            .Select(finding => finding.Link);

    /// <summary>The audit path by the recursion of RFC 6962 section 2.1.1 as it is printed there: another way than the product's.</summary>
    private static bool IsInByRecursion(List<Event> ledger, TlogProof proof)
    {
        byte[] Hash(byte[] octets) => SHA256.HashData(octets);
        byte[] Mth(ReadOnlySpan<Event> d) =>
            d.Length == 1
                ? Hash([0, .. d[0].Octets.Span])
                : Hash([1, .. Mth(d[..Split(d.Length)]), .. Mth(d[Split(d.Length)..])]);
        IEnumerable<byte[]> Path(int m, Event[] d) =>
            d.Length == 1 ? []
            : m < Split(d.Length)
                ? Path(m, d[..Split(d.Length)]).Append(Mth(d.AsSpan(Split(d.Length))))
            : Path(m - Split(d.Length), d[Split(d.Length)..])
                .Append(Mth(d.AsSpan(0, Split(d.Length))));
        string root = Convert.ToBase64String(Mth([.. ledger]));
        return proof.Note.Split('\n')[2] == root
            && Path((int)proof.Index, [.. ledger])
                .Select(Convert.ToHexString)
                .SequenceEqual(proof.Hashes.Select(Convert.ToHexString));
    }

    private static int Split(int length)
    {
        int split = 1;
        while (split * 2 < length)
        {
            split *= 2;
        }

        return split;
    }

    private static TlogProof ProofOf(List<Event> ledger, int at)
    {
        var growing = new GrowingTree();
        var tiles = new Dictionary<Tile, ReadOnlyMemory<byte>>();
        ledger.ForEach(entry =>
            growing.Append(entry.LeafHash.Span, (tile, octets) => tiles[tile] = octets)
        );
        var tree = new TileTree(
            growing.Size,
            tile =>
                tiles.TryGetValue(tile, out ReadOnlyMemory<byte> full) ? full : growing.Edge(tile)
        );
        return EventProof.Of(
            ledger[at],
            tree,
            tree.Size,
            Checkpoint.Of(_node.Name, tree.Size, tree.Root()).Sign(_node),
            Convert.ToHexStringLower(SHA256.HashData(_document))
        );
    }

    private static List<Event> Ledger(int count)
    {
        string sha256 = Convert.ToHexStringLower(SHA256.HashData(_document));
        Draft draft = Draft.Of(
            "PublicationRecorded",
            new { id = "pub-1" },
            Marking.Public,
            "p",
            [new Evidence(sha256, "report.html")]
        );
        var entries = new List<Event>();
        ChainHead head = ChainHead.Empty;
        for (int i = 0; i < count; i++)
        {
            entries.Add(Recorded(draft, head));
            head = entries[^1].Head;
        }

        return entries;
    }

    private static Event Recorded(Draft draft, ChainHead head) =>
        Event.Seal(
            draft,
            "walk/one",
            head.Sequence + 1,
            head,
            HybridClock.Tick(head.Clock, Instant.FromUnixTimeMilliseconds(1000)),
            _node,
            [.. Enumerable.Repeat((byte)3, EventId.RandomOctets)]
        );
}
