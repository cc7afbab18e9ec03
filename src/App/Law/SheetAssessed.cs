using Breakwater.Decisions.FactSheets;
using Breakwater.Norms.Asking;
using Breakwater.Norms.Assessing;
using Breakwater.Norms.Facts;
using Breakwater.Norms.Findings;
using Breakwater.Norms.Packs;
using NodaTime;
using NodaTime.Text;

namespace Breakwater.App.Law;

/// <summary>What the law pack at hand says of a fact sheet on record. It is worked out when it is asked for.</summary>
internal static class SheetAssessed
{
    private static readonly Lazy<Programmes?> _programmes = new(() =>
        LawAtHand.Read.Pack is { } pack ? new Programmes(pack) : null
    );

    /// <summary>Reads and compiles the pack, so that the first reader does not wait for it.</summary>
    public static void Prepare() => _programmes.Value?.Of(AsOf.Undated, isClosed: false);

    /// <param name="day">Law and readings as they were public on that day; null: every rule and every reading counts.</param>
    /// <returns>Null when the law pack cannot be used.</returns>
    public static Assessed? Of(FactSheetFile file, LocalDate? day)
    {
        if (_programmes.Value is not { } programmes)
        {
            return null;
        }

        FactSheet sheet = SheetOf(file, LawAtHand.Read.Pack!);
        return Assessed.Of(
            programmes.Of(new AsOf(day, sheet.Conduct?.LastDay), sheet.IsClosed),
            sheet
        );
    }

    /// <summary>
    /// Questions that may be put to the respondent, best first. What they answered is not asked again, nor what anybody else knew.
    /// </summary>
    public static IReadOnlyList<Question> Questions(
        FactSheetFile file,
        Assessed assessed,
        RespondentRole respondent
    )
    {
        HashSet<string> spoken =
        [
            .. file
                .Said.Where(answer =>
                    answer.Value != FactAnswerValue.Unknown || answer.Respondent == respondent
                )
                .Select(answer => answer.Fact),
        ];
        return
        [
            .. AssessDocument
                .Questions(assessed, RespondentOf(respondent))
                .Where(one => one.Withheld is null && !spoken.Contains(one.Fact.Id)),
        ];
    }

    /// <summary>A day as addresses write it; null for what is none, or has not come.</summary>
    public static LocalDate? Day(string text, Instant now) =>
        LocalDatePattern.Iso.Parse(text) is { Success: true } day && day.Value <= now.InUtc().Date
            ? day.Value
            : null;

    private static Respondent RespondentOf(RespondentRole role) =>
        role switch
        {
            RespondentRole.Field => Respondent.Field,
            RespondentRole.Documenter => Respondent.Documenter,
            _ => Respondent.Desk,
        };

    /// <summary>As the engine takes facts. What an older pack had and this one has not says nothing to it.</summary>
    private static FactSheet SheetOf(FactSheetFile file, LawPack pack) =>
        new(
            file.Id,
            file.Title,
            Conduct.Parse(file.Conduct),
            file.Burdens?.AreClosed ?? false,
            Profile: null,
            [
                .. file
                    .Said.Where(answer => pack.FactOf(answer.Fact) is not null)
                    .Select(answer => new Assertion(
                        answer.Fact,
                        answer.Value switch
                        {
                            FactAnswerValue.Yes => true,
                            FactAnswerValue.No => false,
                            _ => null,
                        },
                        answer.Source,
                        answer.Confidence,
                        answer.Evidence,
                        answer.Assessor,
                        PartialDate.Of(answer.At.InUtc().Date),
                        Norms.Packs.Period.Always
                    )),
            ]
        );
}
