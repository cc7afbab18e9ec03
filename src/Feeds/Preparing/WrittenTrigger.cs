using Breakwater.Feeds.Yaml;
using Breakwater.Preparedness.Agreements;
using NodaTime;

namespace Breakwater.Feeds.Preparing;

/// <summary>
/// A trigger in a file: a list of alternatives, each with the conditions that must all hold: <c>- all: [{disruption: {within: SD}}]</c>.
/// </summary>
internal static class WrittenTrigger
{
    private const double HoursMax = 366 * 24;
    private static readonly string[] _sources = ["disruption", "agreement", "time"];

    public static IReadOnlyList<TriggerCondition> Read(
        Fields fields,
        string id,
        IReadOnlyCollection<string> kinds,
        FaultList faults
    )
    {
        var trigger = new List<TriggerCondition>();
        var lines = new List<int>();
        foreach (
            (Fields alternative, int number) in fields
                .Maps("trigger")
                .Select((one, at) => (one, at + 1))
        )
        {
            foreach (Fields one in alternative.Maps("all", isRequired: true))
            {
                trigger.Add(Condition(one, number));
                lines.Add(one.Line);
                one.Close();
            }

            alternative.Close();
        }

        foreach ((int at, string reason) in Trigger.WhyNot(trigger, kinds))
        {
            faults.Add(
                at == 0 ? fields.LineOf("trigger") : lines[at - 1],
                $"the trigger of '{id}': {reason}",
                "See 'breakwater agreements verify --help' for the form of a trigger"
            );
        }

        return trigger;
    }

    private static TriggerCondition Condition(Fields fields, int alternative)
    {
        bool isNot = fields.Truth("not", otherwise: false);
        string[] sources = [.. _sources.Where(fields.Has)];
        if (sources.Length != 1)
        {
            fields.Fault(
                "disruption",
                sources.Length == 0
                    ? "a condition asks nothing"
                    : "a condition asks of more than one thing",
                "Write one of disruption:, agreement: and time: in each condition"
            );
        }

        if (fields.TextOrNull("agreement") is { } agreement)
        {
            return new TriggerCondition(
                TriggerSource.Agreement,
                alternative,
                isNot,
                Agreement: agreement
            );
        }

        if (fields.Map("time") is { } time)
        {
            var read = new TriggerCondition(
                TriggerSource.Time,
                alternative,
                isNot,
                Since: time.Time("since"),
                Until: time.Time("until")
            );
            time.Close();
            return read;
        }

        if (fields.Map("disruption") is not { } disruption)
        {
            return new TriggerCondition(TriggerSource.Disruption, alternative, isNot);
        }

        var condition = new TriggerCondition(
            TriggerSource.Disruption,
            alternative,
            isNot,
            disruption.Texts("kinds"),
            disruption.Place("within"),
            disruption.Truth("confirmed", otherwise: false),
            disruption.Number("confidence", 0, 1, "a number"),
            disruption.Number("lasts_hours", 0, HoursMax, "hours") is { } hours
                ? Duration.FromHours(hours)
                : null,
            disruption.Number("people", 0, 1, "a share")
        );
        disruption.Close();
        return condition;
    }
}
