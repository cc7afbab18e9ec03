// Benchmarks of routing data, each against its peer in the same run. bench/run runs them all.
//   dotnet run -c Release --project bench/Bgp.Bench -- MODE ...
using System.Diagnostics;
using System.Globalization;
using Breakwater.Bench.Bgp;
using Breakwater.Bgp;
using Breakwater.Feeds;
using Breakwater.Signals;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
switch (args)
{
    // What files hold, and how counting compares with `bgpdump -m`.
    case ["count", .. var files]:
        CompareCounting(files);
        return 0;
    // Every element with all its attributes, from memory, against `bgpdump -m`.
    case ["decode", .. var files]:
        return Decode.Run(files);
    // `bgp dump -m` as a process against bgpdump.
    case ["dump", var executable, .. var files]:
        return DecodeDump.Run(executable, files);
    // Decompression against libbz2, lbzip2 and SharpCompress.
    case ["bzip2", .. var files]:
        Bzip2.Compare(files);
        return 0;
    // Origin validation of a full table.
    case ["rov"]:
        Rov.Run();
        return 0;
    // RIS Live through JSON into the decoder.
    case ["rislive"]:
        RisLive.Run();
        return 0;
    // Changes of origin, watched.
    case ["watch", .. var files]:
        Watch.Run(files);
        return 0;
    // Our judgement of GRIP's events beside GRIP's.
    case ["grip", var folder]:
        Grip.Print(folder);
        return 0;
    // Series of visibility from updates.
    case ["signals", .. var files]:
        foreach (string file in files)
        {
            PrintSignals(file);
        }

        return 0;
    default:
        // Tables: rib, lpm, live, synthetic.
        return TableBench.Run(args) ? 0 : 2;
}

static void CompareCounting(string[] files)
{
    Console.WriteLine(
        "| file | elements | bgpdump -m | ours, from file | times bgpdump | ours, from memory | times bgpdump | MB/s | M elements/s |"
    );
    Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
    foreach (string file in files)
    {
        byte[] octets = Decompressed(file);
        MrtCount count = MrtCount.Of(octets);
        double theirs = Best(3, () => RunBgpdump(file));
        double fromFile = Best(5, () => CountFile(file));
        double fromMemory = Best(9, () => MrtCount.Of(octets));
        Console.WriteLine(
            $"| {Path.GetFileName(file)} | {count.Elements:N0} | {theirs * 1e3:F0} ms | {fromFile * 1e3:F1} ms | {theirs / fromFile:F1} "
                + $"| {fromMemory * 1e3:F2} ms | {theirs / fromMemory:F0} | {octets.Length / fromMemory / 1e6:F0} | {count.Elements / fromMemory / 1e6:F1} |"
        );
    }
}

static MrtCount CountFile(string file)
{
    using Compression input = Compression.Open(File.OpenRead(file), Path.GetFileName(file));
    return MrtCount.Of(input.Chunks());
}

static byte[] Decompressed(string file)
{
    using Compression input = Compression.Open(File.OpenRead(file), Path.GetFileName(file));
    using var octets = new MemoryStream();
    foreach (ReadOnlyMemory<byte> chunk in input.Chunks())
    {
        octets.Write(chunk.Span);
    }

    return octets.ToArray();
}

static void PrintSignals(string file)
{
    long start = Stopwatch.GetTimestamp();
    using Compression input = Compression.Open(File.OpenRead(file), Path.GetFileName(file));
    RoutingRead read = SignalsFromBgp.Read(
        [new MrtInput("bench", Path.GetFileName(file), "", input.Chunks())],
        new RoutingSelection()
    );
    Console.WriteLine(
        $"{Path.GetFileName(file)}: {read.Signals.Count} series, {read.Faults.Count} faults, {Stopwatch.GetElapsedTime(start).TotalSeconds:F2} s, "
            + $"{GC.GetTotalMemory(false) >> 20} MiB; {string.Join("; ", read.Notes)}"
    );
    foreach (SeriesSignal series in read.Signals.Cast<SeriesSignal>().Take(3))
    {
        Console.WriteLine(
            $"  {series.Place} {series.Metric}: {string.Join(' ', series.Samples.Select(sample => $"{sample.Value}"))}"
        );
    }
}

static void RunBgpdump(string file)
{
    using Process process = Process.Start(
        new ProcessStartInfo("/bin/sh")
        {
            ArgumentList = { "-c", "exec bgpdump -m \"$0\" > /dev/null 2>&1", file },
        }
    )!;
    process.WaitForExit();
}

static double Best(int runs, Action work)
{
    double best = double.MaxValue;
    for (int run = 0; run < runs; run++)
    {
        long start = Stopwatch.GetTimestamp();
        work();
        best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    return best;
}
