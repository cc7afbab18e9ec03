using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Consultations.Launching;

/// <summary>Lets the report go out. Nothing is launched past another stream, past an appeal, or with an input that went nowhere.</summary>
public sealed record LaunchReport
{
    /// <summary>Streams that have not acknowledged; who calls reads them from the store. Null: nobody was asked.</summary>
    [JsonIgnore]
    public IReadOnlyList<Workstream>? WaitsFor { get; init; }

    /// <summary>How many inputs went nowhere so far; who calls counts them.</summary>
    [JsonIgnore]
    public int Untraced { get; init; }

    public static Decided<ConsultationEvent> Decide(
        Consultation? state,
        LaunchReport command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        if (state is null)
        {
            return Checks.Missing("consultation");
        }

        Refusal? no =
            Chairing.WhyNot(state, by, now)
            ?? (
                state.LaunchableFrom is not { } from
                    ? Chairing.WrongPhase(
                        state,
                        "a report is launched once rough consensus was declared"
                    )
                : state.OpenAppeals is [var appeal, ..]
                    ? Refusal.WrongState($"appeal {appeal.Number} was not heard")
                : now < from ? Refusal.WrongState("the time for appeals has not passed")
                : command.Untraced > 0
                    ? Refusal.WrongState(
                        $"{command.Untraced} inputs go nowhere; set them aside with the reason"
                    )
                : state.AffectedStreams.Count > 0
                && (command.WaitsFor ?? state.AffectedStreams) is [_, ..] waits
                    ? Refusal.WrongState(
                        $"it waits for the acknowledgement of {string.Join(", ", waits.Select(Checks.Word))}"
                    )
                : null
            );
        return no is not null ? no : new ReportLaunched(now, by.Person);
    }
}

/// <summary>Asks people who took no part to look at a declaration again. Whoever joined may.</summary>
public sealed record LodgeConsultationAppeal(string Grounds)
{
    public const int CountMax = 50;

    public static Decided<ConsultationEvent> Decide(
        Consultation? state,
        LodgeConsultationAppeal command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        if (state is null)
        {
            return Checks.Missing("consultation");
        }

        Refusal? no =
            RemarkRules.Short(command.Grounds, "the grounds")
            ?? Checks.Order(state.ChangedAt, now)
            ?? (
                state.IsOver || state.Declared is not { } declared
                    ? Chairing.WrongPhase(state, "an appeal is against a declaration that holds")
                : now >= declared.At + Consultation.AppealWindow
                    ? Refusal.WrongState("the time for appeals has passed")
                : state.Appeals.Count >= CountMax
                    ? Refusal.TooMuch($"{CountMax} appeals were lodged already")
                : state.OpenAppeals.Any(appeal => appeal.By == by.Person)
                    ? Refusal.WrongState("your appeal is not heard yet")
                : null
            );
        return no is not null
            ? no
            : new ConsultationAppealed(now, by.Person, command.Grounds, by.Organisation, by.Class);
    }
}

/// <summary>Hears an appeal: somebody of an organisation that took no part.</summary>
public sealed record HearConsultationAppeal(int Appeal, bool Upheld, string Reasons)
{
    public static Decided<ConsultationEvent> Decide(
        Consultation? state,
        HearConsultationAppeal command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        if (state is null)
        {
            return Checks.Missing("consultation");
        }

        ConsultationAppeal? appeal = state.Appeals.FirstOrDefault(each =>
            each.Number == command.Appeal
        );
        Refusal? no =
            Chairing.WhyNotSpeak(by)
            ?? Checks.Order(state.ChangedAt, now)
            ?? Checks.Needed(command.Reasons, "the reasons")
            ?? (
                state.IsOver ? Refusal.WrongState("it is over")
                : appeal is not { HeardAt: null }
                    ? Refusal.Invalid($"no appeal {command.Appeal} waits to be heard")
                : TookPart(state, by)
                    ? Refusal.NotAllowed(
                        "an appeal is heard by people who took no part: neither they nor their organisation chaired, spoke or took a position"
                    )
                : null
            );
        return no is not null
            ? no
            : new ConsultationAppealHeard(
                now,
                by.Person,
                by.Organisation,
                command.Appeal,
                command.Upheld,
                command.Reasons
            );
    }

    private static bool TookPart(Consultation state, Participant by) =>
        state.Secretariat == by.Organisation
        || state.Remarks.Any(one => one.By == by.Person || one.Organisation == by.Organisation)
        || state.Positions.Any(one => one.By == by.Person || one.Organisation == by.Organisation)
        || state.Appeals.Any(one => one.By == by.Person || one.Organisation == by.Organisation);
}
