using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Breakwater.Vocabulary;

namespace Breakwater.Preparedness.Agreements.Files;

/// <summary>Agreements in the form that files of agreements are read in. Texts are quoted as in JSON, which YAML 1.2 takes as it is.</summary>
public static class AgreementYaml
{
    private static readonly JsonSerializerOptions _plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(IEnumerable<Agreement> agreements)
    {
        ArgumentNullException.ThrowIfNull(agreements);
        var text = new StringBuilder();
        foreach (Agreement one in agreements)
        {
            One(text, one);
        }

        return text.Length == 0 ? "agreements: []\n" : $"agreements:\n{text}";
    }

    private static void One(StringBuilder text, Agreement one)
    {
        AgreementTerms terms = one.Terms;
        text.Append(CultureInfo.InvariantCulture, $"  - id: {Quoted(one.Id)}\n");
        Line(text, "name", Quoted(one.Name));
        Line(text, "kind", Checks.Word(terms.Kind));
        text.Append("    parties:\n");
        foreach (AgreementParty party in one.Parties)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"      - {{name: {Quoted(party.Name)}, class: {Checks.Word(party.Class)}{(party.Organisation is { } id ? $", organisation: {Quoted(id)}" : "")}}}\n"
            );
        }

        Line(text, "places", List(terms.Places.Select(place => Quoted(place.Key))));
        Line(text, "action", Quoted(terms.Action));
        Line(text, "groups", List(terms.Groups.Select(Checks.Word)));
        Line(text, "conditions", List(terms.Conditions.Select(Quoted)));
        Line(text, "from", Quoted(terms.From.ToString()));
        Some(text, "until", terms.Until is { } until ? Quoted(until.ToString()) : null);
        Some(text, "quantity", terms.Quantity?.ToString(CultureInfo.InvariantCulture));
        Some(text, "unit", terms.Unit is { } unit ? Quoted(unit) : null);
        Some(text, "test_months", terms.TestMonths?.ToString(CultureInfo.InvariantCulture));
        Line(
            text,
            "signed",
            List(
                one.Parties.Zip(one.Signatures)
                    .Where(pair => pair.Second.Answer == PartyAnswer.Accepted)
                    .Select(pair => Quoted(pair.First.Key()))
            )
        );
        Trigger(text, terms.Trigger);
    }

    private static void Trigger(StringBuilder text, IReadOnlyList<TriggerCondition> trigger)
    {
        if (trigger.Count == 0)
        {
            return;
        }

        text.Append("    trigger:\n");
        foreach (
            IGrouping<int, TriggerCondition> all in trigger
                .GroupBy(condition => condition.Alternative)
                .OrderBy(all => all.Key)
        )
        {
            text.Append("      - all:\n");
            foreach (TriggerCondition condition in all)
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"          - {{{(condition.IsNot ? "not: true, " : "")}{Asked(condition)}}}\n"
                );
            }
        }
    }

    private static string Asked(TriggerCondition condition) =>
        condition.Source switch
        {
            TriggerSource.Agreement => $"agreement: {Quoted(condition.Agreement ?? "")}",
            TriggerSource.Time =>
                $"time: {Map(
                ("since", condition.Since is { } since ? Quoted(since.ToString()) : null),
                ("until", condition.Until is { } until ? Quoted(until.ToString()) : null)
            )}",
            _ =>
                $"disruption: {Map(
                ("kinds", condition.Kinds is { Count: > 0 } kinds ? List(kinds.Select(Quoted)) : null),
                ("within", condition.Within is { } within ? Quoted(within.Key) : null),
                ("confirmed", condition.IsConfirmed ? "true" : null),
                ("confidence", Number(condition.ConfidenceMin)),
                ("lasts_hours", Number(condition.LastsMin?.TotalHours)),
                ("people", Number(condition.PeopleShareMin))
            )}",
        };

    private static string Map(params (string Name, string? Value)[] members) =>
        $"{{{string.Join(", ", members.Where(member => member.Value is not null).Select(member => $"{member.Name}: {member.Value}"))}}}";

    private static string List(IEnumerable<string> items) => $"[{string.Join(", ", items)}]";

    private static void Line(StringBuilder text, string name, string value) =>
        text.Append(CultureInfo.InvariantCulture, $"    {name}: {value}\n");

    private static void Some(StringBuilder text, string name, string? value)
    {
        if (value is not null)
        {
            Line(text, name, value);
        }
    }

    private static string? Number(double? number) =>
        number?.ToString("R", CultureInfo.InvariantCulture);

    private static string Quoted(string text) => JsonSerializer.Serialize(text, _plain);
}
