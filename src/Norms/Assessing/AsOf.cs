using Breakwater.Norms.Packs;
using NodaTime;

namespace Breakwater.Norms.Assessing;

/// <summary>Which law and which knowledge of it a question is about.</summary>
/// <param name="Valid">The day as of which readings are known; null: no date counts, every rule and every stance does.</param>
/// <param name="ConductLast">Last day of the conduct; null: it lasts or is undated.</param>
/// <param name="Known">The day by which the pack had recorded it; null: now.</param>
public sealed record AsOf(LocalDate? Valid, LocalDate? ConductLast = null, LocalDate? Known = null)
{
    public static AsOf Undated { get; } = new((LocalDate?)null);

    /// <summary>The day of the conduct that rules are held against: never later than the day asked for.</summary>
    public LocalDate? Conduct =>
        Valid is not { } valid ? null
        : ConductLast is { } last && last < valid ? last
        : valid;

    /// <summary>A stance that is younger than the day asked for is ignored: the reading falls back to the default.</summary>
    public bool Counts(Stance stance)
    {
        ArgumentNullException.ThrowIfNull(stance);
        return Valid is not { } valid || stance.From.First <= valid;
    }

    /// <summary>The report in place of an outcome; null when the rule counts.</summary>
    public Outcome? Report(Rule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return Valid is not { } valid ? null
            : !rule.Valid.Holds(Conduct!.Value) ? Outcome.NotInForce
            : rule.ReadingFrom is { } stated && stated.First > valid ? Outcome.NotYetStated
            : null;
    }

    /// <summary>True when a finding under the default reading must say that it gave way to another.</summary>
    public bool IsSuperseded(Rule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return rule.Superseded is { } superseded
            && (Valid is not { } valid || superseded.From.First <= valid);
    }
}
