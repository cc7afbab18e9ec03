namespace Breakwater.Publications.Releases;

/// <summary>How a publication is cited and under which terms it may be used; said at its foot, in its record and beside its files.</summary>
/// <param name="Node">The name of the node that released it, which follows from its key.</param>
/// <param name="Licence">An SPDX identifier, or the operator's own words.</param>
public sealed record Citation(string Node, string Licence)
{
    public const string DefaultLicence = "CC-BY-4.0";

    /// <summary>Who, what, as of when, and the id, which is a hash of all that it says.</summary>
    public Word As(Publication publication)
    {
        ArgumentNullException.ThrowIfNull(publication);
        return new Said(
            "cite.as",
            ("title", new Native(publication.Title)),
            ("form", new Said($"form.{publication.Form}")),
            ("node", new Code(Node)),
            ("at", new Moment(publication.AsOf)),
            ("id", new Code(publication.Id))
        );
    }

    public Word Terms() =>
        Licence == DefaultLicence
            ? new Said("cite.licence.cc-by-4.0")
            : new Said("cite.licence", ("licence", new Free(Licence)));

    /// <summary>The block at the foot of an HTML document, whoever composed that.</summary>
    public string Html(Publication publication)
    {
        ArgumentNullException.ThrowIfNull(publication);
        Texts texts = ReleaseTexts.For(publication.Language);
        return $"<section id=\"cite\"><h2>{texts.Html("section.cite")}</h2>\n<p>{texts.Html(As(publication))}</p>\n<p>{texts.Html(Terms())}</p></section>\n";
    }
}
