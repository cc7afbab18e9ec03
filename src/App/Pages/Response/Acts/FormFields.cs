using Breakwater.App.Subjects;
using Breakwater.Publications;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Pages.Response.Acts;

/// <summary>Writes the fields of a command, each by the type of its member, with what was entered and what is wrong with it.</summary>
internal sealed class FormFields(
    Markup page,
    Entered entered,
    IReadOnlyDictionary<string, FieldFault> wrong
)
{
    private const int RadiosMax = 5;
    private const int SpareRows = 2;

    /// <summary>Texts that people write at length.</summary>
    private static readonly HashSet<string> _long = new(StringComparer.Ordinal)
    {
        "Alternative",
        "AnswerToVoices",
        "Basis",
        "Call",
        "ConceptNote",
        "Conflict",
        "Correction",
        "Diff",
        "Grounds",
        "HarmNote",
        "Lessons",
        "LossReason",
        "Mandate",
        "Note",
        "Proof",
        "Proposal",
        "Proposed",
        "Purpose",
        "Question",
        "Reason",
        "Reasons",
        "StatedReasons",
        "Statement",
        "Summary",
        "Text",
        "What",
    };

    private PageTexts Texts => page.Texts;

    public void Write(CommandKind command)
    {
        foreach (Asked asked in Asked.Of(command))
        {
            Write(asked);
        }
    }

    private void Write(Asked asked)
    {
        Type type = asked.Type;
        if (Members.ItemOf(type) is { } item)
        {
            Items(asked, Members.Bare(item));
        }
        else if (Members.IsRecord(type))
        {
            Group(asked, Label(asked), asked.Inner);
        }
        else if (type == typeof(Place))
        {
            Place(asked);
        }
        else if (type.IsEnum)
        {
            Choice(asked);
        }
        else if (type == typeof(bool))
        {
            page.Raw(
                $"<div class=\"field\"><label class=\"choice\"><input type=\"checkbox\" name=\"{asked.Path}\" value=\"true\"{(entered[asked.Path] == "true" ? " checked" : "")}> {Label(asked)}</label></div>\n"
            );
        }
        else if (type == typeof(string) && _long.Contains(asked.Member.Name))
        {
            Area(asked, "response.hint.text");
        }
        else
        {
            Input(asked);
        }
    }

    private void Input(Asked asked)
    {
        (string? hint, string attributes) = asked.Type switch
        {
            var type when type == typeof(Instant) => (
                "response.hint.time",
                "type=\"datetime-local\" dir=\"ltr\""
            ),
            var type when type == typeof(Duration) => (
                "response.hint.hours",
                "type=\"text\" inputmode=\"decimal\" dir=\"ltr\""
            ),
            var type when type == typeof(SealedField) => (
                asked.IsKept ? "response.hint.kept" : "response.hint.sealed",
                "type=\"text\" dir=\"ltr\" autocomplete=\"off\" spellcheck=\"false\""
            ),
            var type when type == typeof(string) => (
                Hint(asked),
                "type=\"text\" dir=\"auto\" maxlength=\"4000\" autocomplete=\"off\""
            ),
            _ => ((string?)null, "type=\"text\" inputmode=\"decimal\" dir=\"ltr\""),
        };
        Field(
            asked,
            asked.Path,
            Label(asked),
            hint,
            attributes,
            asked.Type != typeof(string) && asked.IsNeeded
        );
    }

    private void Field(
        Asked asked,
        string path,
        string label,
        string? hint,
        string attributes,
        bool isRequired
    )
    {
        page.Raw($"<div class=\"field\"><label for=\"{path}\">{label}</label>\n");
        Beside(path, hint, asked.Path);
        page.Raw(
            $"<input id=\"{path}\" name=\"{path}\" {attributes}{Described(path, hint, asked.Path)}{(isRequired ? " required" : "")} value=\"{Spoken.Html(entered[path])}\"></div>\n"
        );
    }

    private void Area(Asked asked, string hint)
    {
        page.Raw($"<div class=\"field\"><label for=\"{asked.Path}\">{Label(asked)}</label>\n");
        Beside(asked.Path, hint, asked.Path);
        page.Raw(
            $"<textarea id=\"{asked.Path}\" name=\"{asked.Path}\" rows=\"4\" maxlength=\"40000\" dir=\"auto\"{Described(asked.Path, hint, asked.Path)}>\n{Spoken.Html(entered[asked.Path])}</textarea></div>\n"
        );
    }

    private void Choice(Asked asked)
    {
        string[] values = [.. Enum.GetNames(asked.Type).Select(Members.Kebab)];
        string given = entered[asked.Path];
        if (values.Length <= RadiosMax)
        {
            page.Raw($"<fieldset class=\"field\"><legend>{Label(asked)}</legend>\n");
            Beside(asked.Path, null, asked.Path);
            foreach (string value in values)
            {
                page.Raw(
                    $"<label class=\"choice\"><input type=\"radio\" name=\"{asked.Path}\" value=\"{value}\"{(asked.IsNeeded ? " required" : "")}{(given == value ? " checked" : "")}> {Labels.Value(Texts, asked.Type, value)}</label>\n"
                );
            }

            page.Raw("</fieldset>\n");
            return;
        }

        page.Raw($"<div class=\"field\"><label for=\"{asked.Path}\">{Label(asked)}</label>\n");
        Beside(asked.Path, null, asked.Path);
        page.Raw(
            $"<select id=\"{asked.Path}\" name=\"{asked.Path}\"{(asked.IsNeeded ? " required" : "")}>\n<option value=\"\">{Texts.Html("response.choose")}</option>\n"
        );
        foreach (string value in values)
        {
            page.Raw(
                $"<option value=\"{value}\"{(given == value ? " selected" : "")}>{Bare(Labels.Value(Texts, asked.Type, value))}</option>\n"
            );
        }

        page.Raw("</select></div>\n");
    }

    private void Place(Asked asked)
    {
        page.Raw($"<fieldset class=\"group\"><legend>{Label(asked)}</legend>\n");
        Beside(asked.Path, null, asked.Path);
        Field(
            asked,
            asked.Path + ".country",
            Texts.Html("response.country"),
            "response.hint.country",
            "type=\"text\" dir=\"ltr\" maxlength=\"100\" autocomplete=\"off\" autocapitalize=\"characters\"",
            asked.IsNeeded
        );
        Field(
            asked,
            asked.Path + ".area",
            Texts.Html("response.area"),
            "response.hint.area",
            "type=\"text\" dir=\"auto\" maxlength=\"400\" autocomplete=\"off\"",
            isRequired: false
        );
        page.Raw("</fieldset>\n");
    }

    private void Items(Asked asked, Type item)
    {
        if (item.IsEnum)
        {
            IReadOnlyList<string> given = entered.All(asked.Path);
            page.Raw($"<fieldset class=\"field\"><legend>{Label(asked)}</legend>\n");
            Beside(asked.Path, null, asked.Path);
            foreach (string value in Enum.GetNames(item).Select(Members.Kebab))
            {
                page.Raw(
                    $"<label class=\"choice\"><input type=\"checkbox\" name=\"{asked.Path}\" value=\"{value}\"{(given.Contains(value) ? " checked" : "")}> {Labels.Value(Texts, item, value)}</label>\n"
                );
            }

            page.Raw("</fieldset>\n");
        }
        else if (Members.IsRecord(item))
        {
            Rows(asked);
        }
        else
        {
            Area(
                asked,
                item == typeof(Place) ? "response.hint.places"
                    : item == typeof(SealedField)
                        ? asked.IsKept ? "response.hint.kept-lines"
                            : "response.hint.sealed-lines"
                    : "response.hint.lines"
            );
        }
    }

    private void Rows(Asked asked)
    {
        int used = Enumerable
            .Range(0, FormReading.RowsMax)
            .Where(row => !entered.IsBlank($"{asked.Path}.{row}"))
            .Select(row => row + 1)
            .DefaultIfEmpty(0)
            .Max();
        for (int row = 0; row < Math.Min(used + SpareRows, FormReading.RowsMax); row++)
        {
            page.Raw(
                row < Math.Max(used, 1)
                    ? ""
                    : "<details>\n<summary>"
                        + Texts.Html("response.another", ("n", new Count(row + 1)))
                        + "</summary>\n"
            );
            Group(asked, $"{Label(asked)} {row + 1}", asked.Row(row));
            page.Raw(row < Math.Max(used, 1) ? "" : "</details>\n");
        }
    }

    private void Group(Asked asked, string legend, IReadOnlyList<Asked> inner)
    {
        page.Raw($"<fieldset class=\"group\"><legend>{legend}</legend>\n");
        Beside(
            asked.Path,
            asked.Type == typeof(Marking) ? "response.hint.marking" : null,
            asked.Path
        );
        foreach (Asked each in inner)
        {
            Write(each);
        }

        page.Raw("</fieldset>\n");
    }

    /// <summary>How a text is written, where the tables say so for this member; null for one that takes any words.</summary>
    private string? Hint(Asked asked) =>
        Labels
            .MemberKeys(asked.Member)
            .Select(key => $"hint.{key}")
            .FirstOrDefault(Texts.Keys.Contains);

    private string Label(Asked asked) =>
        asked.IsNeeded || asked.Path.Any(char.IsAsciiDigit)
            ? Labels.Member(Texts, asked.Member)
            : $"{Labels.Member(Texts, asked.Member)} <span class=\"quiet\">{Texts.Html("response.optional")}</span>";

    private void Beside(string path, string? hint, string asked)
    {
        if (hint is not null)
        {
            page.Raw($"<p class=\"hint\" id=\"{path}-hint\">{Texts.Html(hint)}</p>\n");
        }

        if (path == asked && wrong.TryGetValue(path, out FieldFault? fault))
        {
            page.Raw($"<p class=\"wrong\" id=\"{path}-wrong\">{fault.Beside}</p>\n");
        }
    }

    private string Described(string path, string? hint, string asked)
    {
        bool isWrong = path == asked && wrong.ContainsKey(path);
        string ids = string.Join(
            ' ',
            new[]
            {
                hint is null ? null : path + "-hint",
                isWrong ? path + "-wrong" : null,
            }.OfType<string>()
        );
        return (ids.Length == 0 ? "" : $" aria-describedby=\"{ids}\"")
            + (isWrong ? " aria-invalid=\"true\"" : "");
    }

    private static string Bare(string html) =>
        System.Text.RegularExpressions.Regex.Replace(html, "<[^>]*>", "");
}
