using Breakwater.Norms.Asking;
using Breakwater.Norms.Findings;
using Breakwater.Norms.Packs;
using Breakwater.Norms.Positions;
using Breakwater.Vocabulary;
using NodaTime.Text;

namespace Breakwater.Publications.Briefs;

/// <summary>
/// Composes the legal brief of one incident: first what each body would say, what is unknown and what to ask; then everything that it
/// rests on. The same findings, questions and positions give the same brief.
/// </summary>
public static class LegalBrief
{
    /// <param name="questions">As ranked for whom the brief is for; what may not be put to them is named without its question.</param>
    /// <param name="positions">What can be held together on the contested rules; null when it was not worked out.</param>
    /// <param name="language">en, fr or ar; another falls back as publications do.</param>
    /// <param name="about">What contests name as that which a finding is about; null for the id of the incident itself.</param>
    public static Brief Compose(
        Assessed assessed,
        PackTexts texts,
        IReadOnlyList<Question> questions,
        PositionsFound? positions,
        string language,
        string? about = null
    )
    {
        ArgumentNullException.ThrowIfNull(assessed);
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(questions);
        string spoken = BriefTexts.For(language).Language;
        var ground = new Ground(
            assessed,
            new PackNames(assessed.Pack, texts, spoken),
            about ?? PositionInText.Struck(assessed.Sheet.Id)
        );
        string name = assessed.Sheet.Name.Length > 0 ? assessed.Sheet.Name : assessed.Sheet.Id;
        return new Brief(
            spoken,
            PositionInText.Struck(assessed.Sheet.Id),
            name.Length > 0 ? new Free(PositionInText.Struck(name)) : new Said("brief.unnamed"),
            Versions(assessed),
            [
                .. assessed.Profiles.Select(profile => new ReadingQueried(
                    profile,
                    ground.Names.Body(profile)
                )),
            ],
            ground.FactTags,
            ground.Sources,
            [.. assessed.Findings.Select(finding => Told(ground, finding))],
            Notices.Of(ground, spoken),
            [
                InShort.Section(ground, questions),
                FactsTold.Section(ground),
                FindingsByRegime.Section(ground),
                SideBySide.Section(ground, positions),
                GapsMet.Section(ground),
                QuestionsNext.Section(ground, questions),
                SourcesAndVersions.Section(ground),
            ]
        );
    }

    private static BriefVersions Versions(Assessed assessed) =>
        new(
            assessed.Pack.Id,
            assessed.Pack.Version,
            assessed.Pack.RecordedAt.Text,
            assessed.Pack.Status,
            assessed.Pack.Reviewers,
            assessed.Pack.Hash,
            assessed.Pack.Unsealed,
            assessed.Facts.Hash,
            assessed.AsOf.Valid is { } valid ? LocalDatePattern.Iso.Format(valid) : null,
            assessed.AsOf.Known is { } known ? LocalDatePattern.Iso.Format(known) : null,
            assessed.Sheet.Conduct?.Text,
            assessed.IsClosed
        );

    private static FindingTold Told(Ground ground, Finding finding) =>
        new(
            finding.Rule.Id,
            finding.Profile,
            finding.Outcome,
            [.. ground.SourcesOf(finding.Rule)],
            ground.Assessed.ReadingOf(finding.Profile).OwnEntries(finding.Rule),
            finding.OpenDefences,
            ground.ContestOf(finding.Rule.Id, finding.Profile)
        );
}
