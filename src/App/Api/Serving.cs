namespace Breakwater.App.Api;

/// <summary>Addresses whose handlers take the request as it is.</summary>
/// <remarks>
/// The framework compiles code for each handler of another form: for the hundreds of addresses of the API that was a third of what a
/// node does before its first answer. The description goes by the method of a handler, which only that form says by itself.
/// </remarks>
internal static class Serving
{
    public static RouteHandlerBuilder Get(
        this IEndpointRouteBuilder site,
        string path,
        RequestDelegate handler
    ) => new([site.MapGet(path, handler).WithMetadata(handler.Method)]);

    public static RouteHandlerBuilder Post(
        this IEndpointRouteBuilder site,
        string path,
        RequestDelegate handler
    ) => new([site.MapPost(path, handler).WithMetadata(handler.Method)]);
}
