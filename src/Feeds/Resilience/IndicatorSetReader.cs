using System.Text.RegularExpressions;
using Breakwater.Feeds.Yaml;
using Breakwater.Preparedness.Resilience;
using Breakwater.Vocabulary;

namespace Breakwater.Feeds.Resilience;

/// <summary>A set that can be used, or everything that is wrong with it.</summary>
public sealed record IndicatorSetRead(IndicatorSet? Set, IReadOnlyList<InputFault> Faults);

/// <summary>Reads what an index is made of. Its form is described in <c>indicators/indicators.schema.json</c> too.</summary>
public static partial class IndicatorSetReader
{
    private const string Default = "resilience.yaml";

    private const double ValueMax = 1e9;
    private const double WeightMax = 1_000;
    private const int AgeMax = 36_500;

    /// <summary>The set that comes with the executable.</summary>
    public static IndicatorSetRead ReadBundled() =>
        Read(Path.Combine(AppContext.BaseDirectory, "indicators", Default));

    public static IndicatorSetRead Read(string path)
    {
        FileRead read = Files.Read(path);
        return read.File is { } file ? Read(file) : new IndicatorSetRead(null, [read.Fault!]);
    }

    public static IndicatorSetRead Read(SourceFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var faults = new FaultList(file.Name);
        YamlNode? root = YamlTree.Read(file, faults);
        if (root is not YamlMap map)
        {
            if (root is not null)
            {
                faults.Add(root.Line, "holds no keys", "Begin with id:, version: and pillars:");
            }

            return new IndicatorSetRead(null, faults.InOrder());
        }

        var fields = new Fields(map, "", faults);
        string id = Id(fields);
        string version = fields.Text("version");
        double completeness = fields.RequiredNumber("completeness_min", 0, 1, "a share");
        IReadOnlyList<Fields> pillars = fields.Maps("pillars", isRequired: true);
        var indicators = new List<Fields>();
        var set = new IndicatorSet(
            id,
            version,
            completeness,
            [.. pillars.Select(pillar => Pillar(pillar, indicators))]
        );
        fields.Close();
        Repeated(pillars, set.Pillars.Select(pillar => pillar.Id));
        Repeated(indicators, set.Indicators.Select(indicator => indicator.Id));
        if (set.Pillars.Count > 0 && set.Pillars.Sum(Counting) == 0)
        {
            fields.Fault(
                "pillars",
                "nothing has a weight above 0",
                "Give at least one indicator and its pillar a weight, such as 1"
            );
        }

        if (set.Indicators.Count() > IndicatorSet.IndicatorsMax)
        {
            fields.Fault(
                "pillars",
                $"more than {IndicatorSet.IndicatorsMax} indicators",
                "Keep to what people can look at"
            );
        }

        return faults.Count == 0
            ? new IndicatorSetRead(set, [])
            : new IndicatorSetRead(null, faults.InOrder());
    }

    private static double Counting(Pillar pillar) =>
        pillar.Weight * pillar.Indicators.Sum(indicator => indicator.Weight);

    private static Pillar Pillar(Fields fields, List<Fields> all)
    {
        string id = Id(fields);
        Dictionary<string, string> names = fields.Languages("name");
        double weight = fields.RequiredNumber("weight", 0, WeightMax, "a weight");
        IReadOnlyList<Fields> indicators = fields.Maps("indicators", isRequired: true);
        all.AddRange(indicators);
        var pillar = new Pillar(
            id,
            names,
            weight,
            [.. indicators.Select(indicator => Indicator(indicator, id))]
        );
        Named(fields);
        fields.Close();
        if (weight > 0 && indicators.Count > 0 && pillar.Indicators.All(one => one.Weight == 0))
        {
            fields.Fault(
                "weight",
                $"pillar '{id}' has a weight and none of its indicators has one",
                "Give one of them a weight, or the pillar weight 0"
            );
        }

        return pillar;
    }

    private static Indicator Indicator(Fields fields, string pillar)
    {
        string id = Id(fields);
        Dictionary<string, string> names = fields.Languages("name");
        var unit = fields.RequiredWord<IndicatorUnit>("unit");
        var better = fields.RequiredWord<Better>("better");
        double floor = fields.RequiredNumber("floor", 0, ValueMax, "a threshold");
        double ceiling = fields.RequiredNumber("ceiling", 0, ValueMax, "a threshold");
        double? step = fields.Number("step", 0, ValueMax, "a step");
        if (floor >= ceiling)
        {
            fields.Fault(
                "ceiling",
                $"the ceiling of '{id}' is not above its floor",
                "The floor is the smaller number, also where lower is better"
            );
        }

        if (step == 0)
        {
            fields.Fault(
                "step",
                $"the step of '{id}' is 0",
                "Leave it out, or write a number above 0"
            );
        }

        var indicator = new Indicator(
            id,
            pillar,
            names,
            unit,
            better,
            floor,
            ceiling,
            step,
            fields.RequiredNumber("weight", 0, WeightMax, "a weight"),
            fields.RequiredWord<ValuesFrom>("from"),
            fields.Text("source"),
            (int)fields.RequiredWhole("max_age_days", 1, AgeMax)
        );
        Threshold(fields, "floor", indicator, floor);
        Threshold(fields, "ceiling", indicator, ceiling);
        Named(fields);
        fields.Close();
        return indicator;
    }

    private static void Threshold(Fields fields, string key, Indicator indicator, double value)
    {
        if (indicator.WhyNot(value) is { } why)
        {
            fields.Fault(
                key,
                $"the {key} of '{indicator.Id}' {why}",
                $"Its unit is {Checks.Word(indicator.Unit)}"
            );
        }
    }

    private static void Named(Fields fields)
    {
        if (!fields.Has("name"))
        {
            fields.Missing("name", "a text, or one for each of en, fr and ar");
        }
    }

    private static string Id(Fields fields)
    {
        string id = fields.Text("id");
        if (id.Length > 0 && !IdForm().IsMatch(id))
        {
            fields.Fault(
                "id",
                $"'{(id.Length <= 40 ? id : id[..40] + "...")}' is no id",
                "Write lower-case letters, digits and dashes, at most 64, as in cable-systems"
            );
        }

        return id;
    }

    private static void Repeated(IReadOnlyList<Fields> items, IEnumerable<string> ids)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach ((Fields item, string id) in items.Zip(ids))
        {
            if (id.Length > 0 && !seen.Add(id))
            {
                item.Fault("id", $"'{id}' stands twice", "Give each its own id");
            }
        }
    }

    [GeneratedRegex("^[a-z0-9](-?[a-z0-9]){0,63}$")]
    private static partial Regex IdForm();
}
