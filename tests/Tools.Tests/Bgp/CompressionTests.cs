using System.IO.Compression;
using Breakwater.Feeds;
using Breakwater.Vocabulary;
using SharpCompress.Compressors.BZip2;
using Xunit;

namespace Breakwater.Tests.Bgp;

public class CompressionTests
{
    private static readonly byte[] content =
    [
        .. Enumerable
            .Range(0, 40_000)
            .SelectMany(number => MrtBytes.U32(unchecked((uint)(number * 2654435761L)))),
    ];

    public static TheoryData<CompressionFormat> Formats =>
        [CompressionFormat.Gzip, CompressionFormat.Bzip2, CompressionFormat.Zstandard];

    [Theory]
    [MemberData(nameof(Formats))]
    [InlineData(CompressionFormat.Plain)]
    public void The_content_comes_back_whole(CompressionFormat format)
    {
        byte[] packed = Packed(content, format);
        (byte[] read, IReadOnlyList<InputFault> faults) = Read(packed);
        Assert.Equal(content, read);
        Assert.Empty(faults);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Concatenated_members_are_one_input(CompressionFormat format)
    {
        byte[] packed = Packed(content, format);
        (byte[] read, IReadOnlyList<InputFault> faults) = Read([.. packed, .. packed, .. packed]);
        Assert.Equal([.. content, .. content, .. content], read);
        Assert.Empty(faults);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void An_input_cut_anywhere_gives_what_comes_before_and_a_fault(CompressionFormat format)
    {
        byte[] packed = Packed(content, format);
        for (
            int length = 8;
            length < packed.Length;
            length += length < packed.Length - 20 ? 997 : 1
        )
        {
            (byte[] read, IReadOnlyList<InputFault> faults) = Read(packed[..length]);
            Assert.True(content.AsSpan().StartsWith(read), $"cut at {length}");
            InputFault fault = Assert.Single(faults);
            Assert.Contains($"offset {read.Length} ", fault.At, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_gzip_cut_in_the_middle_gives_all_that_inflates()
    {
        byte[] packed = Packed(content, CompressionFormat.Gzip);
        (byte[] read, _) = Read(packed[..(packed.Length / 2)]);
        Assert.InRange(read.Length, content.Length * 0.45, content.Length * 0.55);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_changed_octet_is_found(CompressionFormat format)
    {
        byte[] packed = Packed(content, format);
        for (int at = 40; at < packed.Length - 20; at += 9_973)
        {
            byte[] changed = [.. packed];
            changed[at] ^= 0x55;
            Assert.Single(Read(changed).Faults);
        }
    }

    [Fact]
    public void Octets_behind_the_last_member_are_a_fault()
    {
        byte[] packed = [.. Packed(content, CompressionFormat.Gzip), 1, 2, 3];
        (byte[] read, IReadOnlyList<InputFault> faults) = Read(packed);
        Assert.Equal(content, read);
        Assert.Contains("not gzip", Assert.Single(faults).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_bomb_is_stopped(CompressionFormat format)
    {
        byte[] packed = Packed(new byte[3_000_000], format);
        using Compression input = Compression.Open(
            SourceFile.Of("bomb", packed),
            new CompressionLimits(RatioMax: 50, RatioAppliesFrom: 1_000_000)
        );
        Assert.InRange(input.Chunks().Sum(chunk => chunk.Length), 900_000, 1_300_000);
        Assert.Contains("bomb", Assert.Single(input.Faults).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_input_is_empty()
    {
        (byte[] read, IReadOnlyList<InputFault> faults) = Read([]);
        Assert.Empty(read);
        Assert.Empty(faults);
    }

    [Fact]
    public void The_hash_is_of_the_input_as_received()
    {
        SourceFile file = SourceFile.Of("f", Packed(content, CompressionFormat.Gzip));
        using Compression unread = Compression.Open(file);
        Assert.Equal(file.Sha256, unread.Sha256());
        using Compression read = Compression.Open(file);
        Assert.Equal(content.Length, read.Chunks().Sum(chunk => chunk.Length));
        Assert.Equal(file.Sha256, read.Sha256());
    }

    private static (byte[] Content, IReadOnlyList<InputFault> Faults) Read(byte[] packed)
    {
        using Compression input = Compression.Open(SourceFile.Of("f", packed));
        using var read = new MemoryStream();
        foreach (ReadOnlyMemory<byte> chunk in input.Chunks())
        {
            read.Write(chunk.Span);
        }

        return (read.ToArray(), input.Faults);
    }

    private static byte[] Packed(byte[] content, CompressionFormat format)
    {
        using var packed = new MemoryStream();
        using (
            Stream packer = format switch
            {
                CompressionFormat.Gzip => new GZipStream(packed, CompressionLevel.Fastest, true),
                CompressionFormat.Bzip2 => BZip2Stream.Create(
                    packed,
                    SharpCompress.Compressors.CompressionMode.Compress,
                    decompressConcatenated: false,
                    leaveOpen: true
                ),
                CompressionFormat.Zstandard => ZstdWith(packed),
                _ => new BufferedStream(new Unclosed(packed)),
            }
        )
        {
            packer.Write(content);
        }

        return packed.ToArray();
    }

    private static ZstdSharp.CompressionStream ZstdWith(Stream packed)
    {
        var packer = new ZstdSharp.CompressionStream(packed, leaveOpen: true);
        packer.SetParameter(ZstdSharp.Unsafe.ZSTD_cParameter.ZSTD_c_checksumFlag, 1);
        return packer;
    }

    private sealed class Unclosed(MemoryStream inner) : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count) =>
            inner.Write(buffer, offset, count);

        public override void Write(ReadOnlySpan<byte> buffer) => inner.Write(buffer);
    }
}
