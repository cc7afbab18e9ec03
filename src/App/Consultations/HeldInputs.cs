using Breakwater.App.Subjects;
using Breakwater.Preparedness.Consultations;
using Breakwater.Preparedness.Consultations.Grouping;
using Breakwater.Records;

namespace Breakwater.App.Consultations;

/// <summary>All inputs to one consultation as the store has them, in the order in which they came, with who repeats whom.</summary>
internal sealed record HeldInputs(IReadOnlyList<ConsultationInput> All, InputGroups Groups)
{
    public InputTraces Traces(Consultation consultation) =>
        TracesFromInputs.Trace(
            consultation,
            [
                .. All.Select(input => new TracedInput(
                    input.Id,
                    input.ReceivedAt,
                    input.IsLate,
                    input.State == InputState.Withdrawn
                )),
            ],
            Groups
        );

    public IReadOnlyList<InputText> Voices()
    {
        var copies = Groups
            .Groups.SelectMany(group => group.Copies)
            .Select(copy => copy.Id)
            .ToHashSet();
        return
        [
            .. All.Where(input => !copies.Contains(input.Id) && input.Text.Length > 0)
                .Select(input => new InputText(input.Id, input.ReceivedAt, input.Text)),
        ];
    }

    public static async Task<HeldInputs> Read(IRecords records, string consultation)
    {
        IReadOnlyList<ConsultationInput> all = await Only(records, consultation)
            .ConfigureAwait(false);
        return new HeldInputs(
            all,
            GroupsFromInputs.Find([
                // What was taken back repeats nothing.
                .. all.Where(input => input.Text.Length > 0)
                    .Select(input => new InputText(input.Id, input.ReceivedAt, input.Text)),
            ])
        );
    }

    public static async Task<IReadOnlyList<ConsultationInput>> Only(
        IRecords records,
        string consultation
    ) =>
        [
            .. (
                await records
                    .AllOf(ConsultationInput.Kind, $"{Consultation.Kind}/{consultation}")
                    .ConfigureAwait(false)
            ).Select(document =>
                SubjectKind<ConsultationInput, ConsultationInputEvent>.Read(document.Body)
            ),
        ];
}

/// <summary>Keeps what was found of the inputs of a few consultations for as long as the ledger has not gone on.</summary>
internal sealed class InputsOnRecord(IRecords records) : IDisposable
{
    private const int KeptMax = 8;

    /// <summary>One at a time: a look at many inputs takes seconds of all processors.</summary>
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Dictionary<string, (long Last, int Count, HeldInputs Inputs)> _kept = new(
        StringComparer.Ordinal
    );

    public void Dispose() => _turn.Dispose();

    public async Task<HeldInputs> Of(string consultation, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            long now = await records.Count().ConfigureAwait(false);
            if (_kept.TryGetValue(consultation, out var kept) && kept.Last == now)
            {
                return kept.Inputs;
            }

            IReadOnlyList<ConsultationInput> all = await HeldInputs
                .Only(records, consultation)
                .ConfigureAwait(false);
            // Only new inputs and those taken back change who repeats whom.
            int told = all.Count(input => input.Text.Length > 0);
            HeldInputs inputs =
                kept.Inputs is { } before && kept.Count == told && before.All.Count == all.Count
                    ? before with
                    {
                        All = all,
                    }
                    : await HeldInputs.Read(records, consultation).ConfigureAwait(false);
            if (_kept.Count >= KeptMax)
            {
                _kept.Clear();
            }

            _kept[consultation] = (now, told, inputs);
            return inputs;
        }
        finally
        {
            _turn.Release();
        }
    }
}
