using Breakwater.App.Agreements;
using Breakwater.App.Pages.Agreements;
using Breakwater.Preparedness.Agreements;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Api;

/// <summary>Which kinds of agreements countries lack, what is wanting in those in force, and triggers that wait for each other.</summary>
/// <param name="IsWhole">False when there are more agreements than were counted.</param>
/// <param name="Countries">In the order of their codes. None on record is not known to be none.</param>
/// <param name="Circles">Each by the ids of its agreements.</param>
internal sealed record AgreementGaps(
    Instant AsOf,
    bool IsWhole,
    IReadOnlyList<CountryCover> Countries,
    IReadOnlyList<IReadOnlyList<string>> Circles
);

/// <summary>The gaps between agreements, as far as the reader may know of agreements.</summary>
internal sealed class AgreementRoutes(IRecords records, Callers callers, IClock clock)
{
    private const string Kind = "agreement";

    public void Map(IEndpointRouteBuilder site) =>
        site.Get($"{SubjectRoutes.Root}/agreement-gaps", Gaps)
            .WithMetadata(new Described(null, null, "list"))
            .WithName("list-agreement-gaps")
            .WithTags("agreements")
            .WithDescription("?country=SD for one country; without it, every country.")
            .Produces<AgreementGaps>()
            .ProducesProblem(StatusCodes.Status400BadRequest);

    private async Task Gaps(HttpContext context)
    {
        string given = context.Request.Query["country"].ToString();
        string? country = Countries.OfCode(given);
        if (given.Length > 0 && country is null)
        {
            await Problem.NoCountry.Send(context).ConfigureAwait(false);
            return;
        }

        Caller caller = await callers.Of(context).ConfigureAwait(false);
        Instant now = clock.GetCurrentInstant();
        (IReadOnlyList<Agreement> agreements, bool isWhole) = await StatesSeen
            .Of<Agreement>(records, Kind, caller.ReaderOf(Kind), now)
            .ConfigureAwait(false);
        Representation.ForOneReader(context.Response);
        await context
            .Response.WriteAsJsonAsync(
                new AgreementGaps(
                    now,
                    isWhole,
                    AgreementCover.Of(
                        agreements,
                        country is null ? Countries.Codes : [country],
                        now
                    ),
                    AgreementGapsPage.Of(agreements)
                ),
                Json.Compact,
                context.RequestAborted
            )
            .ConfigureAwait(false);
    }
}
