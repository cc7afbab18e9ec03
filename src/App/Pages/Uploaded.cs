using Breakwater.App.Accounts.Pages;
using Breakwater.App.Api;
using Breakwater.App.Pages.Response.Acts;
using Breakwater.Publications;
using Breakwater.Vocabulary;
using Microsoft.AspNetCore.Http.Features;

namespace Breakwater.App.Pages;

/// <summary>A form with one file, as a browser sends it without scripts. It stays in memory: nothing of it is left on a disk.</summary>
/// <param name="File">Null when the form brought none, or is not believed.</param>
/// <param name="Why">Why the form is not believed; null when it is.</param>
internal sealed record Uploaded(Visit Visit, SourceFile? File, CameBack? Why)
{
    private const string Field = "file";

    /// <summary>Beside the file: the other fields, and the lines between the parts.</summary>
    private const int AroundMax = 64 << 10;

    /// <summary>A browser reads no answer before it has sent all, so what is too large is let pass unread up to this.</summary>
    private const int PassedOverMax = 64 << 20;
    private const int NameMax = 200;

    private static readonly CameBack _tooLong = new(
        CameBack.TooLong,
        StatusCodes.Status413PayloadTooLarge
    );

    public static async Task<Uploaded> Of(Visit visit, int octetsMax)
    {
        int most = octetsMax + AroundMax;
        if (visit.Http.Request.ContentLength > most)
        {
            RequestBody.Widen(visit.Http, PassedOverMax);
            return new Uploaded(visit, null, _tooLong);
        }

        RequestBody.Widen(visit.Http, most);
        visit.Http.Features.Set<IFormFeature>(
            new FormFeature(
                visit.Http.Request,
                new FormOptions
                {
                    MemoryBufferThreshold = most,
                    MultipartBodyLengthLimit = most,
                    ValueCountLimit = 32,
                }
            )
        );
        (visit, CameBack? why) = await ActDoor.Proven(visit).ConfigureAwait(false);
        if (why is not null || visit.Fields.Files.GetFile(Field) is not { Length: > 0 } sent)
        {
            return new Uploaded(visit, null, why);
        }

        if (sent.Length > octetsMax)
        {
            return new Uploaded(visit, null, _tooLong);
        }

        using var octets = new MemoryStream();
        await sent.CopyToAsync(octets, visit.Cancel).ConfigureAwait(false);
        return new Uploaded(visit, SourceFile.Of(NameOf(sent.FileName), octets.ToArray()), null);
    }

    /// <summary>Begins the form, with the field of its file.</summary>
    /// <param name="label">The sentence beside the field.</param>
    public static Markup Open(
        Markup page,
        Visit visit,
        string action,
        string label,
        string accept
    ) =>
        page.Raw(
                $"<form class=\"stack\" method=\"post\" enctype=\"multipart/form-data\" action=\"{Spoken.Html(visit.Address(action))}\">\n"
            )
            .Hidden(Form.Proof, visit.Proof())
            .Raw(
                $"<div class=\"field\"><label for=\"{Field}\">{page.Texts.Html(label)}</label>\n<input id=\"{Field}\" name=\"{Field}\" type=\"file\" required accept=\"{accept}\"></div>\n"
            );

    /// <summary>What a browser says of a name may be a path, and anything else.</summary>
    private static string NameOf(string said)
    {
        string name = new([
            .. said.Split('/', '\\')[^1].Where(letter => !char.IsControl(letter)).Take(NameMax),
        ]);
        return name is "" or "." or ".." ? "list.csv" : name;
    }
}
