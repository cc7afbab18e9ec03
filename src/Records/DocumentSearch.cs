using System.Data.Common;

namespace Breakwater.Records;

/// <summary>A question about documents while its conditions are put together. What people typed only ever becomes a value.</summary>
internal sealed class Question
{
    private readonly List<string> conditions = [];
    private readonly List<object> values = [];

    public string From { get; set; } = "documents";

    /// <summary>The column of the first sequence that the database can give in order without sorting.</summary>
    public string Order { get; set; } = "first_sequence";

    /// <summary>The parameter that stands for it.</summary>
    public string Value(object value)
    {
        values.Add(value);
        return $"${values.Count}";
    }

    public void Where(string condition) => conditions.Add(condition);

    public long Count(DbConnection connection, string sql)
    {
        using DbCommand command = connection.Statement(sql, [.. values]);
        return command.ExecuteScalar() as long? ?? 0;
    }

    public IReadOnlyList<Document> Ask(DbConnection connection, bool isDescending, int limit)
    {
        string direction = isDescending ? "DESC" : "ASC";
        string sql =
            $"SELECT {DocumentRow.Columns} FROM {From} WHERE {string.Join(" AND ", conditions)} "
            + $"ORDER BY {Order} {direction} LIMIT {Value((long)limit)}";
        using DbCommand command = connection.Statement(sql, [.. values]);
        return DocumentRow.Read(command);
    }
}

/// <summary>Lists and searches. The heirs know how their databases search text and boxes.</summary>
internal abstract class DocumentSearch
{
    /// <summary>A box's eastern end, never below its western one.</summary>
    private const string Eastward = "(CASE WHEN east < west THEN east + 360 ELSE east END)";

    public IReadOnlyList<Document> Find(DbConnection connection, DocumentQuery query)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, DocumentQuery.LimitMax);
        var question = new Question();
        question.Where($"kind = {question.Value(query.Kind)}");
        WhereEqual(question, "parent", query.Parent);
        WhereEqual(question, "standing", query.Standing);
        bool isText = !string.IsNullOrWhiteSpace(query.Text);
        if (isText)
        {
            string[] terms =
            [
                .. SearchTerms.Of(query.Text!).Distinct().Take(SearchTerms.QueryTermsMax),
            ];
            if (terms.Length == 0)
            {
                return [];
            }

            Match(question, [SearchTerms.OfKind(query.Kind), .. terms]);
        }

        if (query.Box is { } box)
        {
            if (!box.IsOnGlobe)
            {
                return [];
            }

            Touch(connection, question, box, isText);
            question.Where(Overlap(question, box, "west", Eastward, "south", "north"));
        }

        if (query.After is { } after)
        {
            string beyond = query.IsDescending ? "<" : ">";
            question.Where($"{question.Order} {beyond} {question.Value(after)}");
        }

        return question.Ask(connection, query.IsDescending, query.Limit);
    }

    /// <summary>Restricts to documents that hold all of the terms.</summary>
    protected abstract void Match(Question question, IReadOnlyList<string> terms);

    /// <summary>Makes the database use what it has for boxes; what touches exactly is decided behind it.</summary>
    protected abstract void Touch(DbConnection connection, Question question, Box box, bool isText);

    /// <summary>Boxes overlap when they do so in any of the three turns of the globe that both can lie in.</summary>
    protected static string Overlap(
        Question question,
        Box box,
        string west,
        string east,
        string south,
        string north
    )
    {
        IEnumerable<string> turns = Turns.Select(turn =>
            $"({west} <= {question.Value(box.Eastward + turn)} AND {east} >= {question.Value(box.West + turn)})"
        );
        return $"({south} <= {question.Value(box.North)} AND {north} >= {question.Value(box.South)} AND ({string.Join(" OR ", turns)}))";
    }

    protected static IReadOnlyList<double> Turns { get; } = [-360, 0, 360];

    private static void WhereEqual(Question question, string column, string? value)
    {
        if (value is not null)
        {
            question.Where($"{column} = {question.Value(value)}");
        }
    }
}
