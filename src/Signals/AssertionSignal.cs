using NodaTime;

namespace Breakwater.Signals;

/// <summary>
/// What a source states of the law or the circumstances of a place, such as a treaty in force or an armed conflict: one fact of the norms'
/// vocabulary. It is proposed for the disruptions at that place, under the name of the source.
/// </summary>
public sealed record AssertionSignal : Signal
{
    /// <summary>Id of a fact, such as <c>state.hr_treaty</c>; whether a law pack has it is known where norms are asked.</summary>
    public required string Fact { get; init; }

    public required bool Value { get; init; }

    /// <summary>First day of the statement: it was not known before.</summary>
    public required LocalDate StatedOn { get; init; }
}
