using Breakwater.Feeds.Yaml;
using NodaTime;

namespace Breakwater.Feeds;

/// <summary>Lines of a script about appeals, cases and missions.</summary>
internal sealed class ScenarioLines(
    ScenarioFolder folder,
    string[] people,
    string[] asked,
    IReadOnlyList<ScenarioCase> cases,
    IReadOnlyList<ScenarioMission> missions
)
{
    internal static readonly string[] Hearings = ["upheld", "reopened"];

    internal static readonly string[] MeasureStates = ["in-place", "ended"];

    internal static readonly string[] ItemAnswers = ["unknown", "yes", "partly", "no"];

    internal static readonly string[] FunctionStates = ["unknown", "working", "degraded", "down"];

    internal static readonly string[] NoticeAnswers = ["acknowledged", "denied"];

    internal static readonly string[] MissionActs =
    [
        "approved",
        "started",
        "all-well",
        "aborted",
        "returned",
        "repaired",
        "delivered",
        "partly-done",
        "turned-back",
    ];

    /// <summary>Null when the line is about none of them.</summary>
    public ScriptEntry? Read(Fields one) =>
        one.Has("case") ? Case(one)
        : one.Has("appeal") || one.Has("heard") ? Appeal(one)
        : one.Has("mission") ? (one.Has("act") ? Mission(one) : Notice(one))
        : null;

    private ScriptedAppeal Appeal(Fields one) =>
        new(
            one.RequiredTime("at"),
            folder.At(one),
            By(one),
            OnOf(one, asked),
            one.Has("heard") ? one.OneOf("heard", Hearings) : null,
            one.Has("heard") ? one.Text("reason") : one.Text("appeal")
        );

    private ScriptedCaseAct? Case(Fields one)
    {
        Instant at = one.RequiredTime("at");
        string by = By(one);
        string about = one.Text("case");
        ScenarioOffers.Known(one, "case", "case", about, cases.Select(c => c.Id));
        ScenarioCase? known = cases.FirstOrDefault(c => c.Id == about);
        string proof = one.Text("proof");
        if (one.Has("deadline"))
        {
            string deadline = one.Text("deadline");
            Known("deadline", deadline, known?.Deadlines.Select(line => line.Id));
            return new ScriptedDeadlineMet(at, folder.At(one), by, about, deadline, proof);
        }

        if (one.Has("measure"))
        {
            string measure = one.Text("measure");
            Known("measure", measure, known?.Measures.Select(line => line.Id));
            string state = one.OneOf("state", MeasureStates) ?? "";
            return new ScriptedMeasure(at, folder.At(one), by, about, measure, state, proof);
        }

        if (one.Has("item"))
        {
            string answer = one.OneOf("says", ItemAnswers) ?? "";
            return new ScriptedItem(at, folder.At(one), by, about, one.Text("item"), answer, proof);
        }

        if (one.Has("function"))
        {
            return new ScriptedFunction(
                at,
                folder.At(one),
                by,
                about,
                one.RequiredPlace("function"),
                one.OneOf("state", FunctionStates) ?? "",
                proof,
                one.Text("source")
            );
        }

        one.Fault(
            "case",
            "says nothing of the case",
            "Add 'deadline', 'measure', 'item' or 'function'"
        );
        return null;

        void Known(string key, string id, IEnumerable<string>? ids) =>
            ScenarioOffers.Known(one, key, key, id, ids ?? []);
    }

    private ScriptedMission Mission(Fields one) =>
        new(
            one.RequiredTime("at"),
            folder.At(one),
            By(one),
            MissionOf(one),
            one.OneOf("act", MissionActs) ?? "",
            one.TextOrNull("reason") ?? ""
        );

    private ScriptedNotice Notice(Fields one)
    {
        string mission = MissionOf(one);
        string party = one.Text("party");
        ScenarioOffers.Known(
            one,
            "party",
            "party",
            party,
            missions.FirstOrDefault(m => m.Id == mission)?.Parties ?? []
        );
        return new(
            one.RequiredTime("at"),
            folder.At(one),
            By(one),
            mission,
            party,
            one.Has("replies") ? one.OneOf("replies", NoticeAnswers) : null,
            one.TextOrNull("reason") ?? ""
        );
    }

    private string MissionOf(Fields one)
    {
        string mission = one.Text("mission");
        ScenarioOffers.Known(one, "mission", "mission", mission, missions.Select(m => m.Id));
        return mission;
    }

    private string By(Fields one)
    {
        string by = one.Text("by");
        ScenarioOffers.Known(one, "by", "stakeholder", by, people);
        return by;
    }

    /// <summary>What a position, an answer or an appeal is on.</summary>
    internal static string OnOf(Fields one, string[] asked)
    {
        if (!one.Has("on"))
        {
            one.Missing("on", string.Join(", ", asked));
        }

        return one.OneOf("on", asked) ?? "";
    }
}
