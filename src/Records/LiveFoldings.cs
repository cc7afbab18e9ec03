using System.Data.Common;
using Breakwater.Ledger;

namespace Breakwater.Records;

/// <summary>
/// The subjects that rebuilding is in the midst of. Those untouched for longest are written down and forgotten, and resumed
/// from their documents, so that memory does not grow with the ledger.
/// </summary>
internal sealed class LiveFoldings(IJournal journal, FoldingOf foldings, int liveMax = 60_000)
{
    private sealed class Live(string subject, Document? before, long sequence)
    {
        private Folding? folding;
        private bool isBegun;
        private SubjectHead head = new(0, before?.FirstSequence ?? sequence);
        private long last;

        /// <summary>Null when the subject has no document.</summary>
        public Document? Document =>
            folding is null ? null : Records.Document.Of(folding.State(), subject, head, last);

        public void Apply(Event entry, FoldingOf foldings)
        {
            try
            {
                if (!isBegun)
                {
                    (folding, isBegun) = (foldings(subject, before), true);
                }

                folding?.Apply(entry);
            }
#pragma warning disable CA1031 // The fold is the caller's; whatever it throws, the event must be named.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                throw new RecordsFault(
                    RecordsFaultKind.Corrupt,
                    $"an event cannot be folded ({failure.Message.ReplaceLineEndings(" ")})",
                    $"event {entry.Envelope.Sequence} of {subject}",
                    "Run `breakwater verify`; the tables were left as they were",
                    failure
                );
            }

            head = head with { Version = entry.Envelope.SubjectVersion };
            last = entry.Envelope.Sequence;
        }
    }

    private Dictionary<string, Live> young = new(StringComparer.Ordinal);
    private Dictionary<string, Live> old = new(StringComparer.Ordinal);

    /// <summary>Folds a block of the ledger: subjects beside each other, each one's events in their order.</summary>
    public void Apply(IReadOnlyList<Event> entries)
    {
        (Live Live, Event[] Entries)[] groups =
        [
            .. entries
                .GroupBy(entry => entry.Envelope.Subject)
                .Select(group => (Of(group.First().Envelope), group.ToArray())),
        ];
        try
        {
            Parallel.ForEach(
                groups,
                group =>
                {
                    foreach (Event entry in group.Entries)
                    {
                        group.Live.Apply(entry, foldings);
                    }
                }
            );
        }
        catch (AggregateException failures)
        {
            throw failures.InnerExceptions[0];
        }

        if (young.Count > liveMax / 2)
        {
            Write(old);
            (old, young) = (young, new(StringComparer.Ordinal));
        }
    }

    public void WriteAll()
    {
        Write(old);
        Write(young);
        old.Clear();
        young.Clear();
    }

    private Live Of(Ledger.Envelope envelope)
    {
        string subject = envelope.Subject;
        if (young.TryGetValue(subject, out Live? live))
        {
            return live;
        }

        if (!old.Remove(subject, out live))
        {
            live = new Live(
                subject,
                envelope.SubjectVersion == 1 ? null : Written(subject),
                envelope.Sequence
            );
        }

        return young[subject] = live;
    }

    private Document? Written(string subject)
    {
        using DbCommand command = journal.Connection.Statement(DocumentRow.OfSubject, subject);
        return DocumentRow.Read(command).SingleOrDefault();
    }

    private void Write(Dictionary<string, Live> lives) =>
        journal.Put([
            .. lives
                .Values.AsParallel()
                .Select(one => one.Document)
                .OfType<Document>()
                .OrderBy(document => document.FirstSequence),
        ]);
}
