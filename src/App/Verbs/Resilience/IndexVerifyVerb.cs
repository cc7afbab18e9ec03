using System.CommandLine;
using System.Globalization;
using Breakwater.App.Resilience;
using Breakwater.Feeds.Resilience;
using Breakwater.Preparedness.Resilience;

namespace Breakwater.App.Verbs.Resilience;

/// <summary><c>index verify</c>: everything that is wrong with a set of indicators or a file of values, by line.</summary>
internal static class IndexVerifyVerb
{
    public static Command Command(Printing print)
    {
        var file = new Argument<string?>("FILE")
        {
            Description =
                "A set of indicators (.yaml), or values; without it, the set that comes with Breakwater",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command(
            "verify",
            "Check a set of indicators or a file of values. Example: breakwater index verify values.csv"
        )
        {
            file,
        };
        command.SetAction(parsed =>
            parsed.GetValue(file) is { } path && !IsSet(path)
                ? Values(print, path)
                : Set(print, parsed.GetValue(file))
        );
        return command;
    }

    private static bool IsSet(string path) =>
        Path.GetExtension(path).ToUpperInvariant() is ".YAML" or ".YML";

    private static int Values(Printing print, string path)
    {
        ValuesRead read = ValueInputs.Read(path, SetAtHand.Set);
        foreach (Vocabulary.InputFault fault in read.Faults)
        {
            print.Line(fault.ToString());
        }

        if (read.Omitted > 0)
        {
            print.Line($"and {read.Omitted} more");
        }

        print.Line(
            $"{read.Values.Count} values of {read.Values.Select(value => value.Country).Distinct().Count()} countries and {read.Values.Select(value => value.Indicator).Distinct().Count()} indicators; {read.Faults.Count + read.Omitted} faults"
        );
        return read.Faults.Count > 0 ? ExitCode.DoesNotHold : ExitCode.Done;
    }

    private static int Set(Printing print, string? path)
    {
        IndicatorSetRead read = path is null ? SetAtHand.Read : IndicatorSetReader.Read(path);
        if (read.Set is not { } set)
        {
            foreach (Vocabulary.InputFault fault in read.Faults)
            {
                print.Line(fault.ToString());
            }

            return ExitCode.DoesNotHold;
        }

        print.Line(
            $"{set.Id} {set.Version}: {set.Pillars.Count} pillars, {set.Indicators.Count()} indicators"
        );
        foreach (string note in set.Notes())
        {
            print.Line($"  note: {note}");
        }

        foreach (Pillar pillar in set.Pillars)
        {
            print.Line();
            print.Line($"{pillar.Id}  {Number(100 * set.ShareOf(pillar))} % of the index");
            foreach (Indicator one in pillar.Indicators)
            {
                print.Line(
                    $"  {one.Id, -26} {Tables.Word(one.Unit), -13} {Tables.Word(one.Better), -6} is better, {Number(one.Floor)} to {Number(one.Ceiling)}, at most {one.AgeDaysMax} days, from {Tables.Word(one.From)}"
                );
            }
        }

        return ExitCode.Done;
    }

    private static string Number(double value) =>
        value.ToString("0.###", CultureInfo.InvariantCulture);
}
