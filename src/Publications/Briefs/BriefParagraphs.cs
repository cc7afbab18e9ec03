using Breakwater.Vocabulary;

namespace Breakwater.Publications.Briefs;

/// <summary>The sentences of a brief as paragraphs of a publication: each names the fact sheet, and the rules, readings and facts behind it (INV-10).</summary>
public static class BriefParagraphs
{
    public static IReadOnlyList<Paragraph> Of(Brief brief, string subject)
    {
        ArgumentNullException.ThrowIfNull(brief);
        Texts texts = BriefTexts.For(brief.Language);
        return
        [
            .. brief
                .Notices.Select(notice => ("notices", notice))
                .Concat(
                    brief.Sections.SelectMany(section =>
                        section.Blocks.SelectMany(Sentences).Select(one => (section.Key, one))
                    )
                )
                .Select(each => Of(each.Item1, each.Item2, subject, texts))
                .DistinctBy(paragraph => paragraph.Id),
        ];
    }

    private static Paragraph Of(string section, Sentence sentence, string subject, Texts texts)
    {
        string[] inputs =
        [
            .. sentence
                .Trace.Marks.Select(mark => $"{Checks.Word(mark.Kind)}:{mark.Id}")
                .Append(subject)
                .Order(StringComparer.Ordinal),
        ];
        return new Paragraph(
            Ids.Of("p", section, sentence.Text, inputs),
            section,
            texts.Plain(sentence.Text),
            [],
            inputs
        );
    }

    private static IEnumerable<Sentence> Sentences(BriefBlock block) =>
        block switch
        {
            Sentence sentence => [sentence],
            Points points => points.Sentences,
            _ => [],
        };
}
