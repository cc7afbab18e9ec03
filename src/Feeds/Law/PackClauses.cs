using Breakwater.Feeds.Yaml;
using Breakwater.Norms.Expressions;
using Breakwater.Norms.Packs;

namespace Breakwater.Feeds.Law;

/// <summary>Reads what packs write in their own way: conditions, dates, periods.</summary>
internal sealed class PackClauses(string file)
{
    public PackLine At(Fields fields) => new(file, fields.Line);

    public Clause? ClauseOrNull(Fields fields, string key)
    {
        if (fields.TextOrNull(key) is not { } text)
        {
            return null;
        }

        (Expression? expression, ExpressionFault? fault) = ExpressionText.Parse(text);
        if (fault is not null)
        {
            fields.Fault(
                key,
                $"'{key}' is no condition at character {fault.At + 1}: {fault.Reason}",
                "Join ids with & (and), | (or), ! (not) and brackets"
            );
        }

        return new Clause(expression ?? new Id("?"), new PackLine(file, fields.LineOf(key)));
    }

    public Clause Clause(Fields fields, string key)
    {
        if (!fields.Has(key))
        {
            fields.Missing(key, "a condition such as \"ihrl.applies & m.restricts\"");
        }

        return ClauseOrNull(fields, key) ?? new Clause(new Id("?"), At(fields));
    }

    public static PartialDate? Date(Fields fields, string key)
    {
        if (fields.TextOrNull(key) is not { } text)
        {
            return null;
        }

        PartialDate? date = PartialDate.Parse(text);
        if (date is null)
        {
            fields.Fault(
                key,
                $"'{key}' is no date: '{text}'",
                "Write \"2020-04-22\", \"2020-04\" or \"2020\", as precisely as it is known"
            );
        }

        return date;
    }

    public static PartialDate RequiredDate(Fields fields, string key)
    {
        if (!fields.Has(key))
        {
            fields.Missing(key, "a date such as \"2020-04-22\" or \"2020\"");
        }

        return Date(fields, key) ?? PartialDate.Of(default);
    }

    /// <summary><c>{from: "1994", to: null}</c>; open on both sides when absent.</summary>
    public static Period Period(Fields fields, string key)
    {
        if (fields.Map(key) is not { } period)
        {
            return Norms.Packs.Period.Always;
        }

        var read = new Period(Date(period, "from"), Date(period, "to"));
        period.TextOrNull("basis");
        period.Close();
        InOrder(fields, key, read);
        return read;
    }

    public static void InOrder(Fields fields, string key, Period period)
    {
        if (period is { From: { } from, To: { } to } && to.Last < from.First)
        {
            fields.Fault(
                key,
                $"'{key}' ends on {to}, before it begins on {from}",
                "Correct one of the two dates"
            );
        }
    }

    public IReadOnlyList<Stance> Stances(Fields fields) =>
        [
            .. fields
                .Maps("stances")
                .Select(stance =>
                {
                    var read = new Stance(
                        stance.Text("profile"),
                        RequiredDate(stance, "from"),
                        Period(stance, "recorded"),
                        Clause(stance, "expr")
                    );
                    stance.Close();
                    return read;
                }),
        ];
}
