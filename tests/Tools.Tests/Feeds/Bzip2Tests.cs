using System.Diagnostics;
using Breakwater.Feeds;
using Breakwater.Vocabulary;
using CsCheck;
using SharpCompress.Compressors.BZip2;
using Xunit;

namespace Breakwater.Tests.Feeds;

public class Bzip2Tests
{
    private static readonly int[] threadCounts = [1, 2, 5];
    private static readonly int[] runLengths =
    [
        1,
        3,
        4,
        5,
        6,
        254,
        255,
        256,
        258,
        259,
        260,
        263,
        1_000,
    ];

    private static readonly Gen<byte[]> contents = Gen.OneOf(
        Gen.Byte.Array[0, 3_000],
        Gen.Byte[0, 2].Array[0, 5_000],
        // Runs around each length at which their coding changes.
        Gen.Select(
                Gen.Byte[0, 3],
                Gen.Int[0, runLengths.Length - 1].Select(index => runLengths[index])
            )
            .Array[0, 200]
            .Select(runs =>
                runs.SelectMany(run => Enumerable.Repeat(run.Item1, run.Item2)).ToArray()
            ),
        // Periodic: several rotations of the block are equal.
        Gen.Select(Gen.Byte.Array[1, 5], Gen.Int[1, 700])
            .Select(
                (period, times) =>
                    Enumerable.Repeat(period, times).SelectMany(octets => octets).ToArray()
            )
    );

