using System.Reflection;
using System.Text.Json;
using Breakwater.Publications;

namespace Breakwater.App.Pages.Response;

/// <summary>Any state as facts and small tables: no kind is without a page, and nothing that a reader may see is left out.</summary>
internal static class StatePart
{
    /// <summary>Rows of one table on a page; the API has all of them.</summary>
    private const int RowsMax = 200;

    public static void Write(Markup page, JsonElement state, Type type, int level = 3)
    {
        var facts = new List<(string Name, string Value)>();
        var unstated = new List<string>();
        var records = new List<(PropertyInfo Member, JsonElement Value)>();
        var tables = new List<(PropertyInfo Member, JsonElement Value)>();
        foreach (PropertyInfo member in Members.Of(type))
        {
            Type bare = Members.Bare(member.PropertyType);
            if (!state.TryGetProperty(Members.JsonName(member), out JsonElement value))
            {
                continue;
            }

            if (value.ValueKind == JsonValueKind.Array && IsTable(bare) && !IsEmpty(value))
            {
                tables.Add((member, value));
            }
            else if (
                value.ValueKind == JsonValueKind.Object
                && Members.IsRecord(bare)
                && !Values.IsSecret(bare)
            )
            {
                records.Add((member, value));
            }
            else if (Values.Html(page, member, value) is { } html)
            {
                facts.Add((Labels.Member(page.Texts, member), html));
            }
            else
            {
                unstated.Add(Labels.Member(page.Texts, member));
            }
        }

        if (facts.Count > 0)
        {
            page.Facts(facts);
        }

        Unstated(page, unstated);
        foreach ((PropertyInfo member, JsonElement value) in records)
        {
            page.Raw($"<h{level}>{Labels.Member(page.Texts, member)}</h{level}>\n");
            Write(page, value, Members.Bare(member.PropertyType), Math.Min(level + 1, 6));
        }

        foreach ((PropertyInfo member, JsonElement value) in tables)
        {
            page.Raw($"<h{level}>{Labels.Member(page.Texts, member)}</h{level}>\n");
            Table(
                page,
                Labels.Member(page.Texts, member),
                [.. value.EnumerateArray()],
                Members.ItemOf(member.PropertyType)!
            );
        }
    }

    /// <summary>Records under each other, a column for each member that any of them has.</summary>
    /// <param name="only">Members to show, in this order; null for all.</param>
    public static void Table(
        Markup page,
        string title,
        IReadOnlyList<JsonElement> rows,
        Type type,
        IReadOnlyList<string>? only = null
    )
    {
        IReadOnlyList<PropertyInfo> all = only is null
            ? Members.Of(type)
            : [.. only.Select(name => Members.Of(type).First(member => member.Name == name))];
        PropertyInfo[] columns =
        [
            .. all.Where(member => rows.Any(row => Cell(page, member, row) is not null)),
        ];
        page.Rows(
            title,
            [.. columns.Select(column => Labels.Member(page.Texts, column))],
            [
                .. rows.Take(RowsMax)
                    .Select(row => new GridRow([
                        .. columns.Select(column => Cell(page, column, row) ?? "—"),
                    ])),
            ]
        );
        if (rows.Count > RowsMax)
        {
            page.Say(
                page.Texts.Html("response.more-rows", ("n", new Count(rows.Count - RowsMax))),
                "quiet"
            );
        }
    }

    /// <summary>A table whose columns are named already, in the shape that every table of the pages has.</summary>
    public static Markup Rows(
        this Markup page,
        string title,
        IReadOnlyList<string> columns,
        IReadOnlyList<GridRow> rows
    )
    {
        page.Raw(
            $"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{Bare(title)}\">\n<table class=\"cards\" role=\"table\">\n<caption>{title}</caption>\n<thead role=\"rowgroup\"><tr role=\"row\">"
        );
        foreach (string column in columns)
        {
            page.Raw($"<th scope=\"col\" role=\"columnheader\">{column}</th>");
        }

        page.Raw("</tr></thead>\n<tbody role=\"rowgroup\">\n");
        foreach (GridRow row in rows)
        {
            page.Raw(
                row.Look is null ? "<tr role=\"row\">" : $"<tr role=\"row\" class=\"{row.Look}\">"
            );
            for (int i = 0; i < columns.Count; i++)
            {
                page.Raw(
                    $"<td role=\"cell\" data-label=\"{Bare(columns[i])}\"><div>{row.Cells[i]}</div></td>"
                );
            }

            page.Raw("</tr>\n");
        }

        return page.Raw("</tbody>\n</table>\n</div>\n");
    }

    private static void Unstated(Markup page, List<string> names)
    {
        if (names.Count > 0)
        {
            page.Say(
                $"{page.Texts.Html("response.unstated")} {string.Join(page.Texts.Html("response.and"), names)}",
                "quiet"
            );
        }
    }

    private static string? Cell(Markup page, PropertyInfo column, JsonElement row) =>
        row.ValueKind == JsonValueKind.Object
        && row.TryGetProperty(Members.JsonName(column), out JsonElement value)
            ? Values.Html(page, column, value)
            : null;

    private static bool IsTable(Type type) =>
        Members.ItemOf(type) is { } item && Members.IsRecord(Members.Bare(item));

    private static bool IsEmpty(JsonElement list) => list.GetArrayLength() == 0;

    /// <summary>Text for an attribute: labels hold no mark but the one that says which language they are in.</summary>
    private static string Bare(string html) =>
        System.Text.RegularExpressions.Regex.Replace(html, "<[^>]*>", "");
}
