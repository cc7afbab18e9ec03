using System.Security.Cryptography;
using System.Text;
using Breakwater.App.Subjects;
using Breakwater.Feeds.Consultations;
using Breakwater.Preparedness.Consultations;
using Breakwater.Preparedness.Consultations.Sending;
using Breakwater.Records;
using Breakwater.Vocabulary;

namespace Breakwater.App.Consultations;

/// <param name="Known">Imported before, and not added again.</param>
internal sealed record InputsImported(int Added, int Known, int Late);

/// <summary>Adds the inputs of a file to a consultation. No limit holds here: whoever holds the store answers for the file, and all of it is kept.</summary>
internal static class InputImport
{
    private const string Author = "import";
    private const int AtOnce = 500;

    private static readonly Participant _import = new(
        Author,
        null,
        StakeholderClass.AffectedCommunity,
        new HashSet<Role>()
    );

    public static async Task<InputsImported> Into(
        IRecords records,
        string consultation,
        IReadOnlyList<FiledInput> inputs,
        CancellationToken cancel
    )
    {
        var read = new Workspace(records);
        Consultation state =
            (
                await read.Load<Consultation, ConsultationEvent>(consultation).ConfigureAwait(false)
            ).State
            ?? throw new Fault(
                ExitCode.Usage,
                $"no consultation with the id {consultation} is on record. Run breakwater consult list"
            );
        HashSet<string> known =
        [
            .. (await HeldInputs.Only(records, consultation).ConfigureAwait(false)).Select(input =>
                input.Id
            ),
        ];
        int added = 0;
        int late = 0;
        foreach (
            FiledInput[] some in inputs
                .Where(input => known.Add(IdOf(consultation, input)))
                .Chunk(AtOnce)
        )
        {
            cancel.ThrowIfCancellationRequested();
            var work = new Workspace(records);
            foreach (FiledInput input in some)
            {
                string id = IdOf(consultation, input);
                Decided<ConsultationInputEvent> decided = SendInput.Decide(
                    null,
                    // By when it came, which the file says, and not by when it was imported.
                    state with
                    {
                        Phase = ConsultationPhase.Call,
                    },
                    id,
                    new SendInput(input.Text, input.Language, input.Class, input.Region),
                    _import,
                    input.At,
                    input.Origin
                );
                if (decided.Refusal is { } refusal)
                {
                    throw new Fault(ExitCode.Refused, $"{input.Id}: {refusal.Reason}");
                }

                work.Stage(
                    new Loaded<ConsultationInput>($"{ConsultationInput.Kind}/{id}", 0, null),
                    decided.Events,
                    Author
                );
                late += input.At >= state.InputsUntil ? 1 : 0;
            }

            await work.Commit(null, cancel).ConfigureAwait(false);
            added += some.Length;
        }

        return new InputsImported(added, inputs.Count - added, late);
    }

    private static string IdOf(string consultation, FiledInput input) =>
        Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes($"imported input\n{consultation}\n{input.Id}"))
        )[..32];
}
