using System.Text;
using Breakwater.App.Pages;
using Breakwater.App.Subjects;
using Breakwater.Decisions.Publishing;
using Breakwater.Ledger.Tiles;
using Breakwater.Records;
using NodaTime;

namespace Breakwater.App.Publishing;

/// <summary>What machines and doubters read of publications: files as they were released, their proofs, feeds, and the key of alerts.</summary>
internal sealed class PublishedDoor(IRecords records, PageCache pages, IClock clock)
{
    private static readonly string[] _reading = [HttpMethods.Get, HttpMethods.Head];

    public void Map(WebApplication site)
    {
        site.MapMethods("/published.rss", _reading, Rss).ExcludeFromDescription();
        site.MapMethods("/alerts.atom", _reading, Atom).ExcludeFromDescription();
        site.MapMethods($"/{AlertKey.File}", _reading, Key).ExcludeFromDescription();
        site.MapMethods("/published/{of}/{name}", _reading, File).ExcludeFromDescription();
    }

    private PublicView View() => new(records, now: clock.GetCurrentInstant());

    private Task Rss(HttpContext context)
    {
        var texts = PageTexts.For(context.Request);
        string address = AddressOf(context);
        return Feed(
            context,
            $"{texts.Language} {address} /published.rss",
            NewsFeeds.Rss,
            list =>
                new NewsFeeds(list, records.Node.Name, address).Publications(
                    texts,
                    item => $"reports/{item.In(texts.Language).Product.Id}",
                    gone => $"reports/{gone.In(texts.Language).Publication}"
                )
        );
    }

    private Task Atom(HttpContext context)
    {
        var texts = PageTexts.For(context.Request);
        string address = AddressOf(context);
        return Feed(
            context,
            $"{texts.Language} {address} /alerts.atom",
            NewsFeeds.Atom,
            list =>
                new NewsFeeds(list, records.Node.Name, address).Alerts(
                    texts,
                    file => file.Path.TrimStart('/')
                )
        );
    }

    private async Task Feed(
        HttpContext context,
        string key,
        string type,
        Func<PublishedList, byte[]> write
    )
    {
        KeptPage? page = await pages
            .Get(
                key,
                async () =>
                {
                    PublicView view = View();
                    PublishedList list = await PublishedList.Of(view).ConfigureAwait(false);
                    return new WrittenPage(Encoding.UTF8.GetString(write(list)), view.Until);
                }
            )
            .ConfigureAwait(false);
        await Answer.Packed(context, page!.Octets, $"{type}; charset=utf-8").ConfigureAwait(false);
    }

    private Task Key(HttpContext context) =>
        Answer.Send(
            context,
            StatusCodes.Status200OK,
            "application/x-pem-file",
            Encoding.ASCII.GetBytes(AlertSignature.PublicKey(records))
        );

    private async Task File(HttpContext context)
    {
        string of = (string)context.Request.RouteValues["of"]!;
        string name = (string)context.Request.RouteValues["name"]!;
        bool isProof = name.EndsWith(TlogProof.Extension, StringComparison.Ordinal);
        string plain = isProof ? name[..^TlogProof.Extension.Length] : name;
        if (
            of.Length + plain.Length > 400
            || await View()
                .Find<PublishedFile>(PublishedFile.Kind, PublishedFile.IdOf(of, plain))
                .ConfigureAwait(false)
                is not { } found
        )
        {
            await (
                of.Length <= 200 && await TakenBack(of).ConfigureAwait(false) is { } withdrawn
                    ? Answer.Page(
                        context,
                        StatusCodes.Status410Gone,
                        ReportsPage.Gone(PageTexts.For(context.Request), withdrawn, null)
                    )
                    : NotFound(context)
            ).ConfigureAwait(false);
            return;
        }

        PublishedFile file = found.Body;
        if (isProof)
        {
            await (
                await ProofFiles
                    .Of(records, found.Product.Id, file.Sha256, context.RequestAborted)
                    .ConfigureAwait(false)
                    is { } proof
                    ? Answer.Send(
                        context,
                        StatusCodes.Status200OK,
                        "text/plain; charset=utf-8",
                        Encoding.UTF8.GetBytes(proof.ToString())
                    )
                    : NotFound(context)
            ).ConfigureAwait(false);
            return;
        }

        await (
            await Composing.Octets(records, file.Sha256).ConfigureAwait(false) is { } octets
                ? Answer.Send(
                    context,
                    StatusCodes.Status200OK,
                    file.MediaType.StartsWith("text/", StringComparison.Ordinal)
                        ? $"{file.MediaType}; charset=utf-8"
                        : file.MediaType,
                    octets
                )
                : NotFound(context)
        ).ConfigureAwait(false);
    }

    /// <summary>Links to files are what others keep, so they are told what became of them. Null for what was never released.</summary>
    private async Task<Withdrawn?> TakenBack(string of)
    {
        if (
            await records.Document($"{PublicationFile.Kind}/{of}").ConfigureAwait(false)
            is not { } document
        )
        {
            return null;
        }

        PublicView view = View();
        foreach (
            PublicationDocument one in SubjectKind<PublicationFile, PublicationEvent>
                .Read(document.Body)
                .Documents
        )
        {
            if (
                await ReportsPage.TakenBack(view, one.Publication).ConfigureAwait(false) is
                { } withdrawn
            )
            {
                return withdrawn;
            }
        }

        return null;
    }

    private static Task NotFound(HttpContext context) =>
        Answer.Page(
            context,
            StatusCodes.Status404NotFound,
            TroublePages.NotFound(PageTexts.For(context.Request))
        );

    /// <summary>As the reader addressed this node: feeds travel, and a relative link would lead to where they are read.</summary>
    private static string AddressOf(HttpContext context) =>
        $"{context.Request.Scheme}://{context.Request.Host}/";
}
