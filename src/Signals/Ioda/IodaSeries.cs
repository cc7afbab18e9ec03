using System.Text.Json;
using Breakwater.Signals.Answers;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Signals.Ioda;

/// <summary>Series of <c>/v2/signals/raw</c>: from, step and a value for each step, null where there was none.</summary>
internal sealed class IodaSeries(SourceFile file, JsonInput input, Place? given, FaultList faults)
{
    /// <summary>Steps of less than a second or more than four weeks are no rhythm of these sources.</summary>
    private const int StepSecondsMax = 4 * 7 * 86_400;

    private int _samples;

    public List<Signal> Signals { get; } = [];

    /// <summary>Sources of the answer that are left out, each once.</summary>
    public SortedSet<string> LeftOut { get; } = new(StringComparer.Ordinal);

    public void Add(JsonElement item, string path)
    {
        string? datasource = item.Text("datasource", 64);
        if (datasource is not null && IodaSources.IsLeftOut(datasource))
        {
            LeftOut.Add(datasource);
            return;
        }

        if (datasource is null || IodaSources.Of(datasource) is not { } source)
        {
            Fault(item, path, $"source '{datasource}' is not known here", "It is left out");
            return;
        }

        if (
            IodaPlaces.Of(
                item.Text("entityType"),
                item.Text("entityCode"),
                item.Text("entityName"),
                item.Text("entityFqid"),
                given
            )
            is not { } entity
        )
        {
            Fault(
                item,
                path,
                $"entity {item.Text("entityType", 40)}/{item.Text("entityCode", 40)} is no place known here",
                "For a region state its country with --place"
            );
            return;
        }

        if (
            item.UnixTime("from") is not { } from
            || item.Whole("step") is not (> 0 and <= StepSecondsMax and var step)
        )
        {
            Fault(item, path, "no from or step that can be used", "Ask the interface again");
            return;
        }

        Signals.Add(
            Signal(item, path, source, entity, from, Duration.FromSeconds(step), datasource)
        );
    }

    private SeriesSignal Signal(
        JsonElement item,
        string path,
        IodaSource source,
        (Place Place, string? Network) entity,
        Instant from,
        Duration step,
        string datasource
    )
    {
        string? subtype = item.Text("subtype", 64);
        string name = subtype is null ? datasource : $"{datasource} {subtype}";
        return new SeriesSignal
        {
            Id = ContentId.Of("signal", new { file.Sha256, path }),
            Source = $"IODA: {name}",
            Family = source.Family,
            Place = entity.Place,
            Network = entity.Network,
            Metric = subtype is null ? source.Metric : $"{source.Metric}, {subtype}",
            Unit = source.Unit,
            Step = step,
            Samples = Samples(item, path, source, from, step),
            Origin = Origin.Measured,
            Marking = Marking.Public,
            Evidence = [input.EvidenceOf(item, path)],
        };
    }

    private List<Sample> Samples(
        JsonElement item,
        string path,
        IodaSource source,
        Instant from,
        Duration step
    )
    {
        List<Sample> samples = [];
        Instant at = from;
        foreach (JsonElement value in item.Items("values"))
        {
            if (++_samples > SignalsFromSeries.SampleLimit || !Times.IsSane(at))
            {
                Fault(value, path, "too many values; the rest is unread", "Ask for less at a time");
                break;
            }

            samples.Add(new Sample(at, Value(value, path, source), input.Line(value)));
            at += step;
        }

        return samples;
    }

    private double? Value(JsonElement value, string path, IodaSource source)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.Number() is not { } number)
        {
            Fault(value, path, "a value is no number", "It counts as missing");
            return null;
        }

        if (source.IsCount && number < 0)
        {
            Fault(value, path, $"a count of {number:R} is below zero", "It counts as missing");
            return null;
        }

        return number;
    }

    private void Fault(JsonElement item, string path, string reason, string remedy) =>
        faults.Add(input.At(item, path), reason, remedy);
}