    [Fact]
    public void Whatever_is_packed_comes_back() =>
        contents.Sample(content => AssertGives(content, Packed(content)), iter: 300);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(899_980)]
    [InlineData(899_981)]
    [InlineData(899_982)]
    [InlineData(900_000)]
    [InlineData(2_700_001)]
    public void Content_around_the_length_of_a_block_comes_back(int length)
    {
        byte[] content = new byte[length];
        new Random(7).NextBytes(content);
        AssertGives(content, Packed(content));
    }

    [Fact]
    public void A_block_of_one_octet_repeated_comes_back()
    {
        byte[] content = new byte[3_000_000];
        content.AsSpan().Fill(0xFF);
        AssertGives(content, Packed(content));
    }

    [Fact]
    public void Patterns_of_blocks_and_ends_within_a_block_are_content_at_every_bit()
    {
        byte[] pattern = [0x31, 0x41, 0x59, 0x26, 0x53, 0x59];
        byte[] end = [0x17, 0x72, 0x45, 0x38, 0x50, 0x90];
        for (int shift = 0; shift < 8; shift++)
        {
            Bzip2Bytes made = new Bzip2Bytes().Header();
            for (int block = 0; block < 6; block++)
            {
                byte[] symbols =
                [
                    .. Noise(200, seed: block),
                    .. pattern,
                    .. Noise(block),
                    .. end,
                    .. end,
                    .. Noise(40),
                    .. pattern,
                ];
                made.Block(symbols, origin: block, spareSelectors: shift);
            }

            AssertGives(made.End().Content, made.Octets);
        }
    }

    [Fact]
    public void Many_false_patterns_are_decoded_once_not_once_for_each()
    {
        byte[] pattern = [0x31, 0x41, 0x59, 0x26, 0x53, 0x59];
        byte[] symbols = [.. Enumerable.Repeat(pattern, 20_000).SelectMany(octets => octets)];
        Bzip2Bytes made = new Bzip2Bytes().Header().Block(symbols).Block(symbols, origin: 3).End();
        AssertGives(made.Content, made.Octets);
    }

    [Fact]
    public void Streams_of_any_level_and_empty_ones_are_one_content()
    {
        Bzip2Bytes made = new();
        made.Header(9).End().Header(1).Block(Noise(300)).Block(Noise(9), origin: 4).End();
        made.Header(5).End().Header(2).End().Header(3).Block(Noise(7)).End();
        AssertGives(made.Content, made.Octets);
    }

    [Fact]
    public void An_input_cut_anywhere_gives_its_whole_blocks()
    {
        Bzip2Bytes made = new Bzip2Bytes().Header().Block(Noise(90)).Block(Noise(30)).End();
        int firstLength = new Bzip2Bytes().Header().Block(Noise(90)).Content.Length;
        made.Header().Block(Noise(8)).End();
        for (int length = 4; length < made.Octets.Length; length++)
        {
            (byte[] read, IReadOnlyList<InputFault> faults) = Read(made.Octets[..length], 1);
            bool isBetweenStreams = length == Between().Octets.Length;
            Assert.Equal(isBetweenStreams ? 0 : 1, faults.Count);
            Assert.True(made.Content.AsSpan().StartsWith(read), $"cut at {length}");
            Assert.All(
                faults,
                fault => Assert.Contains("too early", fault.Reason, StringComparison.Ordinal)
            );
            Assert.True(read.Length == 0 || read.Length >= firstLength);
        }

        static Bzip2Bytes Between() =>
            new Bzip2Bytes().Header().Block(Noise(90)).Block(Noise(30)).End();
    }

    [Fact]
    public void A_flipped_bit_anywhere_is_found_with_its_block()
    {
        byte[] content = [.. Noise(120), .. Noise(30)];
        byte[] once = Packed(content);
        byte[] packed = [.. once, .. once];
        int harmless = 0;
        int inSecond = 0;
        for (int bit = 0; bit < packed.Length * 8; bit++)
        {
            byte[] flipped = [.. packed];
            flipped[bit / 8] ^= (byte)(128 >> bit % 8);
            (byte[] read, IReadOnlyList<InputFault> faults) = Read(flipped, 1);
            if (bit < 32 && faults.Count == 0)
            {
                // Another level, or no bzip2 at all, which is read as it is.
                continue;
            }

            Assert.True(
                content.Concat(content).Take(read.Length).SequenceEqual(read),
                $"bit {bit}"
            );
            Assert.True(faults.Count == 1 || read.Length == 2 * content.Length, $"bit {bit}");
            harmless += faults.Count == 0 ? 1 : 0;
            inSecond += faults.Any(fault => fault.At.Contains("block 2 ", StringComparison.Ordinal))
                ? 1
                : 0;
            Assert.Equal(Lines(faults), Lines(Read(flipped, 3).Faults));
        }

        // Padding, the level, codes without use, and the mark of a randomised block, which changes none this short.
        Assert.InRange(harmless, 1, packed.Length * 8 / 20);
        Assert.InRange(inSecond, packed.Length * 3, packed.Length * 5);
    }

    [Fact]
    public void Damage_leaves_what_is_before_and_names_block_and_offset()
    {
        byte[] content = new byte[3_500_000];
        new Random(3).NextBytes(content);
        byte[] packed = Packed(content);
        packed[packed.Length / 2] ^= 4;
        string[] faults =
        [
            .. threadCounts.Select(threads =>
            {
                (byte[] read, IReadOnlyList<InputFault> found) = Read(packed, threads);
                Assert.InRange(read.Length, 899_000, 900_000);
                Assert.True(content.AsSpan().StartsWith(read));
                return Assert.Single(found).ToString();
            }),
        ];
        Assert.Single(faults.Distinct());
        Assert.Contains("block 2 at offset 9", faults[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Octets_behind_the_last_stream_are_a_fault(int count)
    {
        byte[] packed = [.. Packed([1, 2, 3]), .. new byte[count]];
        (byte[] read, IReadOnlyList<InputFault> faults) = Read(packed, 2);
        Assert.Equal([1, 2, 3], read);
        Assert.Contains("not bzip2", Assert.Single(faults).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_block_larger_than_its_level_is_a_fault()
    {
        byte[] content = new byte[200_000];
        new Random(3).NextBytes(content);
        byte[] packed = Packed(content);
        packed[3] = (byte)'1';
        Assert.Contains(
            "longer than its stream allows",
            Assert.Single(Read(packed, 1).Faults).Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_randomised_block_is_bzip2_to_bzip2_and_to_us()
    {
        // The encoder of SharpCompress randomises repetitive blocks, as bzip2 once did.
        byte[] content = new byte[1_000_000];
        content.AsSpan(500_000).Fill(7);
        byte[] packed = Packed(content);
        Assert.Equal(0x80, packed[14] & 0x80);
        AssertGives(content, packed);
        byte[]? theirs = Bzip2("-d", packed);
        Assert.True(theirs is null || theirs.AsSpan().SequenceEqual(content));
    }

    [Fact]
    public void Random_octets_behind_a_header_never_throw() =>
        Gen
            .Byte.Array[0, 400]
            .Sample(
                noise =>
                {
                    byte[] magic = [.. "BZh9"u8, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59];
                    Assert.Single(Read([.. magic, .. noise], 2).Faults);
                },
                iter: 5_000
            );

    [Fact]
    public void Changed_octets_never_throw_and_never_change_content()
    {
        Bzip2Bytes made = new Bzip2Bytes().Header().Block(Noise(160)).Block(Noise(90), 7).End();
        Gen.Select(Gen.Int[4, made.Octets.Length - 2], Gen.Byte)
            .Array[1, 12]
            .Sample(
                changes =>
                {
                    byte[] octets = made.Octets;
                    foreach ((int at, byte value) in changes)
                    {
                        octets[at] = value;
                    }

                    (byte[] read, IReadOnlyList<InputFault> faults) = Read(octets, 1);
                    Assert.True(made.Content.AsSpan().StartsWith(read));
                    Assert.True(faults.Count == 1 || read.Length == made.Content.Length);
                },
                iter: 5_000
            );
    }

    [Fact]
    public void An_input_left_early_leaves_no_thread_behind()
    {
        Bzip2Bytes made = new Bzip2Bytes().Header();
        for (int block = 0; block < 500; block++)
        {
            made.Block(Noise(150));
        }

        byte[] packed = made.End().Octets;
        var pipe = new OneWay(packed);
        using (Compression input = Compression.Open(pipe, "pipe", threads: 2))
        {
            Assert.NotEmpty(input.Chunks().First().ToArray());
        }

        Assert.True(pipe.IsDisposed);
        Assert.True(pipe.Given < packed.Length);
    }

    [Theory]
    [InlineData("data/routing/libbgpstream/routeviews.route-views.jinx.updates.1427846400.bz2")]
    public void Files_of_collectors_decode_as_bzip2_decodes_them(string file)
    {
        byte[] packed = File.ReadAllBytes(SharedData.PathOf(file));
        using var reference = new MemoryStream();
        using (
            BZip2Stream unpacked = BZip2Stream.Create(
                new MemoryStream(packed),
                SharpCompress.Compressors.CompressionMode.Decompress,
                decompressConcatenated: true
            )
        )
        {
            unpacked.CopyTo(reference);
        }

        AssertGives(reference.ToArray(), packed);
    }

    [Fact]
    public void What_bzip2_itself_packs_at_any_level_comes_back()
    {
        byte[] content =
        [
            .. Enumerable.Range(0, 250_000).SelectMany(n => BitConverter.GetBytes(n / 3 * 7)),
        ];
        Assert.SkipWhen(Bzip2("-1", content) is null, "no bzip2 on this machine");
        byte[] all = [];
        for (int level = 1; level <= 9; level += 4)
        {
            byte[] packed = Bzip2($"-{level}", content)!;
            AssertGives(content, packed);
            all = [.. all, .. packed];
        }

        AssertGives([.. content, .. content, .. content], all);
    }

    [Fact]
    public void Our_hand_made_streams_are_bzip2_to_bzip2()
    {
        Bzip2Bytes made = new Bzip2Bytes().Header(1).Block(Noise(500), 17, spareSelectors: 5);
        made.Block([0x31, 0x41, 0x59, 0x26, 0x53, 0x59]).End().Header().End();
        byte[]? theirs = Bzip2("-d", made.Octets);
        Assert.SkipWhen(theirs is null, "no bzip2 on this machine");
        Assert.Equal(made.Content, theirs);
    }

    /// <summary>Ranks and digits that decode to something without long runs.</summary>
    private static byte[] Noise(int count, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (byte)random.Next(2, 255)), 250];
    }

    private static void AssertGives(byte[] content, byte[] packed)
    {
        foreach (int threads in threadCounts)
        {
            (byte[] read, IReadOnlyList<InputFault> faults) = Read(packed, threads);
            Assert.Empty(faults);
            Assert.True(content.AsSpan().SequenceEqual(read), $"differs on {threads} threads");
        }
    }

    private static (byte[] Content, IReadOnlyList<InputFault> Faults) Read(
        byte[] packed,
        int threads
    )
    {
        using Compression input = Compression.Open(
            new OneWay(packed),
            "f.bz2",
            new CompressionLimits(RatioMax: int.MaxValue),
            threads
        );
        using var read = new MemoryStream();
        foreach (ReadOnlyMemory<byte> chunk in input.Chunks())
        {
            read.Write(chunk.Span);
        }

        return (read.ToArray(), input.Faults);
    }

    private static string Lines(IEnumerable<InputFault> faults) => string.Join('\n', faults);

    private static byte[] Packed(byte[] content)
    {
        using var packed = new MemoryStream();
        using (
            BZip2Stream packer = BZip2Stream.Create(
                packed,
                SharpCompress.Compressors.CompressionMode.Compress,
                decompressConcatenated: false,
                leaveOpen: true
            )
        )
        {
            packer.Write(content);
        }

        return packed.ToArray();
    }

    /// <summary>Through the program of that name; null where there is none.</summary>
    private static byte[]? Bzip2(string option, byte[] input)
    {
        try
        {
            using Process process = Process.Start(
                new ProcessStartInfo("bzip2", [option, "-c"])
                {
                    RedirectStandardInput = true,
                    RedirectStandardOutput = true,
                }
            )!;
            Task feeding = Task.Run(() =>
            {
                process.StandardInput.BaseStream.Write(input);
                process.StandardInput.Close();
            });
            using var output = new MemoryStream();
            process.StandardOutput.BaseStream.CopyTo(output);
            feeding.Wait(TestContext.Current.CancellationToken);
            process.WaitForExit();
            return output.ToArray();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Gives a few octets at a time and cannot go back, as a pipe.</summary>
    private sealed class OneWay(byte[] octets) : MemoryStream
    {
        public long Given { get; private set; }

        public bool IsDisposed { get; private set; }

        public override bool CanSeek => false;

        public override int Read(Span<byte> buffer)
        {
            int count = Math.Min(Math.Min(buffer.Length, 5_003), octets.Length - (int)Given);
            octets.AsSpan((int)Given, count).CopyTo(buffer);
            Given += count;
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) =>
            Read(buffer.AsSpan(offset, count));

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            base.Dispose(disposing);
        }
    }
}
