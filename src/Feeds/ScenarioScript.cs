using Breakwater.Feeds.Yaml;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Feeds;

/// <summary>What people said and did. The words of stands, answers and steps are those of Decisions, which no door may reference.</summary>
internal sealed class ScenarioScript(Fields root, ScenarioFolder folder)
{
    internal static readonly string[] Stands =
    [
        "support",
        "no-objection",
        "object",
        "abstain",
        "recuse",
    ];

    internal static readonly string[] Answers = ["given", "denied", "no-answer", "not-asked"];

    internal static readonly string[] Steps =
    [
        "pledged",
        "cleared",
        "delivered",
        "working",
        "still-working",
        "lapsed",
        "withdrawn",
    ];

    public IReadOnlyList<string> ConsentParties()
    {
        IReadOnlyList<string> parties = root.Texts("consentParties");
        if (parties.Distinct(StringComparer.Ordinal).Count() < parties.Count)
        {
            root.Fault("consentParties", "'consentParties' names a party twice", "Name it once");
        }

        return parties;
    }

    /// <summary>Null when there is no script: the walk then stops at the open decision.</summary>
    public IReadOnlyList<ScriptEntry>? Entries(
        IReadOnlyList<Stakeholder> stakeholders,
        IReadOnlyList<Offer> offers,
        IReadOnlyList<string> parties,
        IReadOnlyList<ScenarioQuestion> questions,
        IReadOnlyList<ScenarioCase> cases,
        IReadOnlyList<ScenarioMission> missions
    )
    {
        if (!root.Has("script"))
        {
            return null;
        }

        string[] people = [.. stakeholders.Select(stakeholder => stakeholder.Id)];
        string[] ids = [.. offers.Select(offer => offer.Id)];
        string[] asked = ["activation", "plan", .. questions.Select(question => question.Id)];
        var lines = new ScenarioLines(folder, people, asked, cases, missions);
        var entries = new List<ScriptEntry>();
        foreach (Fields one in root.Maps("script"))
        {
            ScriptEntry? entry =
                lines.Read(one) is { } line ? line
                : one.Has("case") ? null
                : one.Has("stand") ? Position(one, people, asked)
                : one.Has("objection") ? Answer(one, people, asked)
                : one.Has("answer") ? Consent(one, parties)
                : one.Has("step") ? Step(one, people, ids)
                : Neither(one);
            if (entry is null)
            {
                continue;
            }

            one.Close();
            if (entries.Count > 0 && entry.At != default && entry.At < entries[^1].At)
            {
                one.Fault("at", "'at' is before the entry above", "Order the script by time");
            }

            entries.Add(entry);
        }

        return entries;
    }

    private ScriptedPosition Position(Fields one, string[] people, string[] asked)
    {
        Instant at = one.RequiredTime("at");
        string by = one.Text("by");
        ScenarioOffers.Known(one, "by", "stakeholder", by, people);
        return new ScriptedPosition(
            at,
            folder.At(one),
            by,
            ScenarioLines.OnOf(one, asked),
            one.OneOf("stand", Stands) ?? "",
            one.Text("reason")
        );
    }

    private ScriptedAnswer Answer(Fields one, string[] people, string[] asked)
    {
        Instant at = one.RequiredTime("at");
        string by = one.Text("by");
        ScenarioOffers.Known(one, "by", "stakeholder", by, people);
        string objection = one.Text("objection");
        ScenarioOffers.Known(one, "objection", "stakeholder", objection, people);
        return new ScriptedAnswer(
            at,
            folder.At(one),
            by,
            ScenarioLines.OnOf(one, asked),
            objection,
            one.Text("answer")
        );
    }

    private ScriptedConsent Consent(Fields one, IReadOnlyList<string> parties)
    {
        string party = one.Text("party");
        ScenarioOffers.Known(one, "party", "consent party", party, parties);
        Instant at = one.RequiredTime("at");
        Instant? askedAt = one.Time("askedAt");
        if (askedAt > at)
        {
            one.Fault("askedAt", "'askedAt' is after 'at'", "Swap them, or correct one of them");
        }

        return new ScriptedConsent(
            at,
            folder.At(one),
            party,
            one.OneOf("answer", Answers) ?? "",
            askedAt,
            one.Text("reason")
        );
    }

    private ScriptedStep Step(Fields one, string[] people, string[] offers)
    {
        string by = one.Text("by");
        ScenarioOffers.Known(one, "by", "stakeholder", by, people);
        string offer = one.Text("offer");
        ScenarioOffers.Known(one, "offer", "offer", offer, offers);
        return new ScriptedStep(
            one.RequiredTime("at"),
            folder.At(one),
            offer,
            one.OneOf("step", Steps) ?? "",
            one.Text("proof"),
            by
        );
    }

    private static ScriptEntry? Neither(Fields one)
    {
        one.Fault(
            "at",
            "is neither a position, nor an answer to one, nor a consent, nor a step, nor about a case, an appeal or a mission",
            "Add 'stand' for a position, 'objection' for an answer to it, 'answer' for a consent, 'step' for a commitment, 'appeal', 'case' or 'mission'"
        );
        return null;
    }
}
