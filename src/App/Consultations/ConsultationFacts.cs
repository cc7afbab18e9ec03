using Breakwater.App.Subjects;
using Breakwater.Decisions;
using Breakwater.Preparedness.Consultations;
using Breakwater.Preparedness.Consultations.Calling;
using Breakwater.Preparedness.Consultations.Drafting;
using Breakwater.Preparedness.Consultations.Launching;
using Breakwater.Preparedness.Consultations.Positioning;
using Breakwater.Preparedness.Consultations.Sending;
using Breakwater.Preparedness.Consultations.Synthesising;
using Breakwater.Preparedness.WorkAreas;

namespace Breakwater.App.Consultations;

/// <summary>What acts on consultations must know of their inputs, and of other streams.</summary>
internal static class ConsultationFacts
{
    /// <summary>Letters of an id that pages show.</summary>
    private const int BegunMin = 8;

    public static async Task<CallConsultation> ForCall(
        Act act,
        Consultation? state,
        CallConsultation command
    ) =>
        command.WorkArea is null
            ? command
            : command with
            {
                WorkAreas =
                [
                    .. (await act.Work.All<WorkArea, WorkAreaEvent>().ConfigureAwait(false))
                        .Select(loaded => loaded.State!)
                        .Where(area => command.Cycle is null || area.Cycle == command.Cycle)
                        .Select(area => area.Id)
                        .Order(StringComparer.Ordinal),
                ],
            };

    public static async Task<PutConsultationText> ForText(
        Act act,
        Consultation? state,
        PutConsultationText command
    )
    {
        IReadOnlySet<string> known = await Known(act).ConfigureAwait(false);
        return command with
        {
            Known = known,
            Paragraphs =
            [
                .. (command.Paragraphs ?? []).Select(draft =>
                    draft is { Inputs: { } inputs }
                        ? draft with
                        {
                            Inputs = Whole(inputs, known),
                        }
                        : draft
                ),
            ],
        };
    }

    public static async Task<SetInputsAside> ForSettingAside(
        Act act,
        Consultation? state,
        SetInputsAside command
    )
    {
        IReadOnlySet<string> known = await Known(act).ConfigureAwait(false);
        return command with { Known = known, Inputs = Whole(command.Inputs ?? [], known) };
    }

    public static async Task<OpenDraft> ForDraft(Act act, Consultation? state, OpenDraft command) =>
        command with
        {
            Untraced = await Untraced(act, state).ConfigureAwait(false),
        };

    public static async Task<DeclareConsensus> ForDeclaring(
        Act act,
        Consultation? state,
        DeclareConsensus command
    ) => command with { Untraced = await Untraced(act, state).ConfigureAwait(false) };

    public static async Task<LaunchReport> ForLaunch(
        Act act,
        Consultation? state,
        LaunchReport command
    ) =>
        state is null
            ? command
            : command with
            {
                Untraced = await Untraced(act, state).ConfigureAwait(false),
                WaitsFor = (
                    await act
                        .Work.Load<CrossStreamAct, CrossStreamActEvent>(StreamsTold.IdOf(state))
                        .ConfigureAwait(false)
                )
                    .State
                    ?.WaitsFor,
            };

    public static async Task<WithholdInput> ForWithholding(
        Act act,
        ConsultationInput? state,
        WithholdInput command
    ) =>
        state is null
            ? command
            : command with
            {
                Secretariat = (
                    await act
                        .Work.Load<Consultation, ConsultationEvent>(state.Consultation)
                        .ConfigureAwait(false)
                )
                    .State
                    ?.Secretariat,
            };

    /// <summary>Pages show the beginning of an id, so one that is begun and belongs to one input only names it.</summary>
    private static string[] Whole(IReadOnlyList<string> ids, IReadOnlySet<string> known)
    {
        ILookup<string, string> begun = known.ToLookup(id => id[..Math.Min(BegunMin, id.Length)]);
        return
        [
            .. ids.Select(id =>
                (id ?? "").Trim() is { Length: >= BegunMin } given
                && !known.Contains(given)
                && begun[given[..BegunMin]]
                    .Where(one => one.StartsWith(given, StringComparison.Ordinal))
                    .ToArray()
                    is [var only]
                    ? only
                    : id!
            ),
        ];
    }

    private static async Task<IReadOnlySet<string>> Known(Act act) =>
        (await act.Inputs.Of(act.Id, CancellationToken.None).ConfigureAwait(false))
            .All.Select(input => input.Id)
            .ToHashSet(StringComparer.Ordinal);

    private static async Task<int> Untraced(Act act, Consultation? state) =>
        state is null
            ? 0
            : (await act.Inputs.Of(state.Id, CancellationToken.None).ConfigureAwait(false))
                .Traces(state)
                .Untraced.Count;
}
