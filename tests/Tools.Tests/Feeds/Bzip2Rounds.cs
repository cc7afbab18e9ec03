using System.Diagnostics;
using Breakwater.Feeds;
using Breakwater.Vocabulary;
using SharpCompress.Compressors.BZip2;
using Xunit;

namespace Breakwater.Tests.Feeds;

/// <summary>Packs and reads bzip2, on several numbers of threads, from an input that cannot go back.</summary>
internal static class Bzip2Rounds
{
    public static int[] ThreadCounts { get; } = [1, 2, 5];

    /// <summary>Ranks and digits that decode to something without long runs.</summary>
    public static byte[] Noise(int count, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (byte)random.Next(2, 255)), 250];
    }

    public static void AssertGives(byte[] content, byte[] packed)
    {
        foreach (int threads in ThreadCounts)
        {
            (byte[] read, IReadOnlyList<InputFault> faults) = Read(packed, threads);
            Assert.Empty(faults);
            Assert.True(content.AsSpan().SequenceEqual(read), $"differs on {threads} threads");
        }
    }

    public static (byte[] Content, IReadOnlyList<InputFault> Faults) Read(
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

    public static string Lines(IEnumerable<InputFault> faults) => string.Join('\n', faults);

    public static byte[] Packed(byte[] content)
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
    public static byte[]? Bzip2(string option, byte[] input)
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
    public sealed class OneWay(byte[] octets) : MemoryStream
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
