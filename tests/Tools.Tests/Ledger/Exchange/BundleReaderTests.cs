using System.Text;
using Breakwater.Ledger;
using Breakwater.Ledger.Exchange;
using Breakwater.Vocabulary;
using Xunit;

namespace Breakwater.Tools.Tests.Ledger.Exchange;

/// <summary>Quarantine: what is wrong with a line is named by the line, and the other lines are read.</summary>
public sealed class BundleReaderTests : IDisposable
{
    private readonly Signer _peer = Signer.FromSeed([.. Enumerable.Repeat((byte)1, 32)]);
    private readonly Signer _third = Signer.FromSeed([.. Enumerable.Repeat((byte)2, 32)]);

    public void Dispose()
    {
        _peer.Dispose();
        _third.Dispose();
    }

    [Fact]
    public void What_was_written_is_read()
    {
        BundleRead read = Read(Lines(Said("a/1", 1), Said("a/1", 2), Said("a/2", 1)));
        Assert.Empty(read.Faults);
        Assert.Equal([2, 3, 4], read.Events.Select(one => one.Line));
        Assert.Equal(_peer.Name, read.Node!.Name);
    }

    [Fact]
    public void Any_changed_octet_of_an_event_costs_that_line_and_no_other()
    {
        byte[][] lines = Lines(Said("a/1", 1), Said("a/2", 1), Said("a/3", 1));
        for (int at = 0; at < lines[2].Length - 1; at++)
        {
            byte[] good = lines[2];
            lines[2] = [.. good];
            lines[2][at] ^= 1;
            if (lines[2][at] == (byte)'\n')
            {
                lines[2] = good;
                continue;
            }

            BundleRead read = Read(lines);
            // White space, escapes and the like may stand otherwise; what was signed may not.
            if (read.Events.Count == 3)
            {
                Assert.Equal(
                    Read([lines[0], lines[1], good, lines[3]])
                        .Events[1]
                        .Bundled.Entry.Octets.ToArray(),
                    read.Events[1].Bundled.Entry.Octets.ToArray()
                );
            }
            else
            {
                Assert.StartsWith("line 3", read.Faults[0].At, StringComparison.Ordinal);
                Assert.Equal(
                    ["a/1", "a/3"],
                    read.Events.Select(one => one.Bundled.Entry.Envelope.Subject)
                );
            }

            lines[2] = good;
        }
    }

    [Fact]
    public void An_event_that_the_maker_did_not_sign_is_refused()
    {
        BundleRead read = Read(Lines(Said("a/1", 1), Said("a/2", 1, _third)));
        InputFault fault = Assert.Single(read.Faults);
        Assert.Contains(_third.Name, fault.Reason, StringComparison.Ordinal);
        Assert.Single(read.Events);
    }

    [Fact]
    public void A_first_line_that_names_another_key_is_refused_with_everything()
    {
        byte[] made = Bundle.Write(new BundledEvent(Made(1, _third.Verifier)));
        BundleRead read = Read([made, Bundle.Write(Said("a/1", 1))]);
        Assert.Null(read.Made);
        Assert.Empty(read.Events);
    }

