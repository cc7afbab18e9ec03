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
        return new HeldInputs(all, GroupsFromInputs.Find(Told(all)));
    }

    /// <summary>What grouping looks at, in order. What was taken back repeats nothing.</summary>
    public static IReadOnlyList<InputText> Told(IEnumerable<ConsultationInput> inputs) =>
        GroupsFromInputs.InOrder(
            inputs
                .Where(input => input.Text.Length > 0)
                .Select(input => new InputText(input.Id, input.ReceivedAt, input.Text))
        );

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
