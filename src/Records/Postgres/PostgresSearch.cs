using System.Data.Common;

namespace Breakwater.Records;

/// <summary>With tsvector and PostGIS. The planner weighs an index against the order of the list by itself.</summary>
internal sealed class PostgresSearch : DocumentSearch
{
    protected override void Match(Question question, IReadOnlyList<string> terms)
    {
        string expression = string.Join(" & ", terms.Select(term => $"'{term}'"));
        question.Where($"terms @@ CAST({question.Value(expression)} AS tsquery)");
    }

    protected override void Touch(DbConnection connection, Question question, Box box, bool isText)
    {
        IEnumerable<string> turns = Turns.Select(turn =>
            $"area && ST_MakeEnvelope({question.Value(box.West + turn)}, {question.Value(box.South)}, "
            + $"{question.Value(box.Eastward + turn)}, {question.Value(box.North)}, 4326)"
        );
        question.Where($"({string.Join(" OR ", turns)})");
    }
}
