using Breakwater.Feeds;

namespace Breakwater.App.Verbs;

internal static class ScenarioInput
{
    /// <exception cref="Fault">Every fault of the scenario on a line of its own.</exception>
    public static Scenario Read(string idOrFolder)
    {
        ScenarioRead read = BundledScenarios.Read(idOrFolder);
        return read.Scenario ?? throw Fault.Unreadable(read.Faults);
    }
}
