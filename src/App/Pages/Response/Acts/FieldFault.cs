using Breakwater.App.Subjects;
using Breakwater.Publications;

namespace Breakwater.App.Pages.Response.Acts;

/// <summary>What is wrong with one field of a form that came back, as HTML.</summary>
/// <param name="Above">Above the form, where the field is named by its label.</param>
internal sealed record FieldFault(string Path, string Beside, string Above)
{
    /// <summary>What the rules call otherwise than the member, or the English label, does; each by the members that it can be.</summary>
    private static readonly Dictionary<string, string[]> _called = new(StringComparer.Ordinal)
    {
        ["beginning"] = ["startsAt"],
        ["end of the call"] = ["inputsUntil", "until"],
        ["end of the time for positions"] = ["positionsUntil"],
        ["note on what was changed and why"] = ["note"],
        ["place"] = ["where"],
        ["reason of the objection"] = ["reason"],
        ["text that you ask for instead"] = ["alternative"],
        ["what became of it, and why,"] = ["text"],
        ["what came of it"] = ["outcome"],
        ["what you say"] = ["text"],
    };

    /// <summary>
    /// Every fault at its field. The rules name a field by its member, or in English; a page names it by its label, in the language
    /// of its reader.
    /// </summary>
    public static IReadOnlyDictionary<string, FieldFault> Of(
        PageTexts texts,
        CommandKind command,
        CameBack? why,
        IReadOnlyDictionary<string, string> wrong
    )
    {
        IReadOnlyList<Asked> fields = Asked.Of(command);
        var faults = new Dictionary<string, FieldFault>(StringComparer.Ordinal);
        foreach ((string path, string key) in wrong)
        {
            if (At(fields, path) is { } field)
            {
                string says = texts.Html($"response.wrong.{key}");
                faults[path] = new FieldFault(
                    path,
                    says,
                    $"{Labels.Member(texts, field.Member)}: {says}"
                );
            }
        }

        if (why is { Key: "invalid" or "too-much", Own: { } own })
        {
            Asked? named = null;
            string says = texts.Refused(
                own,
                what => (named = Named(fields, what)) is { } field ? Label(texts, field) : null
            );
            if (named is not null)
            {
                faults[named.Path] = new FieldFault(named.Path, says, says);
            }
        }

        return faults;
    }

    private static Native Label(PageTexts texts, Asked field) =>
        new(texts.Plain("response.field", ("label", Labels.MemberWord(texts, field.Member))));

    /// <summary>The field that the rules mean: <c>harmNote</c>, <c>harmNote.text</c> or <c>the note on harm</c>.</summary>
    private static Asked? Named(IReadOnlyList<Asked> fields, string what)
    {
        const string article = "the ";
        string name = what.StartsWith(article, StringComparison.Ordinal)
            ? what[article.Length..]
            : what;
        Asked[] all =
        [
            .. Within(fields).OrderBy(field => field.Path.Count(letter => letter == '.')),
        ];
        return all.FirstOrDefault(field => field.Path == name)
            ?? all.FirstOrDefault(field => Members.JsonName(field.Member) == name)
            ?? all.FirstOrDefault(field =>
                _called.TryGetValue(name, out string[]? members)
                && members.Contains(Members.JsonName(field.Member))
            )
            ?? all.FirstOrDefault(field =>
                Members.Kebab(field.Member.Name).Replace('-', ' ') == name
                || PageTexts
                    .For("en")
                    .Words.Plain(Labels.MemberWord(PageTexts.For("en"), field.Member))
                    .Equals(name, StringComparison.OrdinalIgnoreCase)
            );
    }

    private static IEnumerable<Asked> Within(IReadOnlyList<Asked> fields) =>
        fields.SelectMany(field =>
            Members.IsRecord(field.Type) ? [field, .. Within(field.Inner)] : (Asked[])[field]
        );

    private static Asked? At(IReadOnlyList<Asked> fields, string path) =>
        fields.FirstOrDefault(field => field.Path == path)
        ?? fields
            .Where(field => path.StartsWith(field.Path + ".", StringComparison.Ordinal))
            .Select(field =>
                Members.IsRecord(field.Type) ? At(field.Inner, path)
                : Members.ItemOf(field.Type) is { } item
                && Members.IsRecord(Members.Bare(item))
                && int.TryParse(path[(field.Path.Length + 1)..].Split('.')[0], out int row)
                    ? At(field.Row(row), path)
                : null
            )
            .FirstOrDefault(found => found is not null);
}
