using Breakwater.Norms.Expressions;
using Breakwater.Norms.Facts;
using Breakwater.Norms.Findings;
using Breakwater.Publications;

namespace Breakwater.App.Pages.Law;

/// <summary>
/// An expression of the pack as a list of lists in words: what must all be so, what is enough alone, what must not be. With a reading,
/// each line says what it comes to and who says so.
/// </summary>
/// <param name="reading">Null for the rule itself, without an incident.</param>
/// <param name="facts">What is known of the incident.</param>
/// <param name="burden">Facts that are taken so for want of an answer.</param>
internal sealed class Conditions(
    Markup page,
    LawWords words,
    Reading? reading = null,
    KnownFacts? facts = null,
    IReadOnlyDictionary<string, bool>? burden = null
)
{
    private static readonly Dictionary<string, bool> _noBurden = [];

    private PageTexts Texts => page.Texts;

    public void Write(Expression expression)
    {
        page.Raw("<ul class=\"tree\">\n");
        Line(expression);
        page.Raw("</ul>\n");
    }

    private void Line(Expression expression)
    {
        page.Raw($"<li>{Value(expression)}");
        switch (expression)
        {
            case Id id:
                page.Raw($" {words.TermWithId(id.Name)}{Said(id.Name)}");
                Under(Definition(id.Name) is { } definition ? [definition] : []);
                break;
            case Not not:
                page.Raw($" {Texts.Html("norms.not")}");
                Under([not.Of]);
                break;
            case All all:
                page.Raw($" {Texts.Html("norms.all-of")}");
                Under(all.Parts);
                break;
            case Any any:
                page.Raw($" {Texts.Html("norms.any-of")}");
                Under(any.Parts);
                break;
        }

        page.Raw("</li>\n");
    }

    private void Under(IReadOnlyList<Expression> parts)
    {
        if (parts.Count == 0)
        {
            return;
        }

        page.Raw("\n<ul>\n");
        foreach (Expression part in parts)
        {
            Line(part);
        }

        page.Raw("</ul>\n");
    }

    private Expression? Definition(string id) =>
        reading is not null
            ? reading.Definition(id)?.Expression
            : words.Pack.Derived.FirstOrDefault(term => term.Id == id)?.Clause.Expression;

    private string Value(Expression expression) =>
        reading is null
            ? ""
            : $"<span class=\"kind\">{Texts.Html(
                reading.ValueOf(expression, burden ?? _noBurden) switch
                {
                    Kleene.True => "norms.value.yes",
                    Kleene.False => "norms.value.no",
                    _ => "norms.value.unknown",
                }
            )}</span>";

    private string Said(string id)
    {
        if (reading is null || words.Pack.FactOf(id) is null)
        {
            return "";
        }

        KnownFact? fact = facts?.Of(id);
        return fact is { IsContradicted: true } ? $" ({Texts.Html("norms.contradicted")})"
            : fact is not null && fact.For.Count + fact.Against.Count > 0
                ? $" ({Sources(fact.For.Concat(fact.Against))})"
            : (burden ?? _noBurden).ContainsKey(id) ? $" ({Texts.Html("norms.burden")})"
            : fact is { Silent.Count: > 0 }
                ? $" ({Texts.Html("norms.does-not-know")} {Sources(fact.Silent)})"
            : "";
    }

    private string Sources(IEnumerable<Assertion> said) =>
        string.Join(
            Texts.Html("response.and"),
            said.Select(one => Texts.Html(new Free(one.Source)))
        );
}
