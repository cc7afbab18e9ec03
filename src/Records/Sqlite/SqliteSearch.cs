using System.Data.Common;

namespace Breakwater.Records;

/// <summary>With FTS5 and an R*Tree.</summary>
internal sealed class SqliteSearch : DocumentSearch
{
    /// <summary>
    /// From so many boxes on, going through the kind in its order finds a page sooner than sorting all that lie in the box.
    /// </summary>
    private const long BoxesMax = 2000;

    protected override void Match(
        DbConnection connection,
        Question question,
        IReadOnlyList<string> terms
    )
    {
        // CROSS JOIN keeps the order of the tables: the search gives rows by number, already sorted.
        question.From =
            "document_terms CROSS JOIN documents ON first_sequence = document_terms.rowid";
        question.Order = "document_terms.rowid";
        string expression = string.Join(" AND ", terms.Select(term => $"\"{term}\""));
        question.Where($"document_terms MATCH {question.Value(expression)}");
    }

    protected override void Touch(DbConnection connection, Question question, Box box, bool isText)
    {
        if (isText || AreMany(connection, box))
        {
            return;
        }

        question.From =
            $"({Candidates(question, box, " UNION ")}) AS candidates CROSS JOIN documents USING (first_sequence)";
    }

    /// <summary>Named, because of two indexes that serve alike SQLite takes whichever was made last.</summary>
    protected override void ListPublic(Question question, DocumentQuery query)
    {
        // A parent has few parts, and an index of them.
        if (question.From == "documents" && query.Parent is null)
        {
            question.From = query.Standing is null
                ? "documents INDEXED BY documents_public"
                : "documents INDEXED BY documents_public_by_standing";
        }
    }

    private static bool AreMany(DbConnection connection, Box box)
    {
        var probe = new Question();
        // UNION ALL stops at the limit; UNION would first gather all.
        string candidates = Candidates(probe, box, " UNION ALL ");
        return probe.Count(connection, $"SELECT count(*) FROM ({candidates} LIMIT {BoxesMax})")
            >= BoxesMax;
    }

    private static string Candidates(Question question, Box box, string union) =>
        string.Join(
            union,
            Turns.Select(turn =>
                $"SELECT first_sequence FROM document_boxes WHERE west <= {question.Value(box.Eastward + turn)} "
                + $"AND east >= {question.Value(box.West + turn)} "
                + $"AND south <= {question.Value(box.North)} AND north >= {question.Value(box.South)}"
            )
        );
}
