using System.Net;
using System.Text;

namespace Breakwater.Publications;

/// <summary>Writes a table: on a small screen each row becomes a card, or, when it is wide, the table scrolls.</summary>
public static class TableHtml
{
    public static string Write(Table table, Texts texts)
    {
        string title = texts.Html($"table.{table.Key}");
        var html = new StringBuilder();
        html.Append(
            $"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{title}\">\n<table id=\"{table.Id}\" class=\"{(table.IsWide ? "wide" : "cards")} {table.Key}\" role=\"table\">\n<caption>{title} {ReportHtml.Reference(table.Id, [], texts)}</caption>\n<thead role=\"rowgroup\"><tr role=\"row\">"
        );
        foreach (Column column in table.Columns)
        {
            html.Append(
                $"<th scope=\"col\" role=\"columnheader\"{Number(column)}>{texts.Html($"column.{column.Key}")}</th>"
            );
        }

        html.Append(
            $"<th scope=\"col\" role=\"columnheader\">{texts.Html("column.ref")}</th></tr>"
        );
        if (table.Columns.Any(column => column.Hxl is not null))
        {
            Tags(html, table);
        }

        html.Append("</thead>\n<tbody role=\"rowgroup\">\n");
        foreach (Row row in table.Rows)
        {
            Line(html, table, row, texts);
        }

        return html.Append("</tbody>\n</table>\n</div>\n").ToString();
    }

    private static void Tags(StringBuilder html, Table table)
    {
        html.Append("<tr class=\"hxl\" role=\"row\">");
        foreach (Column column in table.Columns)
        {
            html.Append(
                $"<td role=\"cell\"><bdi class=\"code\" dir=\"ltr\">{column.Hxl}</bdi></td>"
            );
        }

        // The code names our own row; it has no tag.
        html.Append("<td role=\"cell\"></td></tr>");
    }

    private static void Line(StringBuilder html, Table table, Row row, Texts texts)
    {
        html.Append($"<tr id=\"{row.Id}\" role=\"row\">");
        for (int i = 0; i < row.Cells.Count; i++)
        {
            Column column = table.Columns[i];
            string label = WebUtility.HtmlEncode(texts.Plain($"column.{column.Key}"));
            html.Append(
                $"<td role=\"cell\" data-label=\"{label}\"{Number(column)}>{texts.Html(row.Cells[i])}</td>"
            );
        }

        html.Append(
            $"<td role=\"cell\" class=\"code-cell\">{ReportHtml.Reference(row.Id, row.Origins, texts)}</td></tr>\n"
        );
    }

    private static string Number(Column column) => column.IsNumber ? " class=\"number\"" : "";
}
