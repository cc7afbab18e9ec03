using Breakwater.App.Pages.Response;
using Breakwater.Norms.Assessing;
using Breakwater.Norms.Findings;
using Breakwater.Norms.Packs;
using Breakwater.Publications;
using Breakwater.Publications.Briefs;

namespace Breakwater.App.Pages.Law;

/// <summary>What every page with findings says alike: that they are prima facie, whose they are, what they cite, how they are contested.</summary>
internal static class FindingParts
{
    private const int MissingShown = 6;

    /// <summary>Before any outcome: what it is not, and what it was worked out with.</summary>
    public static void Banner(Markup page, LawWords words)
    {
        PageTexts texts = page.Texts;
        page.Raw($"<p class=\"banner\">{texts.Html("norms.banner")}</p>\n");
        if (words.Pack.Reviewers.Count == 0)
        {
            page.Raw($"<p class=\"banner\">{texts.Html("norms.banner.draft")}</p>\n");
        }

        if (words.Pack.Unsealed.Count > 0)
        {
            page.Raw(
                $"<p class=\"banner\">{texts.Html("norms.banner.unsealed", ("n", new Count(words.Pack.Unsealed.Count)))}</p>\n"
            );
        }
    }

    public static void Versions(Markup page, LawWords words, Assessed assessed)
    {
        PageTexts texts = page.Texts;
        page.Facts([
            (texts.Html("norms.pack"), Pack(texts, words.Pack)),
            (texts.Html("norms.facts-hash"), texts.Html(new Code(assessed.Facts.Hash))),
            (
                texts.Html("norms.as-of"),
                assessed.AsOf.Valid is { } day
                    ? texts.Html(new Day(day))
                    : texts.Html("norms.as-of.any")
            ),
            (
                texts.Html("norms.conduct"),
                texts.Html(new Code(assessed.Sheet.Conduct?.Text ?? "undated"))
            ),
            (
                texts.Html("norms.burdens"),
                texts.Html(assessed.IsClosed ? "norms.burdens.closed" : "norms.burdens.open")
            ),
            (texts.Html("norms.bodies"), texts.Html(new Count(assessed.Profiles.Count))),
        ]);
    }

    public static string Pack(PageTexts texts, LawPack pack) =>
        $"{texts.Html(new Code($"{pack.Id} {pack.Version}"))} · {texts.Html(pack.Status == PackStatus.Draft ? "norms.pack.draft" : "norms.pack.reviewed")} · {texts.Html(new Code(pack.RecordedAt.Text))}<br>{texts.Html(new Code(pack.Hash))}";

    public static string Outcome(LawWords words, Rule rule, Outcome outcome) =>
        $"<span class=\"state {outcome.Word().Replace('_', '-')}\">{words.Outcome(rule, outcome)}</span>";

    public static string Body(LawWords words, PageTexts texts, string profile) =>
        $"{words.Body(profile)} {texts.Html(new Code(profile))}";

    public static void Sources(Markup page, Rule rule)
    {
        PageTexts texts = page.Texts;
        bool isMixed = rule.Sources.Any(source => source.IsChecked);
        page.Say(
            $"<strong>{texts.Html("norms.sources")}</strong> {string.Join(texts.Semicolon, rule.Sources.Select(source => Cited(texts, source, isMixed)))} · {texts.Html($"norms.confidence.{Members.Kebab(rule.Confidence.ToString())}")}{(rule.Sources.Any(source => source.IsChecked) ? "" : $"{texts.Semicolon}{texts.Html("norms.unchecked.all")}")}"
        );
    }

    private static string Cited(PageTexts texts, Source source, bool isMixed) =>
        texts.Html(new Free(source.Cite))
        + (
            isMixed && !source.IsChecked
                ? $" <span class=\"quiet\">({texts.Html("norms.unchecked")})</span>"
                : ""
        );

