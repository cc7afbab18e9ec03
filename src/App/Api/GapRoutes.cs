using System.Text;
using System.Text.Json;
using Breakwater.App.Gaps;
using Breakwater.App.Pages;
using Breakwater.Publications.Gaps;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Api;

/// <summary>Where law is silent or disagrees, with the disruptions on record that met with it, as far as the reader may see them.</summary>
internal sealed class GapRoutes(IRecords records, Callers callers, PageCache pages, IClock clock)
    : IDisposable
{
    private const string Path = $"{SubjectRoutes.Root}/gaps";
    private const string Json = "application/json; charset=utf-8";

    /// <summary>It reads every finding on record, so readers who see more than the public take turns.</summary>
    private readonly SemaphoreSlim turn = new(1);

    public void Map(IEndpointRouteBuilder site) =>
        site.Get(Path, List)
            .WithMetadata(new Described(null, null, "list"))
            .WithName("list-gaps")
            .WithTags("gaps")
            .Produces<GapLedger>();

    public void Dispose() => turn.Dispose();

    private async Task List(HttpContext context)
    {
        Reader reader = (await callers.Of(context).ConfigureAwait(false)).ReaderOf(
            Recording.FindingKind
        );
        Representation.ForOneReader(context.Response);
        if (reader == Reader.Anonymous)
        {
            KeptPage? kept = await pages
                .Get(Path, async () => await Write(reader).ConfigureAwait(false))
                .ConfigureAwait(false);
            await Answer.Packed(context, kept!.Octets, Json).ConfigureAwait(false);
            return;
        }

        await turn.WaitAsync(context.RequestAborted).ConfigureAwait(false);
        try
        {
            WrittenPage page = await Write(reader).ConfigureAwait(false);
            context.Response.ContentType = Json;
            await context
                .Response.Body.WriteAsync(Encoding.UTF8.GetBytes(page.Text), context.RequestAborted)
                .ConfigureAwait(false);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<WrittenPage> Write(Reader reader)
    {
        var view = new PublicView(records, reader, clock.GetCurrentInstant());
        GapLedger gaps = await GapsOnRecord.Of(view, LawAtHand.Read.Pack).ConfigureAwait(false);
        return new WrittenPage(JsonSerializer.Serialize(gaps, Vocabulary.Json.Compact), view.Until);
    }
}
