using System.Text;
using Breakwater.App.Pages;
using Breakwater.Publications;
using NodaTime;

namespace Breakwater.App.Exercises;

/// <summary>
/// The body of an answer of an exercise: a page begins with the banner, and a JSON object with the name of the exercise, whoever wrote
/// them. Octets whose form allows no such thing leave as they are, under a header and a name that say it.
/// </summary>
internal sealed class MarkedBody(Stream wire, HttpContext context, ExerciseNode node) : Stream
{
    /// <summary>A report that is released says so itself, and its proof holds for its octets alone.</summary>
    private const string Own = "class=\"banner exercise\"";
    private bool _isBegun;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush() => wire.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) =>
        wire.FlushAsync(cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) =>
        wire.Write(Marked(buffer.AsMemory(offset, count)).Span);

    public override Task WriteAsync(
        byte[] buffer,
        int offset,
        int count,
        CancellationToken cancellationToken
    ) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer,
        CancellationToken cancellationToken = default
    ) => wire.WriteAsync(Marked(buffer), cancellationToken);

    private ReadOnlyMemory<byte> Marked(ReadOnlyMemory<byte> octets)
    {
        if (_isBegun || octets.IsEmpty)
        {
            return octets;
        }

        _isBegun = true;
        string type = context.Response.ContentType ?? "";
        (int at, string mark)? put =
            type.StartsWith("text/html", StringComparison.Ordinal) ? InPage(octets.Span)
            : type.Contains("json", StringComparison.Ordinal) ? InObject(octets.Span)
            : null;
        if (put is not { } here)
        {
            return octets;
        }

        byte[] mark = Encoding.UTF8.GetBytes(here.mark);
        if (!context.Response.HasStarted && context.Response.ContentLength is { } length)
        {
            context.Response.ContentLength = length + mark.Length;
        }

        return (byte[])[.. octets.Span[..here.at], .. mark, .. octets.Span[here.at..]];
    }

    private (int, string)? InPage(ReadOnlySpan<byte> octets)
    {
        if (octets.IndexOf(Encoding.UTF8.GetBytes(Own)) >= 0)
        {
            return null;
        }

        int body = octets.IndexOf("<body"u8);
        int end = body < 0 ? -1 : octets[body..].IndexOf((byte)'>');
        return (end < 0 ? 0 : body + end + 1, Banner());
    }

    /// <summary>The description of the API is one of a form that allows no member of ours.</summary>
    private (int, string)? InObject(ReadOnlySpan<byte> octets) =>
        octets[0] != '{'
        || context.Request.Path.StartsWithSegments("/openapi", StringComparison.Ordinal)
            ? null
            : (
                1,
                $"\"exercise\":\"{node.Records.Node.Name}\"{(octets.Length > 1 && octets[1] == '}' ? "" : ",")}"
            );

    /// <summary>The word in every language of the pages, the sentence in the reader's, and the scenario's time.</summary>
    private string Banner()
    {
        var texts = PageTexts.For(context.Request);
        Instant now = node.Clock.GetCurrentInstant();
        string title =
            node.Scenario.Title.GetValueOrDefault(texts.Language) ?? node.Scenario.Title["en"];
        string words = string.Join(
            " · ",
            PageTexts.Languages.Select(language =>
                $"<b lang=\"{language}\">{PageTexts.For(language).Html("exercise.word")}</b>"
            )
        );
        return $"\n<div {Own} role=\"note\">{words} — {texts.Html("exercise.banner")} <a href=\"{Pages.PlayersPage.Path}?lang={texts.Language}\">{Spoken.Html(Spoken.Plain(title))}</a> · {texts.Html("exercise.clock")} {texts.Html(new Moment(now))}</div>\n";
    }
}
