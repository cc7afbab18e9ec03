using System.Text;
using System.Text.Json;
using Breakwater.Ledger;
using Breakwater.Vocabulary;
using CsCheck;
using Xunit;

namespace Breakwater.Tools.Tests.Ledger;

public sealed class EventTests
{
    private static readonly Signer node = Signer.FromSeed([.. Enumerable.Repeat((byte)1, 32)]);
    private static readonly Signer stranger = Signer.FromSeed([.. Enumerable.Repeat((byte)2, 32)]);
    private static readonly Dictionary<string, Verifier> nodes = new()
    {
        [node.Name] = node.Verifier,
    };

    private static readonly string[] awkward =
    [
        "مَعبر",
        "\"quoted\"\n\t",
        "line\u2028break",
        "é😀",
        "a/b\\c",
    ];

    private static readonly Gen<string> text = Gen.OneOf(
        Gen.String[Gen.Char.AlphaNumeric, 1, 12],
        Gen.Int[0, awkward.Length - 1].Select(i => awkward[i])
    );

    private static readonly Gen<Evidence> evidence = Gen.Select(
        text,
        text,
        text.Null(),
        text.Null(),
        text.Null(),
        (sha256, file, rows, column, bytes) => new Evidence(sha256, file, rows, column, bytes)
    );

    private static readonly Gen<Marking> marking = Gen.Select(
        Gen.Enum<Distribution>(),
        Gen.Enum<Tlp>(),
        text.Null(),
        text.Null(),
        Gen.Long[0, 4_000_000_000_000].Nullable(),
        (distribution, tlp, group, organisation, embargo) =>
            new Marking(distribution, tlp)
            {
                Group = group,
                Organisation = organisation,
                EmbargoUntil = embargo is { } at
                    ? NodaTime.Instant.FromUnixTimeMilliseconds(at)
                    : null,
            }
    );

    private static readonly Gen<Draft> draft = Gen.Select(
        text,
        text.Array[0, 4],
        marking,
        text,
        evidence.List[0, 3],
        Gen.Int[1, 9],
        (type, payload, seenBy, author, sources, schema) =>
            Draft.Of(type, payload, seenBy, author, sources, schema)
    );

    private static readonly Gen<List<Event>> ledger = Gen.Select(draft, Gen.Int[0, 2], Gen.Byte)
        .List[1, 8]
        .Select(Sealed);

    [Fact]
    public void An_envelope_is_written_as_canonical_json_would_and_read_back_equal() =>
        ledger.Sample(entries =>
            Assert.All(
                entries,
                entry =>
                {
                    byte[] octets = entry.Envelope.Encode();
                    Assert.Equal(CanonicalJson.Of(JsonElement.Parse(octets)), octets);
                    Assert.True(Envelope.TryDecode(octets, out Envelope? read));
                    Assert.Equal(octets, read.Encode());
                }
            )
        );

    [Fact]
    public void The_quick_reading_of_an_envelope_says_what_the_general_one_says() =>
        Gen.Select(ledger, Gen.Int[0, 2000], Gen.Byte)
            .Sample(
                (entries, at, octet) =>
                {
                    byte[] octets = entries[0].Envelope.Encode();
                    octets[at % octets.Length] = octet;
                    if (Envelope.TryDecode(octets, out Envelope? read))
                    {
                        Envelope general = JsonSerializer.Deserialize<Envelope>(
                            octets,
                            Json.Compact
                        )!;
                        Assert.Equal(general.Encode(), read.Encode());
                    }
                },
                iter: 2000
            );

