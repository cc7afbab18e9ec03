using System.CommandLine;
using System.Globalization;
using Breakwater.Feeds.Yaml;
using NodaTime;

namespace Breakwater.App.Verbs;

/// <summary>Options that several verbs share.</summary>
internal static class Options
{
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

    /// <summary>A length of time on the command line: <c>90s</c>, <c>30m</c>, <c>48h</c> or <c>2d</c>.</summary>
    public static Duration Length(Option option, string text)
    {
        double seconds = text is [.., var unit]
            ? unit switch
            {
                's' => 1,
                'm' => 60,
                'h' => 3_600,
                'd' => 86_400,
                _ => double.NaN,
            }
            : double.NaN;
        return
            double.TryParse(
                text.AsSpan(0, Math.Max(0, text.Length - 1)),
                NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out double count
            )
            && count * seconds <= TimeSpan.FromDays(366).TotalSeconds
            ? Duration.FromSeconds(count * seconds)
            : throw new Fault(
                ExitCode.Usage,
                $"{option.Name} {text} is no length of time. Write 90s, 30m, 48h or 2d"
            );
    }
}
