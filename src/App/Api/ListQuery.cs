using System.Globalization;
using Breakwater.Records;

namespace Breakwater.App.Api;

/// <summary>What a list is asked for: <c>standing</c>, <c>parent</c>, <c>q</c>, <c>bbox</c>, <c>limit</c>, <c>after</c>.</summary>
/// <param name="Query">Null when <paramref name="Problem"/> says why not.</param>
internal sealed record ListQuery(DocumentQuery? Query, Problem? Problem)
{
    private static readonly string[] _known =
    [
        "standing",
        "parent",
        "q",
        "bbox",
        "limit",
        "after",
        "lang",
    ];

    public static ListQuery Read(IQueryCollection query, string kind, int limitDefault)
    {
        var page = PageQuery.Read(query, _known, limitDefault);
        if (page.Problem is not null)
        {
            return new ListQuery(null, page.Problem);
        }

        Box? box = null;
        if (query["bbox"].ToString() is { Length: > 0 } corners)
        {
            if (!TryReadBox(corners, out box))
            {
                return new ListQuery(
                    null,
                    Problem.Query(
                        "bbox is west,south,east,north in degrees; west is greater than east where it goes across 180 degrees."
                    )
                );
            }
        }

        return new ListQuery(
            new DocumentQuery(kind)
            {
                IsDescending = true,
                Parent = Word(query, "parent"),
                Standing = Word(query, "standing"),
                Text = Word(query, "q"),
                Box = box,
                After = page.After,
                Limit = page.Limit,
            },
            null
        );
    }

    /// <summary>The same question, from the cursor on.</summary>
    public static string Again(IQueryCollection query, string next) =>
        QueryString
            .Create(
                query
                    .Where(parameter => parameter.Key != "after")
                    .Select(parameter =>
                        KeyValuePair.Create(parameter.Key, (string?)parameter.Value.ToString())
                    )
                    .Append(KeyValuePair.Create("after", (string?)next))
            )
            .ToString();

    private static string? Word(IQueryCollection query, string name) =>
        query[name].ToString() is { Length: > 0 } word ? word : null;

    private static bool TryReadBox(string text, out Box? box)
    {
        double[] corners = new double[4];
        string[] parts = text.Split(',');
        box = null;
        if (parts.Length != 4)
        {
            return false;
        }

        for (int i = 0; i < 4; i++)
        {
            if (
                !double.TryParse(
                    parts[i],
                    NumberStyles.Float,
                    CultureInfo.InvariantCulture,
                    out corners[i]
                ) || !double.IsFinite(corners[i])
            )
            {
                return false;
            }
        }

        bool holds =
            corners is [>= -180 and <= 180, >= -90 and <= 90, >= -180 and <= 180, >= -90 and <= 90]
            && corners[1] <= corners[3];
        box = holds ? new Box(corners[0], corners[1], corners[2], corners[3]) : null;
        return holds;
    }
}

/// <summary>Which page is asked for: <c>limit</c>, <c>after</c>.</summary>
/// <param name="After">Null for the first page.</param>
/// <param name="Problem">Why not; null when all is well.</param>
internal sealed record PageQuery(int Limit, long? After, Problem? Problem)
{
    public const int LimitMax = 200;
    private const int WordLettersMax = 200;

    /// <param name="known">The parameters that there are.</param>
    public static PageQuery Read(
        IQueryCollection query,
        IReadOnlyList<string> known,
        int limitDefault
    )
    {
        if (
            query.Keys.FirstOrDefault(key => !known.Contains(key, StringComparer.Ordinal))
            is not null
        )
        {
            return No($"The parameters are {string.Join(", ", known)}.");
        }

        if (query.Any(parameter => parameter.Value.ToString().Length > WordLettersMax))
        {
            return No($"A parameter has at most {WordLettersMax} letters.");
        }

        if (query.Any(parameter => parameter.Value.ToString().Any(char.IsControl)))
        {
            return No("A parameter has no control characters.");
        }

        int limit = limitDefault;
        if (
            query["limit"].ToString() is { Length: > 0 } limitText
            && (
                !int.TryParse(limitText, NumberStyles.None, CultureInfo.InvariantCulture, out limit)
                || limit is < 1 or > LimitMax
            )
        )
        {
            return No($"limit is a number from 1 to {LimitMax}.");
        }

        if (query["after"].ToString() is not { Length: > 0 } cursor)
        {
            return new PageQuery(limit, null, null);
        }

        return Cursor.TryRead(cursor, out long after)
            ? new PageQuery(limit, after, null)
            : No("after is the 'next' of an earlier page.");
    }

    private static PageQuery No(string detail) => new(0, null, Problem.Query(detail));
}
