using Breakwater.Decisions.Publishing;
using Breakwater.Publications.Releases;

namespace Breakwater.Publications;

/// <summary>From a whole walk to a document that one audience may read.</summary>
public static class PublicationsFromWalk
{
    /// <summary>Composes a situation report, or another form. The release check comes first; nothing after it sees a withheld record.</summary>
    /// <param name="language">BCP 47; a language without tables falls back to English.</param>
    public static Publication Compose(
        Walked walk,
        Audience audience,
        string language,
        PublicationForm form = PublicationForm.SituationReport
    )
    {
        Report report = ResponseForms.Report(ReleaseCheck.For(walk, audience), form);
        return PublicationFromReport.Write(report, ReleaseTexts.For(language));
    }
}
