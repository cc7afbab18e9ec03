using System.CommandLine;

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
}
