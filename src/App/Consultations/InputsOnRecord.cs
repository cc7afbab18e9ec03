using Breakwater.App.Subjects;
using Breakwater.Preparedness.Consultations;
using Breakwater.Preparedness.Consultations.Grouping;
using Breakwater.Records;

namespace Breakwater.App.Consultations;

/// <summary>Keeps what was found of the inputs of a few consultations, and goes on from there as the ledger does.</summary>
internal sealed class InputsOnRecord(IRecords records) : IDisposable
{
    private const int KeptMax = 8;

    /// <summary>Events that are looked through at once for changed inputs.</summary>
    private const int EventsAtOnce = 1_000;

    /// <summary>One at a time: a look at many inputs takes seconds of all processors.</summary>
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Dictionary<string, Kept> _kept = new(StringComparer.Ordinal);

    public void Dispose() => _turn.Dispose();

    public async Task<HeldInputs> Of(string consultation, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            long until = await records.Count().ConfigureAwait(false);
            if (!_kept.TryGetValue(consultation, out Kept? kept))
            {
                if (_kept.Count >= KeptMax)
                {
                    _kept.Clear();
                }

                kept = Kept.Of(
                    await HeldInputs.Only(records, consultation).ConfigureAwait(false),
                    until
                );
                _kept.Add(consultation, kept);
            }
            else if (kept.Until < until)
            {
                kept.Take(
                    await Changed(consultation, kept.Until, until, cancel).ConfigureAwait(false),
                    until
                );
            }

            return kept.Inputs;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<List<ConsultationInput>> Changed(
        string consultation,
        long from,
        long until,
        CancellationToken cancel
    )
    {
        string parent = $"{Consultation.Kind}/{consultation}";
        var changed = new List<ConsultationInput>();
        while (from < until)
        {
            cancel.ThrowIfCancellationRequested();
            long to = Math.Min(until, from + EventsAtOnce);
            IReadOnlyList<Document> documents = await records
                .ChangedSince(from, to, DocumentQuery.LimitMax)
                .ConfigureAwait(false);
            changed.AddRange(
                documents
                    .Where(document =>
                        document.Kind == ConsultationInput.Kind && document.Parent == parent
                    )
                    .Select(document =>
                        SubjectKind<ConsultationInput, ConsultationInputEvent>.Read(document.Body)
                    )
            );
            from = documents.Count < DocumentQuery.LimitMax ? to : documents[^1].Sequence;
        }

        return changed;
    }

    /// <summary>The inputs to one consultation up to an event of the ledger.</summary>
    private sealed class Kept
    {
        private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
        private readonly List<ConsultationInput> _all = [];
        private InputGrouping _grouping = new();
        private InputText? _last;

        public long Until { get; private set; }

        public HeldInputs Inputs { get; private set; } = new([], InputGroups.None);

        public static Kept Of(IReadOnlyList<ConsultationInput> all, long until)
        {
            var kept = new Kept();
            kept.Take(all, until);
            return kept;
        }

        public void Take(IReadOnlyList<ConsultationInput> changed, long until)
        {
            var added = new List<ConsultationInput>();
            bool isSame = true;
            foreach (ConsultationInput input in changed)
            {
                if (_places.TryGetValue(input.Id, out int place))
                {
                    isSame &= _all[place].Text == input.Text;
                    _all[place] = input;
                }
                else
                {
                    _places.Add(input.Id, _all.Count);
                    _all.Add(input);
                    added.Add(input);
                }
            }

            IReadOnlyList<InputText> told = HeldInputs.Told(added);
            if (!isSame || (told.Count > 0 && IsBeforeLast(told[0])))
            {
                // One that others repeated was taken back, or an import brought earlier ones.
                _grouping = new InputGrouping();
                told = HeldInputs.Told(_all);
            }

            _grouping.Add(told);
            _last = told.Count > 0 ? told[^1] : _last;
            Until = until;
            Inputs = new HeldInputs([.. _all], _grouping.Groups());
        }

        private bool IsBeforeLast(InputText input) =>
            _last is { } last && GroupsFromInputs.InOrder([last, input])[0] != last;
    }
}
