using Breakwater.Disruptions;
using Breakwater.Disruptions.Matching;
using Breakwater.Records;
using Breakwater.Signals;
using Breakwater.Vocabulary;

namespace Breakwater.App.Verbs;

/// <summary>What <c>detect</c> prints and records.</summary>
internal static class DetectOutput
{
    public static async Task Record(
        string folder,
        List<SourceFile> raws,
        List<Signal> signals,
        Detection detection,
        CancellationToken cancel
    )
    {
        await using SqliteRecords records = DataFolder.Open(folder);
        foreach (SourceFile raw in raws)
        {
            await records.Keep(raw.Content, cancel).ConfigureAwait(false);
        }

        await Recording
            .Append(
                records,
                "detect",
                [.. signals.Select(Recording.Of), .. detection.Disruptions.Select(Recording.Of)],
                cancel
            )
            .ConfigureAwait(false);
    }

    public static void Show(
        Printing print,
        bool isJson,
        Detection detection,
        IReadOnlyList<Signal> signals,
        List<InputFault> faults,
        List<string> notes
    )
    {
        if (isJson)
        {
            print.Json(
                new
                {
                    disruptions = detection.Disruptions,
                    blind = detection.Blind,
                    setAside = detection.SetAside,
                    watched = Watched.Of(signals),
                    faults,
                    notes,
                }
            );
            return;
        }

        Tables.Disruptions(print, detection.Disruptions);
        Tables.Blind(print, detection.Blind);
        RoutingTables.SetAside(print, detection.SetAside);
        notes.ForEach(note => print.Line($"note: {note}"));
    }
}
