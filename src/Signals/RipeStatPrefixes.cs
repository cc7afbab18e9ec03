using System.Text.Json;
using Breakwater.Signals.Answers;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Signals;

/// <summary>
/// RIPEstat's <c>announced-prefixes</c>: which prefixes an AS announced when, as a series of the space it held, in /24s and in /48s. The
/// answer stands on table dumps, three a day, and leaves out what fewer than ten peers see.
/// </summary>
public static class RipeStatPrefixes
{
    private const int FaultLimit = 50;

    private const int UnitV4 = 24;

    private const int UnitV6 = 48;

    /// <summary>Routes wider than this are leaks of a default route.</summary>
    private const int LengthMin = 6;

    /// <summary>Changes times prefixes: a busy AS over a quarter of a century stays below it.</summary>
    private const long WorkMax = 500_000_000;

    /// <summary>RIS keeps a table every eight hours.</summary>
    private static readonly Duration _step = Duration.FromHours(8);

    private sealed record Spell(IpPrefix Prefix, Instant Since, Instant Until);

    public static bool Is(SourceFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return JsonInput.Mentions(file, "data", "prefixes", "timelines");
    }

    public static SignalsRead Read(SourceFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var faults = new FaultList(file.Name, FaultLimit);
        if (JsonInput.Read(file, faults) is not { } input)
        {
            return new SignalsRead([], faults.ToList());
        }

        JsonElement? data = input.Root.Member("data");
        if (
            data is not { } answer
            || answer.Text("resource", 20) is not { } resource
            || !Asn.TryParse(resource, out Asn asn)
            || answer.Time("query_starttime") is not { } since
            || answer.Time("query_endtime") is not { } until
            || since >= until
        )
        {
            faults.Add(
                "line 1",
                "data.resource, query_starttime or query_endtime is missing or no value",
                "Give the answer of RIPEstat as it came"
            );
            return new SignalsRead([], faults.ToList());
        }

        List<Spell> spells = Spells(input, answer, faults);
        List<Signal> signals = [];
        foreach (bool isV6 in (bool[])[false, true])
        {
            Spell[] ofFamily = [.. spells.Where(spell => spell.Prefix.IsV6 == isV6)];
            if (
                ofFamily.Length > 0
                && Samples(ofFamily, isV6, since, until, input.Line(answer), faults) is { } samples
            )
            {
                signals.Add(Signal(file, input.EvidenceOf(answer, "data"), asn, isV6, samples));
            }
        }

        if (spells.Count == 0)
        {
            faults.Add(
                "line 1",
                $"{asn} announced nothing that is listed",
                "Ask for a longer time"
            );
        }

        return new SignalsRead(signals, faults.ToList(), Notes(input));
    }

    private static IReadOnlyList<string> Notes(JsonInput input) =>
        [
            .. input
                .Root.Items("messages")
                .Select(message =>
                    message.ValueKind == JsonValueKind.Array
                        ? message.EnumerateArray().Select(part => part.Text(300)).LastOrDefault()
                        : message.Text(300)
                )
                .OfType<string>()
                .Take(10)
                .Select(text => $"RIPEstat: {text}"),
        ];

    private static List<Spell> Spells(JsonInput input, JsonElement answer, FaultList faults)
    {
        List<Spell> spells = [];
        int index = 0;
        foreach (JsonElement item in answer.Items("prefixes"))
        {
            string path = $"data.prefixes[{index++}]";
            if (
                item.Text("prefix", 64) is not { } text
                || !IpPrefix.TryParse(text, out IpPrefix prefix)
            )
            {
                faults.Add(input.At(item, path), "no prefix", "It is left out");
                continue;
            }

            foreach (JsonElement line in item.Items("timelines"))
            {
                if (
                    line.Time("starttime") is { } start
                    && line.Time("endtime") is { } end
                    && start <= end
                )
                {
                    spells.Add(new Spell(prefix, start, end));
                }
                else
                {
                    faults.Add(
                        input.At(line, path),
                        "a timeline without start and end",
                        "It is left out"
                    );
                }
            }
        }

        return spells;
    }

    private static List<Sample>? Samples(
        Spell[] spells,
        bool isV6,
        Instant since,
        Instant until,
        int line,
        FaultList faults
    )
    {
        Array.Sort(spells, (left, right) => left.Prefix.CompareTo(right.Prefix));
        long steps = (long)((until - since) / _step) + 1;
        Instant[] changes =
        [
            .. spells
                .Select(spell => spell.Since)
                .Concat(spells.Select(spell => spell.Until))
                .Distinct()
                .Order(),
        ];
        if (
            steps > SignalsFromSeries.SampleLimit
            || (long)Math.Min(changes.Length, steps) * spells.Length > WorkMax
        )
        {
            faults.Add(
                $"line {line}",
                "too many changes of too many prefixes",
                "Ask for a shorter time"
            );
            return null;
        }

        List<Sample> samples = [];
        int seen = -1;
        double held = 0;
        int next = 0;
        for (Instant at = since; at <= until; at += _step)
        {
            while (next < changes.Length && changes[next] <= at)
            {
                next++;
            }

            // A spell ends at the last table that held it, so the state at a change differs from the one after it.
            bool isChange = next > 0 && changes[next - 1] == at;
            int state = isChange ? 2 * next : (2 * next) + 1;
            if (state != seen)
            {
                held = Held(spells, isV6, at);
                seen = state;
            }

            samples.Add(new Sample(at, held, line));
        }

        return samples;
    }

    /// <summary>The blocks that the prefixes present at a time cover together; prefixes are nested or apart, and come in order.</summary>
    private static double Held(Spell[] spells, bool isV6, Instant at)
    {
        int unit = isV6 ? UnitV6 : UnitV4;
        double blocks = 0;
        IpPrefix? wider = null;
        foreach (Spell spell in spells)
        {
            if (
                at < spell.Since
                || at > spell.Until
                || spell.Prefix.Length > unit
                || spell.Prefix.Length < LengthMin
                || wider?.Contains(spell.Prefix) is true
            )
            {
                continue;
            }

            wider = spell.Prefix;
            blocks += Math.Pow(2, unit - spell.Prefix.Length);
        }

        return blocks;
    }

    private static SeriesSignal Signal(
        SourceFile file,
        Evidence evidence,
        Asn asn,
        bool isV6,
        List<Sample> samples
    ) =>
        new()
        {
            Id = ContentId.Of(
                "signal",
                new
                {
                    file.Sha256,
                    asn,
                    isV6,
                }
            ),
            Source = $"RIPEstat: announced {(isV6 ? "IPv6" : "IPv4")} prefixes",
            Family = SignalFamily.Routing,
            Place = Place.OfAsn(asn),
            Metric = isV6 ? "announced IPv6 space" : "announced IPv4 space",
            Unit = isV6 ? "/48s" : "/24s",
            Step = _step,
            Samples = samples,
            Origin = Origin.Measured,
            Marking = Marking.Public,
            Evidence = [evidence],
        };
}
