using System.Text;
using Breakwater.App.Pages;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Breakwater.App.Api;

/// <summary>
/// Where the OpenAPI document is read. It follows from the program alone and takes seconds to make, so it is made once, when first
/// asked for, and whoever asks meanwhile waits for the same octets.
/// </summary>
internal sealed class OpenApiRoute(
    [FromKeyedServices(OpenApi.Name)] IOpenApiDocumentProvider documents
)
{
    private readonly Lock _turn = new();
    private Task<PackedAnswer>? _made;

    public void Map(IEndpointRouteBuilder site) =>
        site.MapMethods(
            OpenApi.Path,
            [HttpMethods.Get, HttpMethods.Head],
            async context =>
                await Answer
                    .Packed(
                        context,
                        await Made().ConfigureAwait(false),
                        "application/json; charset=utf-8"
                    )
                    .ConfigureAwait(false)
        );

    internal Task<PackedAnswer> Made()
    {
        lock (_turn)
        {
            // One that could not be made is tried again; nobody who goes away ends it for the others.
            return _made is null || _made.IsFaulted ? _made = Task.Run(Make) : _made;
        }
    }

    private async Task<PackedAnswer> Make()
    {
        OpenApiDocument document = await documents
            .GetOpenApiDocumentAsync(CancellationToken.None)
            .ConfigureAwait(false);
        string text = await document
            .SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1)
            .ConfigureAwait(false);
        return await PackedAnswer.Of(Encoding.UTF8.GetBytes(text)).ConfigureAwait(false);
    }
}
