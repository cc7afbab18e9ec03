// Counting speed against `bgpdump -m > /dev/null`, one run, same files, same machine:
//   dotnet run -c Release --project bench/Bgp.Bench -- FILE...
// Best of five for ours, best of three for bgpdump. `count FILE...` prints counts and faults, `signals FILE...` replays,
// `bzip2 FILE...` compares decompression.
using System.Diagnostics;
using System.Globalization;
using Breakwater.Bench.Bgp;
using Breakwater.Bgp;
using Breakwater.Feeds;
using Breakwater.Signals;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["count", .. var files])
{
    foreach (string file in files)
    {
        PrintCount(file);
    }

    return 0;
}

if (args is ["decode", .. var decoded])
{
    return Decode.Run(decoded);
}

if (args is ["dump", var executable, .. var dumped])
{
    return DecodeDump.Run(executable, dumped);
}

if (args is ["synthesise", var target, var prefixes, var peers])
{
    return DecodeDump.Synthesise(
        target,
        int.Parse(prefixes, CultureInfo.InvariantCulture),
        int.Parse(peers, CultureInfo.InvariantCulture)
    );
}

if (args is ["rov"])
{
    Breakwater.Bench.Bgp.Rov.Run();
    return 0;
}

if (args is ["bzip2", .. var packed])
{
    Breakwater.Bench.Bgp.Bzip2.Compare(packed);
    return 0;
}

if (args is ["signals", .. var updates])
{
    foreach (string file in updates)
    {
        PrintSignals(file);
    }

    return 0;
}

if (args is ["watch", .. var watched])
{
    Watch.Run(watched);
    return 0;
}

if (args is ["grip", var gripFolder])
{
    Grip.Print(gripFolder);
    return 0;
}

Console.WriteLine(
    "| file | elements | bgpdump -m | ours, from file | times bgpdump | ours, from memory | times bgpdump | MB/s | M elements/s |"
);
Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
foreach (string file in args)
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

return 0;

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

static void PrintCount(string file)
{
    using Compression input = Compression.Open(File.OpenRead(file), Path.GetFileName(file));
    MrtCount count = MrtCount.Of(input.Chunks(), recovers: true);
    Console.WriteLine(
        $"{Path.GetFileName(file)}: records {count.Records} elements {count.Elements} = A {count.Announcements} + W {count.Withdrawals} "
            + $"+ B {count.RibEntries}; states {count.StateChanges}, skipped {count.Skipped}, faults {count.Errors.Count}"
    );
    foreach (MrtFault fault in count.Errors.Kept.Take(5))
    {
        Console.WriteLine($"  offset {fault.Offset}, {fault.Length} octets: {fault.Reason}");
    }

    foreach (var fault in input.Faults)
    {
        Console.WriteLine($"  {fault}");
    }
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
