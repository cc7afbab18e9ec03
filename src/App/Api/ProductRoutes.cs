using System.Buffers;
using System.Text;
using System.Text.Json;
using Breakwater.App.Pages;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Api;

/// <summary>One product of the walk, and what it was made from.</summary>
internal sealed record ProductTold(
    string Id,
    string Kind,
    IReadOnlyList<string> Inputs,
    JsonElement Body
);

internal sealed record ProductPage(IReadOnlyList<ProductTold> Items, string? Next);

/// <summary>What the walk computed: read only, because only signals, decisions and time change it.</summary>
internal sealed class ProductRoutes(
    IRecords records,
    Callers callers,
    PageCache pages,
    IClock clock
)
{
    private static readonly (string Kind, string Plural)[] _kinds =
    [
        ("disruption", "disruptions"),
        ("blind", "blind-feeds"),
        ("need", "needs"),
        ("time-to-dark", "times-to-dark"),
        (Recording.FactsKind, "proposed-facts"),
        (Recording.FindingKind, "findings"),
        ("plan", "plans"),
        ("restoration", "restorations"),
    ];

    private const int Limit = 100;

    /// <summary>Events of the ledger whose products one request looks at.</summary>
    private const long Stretch = 200_000;
    private const string Json = "application/json; charset=utf-8";

    public void Map(IEndpointRouteBuilder site)
    {
        foreach ((string kind, string plural) in _kinds)
        {
            site.Get($"{SubjectRoutes.Root}/{plural}", context => List(context, kind, plural))
                .WithMetadata(new Described(null, null, "list"))
                .WithName($"list-{plural}")
                .WithTags(plural)
                .Produces<ProductPage>();
            site.Get($"{SubjectRoutes.Root}/{plural}/{{id}}", context => One(context, kind))
                .WithMetadata(new Described(null, null, "read"))
                .WithName($"read-{plural}")
                .WithTags(plural)
                .Produces<ProductTold>()
                .ProducesProblem(StatusCodes.Status404NotFound);
        }
    }

    private async Task List(HttpContext context, string kind, string plural)
    {
        long after = 0;
        if (
            context.Request.Query["after"].ToString() is { Length: > 0 } cursor
            && (!Cursor.TryRead(cursor, out after) || after < 0)
        )
        {
            await Problem
                .Query("after is the 'next' of an earlier page.")
                .Send(context)
                .ConfigureAwait(false);
            return;
        }

        Reader reader = await ReaderOf(context, kind).ConfigureAwait(false);
        if (reader == Reader.Anonymous && after == 0)
        {
            // Only where it begins, or chance cursors would make pages again and again.
            KeptPage? kept = await pages
                .Get(
                    $"{SubjectRoutes.Root}/{plural}",
                    async () => await Page(reader, kind, 0).ConfigureAwait(false)
                )
                .ConfigureAwait(false);
            Lead(context, plural, kept!.Next);
            Representation.ForOneReader(context.Response);
            await Answer.Packed(context, kept.Octets, Json).ConfigureAwait(false);
            return;
        }

        WrittenPage page = await Page(reader, kind, after).ConfigureAwait(false);
        Lead(context, plural, page.Next);
        await Send(context, Encoding.UTF8.GetBytes(page.Text)).ConfigureAwait(false);
    }

    private async Task<WrittenPage> Page(Reader reader, string kind, long after)
    {
        var view = new PublicView(records, reader, clock.GetCurrentInstant());
        (IReadOnlyList<Product> page, long? then) = await Read(view, kind, after)
            .ConfigureAwait(false);
        string? next = then is { } place ? Cursor.Of(place) : null;
        byte[] text = Written(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("items"u8);
            foreach (Product product in page)
            {
                Write(writer, product);
            }

            writer.WriteEndArray();
            writer.WriteString("next"u8, next);
            writer.WriteEndObject();
        });
        return new WrittenPage(Encoding.UTF8.GetString(text), view.Until, next);
    }

    /// <summary>
    /// Passes over what is hidden until the page is full. Where it goes on follows from what is shown and from the length of
    /// the ledger, never from what is hidden.
    /// </summary>
    private async Task<(IReadOnlyList<Product> Page, long? Next)> Read(
        PublicView view,
        string kind,
        long after
    )
    {
        var page = new List<Product>();
        long end = await records.Count().ConfigureAwait(false);
        long until = end - Stretch <= after ? end : after + Stretch;
        while (after < until)
        {
            IReadOnlyList<Product> read = await records
                .Products(kind, after, Limit + 1)
                .ConfigureAwait(false);
            foreach (
                Product product in await view.Allowed([
                        .. read.Where(product => product.Sequence <= until),
                    ])
                    .ConfigureAwait(false)
            )
            {
                if (page.Count == Limit)
                {
                    return (page, page[^1].Sequence);
                }

                page.Add(product);
            }

            after = read.Count > Limit ? read[^1].Sequence : until;
        }

        return (page, until < end ? until : null);
    }

    private static void Lead(HttpContext context, string plural, string? next)
    {
        if (next is not null)
        {
            context.Response.Headers.Link =
                $"<{SubjectRoutes.Root}/{plural}?after={next}>; rel=\"next\"";
        }
    }

    private async Task One(HttpContext context, string kind)
    {
        var view = new PublicView(
            records,
            await ReaderOf(context, kind).ConfigureAwait(false),
            clock.GetCurrentInstant()
        );
        Product? product = await view.Find((string)context.Request.RouteValues["id"]!)
            .ConfigureAwait(false);
        await (
            product?.Kind == kind
                ? Send(context, Written(writer => Write(writer, product)))
                : Problem.NotFound.Send(context)
        ).ConfigureAwait(false);
    }

    /// <summary>A token that was made for other kinds reads what the public reads.</summary>
    private async Task<Reader> ReaderOf(HttpContext context, string kind) =>
        (await callers.Of(context).ConfigureAwait(false)).ReaderOf(kind);

    private static void Write(Utf8JsonWriter writer, Product product)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, product.Id);
        writer.WriteString("kind"u8, product.Kind);
        writer.WriteStartArray("inputs"u8);
        foreach (string input in product.Inputs)
        {
            writer.WriteStringValue(input);
        }

        writer.WriteEndArray();
        writer.WritePropertyName("body"u8);
        product.Body.WriteTo(writer);
        writer.WriteEndObject();
    }

    private static byte[] Written(Action<Utf8JsonWriter> write)
    {
        var octets = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(octets))
        {
            write(writer);
        }

        return octets.WrittenSpan.ToArray();
    }

    private static Task Send(HttpContext context, byte[] octets)
    {
        Representation.ForOneReader(context.Response);
        context.Response.ContentType = Json;
        return context.Response.Body.WriteAsync(octets, context.RequestAborted).AsTask();
    }
}