    /// <summary>
    /// Bodies that come to one outcome. A body that reads neither the rule nor its terms otherwise has said nothing of it: the default
    /// reading is taken for it, and that is said.
    /// </summary>
    public static void Bodies(
        Markup page,
        LawWords words,
        Assessed assessed,
        Rule rule,
        IReadOnlyList<string> profiles,
        Func<string, string> line
    )
    {
        HashSet<string> own =
        [
            LawPack.Baseline,
            .. Readings
                .Of(words.Pack, rule)
                .Where(one => assessed.AsOf.Counts(one.Stance))
                .Select(one => one.Stance.Profile),
        ];
        page.Items(profiles.Where(own.Contains).Select(line));
        string[] silent = [.. profiles.Where(profile => !own.Contains(profile))];
        if (silent.Length > 0)
        {
            page.Raw(
                    $"<details>\n<summary>{page.Texts.Html("norms.by-default", ("n", new Count(silent.Length)))}</summary>\n"
                )
                .Items(silent.Select(line))
                .Raw("</details>\n");
        }
    }

    /// <summary>What an outcome is subject to; nothing when it stands alone.</summary>
    public static void Caveats(Markup page, LawWords words, Finding finding)
    {
        PageTexts texts = page.Texts;
        foreach (string defence in finding.OpenDefences)
        {
            page.Say(
                $"{texts.Html("norms.open-defence")} {words.Exception(defence)} {texts.Html(new Code(defence))}",
                "caution"
            );
        }

        foreach (string excuse in finding.ExcusedBy)
        {
            page.Say(
                $"{texts.Html("norms.excused-by")} {words.Exception(excuse)} {texts.Html(new Code(excuse))}"
            );
        }

        if (finding.SupersededBy is { } by)
        {
            page.Say($"{texts.Html("norms.superseded")} {Body(words, texts, by)}", "caution");
        }

        if (finding.Restates.Count > 0)
        {
            page.Say(
                $"{texts.Html("norms.restated")} {string.Join(texts.Semicolon, finding.Restates.Select(name => texts.Html(new Free(name))))}",
                "quiet"
            );
        }
    }

    public static string Missing(LawWords words, PageTexts texts, IReadOnlyList<string> facts) =>
        string.Join("<br>", facts.Take(MissingShown).Select(words.TermWithId))
        + (
            facts.Count > MissingShown
                ? $"<br>{texts.Html("norms.more", ("n", new Count(facts.Count - MissingShown)))}"
                : ""
        );

    /// <summary>The way to a form that names the finding already.</summary>
    /// <param name="sheet">What the finding is about.</param>
    public static string Contest(
        Markup page,
        LawPack pack,
        Seen sheet,
        string rule,
        string profile,
        string? text = null
    ) =>
        Contest(
            page,
            ContestForm.Of(rule, profile, sheet.Subject, pack.Hash),
            text ?? page.Texts.Html("norms.contest")
        );

    public static string Contest(Markup page, string address, string html) =>
        $"<a href=\"{Spoken.Html(address)}&amp;lang={page.Texts.Language}\">{html}</a>";

    public static void Gaps(Markup page, LawWords words, IReadOnlyList<GapEntry> gaps)
    {
        PageTexts texts = page.Texts;
        if (gaps.Count == 0)
        {
            page.Say(texts.Html("norms.gaps.none"), "quiet");
            return;
        }

        foreach (GapEntry entry in gaps)
        {
            page.Raw($"<section class=\"remark\" id=\"{entry.Gap.Id}\">\n");
            page.Say(
                $"<span class=\"kind\">{texts.Html($"norms.gap.{Members.Kebab(entry.Kind.ToString())}")}</span> {texts.Html(new Code(entry.Gap.Id))}"
            );
            page.Say(words.Gap(entry.Gap));
            page.Say(
                string.Join(
                    " · ",
                    entry.Rules.Select(rule =>
                        page.Link(RulePage.Of(rule.Id), texts.Html(new Code(rule.Id)))
                    )
                ),
                "quiet"
            );
            page.Raw("</section>\n");
        }
    }

    /// <summary>The day of law, as a form that a page without scripts sends.</summary>
    public static void DayForm(Markup page, string path, string given) =>
        page.Raw(
            $"<form method=\"get\" action=\"{Spoken.Html(path)}\">\n<input type=\"hidden\" name=\"lang\" value=\"{page.Texts.Language}\">\n<label for=\"as-of\">{page.Texts.Html("norms.as-of.ask")}</label>\n<input id=\"as-of\" name=\"as-of\" type=\"date\" value=\"{Spoken.Html(given)}\">\n<button type=\"submit\" class=\"plainly\">{page.Texts.Html("norms.as-of.go")}</button>\n</form>\n"
        );
}
