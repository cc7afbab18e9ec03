using System.Text.Json;
using Breakwater.App.Api;
using Breakwater.App.Dossiers;
using Breakwater.Decisions.Dossiers;
using Breakwater.Decisions.Orders;
using Breakwater.Publications;
using Breakwater.Vocabulary;

namespace Breakwater.App.Pages.Response.Views;

/// <summary>Items one by one: who has each in custody, what its record shows, and what rests on it.</summary>
internal static class DossierView
{
    public static void Write(Markup page, Seen seen)
    {
        PageTexts texts = page.Texts;
        page.Facts(
            First.Facts(page, seen, ["Purpose", "DisruptionId", "Response", "Organisation"])
        );
        if (seen.State.Deserialize<Dossier>(Json.Compact) is not { } dossier)
        {
            return;
        }

        var facts = DossierFacts.Of(dossier);
        page.Head("items", Labels.Member(texts, Member<Dossier>(nameof(Dossier.Items))));
        page.Say(
            texts.Html(
                dossier.Items.Count == 0 ? "response.part.none" : "response.dossier.not-listed"
            ),
            "quiet"
        );
        foreach ((JsonElement item, ItemFacts shown) in seen.List("items").Zip(facts.Items))
        {
            Item(page, item, shown);
        }

        Supported(page, facts.Supported);
    }

    /// <summary>What an order proposes, beside what each source says of it.</summary>
    public static void WriteOrder(Markup page, Seen seen)
    {
        PageTexts texts = page.Texts;
        page.Say(texts.Html("response.order.accounts"), "quiet");
        page.Facts(First.Facts(page, seen, ["Place", "Disruptions", "RegisteredAt"]));
        First.Table(page, seen, nameof(ShutdownOrder.Statuses));
        First.Table(page, seen, nameof(ShutdownOrder.Accounts));
        IReadOnlyList<ProposedFact> proposed = seen.State.Deserialize<ShutdownOrder>(Json.Compact)
            is { } order
            ? OrdersToFacts.Propose([order])
            : [];
        if (proposed.Count == 0)
        {
            return;
        }

        page.Head("facts", texts.Html("response.order.facts"));
        page.Rows(
            texts.Html("response.order.facts"),
            [
                texts.Html("response.fact"),
                texts.Html("response.fact.value"),
                Labels.Member(texts, Member<StatusAccount>(nameof(StatusAccount.Source))),
                texts.Html("response.fact.reason"),
            ],
            [
                .. proposed.Select(fact => new GridRow([
                    texts.Html(new Code(fact.Fact)),
                    Value(texts, fact.Value ? FactValue.True : FactValue.False),
                    texts.Html(new Free(fact.Source)),
                    texts.Html(new Free(fact.Reason)),
                ])),
            ]
        );
    }

    private static void Item(Markup page, JsonElement item, ItemFacts shown)
    {
        PageTexts texts = page.Texts;
        string title =
            $"{texts.Html(new Code(shown.Item))} {texts.Html(new Free(Seen.Text(item, "name") ?? ""))}";
        page.Raw($"<h3 id=\"{shown.Item}\">{title}</h3>\n");
        if (Seen.At(item, "withdrawn") is not null)
        {
            page.Say(
                $"{Labels.Member(texts, Member<DossierItem>(nameof(DossierItem.Withdrawn)))}: {texts.Html(new Free(Seen.Text(item, "withdrawn.reason") ?? ""))}",
                "caution"
            );
        }

        if (Seen.At(item, "offered") is not null)
        {
            page.Say(texts.Html("response.dossier.offered"), "caution");
        }

        page.Rows(
            texts.Html("response.dossier.shows"),
            [
                texts.Html("response.fact"),
                texts.Html("response.fact.value"),
                texts.Html("response.fact.reason"),
            ],
            [
                .. shown.Facts.Select(fact => new GridRow([
                    texts.Html(new Code(fact.Fact)),
                    Value(texts, fact.Value),
                    texts.Html(new Free(fact.Reason)),
                ])),
            ]
        );
        page.Raw($"<details>\n<summary>{texts.Html("response.all")}</summary>\n");
        StatePart.Write(page, item, typeof(DossierItem), level: 4);
        page.Raw("</details>\n");
    }

    private static void Supported(Markup page, IReadOnlyList<SupportedFact> facts)
    {
        PageTexts texts = page.Texts;
        if (facts.Count == 0)
        {
            return;
        }

        page.Head("facts", texts.Html("response.dossier.facts"));
        page.Rows(
            texts.Html("response.dossier.facts"),
            [
                texts.Html("response.fact"),
                texts.Html("response.fact.value"),
                texts.Html("response.fact.for"),
                texts.Html("response.fact.against"),
            ],
            [
                .. facts.Select(fact => new GridRow([
                    texts.Html(new Code(fact.Fact)),
                    fact.IsContradictory
                        ? texts.Html("response.fact.contradictory")
                        : Value(texts, fact.Value),
                    Items(texts, fact, says: true),
                    Items(texts, fact, says: false),
                ])),
            ]
        );
    }

    private static string Items(PageTexts texts, SupportedFact fact, bool says)
    {
        string all = string.Join(
            " ",
            fact.Supports.Where(support => support.Value == says)
                .Select(support => texts.Html(new Code(support.Item)))
        );
        return all.Length == 0 ? "—" : all;
    }

    private static string Value(PageTexts texts, FactValue value) =>
        Labels.Value(texts, typeof(FactValue), Members.Kebab(value.ToString()));

    private static System.Reflection.PropertyInfo Member<T>(string name) =>
        Members.Of(typeof(T)).First(member => member.Name == name);
}
