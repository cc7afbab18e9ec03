using Breakwater.Disruptions;
using Breakwater.Disruptions.Matching;
using Breakwater.Signals;
using Breakwater.Vocabulary;

namespace Breakwater.App.Verbs;

/// <summary>What <c>detect</c> prints.</summary>
internal static class DetectOutput
{
    public static void Show(
        Printing print,
        bool isJson,
        Detection detection,
        IReadOnlyList<Signal> signals,
        List<InputFault> faults,
        List<string> notes,
        IReadOnlyList<Revision> revisions,
        bool isWatched = true
    )
    {
        if (isJson)
        {
            print.Json(DetectDocument.Of(detection, Watched.Of(signals), revisions, faults, notes));
            return;
        }

        DisruptionTables.Revisions(print, revisions);
        if (isWatched || detection.Disruptions.Count > 0)
        {
            DisruptionTables.Disruptions(print, detection.Disruptions);
            DisruptionTables.Blind(print, detection.Blind);
        }
        else
        {
            print.Line(
                "NOTHING WATCHED  no measurement was read, so nothing can be said: neither that all is well nor that it is not"
            );
        }

        DisruptionTables.Storms(print, detection.Storms);
        DisruptionTables.Floods(print, detection.Floods);
        RoutingTables.SetAside(print, detection.SetAside);
        notes.ForEach(note => print.Line($"note: {note}"));
    }
}
