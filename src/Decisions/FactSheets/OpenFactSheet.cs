using System.Text.Json.Serialization;
using Breakwater.Decisions.Clearances;
using Breakwater.Disruptions;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.FactSheets;

/// <summary>The first day of a conduct as its text was read; null where it is open or undated.</summary>
public sealed record ConductRead(LocalDate? First);

/// <param name="Conduct">A day, <c>2017-09-05/2017-09-21</c>, <c>2024-02-02/..</c> or <c>undated</c>.</param>
/// <param name="Marking">Null for the community of organisations on this node; never public unless it says so.</param>
public sealed record OpenFactSheet(
    string Id,
    string Title,
    string Conduct,
    string? DisruptionId = null,
    Marking? Marking = null
)
{
    /// <summary>Answers may endanger whoever gave them, so nobody outside reads them by accident.</summary>
    public static Marking Usual { get; } = new(Distribution.Community, Tlp.Green);

    private const int ConductMax = 40;

    /// <summary>Who calls reads it from the text; null: it is no such text.</summary>
    [JsonIgnore]
    public ConductRead? Read { get; init; }

    /// <summary>Who calls reads it from the store; null: it is not on record.</summary>
    [JsonIgnore]
    public Disruption? Disruption { get; init; }

    public static Decided<FactSheetEvent> Decide(
        FactSheetFile? state,
        OpenFactSheet command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            (
                state is null
                    ? null
                    : Refusal.WrongState("there is a fact sheet with that id already")
            )
            ?? Checks.Id(command.Id, "the id")
            ?? Sheets.WhyNotBy(by)
            ?? Wanting.Text("the title", command.Title, Wanting.NameMax)
            ?? Wanting.Text("the conduct", command.Conduct, ConductMax)
            ?? command.WhyNotThen(now)
            ?? (
                command.DisruptionId is not null && command.Disruption is null
                    ? Refusal.Invalid("the disruption is not on record")
                : command.Marking is { } marking ? Wanting.Marking(marking)
                : null
            );
        return no is not null
            ? no
            : new FactSheetOpened(
                now,
                by.Person,
                by.Organisation,
                command.Id,
                command.Title.Trim(),
                command.DisruptionId,
                command.Conduct,
                Marking.Strictest([
                    command.Marking ?? Usual,
                    .. command.Disruption is { } about ? [about.Marking] : (Marking[])[],
                ])
            );
    }

    /// <summary>Norms are asked of what happened or goes on, never of what somebody plans.</summary>
    private Refusal? WhyNotThen(Instant now) =>
        Read is null
            ? Refusal.Invalid(
                "the conduct is no day and no period; write 2024-02-02, 2024-02-02/2024-02-09, 2024-02-02/.. or undated"
            )
        : Read.First is { } first && first > now.InUtc().Date
            ? Refusal.Invalid(
                "the conduct has not begun; norms are asked of what happened or goes on, never of what somebody plans"
            )
        : null;
}
