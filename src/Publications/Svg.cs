using System.Globalization;
using System.Net;
using System.Text;

namespace Breakwater.Publications;

/// <summary>Writes SVG with numbers and text in the one form that every reader of SVG takes.</summary>
internal sealed class Svg
{
    private readonly StringBuilder _text = new();

    /// <summary>One tenth of a unit is finer than a printed dot.</summary>
    public static string N(double value) =>
        Math.Round(value, 1, MidpointRounding.AwayFromZero)
            .ToString("0.#", CultureInfo.InvariantCulture);

    public Svg Raw(string markup)
    {
        _text.Append(markup);
        return this;
    }

    /// <summary>Opens a drawing that reads as one image with a name and a description.</summary>
    /// <remarks>The drawing is always left to right: under <c>dir=rtl</c> the anchors of its labels would turn around.</remarks>
    public Svg Open(string id, double width, double height, string title, string description) =>
        Raw(
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {N(width)} {N(height)}\" role=\"img\" aria-labelledby=\"{id}-t {id}-d\" direction=\"ltr\" class=\"chart\"><title id=\"{id}-t\">{title}</title><desc id=\"{id}-d\">{description}</desc>"
        );

    public Svg Line(double x1, double y1, double x2, double y2, string look) =>
        Raw(
            $"<line x1=\"{N(x1)}\" y1=\"{N(y1)}\" x2=\"{N(x2)}\" y2=\"{N(y2)}\" class=\"{look}\"/>"
        );

    public Svg Box(
        double x,
        double y,
        double width,
        double height,
        string look,
        string? fill = null
    ) =>
        Raw(
            $"<rect x=\"{N(x)}\" y=\"{N(y)}\" width=\"{N(width)}\" height=\"{N(height)}\"{(fill is null ? "" : $" fill=\"{fill}\"")} class=\"{look}\"/>"
        );

    public Svg Disc(double x, double y, double radius, string look) =>
        Raw($"<circle cx=\"{N(x)}\" cy=\"{N(y)}\" r=\"{N(radius)}\" class=\"{look}\"/>");

    public Svg Path(string data, string look) => Raw($"<path d=\"{data}\" class=\"{look}\"/>");

    /// <param name="anchor"><c>start</c>, <c>middle</c> or <c>end</c>.</param>
    public Svg Text(double x, double y, string text, string look, string anchor = "start") =>
        Raw(
            $"<text x=\"{N(x)}\" y=\"{N(y)}\" text-anchor=\"{anchor}\" class=\"{look}\">{WebUtility.HtmlEncode(text)}</text>"
        );

    public override string ToString() => _text.ToString();
}
