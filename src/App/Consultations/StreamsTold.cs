using System.Globalization;
using Breakwater.App.Subjects;
using Breakwater.Decisions;
using Breakwater.Decisions.Crossing;
using Breakwater.Preparedness.Consultations;
using Breakwater.Preparedness.WorkAreas;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Consultations;

/// <summary>Tells the other streams of what touches them: a report that is to be launched, a concept note.</summary>
internal static class StreamsTold
{
    /// <summary>Of the act that the launch waits for; an appeal that is upheld makes another one necessary.</summary>
    public static string IdOf(Consultation state) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Consultation.Kind}-{state.Id}-{state.Declarations.Count}"
        );

    public static Task OfConsultation(
        Workspace work,
        Consultation state,
        ConsultationEvent happened,
        Instant now
    ) =>
        happened is ConsensusDeclared { Outcome: ConsensusOutcome.RoughConsensus } declared
            ? Tell(
                work,
                IdOf(state),
                $"The report of the consultation \"{state.Title}\" is to be launched",
                $"{Consultation.Kind}/{state.Id}",
                (state.Stream, state.AffectedStreams),
                (declared.By, state.Secretariat),
                now
            )
            : Task.CompletedTask;

    public static Task OfWorkArea(
        Workspace work,
        WorkArea state,
        WorkAreaEvent happened,
        Instant now
    ) =>
        happened is WorkAreaOpened or ConceptNoteRevised
            ? Tell(
                work,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"work-area-{state.Id}-{state.NoteVersion}"
                ),
                $"The work area \"{state.Title}\" has a concept note",
                $"work-area/{state.Id}",
                (state.Stream, state.AffectedStreams),
                (happened.By, state.Convener),
                now
            )
            : Task.CompletedTask;

    private static async Task Tell(
        Workspace work,
        string id,
        string what,
        string subject,
        (Workstream Own, IReadOnlyList<Workstream> Others) streams,
        (string Person, string Organisation) by,
        Instant now
    )
    {
        if (streams.Others.Count == 0)
        {
            return;
        }

        Loaded<CrossStreamAct> at = await work.Load<CrossStreamAct, CrossStreamActEvent>(id)
            .ConfigureAwait(false);
        Decided<CrossStreamActEvent> told = OpenCrossStreamAct.Decide(
            at.State,
            new OpenCrossStreamAct(
                id,
                what,
                subject,
                streams.Own,
                streams.Others,
                Marking.Public,
                subject
            ),
            new Participant(
                by.Person,
                by.Organisation,
                StakeholderClass.TechnicalCommunity,
                new HashSet<Role>()
            ),
            now
        );
        work.Stage(at, told.Events, by.Person);
    }
}