    [Fact]
    public void A_file_that_was_cut_off_says_how_much_is_missing_and_the_rest_is_read()
    {
        byte[] whole = [.. Lines(Said("a/1", 1), Said("a/1", 2)).SelectMany(line => line)];
        BundleRead read = BundleReader.Read("b", whole.AsSpan(0, whole.Length - 40));
        Assert.Single(read.Events);
        Assert.StartsWith("line 3", read.Faults[0].At, StringComparison.Ordinal);
        read = BundleReader.Read("b", [.. Lines(2, Said("a/1", 1)).SelectMany(line => line)]);
        Assert.Contains(
            "2 events, and 1 lines follow",
            read.Faults[0].Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_gap_is_named_and_what_stands_before_it_is_read()
    {
        BundleRead read = Read(
            Lines(Said("a/1", 1), Said("a/1", 3), Said("a/1", 4), Said("a/2", 5))
        );
        Assert.Equal(["line 3", "line 5"], read.Faults.Select(fault => fault.At));
        Assert.Contains("where 2 was due", read.Faults[0].Reason, StringComparison.Ordinal);
        Assert.Single(read.Events);
    }

    [Fact]
    public void A_line_that_comes_twice_counts_once()
    {
        BundledEvent one = Said("a/1", 1);
        BundleRead read = Read(Lines(one, one));
        Assert.Single(read.Events);
        Assert.Contains("came before", Assert.Single(read.Faults).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_or_a_file_that_is_too_large_is_refused()
    {
        byte[][] lines = Lines(Said("a/1", 1), Said("a/2", 1));
        lines[1] = [.. Enumerable.Repeat((byte)'a', Bundle.LineOctetsMax + 1), (byte)'\n'];
        BundleRead read = Read(lines);
        Assert.Single(read.Events);
        Assert.Contains("at most", Assert.Single(read.Faults).Reason, StringComparison.Ordinal);
        Assert.Null(BundleReader.Read("b", new byte[Bundle.OctetsMax + 1]).Made);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("no bundle")]
    [InlineData("{\"envelope\":null,\"payload\":\"\",\"signature\":\"\"}")]
    [InlineData("{\"envelope\":\"{}\",\"payload\":\"{}\",\"signature\":\"!\"}")]
    public void What_is_no_bundle_is_refused_with_a_remedy(string text)
    {
        BundleRead read = BundleReader.Read("b", Encoding.UTF8.GetBytes(text));
        Assert.Null(read.Made);
        Assert.NotEmpty(read.Faults[0].Remedy);
    }

    [Fact]
    public void What_a_third_node_signed_is_passed_on_with_its_signature_and_no_wider()
    {
        var community = new Marking(Distribution.Community, Tlp.Green);
        Event origin = Said("a/1", 1, _third, community).Entry;
        Marking hop = community.AfterHop("relief")!;
        Assert.Empty(Read(Lines(Again(origin, hop))).Faults);
        Assert.Contains("marked wider", Reason(Again(origin, community)), StringComparison.Ordinal);
        Assert.Contains(
            "marked wider",
            Reason(Again(origin, Marking.Public)),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "marked wider",
            Reason(Again(Said("a/1", 1, _third, Marking.Sealed).Entry, hop)),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "something else",
            Reason(Again(origin, hop, payload: new { Text = "forged" })),
            StringComparison.Ordinal
        );
        BundledEvent good = Again(origin, hop);
        Assert.Contains("missing", Reason(good with { Origin = null }), StringComparison.Ordinal);
        var forged = SignedOrigin.Of(Said("a/1", 1, _peer, community).Entry, _third.Verifier);
        Assert.Contains(
            "missing or another",
            Reason(good with { Origin = forged }),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "not signed by the node",
            Reason(Again(origin, hop, by: _peer.Verifier)),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(700_000)]
    [InlineData(Bundle.FileOctetsMax)]
    public void A_file_goes_in_as_many_lines_as_it_needs_and_comes_out_whole(int length)
    {
        CarriedOctets file = Octets(length);
        BundleRead read = Read(With(file, Said("a/1", 1)));
        Assert.Empty(read.Faults);
        Assert.Single(read.Events);
        CarriedOctets found = Assert.Single(read.Octets);
        Assert.Equal(file.Sha256, found.Sha256);
        Assert.True(file.Octets.Span.SequenceEqual(found.Octets.Span));
    }

    [Fact]
    public void A_file_of_which_a_part_was_changed_left_out_or_put_elsewhere_is_not_taken()
    {
        byte[][] lines = With(Octets(1_200_000), Said("a/1", 1));
        Assert.Equal(5, lines.Length);
        byte[] changed = [.. lines[3]];
        // A digit of Base64 in the midst of the octets.
        changed[600] = changed[600] == (byte)'A' ? (byte)'B' : (byte)'A';
        foreach (
            byte[][] odd in (byte[][][])
                [
                    [lines[0], lines[1], lines[2], changed, lines[4]],
                    [lines[0], lines[1], lines[3], lines[2], lines[4]],
                    [lines[0], lines[1], lines[2], lines[4]],
                    [lines[0], lines[1], lines[2], lines[3]],
                ]
        )
        {
            BundleRead read = Read(odd);
            Assert.Empty(read.Octets);
            Assert.NotEmpty(read.Faults);
            Assert.Single(read.Events);
        }
    }

    [Fact]
    public void A_file_that_is_larger_than_a_bundle_carries_is_refused_at_the_line_that_is_too_much()
    {
        BundleRead read = Read(With(Octets(Bundle.FileOctetsMax + 1), Said("a/1", 1)));
        Assert.Empty(read.Octets);
        Assert.Contains("at most", Assert.Single(read.Faults).Reason, StringComparison.Ordinal);
    }

    private static CarriedOctets Octets(int length)
    {
        byte[] octets = [.. Enumerable.Range(0, length).Select(at => (byte)(at % 251))];
        return new CarriedOctets(
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(octets)),
            octets
        );
    }

    private byte[][] With(CarriedOctets file, params BundledEvent[] events)
    {
        IReadOnlyList<byte[]> parts = Bundle.Write(file);
        return
        [
            Bundle.Write(new BundledEvent(Made(events.Length, _peer.Verifier, parts.Count))),
            .. events.Select(Bundle.Write),
            .. parts,
        ];
    }

    private string Reason(BundledEvent one) => Assert.Single(Read(Lines(one)).Faults).Reason;

    private static BundleRead Read(byte[][] lines) =>
        BundleReader.Read("b", [.. lines.SelectMany(line => line)]);

    private byte[][] Lines(params BundledEvent[] events) => Lines(events.Length, events);

    private byte[][] Lines(int count, params BundledEvent[] events) =>
        [
            Bundle.Write(new BundledEvent(Made(count, _peer.Verifier))),
            .. events.Select(Bundle.Write),
        ];

    private Event Made(int count, Verifier node, int parts = 0) =>
        Sealed(
            Draft.Of(
                nameof(BundleMade),
                new BundleMade(Bundle.Format, node.ToString(), "node-x", "relief", count, [])
                {
                    Parts = parts,
                },
                Marking.Public,
                "operator"
            ),
            "bundles/node-x",
            1,
            _peer
        );

    private BundledEvent Said(
        string subject,
        long version,
        Signer? by = null,
        Marking? marking = null
    ) =>
        new(
            Sealed(
                Draft.Of(
                    "Said",
                    new { Text = $"{subject} {version}" },
                    marking ?? Marking.Public,
                    "p"
                ),
                subject,
                version,
                by ?? _peer
            )
        );

    private BundledEvent Again(
        Event origin,
        Marking marking,
        object? payload = null,
        Verifier? by = null
    )
    {
        var kept = SignedOrigin.Of(origin, by ?? _third.Verifier);
        Draft draft = payload is null
            ? Draft.Again(origin, marking, [kept.Kept()])
            : Draft.Of("Said", payload, marking, "p", [kept.Kept()]);
        return new BundledEvent(Sealed(draft, "a/1", 1, _peer), kept);
    }

    private static Event Sealed(Draft draft, string subject, long version, Signer by) =>
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
