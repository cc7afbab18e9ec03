using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using Breakwater.Feeds.Resilience;
using Breakwater.Preparedness.Resilience;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Bench.Preparedness;

/// <summary>200 countries with every indicator of the bundled set and three values of each, two of them older. Target: under 2 s.</summary>
[MemoryDiagnoser]
public class IndexBench
{
    private const int CountriesMade = 200;
    private static readonly LocalDate _today = new(2026, 11, 1);
    private readonly IndicatorSet _set = IndicatorSetReader.ReadBundled().Set!;
    private SourceFile _file = null!;
    private IReadOnlyList<IndicatorValue> _values = null!;
    private ResilienceIndex _index = null!;

    [GlobalSetup]
    public void Make()
    {
        var csv = new StringBuilder(
            "country,indicator,value,low,high,date,source,licence,origin\n"
        );
        string[] codes =
        [
            .. (
                from first in Enumerable.Range('A', 26)
                from second in Enumerable.Range('A', 26)
                select $"{(char)first}{(char)second}"
            )
                .Where(Countries.IsCode)
                .Take(CountriesMade),
        ];
        uint seed = 1;
        foreach (string code in codes)
        {
            foreach (Indicator one in _set.Indicators)
            {
                for (int age = 0; age < 3; age++)
                {
                    seed = unchecked((seed * 1_664_525) + 1_013_904_223);
                    double value = one.Floor + ((one.Ceiling - one.Floor) * (seed / 4294967296.0));
                    value = one.Unit is IndicatorUnit.Count or IndicatorUnit.YesNo
                        ? Math.Round(value)
                        : value;
                    csv.Append(
                        CultureInfo.InvariantCulture,
                        $"{code},{one.Id},{value:0.###},,,{_today.PlusDays(-age * 30):uuuu-MM-dd},made,CC0,modelled\n"
                    );
                }
            }
        }

        _file = SourceFile.Of("values.csv", Encoding.UTF8.GetBytes(csv.ToString()));
        _values = ValuesFromCsv.Read(_file, _set).Values;
        _index = ResilienceFromValues.Compute(_set, _values, _today);
        if (_index.Countries.Count != CountriesMade || _index.Countries.Any(one => one.IsWithheld))
        {
            throw new InvalidOperationException("not the index that was to be measured");
        }
    }

    [Benchmark]
    public int Read() => ValuesFromCsv.Read(_file, _set).Values.Count;

    [Benchmark]
    public int Index() => ResilienceFromValues.Compute(_set, _values, _today).Countries.Count;

    [Benchmark]
    public int IndexWithImprovementsOfAll() =>
        ResilienceFromValues
            .Compute(_set, _values, _today)
            .Countries.Sum(country => Improvements.Of(_set, country, _today).First.Count);

    [Benchmark]
    public int Sensitivity1000Draws() =>
        Sensitivity.Of(_set, _index, new SensitivityTerms()).Countries.Count;
}
