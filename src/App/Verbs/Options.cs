using System.CommandLine;
using System.Globalization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Verbs;

/// <summary>Options that several verbs share.</summary>
internal static class Options
{
    private const double LengthMaxDays = 366;

    public static Option<bool> Json() =>
        new("--json") { Description = "One JSON document on standard output, nothing else" };

    public static Option<string?> Data() =>
        new("--data")
        {
            Description =
                $"Data folder (default: ${DataFolder.Variable}, else the local application data folder)",
            HelpName = "DIR",
        };

    public static Argument<string> Scenario() =>
        new("SCENARIO") { Description = "Id of a bundled scenario, or a folder of one's own" };

    /// <summary>What to say of an option that a verb does not have.</summary>
    public static string Unknown(string option, Command command) =>
        $"{option} is not known. {Nearest.Remedy(option, [.. command.Options.Select(known => known.Name)])}";

    /// <summary>A length of time on the command line: <c>500ms</c>, <c>90s</c>, <c>30m</c>, <c>48h</c> or <c>2d</c>.</summary>
    public static Duration Length(Option option, string text)
    {
        (string digits, Duration unit) = text switch
        {
            [.. var number, 'm', 's'] => (number, Duration.FromMilliseconds(1)),
            [.. var number, 's'] => (number, Duration.FromSeconds(1)),
            [.. var number, 'm'] => (number, Duration.FromMinutes(1)),
            [.. var number, 'h'] => (number, Duration.FromHours(1)),
            [.. var number, 'd'] => (number, Duration.FromDays(1)),
            _ => ("", Duration.Zero),
        };
        return
            double.TryParse(
                digits,
                NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out double count
            )
            && count * unit.TotalDays <= LengthMaxDays
            ? unit * count
            : throw new Fault(
                ExitCode.Usage,
                $"{option.Name} {text} is no length of time. Write 500ms, 90s, 30m, 48h or 2d"
            );
    }
}
