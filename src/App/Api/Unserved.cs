using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Net.Http.Headers;

namespace Breakwater.App.Api;

/// <summary>
/// Why no address of the API serves a request: nothing is there, or not by this method, or not in this media type. An address is
/// public knowledge; what lies under an id is not, and plays no part.
/// </summary>
internal sealed class Unserved
{
    private const string Rest = "/{**rest}";

    private readonly Lazy<Served[]> _served;

    public Unserved(EndpointDataSource endpoints) =>
        _served = new Lazy<Served[]>(() =>
            [
                .. endpoints
                    .Endpoints.OfType<RouteEndpoint>()
                    .Where(endpoint =>
                        endpoint.Metadata.GetMetadata<Described>() is not null
                        && endpoint.Metadata.GetMetadata<IHttpMethodMetadata>() is not null
                    )
                    .Select(Served.Of),
            ]
        );

    /// <summary>Takes what no other address under <paramref name="root"/> takes, and lets whoever may GET also ask for the head.</summary>
    public static void Map(IEndpointRouteBuilder site, string root) =>
        site.Map(
                root + Rest,
                (HttpContext context) =>
                    context.RequestServices.GetRequiredService<Unserved>().Why(context)
            )
            .ExcludeFromDescription();

    /// <summary>A HEAD is answered wherever a GET is, except by a feed that has no end.</summary>
    public static void LetHead(EndpointBuilder endpoint)
    {
        if (
            endpoint.Metadata.OfType<IHttpMethodMetadata>().LastOrDefault()
                is { HttpMethods: ["GET"] }
            && !endpoint.Metadata.OfType<Described>().Any(described => described.Name == "changes")
        )
        {
            endpoint.Metadata.Add(new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head]));
        }
    }

    /// <summary>Refuses whoever would take none of the types that the address gives.</summary>
    public static Task Accept(HttpContext context, RequestDelegate next)
    {
        string[] gives =
        [
            .. context
                .GetEndpoint()
                ?.Metadata.OfType<IProducesResponseTypeMetadata>()
                .Where(answer => answer.StatusCode < StatusCodes.Status300MultipleChoices)
                .SelectMany(answer => answer.ContentTypes)
                .Distinct(StringComparer.OrdinalIgnoreCase)
                ?? [],
        ];
        return
            gives.Length == 0
            || !MediaTypeHeaderValue.TryParseList(
                context.Request.Headers.Accept,
                out IList<MediaTypeHeaderValue>? takes
            )
            || takes.Any(type =>
                type.Quality != 0 && gives.Any(given => type.MatchesMediaType(given))
            )
            ? next(context)
            : Problem.NotAcceptable(gives).Send(context);
    }

    private Task Why(HttpContext context)
    {
        Served[] here = [.. _served.Value.Where(served => served.IsAt(context.Request.Path))];
        Served[] alike = [.. here.Where(served => served.Takes(context.Request.Method))];
        if (here.Length == 0)
        {
            return Problem.NotFound.Send(context);
        }

        if (alike.Length == 0)
        {
            string[] methods =
            [
                .. here.SelectMany(served => served.Methods)
                    .Distinct(StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal),
            ];
            context.Response.Headers.Allow = string.Join(", ", methods);
            return Problem.OtherMethod(methods).Send(context);
        }

        string[] types =
        [
            .. alike.SelectMany(served => served.Types).Distinct(StringComparer.OrdinalIgnoreCase),
        ];
        context.Response.Headers.Accept = string.Join(", ", types);
        return Problem.OtherMediaType(types).Send(context);
    }

    private sealed record Served(
        TemplateMatcher Path,
        IReadOnlyList<string> Methods,
        IReadOnlyList<string> Types
    )
    {
        public static Served Of(RouteEndpoint endpoint) =>
            new(
                new TemplateMatcher(new RouteTemplate(endpoint.RoutePattern), []),
                endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods,
                endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes ?? []
            );

        public bool IsAt(PathString path) => Path.TryMatch(path, []);

        public bool Takes(string method) => Methods.Contains(method, StringComparer.Ordinal);
    }
}
