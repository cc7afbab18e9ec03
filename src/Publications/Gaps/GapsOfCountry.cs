using Breakwater.Preparedness.Gaps;
using Breakwater.Publications.Releases;

namespace Breakwater.Publications.Gaps;

/// <summary>What a gap report tells where there is no response: who covers what, for whom and when, in a country or everywhere.</summary>
public static class GapsOfCountry
{
    /// <param name="front">Its name is what sentences rest on that tell of the whole matrix.</param>
    public static Report Of(Front front, GapMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(front);
        ArgumentNullException.ThrowIfNull(matrix);
        return new Report(
            front,
            [.. Correction.Sections(front.Corrects), MatrixSection.Section(matrix, front.Name)],
            []
        )
        {
            Form = "gap-report",
        };
    }
}
