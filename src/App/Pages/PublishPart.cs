using Breakwater.App.Api;
using Breakwater.App.Publishing;
using Breakwater.App.Publishing.Forms;
using Breakwater.App.Subjects;
using Breakwater.Decisions.Publishing;
using Breakwater.Publications;
using Breakwater.Vocabulary;

namespace Breakwater.App.Pages;

/// <summary>Where a page shows something that is published: a way to each form of it, for who may prepare one.</summary>
internal static class PublishPart
{
    public static void Write(Markup page, Caller caller, string kind, string id)
    {
        PublicationForm[] forms = [.. AllForms.Of(kind)];
        SubjectKind publications = Catalogue.Known.Of(PublicationFile.Kind)!;
        if (forms.Length == 0 || caller.WhyNot(publications, Preparing.Prepare) is not null)
        {
            return;
        }

        string of =
            kind == "response"
                ? $"response={Uri.EscapeDataString(id)}"
                : $"about={Uri.EscapeDataString($"{kind}/{id}")}";
        page.Head("publish", page.Texts.Html("published.prepare"))
            .Items(
                forms.Select(form =>
                    $"<a href=\"/act/publications/prepare-publication?{of}&amp;form={Checks.Word(form)}&amp;lang={page.Texts.Language}\">{page.Texts.Html("published.prepare-as", ("form", new Native(NewsFeeds.Form(page.Texts, Checks.Word(form)))))}</a>"
                )
            );
    }
}
