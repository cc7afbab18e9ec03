using System.Buffers;
using System.Text.Json;
using Breakwater.App.Pages;
using Breakwater.Records;
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
internal sealed class ProductRoutes(IRecords records, Callers callers, IClock clock)
{
    private static readonly (string Kind, string Plural)[] _kinds =
    [
        ("disruption", "disruptions"),
        ("blind", "blind-feeds"),
        ("need", "needs"),
        ("time-to-dark", "times-to-dark"),
        ("plan", "plans"),
        ("restoration", "restorations"),
    ];

    private const int Limit = 100;

    public void Map(IEndpointRouteBuilder site)
    {
        foreach ((string kind, string plural) in _kinds)
        {
            site.MapGet(
                    $"{SubjectRoutes.Root}/{plural}",
                    (Delegate)((HttpContext context) => List(context, kind, plural))
                )
                .WithMetadata(new Described(null, null, "list"))
                .WithName($"list-{plural}")
                .WithTags(plural)
                .Produces<ProductPage>();
            site.MapGet(
                    $"{SubjectRoutes.Root}/{plural}/{{id}}",
                    (Delegate)((HttpContext context) => One(context, kind))
                )
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

        // What the reader may not see is left out of the page that was read: a page may be short although others follow.
        PublicView view = await View(context, kind).ConfigureAwait(false);
        var page = new List<Product>();
        long last = after;
        int read = 0;
        await foreach (
            Product product in records
                .Products(kind, after, context.RequestAborted)
                .ConfigureAwait(false)
        )
        {
            if (read++ == Limit)
            {
                break;
            }

            last = product.Sequence;
            if (await view.Allows(product).ConfigureAwait(false))
            {
                page.Add(product);
            }
        }

        string? next = read > Limit ? Cursor.Of(last) : null;
        if (next is not null)
        {
            context.Response.Headers.Link =
                $"<{SubjectRoutes.Root}/{plural}?after={next}>; rel=\"next\"";
        }

        await Send(
                context,
                writer =>
                {
                    writer.WriteStartObject();
                    writer.WriteStartArray("items"u8);
                    page.ForEach(product => Write(writer, product));
                    writer.WriteEndArray();
                    writer.WriteString("next"u8, next);
                    writer.WriteEndObject();
                }
            )
            .ConfigureAwait(false);
    }

    private async Task One(HttpContext context, string kind)
    {
        PublicView view = await View(context, kind).ConfigureAwait(false);
        Product? product = await view.Find((string)context.Request.RouteValues["id"]!)
            .ConfigureAwait(false);
        await (
            product?.Kind == kind
                ? Send(context, writer => Write(writer, product))
                : Problem.NotFound.Send(context)
        ).ConfigureAwait(false);
    }

    /// <summary>A token that was made for other kinds reads what the public reads.</summary>
    private async Task<PublicView> View(HttpContext context, string kind) =>
        new(
            records,
            (await callers.Of(context).ConfigureAwait(false)).ReaderOf(kind),
            clock.GetCurrentInstant()
        );

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

    private static Task Send(HttpContext context, Action<Utf8JsonWriter> write)
    {
        var octets = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(octets))
        {
            write(writer);
        }

        context.Response.ContentType = "application/json; charset=utf-8";
        return context
            .Response.Body.WriteAsync(octets.WrittenMemory, context.RequestAborted)
            .AsTask();
    }
}
