using System.CommandLine;

namespace Breakwater.App.Verbs;

/// <summary><c>bgp</c>: routing data, a verb for each question.</summary>
internal static class BgpVerb
{
    public static Command Command(Printing print) =>
        new("bgp", "Routing data")
        {
            BgpCountVerb.Command(print),
            BgpDumpVerb.Command(print),
            BgpRibVerb.Command(print),
            BgpRovVerb.Command(print),
            BgpFetchVerb.Command(print),
            BgpFollowVerb.Command(print),
        };
}
