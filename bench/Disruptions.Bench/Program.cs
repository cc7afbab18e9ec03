using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Breakwater.Disruptions;
using Breakwater.Disruptions.Bench;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

// Usage: Disruptions.Bench [PLACES] [DAYS]. Defaults: a year of 250 places by five sources, 21.9 million points.
int places = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 250;
int days = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 365;
IReadOnlyList<SeriesSignal> series = MadeSeries.Of(places, days);
long points = series.Sum(one => (long)one.Samples.Count);
Say($"| work | measured |\n|---|---|");

double Timed(Action work)
{
    long before = Stopwatch.GetTimestamp();
    work();
    return Stopwatch.GetElapsedTime(before).TotalSeconds;
}

void Say(FormattableString line) =>
    Console.Out.WriteLine(line.ToString(CultureInfo.InvariantCulture));

_ = DisruptionsFromSignals.Detect(MadeSeries.Of(2, 60), DetectorProfile.Default);
string[] hashes = new string[2];
foreach (int threads in (int[])[1, 2])
{
    Detection? found = null;
    TimeSpan used = Process.GetCurrentProcess().TotalProcessorTime;
    double seconds = Timed(() =>
        found = DisruptionsFromSignals.Detect(series, DetectorProfile.Default, threads: threads)
    );
    double processor = (Process.GetCurrentProcess().TotalProcessorTime - used).TotalSeconds;
    hashes[threads - 1] = Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Of(found!)))[..16];
    Say(
        $"| {points / 1e6:0.0} M points, {places} places x 5 sources x {days} days, {threads} threads | {seconds:0.0} s by the clock, {processor:0.0} s of processor, {found!.Disruptions.Count} disruptions, sha256 {hashes[threads - 1]} |"
    );
}

Process self = Process.GetCurrentProcess();
self.Refresh();
Say($"| greatest memory of the process | {self.PeakWorkingSet64 >> 20} MiB |");
Say($"| identical on 1 and 2 threads | {(hashes[0] == hashes[1] ? "yes" : "NO")} |");

// A point to a revised disruption: five sources followed for a year, the last week of it point by point.
var live = new LiveDetection(DetectorProfile.Default, Duration.FromDays(2));
int total = days * MadeSeries.StepsPerDay;
int from = total - (7 * MadeSeries.StepsPerDay);
SeriesSignal[] feeds = [.. Enumerable.Range(0, 5).Select(source => MadeSeries.Of(5, source, days))];
const int block = 3 * MadeSeries.StepsPerDay;
for (int step = 0; step < from; step += block)
{
    live.TakeAll(
        Enumerable
            .Range(step, Math.Min(block, from - step))
            .SelectMany(i => feeds.Select(feed => (feed, feed.Samples[i])))
    );
}

var each = new List<double>();
for (int step = from; step < total; step++)
{
    foreach (SeriesSignal feed in feeds)
    {
        each.Add(1000 * Timed(() => live.Take(feed, feed.Samples[step])));
    }
}

each.Sort();
Say(
    $"| a new point to a revised disruption | median {each[each.Count / 2]:0.0} ms, 99 % {each[(int)(0.99 * each.Count)]:0.0} ms, most {each[^1]:0.0} ms |"
);
bool isSame =
    Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Of(live.Detect())))
    == Convert.ToHexStringLower(
        SHA256.HashData(
            CanonicalJson.Of(DisruptionsFromSignals.Detect(feeds, DetectorProfile.Default))
        )
    );
Say($"| live and batch give the same bytes | {(isSame ? "yes" : "NO")} |");
return hashes[0] == hashes[1] && isSame ? 0 : 1;
