using System.Buffers;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Breakwater.Bgp;
using Breakwater.Feeds;
using Xunit;

namespace Breakwater.Tests.Bgp;

/// <summary>The text forms of an input, and those of the real bgpdump.</summary>
internal static class Dumped
{
    public static string Lines(IEnumerable<ReadOnlyMemory<byte>> chunks, bool recovers = false)
    {
        var output = new ArrayBufferWriter<byte>();
        var lines = new BgpdumpLines(output);
        MrtDecoder.ReadAll(new MrtReader(chunks, new MrtFaults(), recovers), ref lines);
        return Encoding.ASCII.GetString(output.WrittenSpan);
    }

    public static string Lines(byte[] octets, bool recovers = false) =>
        Lines([octets.AsMemory()], recovers);

    public static string File(string path)
    {
        using Compression input = Compression.Open(
            System.IO.File.OpenRead(path),
            Path.GetFileName(path)
        );
        return Lines(input.Chunks(), recovers: true);
    }

    /// <summary>For people.</summary>
    public static string Blocks(byte[] octets)
    {
        var output = new ArrayBufferWriter<byte>();
        var text = new RecordText(output);
        MrtDecoder.ReadAll(new MrtReader(octets, new MrtFaults(), recovers: true), ref text);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    public static JsonElement Json(byte[] octets)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartArray();
            var records = new RecordJson(json, "test");
            MrtDecoder.ReadAll(new MrtReader(octets, new MrtFaults(), recovers: true), ref records);
            records.Finish();
            json.WriteEndArray();
        }

        return JsonDocument.Parse(output.WrittenMemory).RootElement;
    }

    /// <summary>What the installed bgpdump prints; skips the test where there is none.</summary>
    public static string Bgpdump(string path)
    {
        Assert.SkipUnless(
            System.IO.File.Exists("/usr/bin/bgpdump"),
            "bgpdump is not installed (apt-get install bgpdump)"
        );
        using Process process = Process.Start(
            new ProcessStartInfo("/usr/bin/bgpdump")
            {
                ArgumentList = { "-m", path },
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return text;
    }

    public static string Bgpdump(byte[] octets)
    {
        string path = Path.GetTempFileName();
        try
        {
            System.IO.File.WriteAllBytes(path, octets);
            return Bgpdump(path);
        }
        finally
        {
            System.IO.File.Delete(path);
        }
    }

    /// <summary>Compares line by line, so that a failure shows the first line that differs and not a megabyte.</summary>
    public static void AreEqual(string expected, string actual)
    {
        if (expected == actual)
        {
            return;
        }

        string[] theirs = expected.Split('\n');
        string[] ours = actual.Split('\n');
        for (int line = 0; line < Math.Min(theirs.Length, ours.Length); line++)
        {
            Assert.True(
                theirs[line] == ours[line],
                $"line {line + 1}\nexpected {theirs[line]}\nactual   {ours[line]}"
            );
        }

        Assert.Fail($"{theirs.Length} lines expected, {ours.Length} found");
    }
}
