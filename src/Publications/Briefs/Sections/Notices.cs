using Breakwater.Norms.Packs;
using NodaTime;

namespace Breakwater.Publications.Briefs;

/// <summary>What a reader must know before anything else. The first sentence is the one that nobody may miss.</summary>
internal static class Notices
{
    private const int FilesMax = 3;

    public static IReadOnlyList<Sentence> Of(Ground ground, string language)
    {
        var draft = new BriefDraft("notice");
        LawPack pack = ground.Pack;
        var sentences = new List<Sentence>();
        Say("notice.standing", Trace.Notice("prima-facie", "no-verdict"));
        Say("notice.standard", Trace.Notice("proof-standard", "attributed"));
        Say("notice.use", Trace.Notice("no-targets", "no-prospective-use"));
        if (pack.Unsealed.Count > 0)
        {
            Say(
                "notice.unsealed",
                Trace.Pack("manifest"),
                ("n", new Count(pack.Unsealed.Count)),
                ("files", QuestionsNext.Some(pack.Unsealed, FilesMax))
            );
        }

        Word name = new Code(pack.Id);
        Word version = new Code(pack.Version);
        Word reviewers = new Listed([.. pack.Reviewers.Select(one => new Free(one))]);
        Say(
            pack.Status == PackStatus.Reviewed ? "notice.reviewed"
                : pack.Reviewers.Count == 0 ? "notice.draft"
                : "notice.draft-reviewers",
            Trace.Pack("status", "reviewers"),
            ("pack", name),
            ("version", version),
            ("reviewers", reviewers)
        );
        Say(
            "notice.asof",
            Trace.Asked("valid-as-of", "known-as-of", "conduct"),
            ("valid", Day(ground.Assessed.AsOf.Valid, "asof.any-law")),
            ("known", Day(ground.Assessed.AsOf.Known, "asof.all-known")),
            (
                "conduct",
                ground.Assessed.Sheet.Conduct is { First: not null } or { Last: not null }
                    ? new Code(ground.Assessed.Sheet.Conduct.Text)
                    : new Said("asof.undated")
            )
        );
        Say(
            ground.Assessed.IsClosed ? "notice.closed" : "notice.open",
            Trace.Asked("burden-closure")
        );
        if (language != "en")
        {
            Say("notice.prevails", Trace.Pack("language"));
        }

        return sentences;

        void Say(string key, IEnumerable<TraceMark> marks, params (string, Word)[] with) =>
            sentences.Add(draft.Sentence(new Said(key, with), Trace.Of(marks), Tone.Plain));
    }

    private static Word Day(LocalDate? day, string otherwise) =>
        day is { } known ? new Day(known) : new Said(otherwise);
}
