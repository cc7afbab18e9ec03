using System.Data.Common;
using System.Globalization;
using Breakwater.Vocabulary;
using NodaTime;

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
        using DbCommand command = Command(connection, DocumentRow.Columns, isDescending, limit);
        return DocumentRow.Read(command);
    }

    /// <summary>Only what the guard judges by: bodies of what is hidden stay where they are.</summary>
    public IEnumerable<Marked> AskMarked(DbConnection connection, bool isDescending, int limit)
    {
        using DbCommand command = Command(
            connection,
            "first_sequence, subject, marking",
            isDescending,
            limit
        );
        using DbDataReader row = command.ExecuteReader();
        while (row.Read())
        {
            yield return new Marked(row.GetInt64(0), row.GetString(1), row.GetString(2));
        }
    }

    private DbCommand Command(
        DbConnection connection,
        string columns,
        bool isDescending,
        int limit
    ) =>
        connection.Statement(
            $"SELECT {columns} FROM {From} WHERE {string.Join(" AND ", conditions)} "
                + $"ORDER BY {Order} {(isDescending ? "DESC" : "ASC")} LIMIT {Value((long)limit)}",
            [.. values]
        );
}

/// <summary>A document as the guard judges it.</summary>
internal readonly record struct Marked(long FirstSequence, string Subject, string Marking);

/// <summary>Lists and searches. The heirs know how their databases search text and boxes.</summary>
internal abstract class DocumentSearch
{
    /// <summary>A box's eastern end, never below its western one.</summary>
    private const string Eastward = "(CASE WHEN east < west THEN east + 360 ELSE east END)";

    /// <summary>Rows without bodies that are judged with one question.</summary>
    private const int AtOnceMax = 20_000;

    public IReadOnlyList<Document> Find(DbConnection connection, DocumentQuery query)
    {
        Check(query);
        return Ask(connection, query)?.Ask(connection, query.IsDescending, query.Limit) ?? [];
    }

    /// <summary>
    /// Passes over what is hidden from the reader until the page is full. Where a stretch ends follows from the length of the
    /// ledger, which everybody may know, and never from what is hidden in it.
    /// </summary>
    public DocumentPage Find(
        DbConnection connection,
        DocumentQuery query,
        Reader reader,
        Instant now
    )
    {
        Check(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Stretch, 1);
        long end = connection.Number("SELECT max(sequence) FROM events");
        long from = Math.Min(query.After ?? (query.IsDescending ? end + 1 : 0), end + 1);
        long until = query.IsDescending ? from - query.Stretch : from + query.Stretch;
        bool isLast = query.IsDescending ? until <= 1 : until >= end;
        List<long> seen = Seen(
            connection,
            query with
            {
                After = from,
                Until = isLast ? null : until,
                // The guard lets nothing else through to these; the store has an index of it.
                IsPublic = reader.Circle == Circle.Anyone && reader.NamedIn.Count == 0,
            },
            new Sight(reader, now)
        );
        bool isMore = seen.Count > query.Limit;
        return new DocumentPage(
            Read(connection, seen.Take(query.Limit), query.IsDescending),
            isMore ? seen[query.Limit - 1]
                : isLast ? null
                : until
        );
    }

    /// <summary>The first sequences of a page, and of the one that follows it.</summary>
    private List<long> Seen(DbConnection connection, DocumentQuery query, Sight sight)
    {
        var seen = new List<long>();
        int atOnce = query.Limit + 1;
        bool isFull;
        do
        {
            if (Ask(connection, query) is not { } question)
            {
                return seen;
            }

            int read = 0;
            long last = 0;
            foreach (Marked row in question.AskMarked(connection, query.IsDescending, atOnce))
            {
                read++;
                last = row.FirstSequence;
                if (!sight.Allows(row))
                {
                    continue;
                }

                seen.Add(last);
                if (seen.Count > query.Limit)
                {
                    return seen;
                }
            }

            query = query with { After = last };
            // Where most is hidden, few questions get past it.
            (int asked, atOnce) = (atOnce, AtOnceMax);
            isFull = read == asked;
        } while (isFull);

        return seen;
    }

    private static IReadOnlyList<Document> Read(
        DbConnection connection,
        IEnumerable<long> firstSequences,
        bool isDescending
    )
    {
        string places = string.Join(
            ',',
            firstSequences.Select(first => first.ToString(CultureInfo.InvariantCulture))
        );
        if (places.Length == 0)
        {
            return [];
        }

        using DbCommand command = connection.Statement(
            $"{DocumentRow.Select} WHERE first_sequence IN ({places}) ORDER BY first_sequence {(isDescending ? "DESC" : "ASC")}"
        );
        return DocumentRow.Read(command);
    }

    private static void Check(DocumentQuery query)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, DocumentQuery.LimitMax);
    }

    /// <summary>Null when nothing can be found.</summary>
    private Question? Ask(DbConnection connection, DocumentQuery query)
    {
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
                return null;
            }

            Match(connection, question, [SearchTerms.OfKind(query.Kind), .. terms]);
        }

        if (query.Box is { } box)
        {
            if (!box.IsOnGlobe)
            {
                return null;
            }

            Touch(connection, question, box, isText);
            question.Where(Overlap(question, box, "west", Eastward, "south", "north"));
        }

        if (query.After is { } after)
        {
            string beyond = query.IsDescending ? "<" : ">";
            question.Where($"{question.Order} {beyond} {question.Value(after)}");
        }

        if (query.Until is { } until)
        {
            string within = query.IsDescending ? ">=" : "<=";
            question.Where($"{question.Order} {within} {question.Value(until)}");
        }

        if (query.IsPublic)
        {
            question.Where(DocumentRow.Public);
            ListPublic(question, query);
        }

        return question;
    }

    /// <summary>Restricts to documents that hold all of the terms.</summary>
    protected abstract void Match(
        DbConnection connection,
        Question question,
        IReadOnlyList<string> terms
    );

    /// <summary>Makes the database use what it has for boxes; what touches exactly is decided behind it.</summary>
    protected abstract void Touch(DbConnection connection, Question question, Box box, bool isText);

    /// <summary>Makes the database use what it has for what is public, where it would not by itself.</summary>
    protected virtual void ListPublic(Question question, DocumentQuery query) { }

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

/// <summary>What one reader sees at one moment. Many documents share a marking, so each marking is judged once.</summary>
internal sealed class Sight(Reader reader, Instant now)
{
    private readonly Dictionary<string, bool> verdicts = new(StringComparer.Ordinal);

    public bool Allows(Marked row)
    {
        if (reader.NamedIn.Contains(row.Subject))
        {
            return Guard.May(reader.Before(row.Subject), DocumentRow.Marking(row.Marking), now);
        }

        if (!verdicts.TryGetValue(row.Marking, out bool verdict))
        {
            verdict = Guard.May(reader, DocumentRow.Marking(row.Marking), now);
            verdicts[row.Marking] = verdict;
        }

        return verdict;
    }
}
