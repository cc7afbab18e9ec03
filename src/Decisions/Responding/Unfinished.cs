namespace Breakwater.Decisions.Responding;

/// <summary>What is not done when a response ends.</summary>
/// <param name="StillOpen">Commitments that have neither ended nor been taken over: a hand-over that nobody accepted settles nothing.</param>
/// <param name="Unmeasured">Services and areas that nobody independent has measured.</param>
public sealed record Unfinished(IReadOnlyList<string> StillOpen, IReadOnlyList<string> Unmeasured)
{
    public static Unfinished Nothing { get; } = new([], []);

    public static Unfinished Of(
        IEnumerable<Commitment> commitments,
        IReadOnlyList<string> unmeasured
    ) =>
        new(
            [
                .. commitments
                    .Where(one => !one.IsEnded && !one.IsTakenOver)
                    .Select(one => one.Id)
                    .Order(StringComparer.Ordinal),
            ],
            unmeasured
        );
}
