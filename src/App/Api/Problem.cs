using System.Text.Json;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Api;

/// <summary>What went wrong with a request, for machines and people (RFC 9457). It repeats nothing of what was sent.</summary>
/// <param name="Type">A stable word to branch on: <c>urn:breakwater:problem:stale</c>.</param>
/// <param name="Detail">What to do about it.</param>
internal sealed record Problem(string Type, string Title, int Status, string Detail)
{
    public const string MediaType = "application/problem+json";

    public static Problem SignIn { get; } =
        Of(
            "sign-in",
            "Sign in first",
            StatusCodes.Status401Unauthorized,
            "Send a token as 'Authorization: Bearer ...', or sign in on the pages."
        );

    public static Problem NotAllowed(string detail) =>
        Of("not-allowed", "Not allowed", StatusCodes.Status403Forbidden, detail);

    /// <summary>What is not there and what the reader may not see are told in the same words.</summary>
    public static Problem NotFound { get; } =
        Of(
            "not-found",
            "Nothing is here for this reader",
            StatusCodes.Status404NotFound,
            "Check the address; what you may not see looks the same as what is not there."
        );

    /// <summary>It was public and was taken back: whoever follows an old link is told when and why.</summary>
    public static Problem Gone(Instant at, string reason) =>
        Of(
            "withdrawn",
            "It was withdrawn",
            StatusCodes.Status410Gone,
            $"Withdrawn at {at}. Reason: {reason}"
        );

    public static Problem Stale(long actual) =>
        Of(
            "stale",
            "It has changed since",
            StatusCodes.Status412PreconditionFailed,
            $"It is at version {actual} now. Read it again, decide anew, and send If-Match with that version."
        );

    public static Problem NoVersion { get; } =
        Of(
            "no-version",
            "Which version was seen?",
            StatusCodes.Status428PreconditionRequired,
            "Send If-Match with the ETag of the state that you decided on."
        );

    public static Problem KeyUsed { get; } =
        Of(
            "key-used",
            "The Idempotency-Key was used for another request",
            StatusCodes.Status422UnprocessableEntity,
            "Send a new key with a new request; repeat a key only with the same request."
        );

    public static Problem Key(string detail) =>
        Of("key", "The Idempotency-Key will not do", StatusCodes.Status400BadRequest, detail);

    public static Problem TooLarge(long octetsMax) =>
        Of(
            "too-large",
            "The body is too large",
            StatusCodes.Status413PayloadTooLarge,
            $"Send at most {octetsMax} octets."
        );

    public static Problem OtherMediaType(IReadOnlyList<string> accepted) =>
        Of(
            "media-type",
            "The body is of another media type",
            StatusCodes.Status415UnsupportedMediaType,
            $"Send {string.Join(" or ", accepted)} in UTF-8."
        );

    public static Problem OtherMethod(IReadOnlyList<string> allowed) =>
        Of(
            "method",
            "The address takes other methods",
            StatusCodes.Status405MethodNotAllowed,
            $"Use {string.Join(" or ", allowed)}."
        );

    public static Problem NotAcceptable(IReadOnlyList<string> given) =>
        Of(
            "not-acceptable",
            "The answer comes in another media type",
            StatusCodes.Status406NotAcceptable,
            $"Accept {string.Join(" or ", given)}."
        );

    public static Problem Malformed(string where) =>
        Of("malformed", "The body cannot be read", StatusCodes.Status400BadRequest, where);

    /// <summary>Of a query that asks for one country.</summary>
    public static Problem NoCountry { get; } =
        Query("country is no code of ISO 3166-1 with two letters, such as SD.");

    public static Problem Query(string detail) =>
        Of(
            "query",
            "The address asks for something impossible",
            StatusCodes.Status400BadRequest,
            detail
        );

    public static Problem Busy(int retryAfterSeconds) =>
        Of(
            "too-many",
            "Too many requests",
            StatusCodes.Status429TooManyRequests,
            $"Nothing was done. Wait {retryAfterSeconds} s and repeat."
        );

    /// <param name="again">How it is asked for again, as a sentence without its stop.</param>
    public static Problem Away(string again) =>
        Of(
            "store-away",
            "The store cannot be reached or written",
            StatusCodes.Status503ServiceUnavailable,
            $"Nothing acknowledged is lost. {again}."
        );

    public static Problem NoLaw { get; } =
        Of(
            "no-law",
            "The law pack cannot be used",
            StatusCodes.Status503ServiceUnavailable,
            "The page /norms says what is wrong with it. Tell the operator of this node, who has to act."
        );

    public static Problem Broken { get; } =
        Of(
            "store-broken",
            "The store is damaged",
            StatusCodes.Status500InternalServerError,
            "Repeating does not help: tell the operator of this node, who has to act. What went wrong stands on the node's standard error."
        );

    /// <param name="again">How it is asked for again, as a sentence without its stop.</param>
    public static Problem Fault(string again) =>
        Of(
            "fault",
            "A fault of this node",
            StatusCodes.Status500InternalServerError,
            $"{again}. If it stays, tell the operator when it happened."
        );

    public static Problem Of(Refusal refusal) =>
        refusal.Kind switch
        {
            RefusalKind.Invalid => Of(
                "invalid",
                "It makes no sense as it stands",
                StatusCodes.Status422UnprocessableEntity,
                refusal.Reason
            ),
            RefusalKind.NotAllowed => NotAllowed(refusal.Reason),
            RefusalKind.WrongState => Of(
                "wrong-state",
                "It cannot be done in the present state",
                StatusCodes.Status409Conflict,
                refusal.Reason
            ),
            RefusalKind.TooMuch => Of(
                "too-many",
                "Too much of it",
                StatusCodes.Status429TooManyRequests,
                refusal.Reason
            ),
            _ => Fault("Repeat it in a few seconds"),
        };

    public Task Send(HttpContext context)
    {
        HttpResponse response = context.Response;
        if (response.HasStarted)
        {
            return Task.CompletedTask;
        }

        response.StatusCode = Status;
        response.ContentType = MediaType;
        if (Status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = "Bearer";
        }

        return response
            .Body.WriteAsync(
                JsonSerializer.SerializeToUtf8Bytes(this, Json.Compact),
                context.RequestAborted
            )
            .AsTask();
    }

    private static Problem Of(string word, string title, int status, string detail) =>
        new($"urn:breakwater:problem:{word}", title, status, detail);
}
