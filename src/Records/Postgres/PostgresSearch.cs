using System.Data.Common;

namespace Breakwater.Records;

/// <summary>With tsvector and PostGIS. The planner weighs the index of boxes against the order of the list by itself.</summary>
internal sealed class PostgresSearch : DocumentSearch
{
    /// <summary>From so many hits on, going through the kind in its order finds a page sooner than sorting all hits.</summary>
    private const long HitsMax = 2000;

    protected override void Match(
        DbConnection connection,
        Question question,
        IReadOnlyList<string> terms
    )
    {
        string expression = string.Join(" & ", terms.Select(term => $"'{term}'"));
        question.Where(Holds(question, expression));
        if (AreFew(connection, expression))
        {
            // No index gives this order, so the planner asks the one of words. It knows nothing of how rare rare words are,
            // and would read the whole list for the few hits that fill no page.
            question.Order = "(first_sequence + 0)";
        }
    }

    private static bool AreFew(DbConnection connection, string expression)
    {
        var probe = new Question();
        string hits = Holds(probe, expression);
        return probe.Count(
                connection,
                $"SELECT count(*) FROM (SELECT FROM documents WHERE {hits} LIMIT {HitsMax}) AS hits"
            ) < HitsMax;
    }

    private static string Holds(Question question, string expression) =>
        $"terms @@ CAST({question.Value(expression)} AS tsquery)";

    protected override void Touch(DbConnection connection, Question question, Box box, bool isText)
    {
        IEnumerable<string> turns = Turns.Select(turn =>
            $"area && ST_MakeEnvelope({question.Value(box.West + turn)}, {question.Value(box.South)}, "
            + $"{question.Value(box.Eastward + turn)}, {question.Value(box.North)}, 4326)"
        );
        question.Where($"({string.Join(" OR ", turns)})");
    }
}
