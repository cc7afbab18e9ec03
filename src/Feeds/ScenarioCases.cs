using Breakwater.Feeds.Yaml;
using Breakwater.Vocabulary;

namespace Breakwater.Feeds;

/// <summary>Cases, questions of principle and missions of a scenario.</summary>
internal sealed class ScenarioCases(
    Fields root,
    ScenarioFolder folder,
    Origin origin,
    IReadOnlyList<Stakeholder> stakeholders
)
{
    internal static readonly string[] Types =
    [
        "registry-governance",
        "tld-continuity",
        "renewal-waiver",
        "redelegation",
        "sanctions-effect",
        "revocation-request",
        "neutrality-reply",
    ];

    internal static readonly string[] QuestionKinds = ["registry", "neutrality"];

    internal static readonly string[] Purposes = ["repair", "delivery", "assessment"];

    private readonly string[] people = [.. stakeholders.Select(one => one.Id)];

    public IReadOnlyList<ScenarioCase> Cases()
    {
        var cases = new List<ScenarioCase>();
        foreach (Fields one in root.Maps("cases"))
        {
            Fields? users = one.Map("users");
            string by = By(one);
            var found = new ScenarioCase(
                one.Text("id"),
                one.OneOf("type", Types) ?? Absent(one, "type", Types),
                one.Text("name"),
                one.RequiredPlace("place"),
                one.Text("institution"),
                one.TextOrNull("forum"),
                users is null ? null : Users(users),
                one.Text("usersSource"),
                Places(one, "functions"),
                Deadlines(one),
                Measures(one),
                Parties(one),
                Contacts(one),
                by,
                one.Word<Origin>("origin") ?? origin,
                folder.At(one)
            );
            users?.Close();
            one.Close();
            ScenarioOffers.Once(one, "case", found.Id, cases.Select(other => other.Id));
            folder.Keep($"cases/{found.Id}", one);
            cases.Add(found);
        }

        return cases;
    }

    public IReadOnlyList<ScenarioQuestion> Questions(IReadOnlyList<ScenarioCase> cases)
    {
        var questions = new List<ScenarioQuestion>();
        foreach (Fields one in root.Maps("questions"))
        {
            var question = new ScenarioQuestion(
                one.Text("id"),
                one.OneOf("kind", QuestionKinds) ?? Absent(one, "kind", QuestionKinds),
                one.Text("question"),
                one.Text("case"),
                folder.At(one)
            );
            one.Close();
            ScenarioOffers.Known(one, "case", "case", question.Case, cases.Select(c => c.Id));
            ScenarioOffers.Once(
                one,
                "question",
                question.Id,
                ["activation", "plan", .. questions.Select(other => other.Id)]
            );
            questions.Add(question);
        }

        return questions;
    }

    public IReadOnlyList<ScenarioMission> Missions(
        IReadOnlyList<Offer> offers,
        IReadOnlyList<Clearance> clearances
    )
    {
        var missions = new List<ScenarioMission>();
        foreach (Fields one in root.Maps("missions"))
        {
            Fields? window = one.RequiredMap("window");
            var mission = new ScenarioMission(
                one.Text("id"),
                one.Text("offer"),
                one.OneOf("purpose", Purposes) ?? Absent(one, "purpose", Purposes),
                one.RequiredPlace("place"),
                window is null
                    ? new TimeWindow()
                    : new TimeWindow(window.RequiredTime("since"), window.RequiredTime("until")),
                one.RequiredTime("proposedAt"),
                By(one),
                (int)one.RequiredWhole("crewSize", 1, 200),
                one.Texts("spares"),
                one.Texts("clearances", isRequired: true),
                one.Texts("parties"),
                one.Word<Origin>("origin") ?? origin,
                folder.At(one)
            );
            window?.Close();
            one.Close();
            ScenarioOffers.Once(one, "mission", mission.Id, missions.Select(other => other.Id));
            ScenarioOffers.Known(one, "offer", "offer", mission.Offer, offers.Select(o => o.Id));
            foreach (string clearance in mission.Clearances)
            {
                ScenarioOffers.Known(
                    one,
                    "clearances",
                    "clearance",
                    clearance,
                    clearances.Select(c => c.Id)
                );
            }

            missions.Add(mission);
        }

        return missions;
    }

    private string By(Fields one)
    {
        string by = one.Text("by");
        ScenarioOffers.Known(one, "by", "stakeholder", by, people);
        return by;
    }

    private static string Absent(Fields one, string key, string[] words)
    {
        if (!one.Has(key))
        {
            one.Missing(key, string.Join(", ", words));
        }

        return "";
    }

    private static CountRange? Users(Fields one)
    {
        const long people = 10_000_000_000;
        long? low = one.Whole("low", 0, people);
        long? high = one.Whole("high", 0, people);
        if (low > high)
        {
            one.Fault("high", "'high' is below 'low'", "Swap them");
        }

        return low is { } from && high is { } to ? new CountRange(from, to) : null;
    }

    private static List<Place> Places(Fields one, string key)
    {
        var places = new List<Place>();
        foreach (string text in one.Texts(key))
        {
            if (Place.TryParse(text, out Place place))
            {
                places.Add(place);
            }
            else
            {
                one.Fault(key, $"'{text}' is no core resource", "Write rir:afrinic/reverse-dns");
            }
        }

        return places;
    }

    private static List<CaseDeadlineLine> Deadlines(Fields one)
    {
        var lines = new List<CaseDeadlineLine>();
        foreach (Fields line in one.Maps("deadlines"))
        {
            lines.Add(
                new(
                    line.Text("id"),
                    line.Text("what"),
                    line.RequiredTime("due"),
                    line.Text("source")
                )
            );
            line.Close();
        }

        return lines;
    }

    private static List<CaseMeasureLine> Measures(Fields one)
    {
        var lines = new List<CaseMeasureLine>();
        foreach (Fields line in one.Maps("measures"))
        {
            lines.Add(new(line.Text("id"), line.Text("what"), line.Text("whose")));
            line.Close();
        }

        return lines;
    }

    private static List<CasePartyLine> Parties(Fields one)
    {
        var lines = new List<CasePartyLine>();
        foreach (Fields line in one.Maps("parties"))
        {
            lines.Add(
                new(
                    line.Text("name"),
                    line.RequiredWord<StakeholderClass>("class"),
                    line.Text("part")
                )
            );
            line.Close();
        }

        return lines;
    }

    private static List<CaseContactLine> Contacts(Fields one)
    {
        var lines = new List<CaseContactLine>();
        foreach (Fields line in one.Maps("contacts"))
        {
            lines.Add(new(line.Text("resource"), line.Text("why")));
            line.Close();
        }

        return lines;
    }
}