    [Fact]
    public void A_marking_of_two_parts_is_written_as_it_was_before_there_were_more()
    {
        string octets = Encoding.UTF8.GetString(One().Octets.Span);
        Assert.Contains(
            """
            "marking":{"distribution":"sealed","tlp":"red"},
            """,
            octets,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"distribution":"public"}""")]
    [InlineData("""{"tlp":"clear"}""")]
    [InlineData("""{"distribution":"sealed, group","tlp":"red"}""")]
    public void An_envelope_with_half_a_marking_is_unreadable_and_not_public(string half)
    {
        string octets = Encoding
            .UTF8.GetString(One().Octets.Span)
            .Replace("""{"distribution":"sealed","tlp":"red"}""", half, StringComparison.Ordinal);
        Assert.False(Envelope.TryDecode(Encoding.UTF8.GetBytes(octets), out _));
    }

    [Fact]
    public void A_ledger_that_nobody_touched_verifies() =>
        ledger.Sample(entries => Assert.Empty(Verification.Of(entries, nodes)));

    [Fact]
    public void Equal_inputs_give_equal_octets_and_signatures()
    {
        Event first = One();
        Event second = One();
        Assert.Equal(first.Octets.ToArray(), second.Octets.ToArray());
        Assert.Equal(first.Signature.ToArray(), second.Signature.ToArray());
    }

    [Fact]
    public void A_bit_flipped_anywhere_is_named() =>
        Gen.Select(ledger, Gen.Int[0, 1 << 20], Gen.Int[0, 1 << 20], Gen.Int[0, 2])
            .Sample(
                (entries, at, bit, part) =>
                {
                    int which = at % entries.Count;
                    Event whole = entries[which];
                    byte[][] parts =
                    [
                        whole.Octets.ToArray(),
                        whole.Payload.ToArray(),
                        whole.Signature.ToArray(),
                    ];
                    parts[part][bit / 8 % parts[part].Length] ^= (byte)(1 << (bit % 8));
                    // An envelope that can no longer be read is damage enough, and the reader's to name.
                    if (Event.TryRead(parts[0], parts[1], parts[2], out Event? changed))
                    {
                        entries[which] = changed;
                        DamageKind expected =
                            part == 1 ? DamageKind.PayloadChanged : DamageKind.SignatureBad;
                        Assert.Contains(
                            Verification.Of(entries, nodes),
                            damage =>
                                damage.Kind == expected
                                || (part == 0 && damage.Kind == DamageKind.NodeUnknown)
                        );
                    }
                }
            );

    [Theory]
    [InlineData("author", DamageKind.SignatureBad)]
    [InlineData("subject", DamageKind.VersionGap)]
    [InlineData("sequence", DamageKind.SequenceGap)]
    [InlineData("previous", DamageKind.ChainBroken)]
    [InlineData("payloadSha256", DamageKind.PayloadChanged)]
    [InlineData("clock", DamageKind.ClockWentBack)]
    [InlineData("marking", DamageKind.SignatureBad)]
    [InlineData("node", DamageKind.NodeUnknown)]
    [InlineData("evidence", DamageKind.SignatureBad)]
    [InlineData("type", DamageKind.SignatureBad)]
    [InlineData("schema", DamageKind.SignatureBad)]
    [InlineData("id", DamageKind.SignatureBad)]
    public void Tampering_with_a_field_is_named(string field, DamageKind expected)
    {
        List<Event> entries = Two();
        Envelope whole = entries[1].Envelope;
        Envelope changed = field switch
        {
            "author" => whole with { Author = "somebody else" },
            "subject" => whole with { Subject = "another" },
            "sequence" => whole with { Sequence = 7 },
            "previous" => whole with { Previous = new string('0', 64) },
            "payloadSha256" => whole with { PayloadSha256 = new string('0', 64) },
            "clock" => whole with { Clock = new HybridTime(1, 0) },
            "marking" => whole with { Marking = Marking.Public },
            "node" => whole with { Node = stranger.Name },
            "evidence" => whole with { Evidence = [new Evidence("00", "other.csv")] },
            "type" => whole with { Type = "NoteTaken" },
            "schema" => whole with { Schema = 2 },
            "id" => whole with { Id = EventId.Of(5, new byte[10]) },
            _ => throw new ArgumentOutOfRangeException(nameof(field)),
        };
        Assert.True(
            Event.TryRead(
                changed.Encode(),
                entries[1].Payload,
                entries[1].Signature,
                out Event? read
            )
        );
        entries[1] = read;

        Assert.Contains(Verification.Of(entries, nodes), damage => damage.Kind == expected);
    }

    [Fact]
    public void Dropping_swapping_or_repeating_an_event_is_named()
    {
        List<Event> entries = Two();
        Assert.Contains(Kinds(entries[1]), kind => kind == DamageKind.SequenceGap);
        Assert.Contains(Kinds(entries[1], entries[0]), kind => kind == DamageKind.ChainBroken);
        Assert.Contains(Kinds(entries[0], entries[0]), kind => kind == DamageKind.VersionGap);
    }

    [Fact]
    public void A_stranger_who_rewrites_and_signs_an_event_is_named()
    {
        Event own = One();
        Event forged = Event.Link(
            Draft.Of("NoteTaken", "forged", Marking.Public, "me"),
            "subject",
            1,
            ChainHead.Empty,
            new HybridTime(1000, 0),
            node.Name,
            new byte[10]
        );
        forged.Sign(stranger);
        Assert.Equal([DamageKind.SignatureBad], Kinds(forged));
        Assert.Empty(Kinds(own));
    }

    [Fact]
    public void An_envelope_with_white_space_or_an_unknown_member_is_named()
    {
        string octets = Encoding.UTF8.GetString(One().Octets.Span);
        Assert.True(
            Event.TryRead(
                Encoding.UTF8.GetBytes(" " + octets),
                "{}"u8.ToArray(),
                default,
                out Event? spaced
            )
        );
        Assert.Contains(DamageKind.EnvelopeNotCanonical, Kinds(spaced));
        Assert.False(
            Envelope.TryDecode(Encoding.UTF8.GetBytes(octets.Insert(1, "\"a\":1,")), out _)
        );
    }

    [Fact]
    public void A_product_is_read_back_from_its_payload()
    {
        var product = ProductRecorded.Of(
            "d-1",
            "time-to-dark",
            new { Hours = 3.5 },
            ["s-1", "s-2"]
        );
        Draft recorded = product.ToDraft(Marking.Public, "detector");
        Assert.Equal("TimeToDarkRecorded", recorded.Type);
        Assert.True(ProductRecorded.TryRead(recorded.Payload, out ProductRecorded? read));
        Assert.Equal(("d-1", "time-to-dark"), (read.Id, read.Kind));
        Assert.Equal(product.Inputs, read.Inputs);
        Assert.Equal(3.5, read.Body.GetProperty("hours").GetDouble());
        Assert.False(ProductRecorded.TryRead("""{"id":"x","inputs":[1]}"""u8.ToArray(), out _));
    }

    private static IEnumerable<DamageKind> Kinds(params Event[] entries) =>
        Verification.Of(entries, nodes).Select(damage => damage.Kind);

    private static Event One() => Two()[0];

    private static List<Event> Two()
    {
        Draft some = Draft.Of("PositionTaken", new { Position = "support" }, Marking.Sealed, "p-1");
        return Sealed([(some, 0, 1), (some, 0, 2)]);
    }

    private static List<Event> Sealed(IEnumerable<(Draft Draft, int Subject, byte Random)> drafts)
    {
        var entries = new List<Event>();
        var versions = new Dictionary<int, long>();
        ChainHead head = ChainHead.Empty;
        foreach ((Draft draft, int subject, byte random) in drafts)
        {
            versions[subject] = versions.GetValueOrDefault(subject) + 1;
            entries.Add(
                Event.Seal(
                    draft,
                    $"subject-{subject}",
                    versions[subject],
                    head,
                    HybridClock.Tick(head.Clock, NodaTime.Instant.FromUnixTimeMilliseconds(1000)),
                    node,
                    [.. Enumerable.Repeat(random, 10)]
                )
            );
            head = entries[^1].Head;
        }

        return entries;
    }
}
