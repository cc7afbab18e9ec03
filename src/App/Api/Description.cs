using Breakwater.App.Subjects;
using Breakwater.Vocabulary;

namespace Breakwater.App.Api;

/// <summary>What an address is: read by the OpenAPI document and by the test of who may do what.</summary>
/// <param name="Kind">Null for addresses that belong to no kind.</param>
/// <param name="Command">Null for reading.</param>
internal sealed record Described(SubjectKind? Kind, CommandKind? Command, string Name)
{
    /// <summary>For addresses that are no command of a kind: who may; empty for everybody.</summary>
    public IReadOnlyList<Role> Roles { get; init; } = [];

    /// <summary>What an Idempotency-Key does at this address, in words for its callers; null where none is taken.</summary>
    public string? Once { get; init; }

    /// <summary>True when doing it twice does the same as doing it once, so that it needs no key.</summary>
    public bool IsSameAgain { get; init; }
}

internal static class Description
{
    public static RouteHandlerBuilder Describe(
        this RouteHandlerBuilder route,
        SubjectKind kind,
        string what,
        Type gives,
        string mediaType = "application/json"
    ) =>
        route
            .WithMetadata(new Described(kind, null, what))
            .WithName($"{what}-{kind.Plural}")
            .WithTags(kind.Plural)
            .WithMetadata(
                new ProducesResponseTypeMetadata(StatusCodes.Status200OK, gives, [mediaType])
            )
            .ProducesProblem(StatusCodes.Status404NotFound);

    public static void Describe(
        this RouteHandlerBuilder route,
        SubjectKind kind,
        CommandKind command
    ) =>
        route
            .WithMetadata(
                new Described(kind, command, command.Name)
                {
                    Once = "Repeat the same request under the same key without doing it twice",
                }
            )
            .WithName(command.IsStart ? $"start-{kind.Kind}" : $"{command.Name}-{kind.Kind}")
            .WithTags(kind.Plural)
            .Accepts(command.Request, "application/json")
            .WithMetadata(
                new ProducesResponseTypeMetadata(
                    command.IsStart ? StatusCodes.Status201Created : StatusCodes.Status200OK,
                    typeof(Stated<>).MakeGenericType(kind.State),
                    ["application/json"]
                )
            )
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
}
