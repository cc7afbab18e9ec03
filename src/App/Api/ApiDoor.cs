using Breakwater.App.Consultations;
using Breakwater.App.Gaps.Matrix;
using Breakwater.App.Ogc;
using Breakwater.App.Resilience;
using Breakwater.App.Responding;
using Breakwater.App.Sealing;
using Breakwater.App.Subjects;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Api;

/// <summary>How the API is set: whose clock counts, and how much one caller may ask for.</summary>
/// <param name="Clock">By which deadlines pass.</param>
/// <param name="CallsPerMinute">Of one account.</param>
public sealed record ApiSettings(IClock Clock, int CallsPerMinute = 3_000)
{
    /// <summary>How often what is due by itself is looked for; null for never, when a test drives time.</summary>
    public TimeSpan? LooksEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Where the operator is told of what only they can mend.</summary>
    public TextWriter Trouble { get; init; } = Console.Error;

    /// <summary>What an exercise is run with; null on a node that is none.</summary>
    internal Exercises.ExerciseNode? Exercise { get; init; }

    /// <summary>Under which terms what is released may be used: an SPDX identifier, or the operator's own words.</summary>
    public string Licence { get; init; } = Publications.Releases.Citation.DefaultLicence;

    /// <summary>How many organisations may wait for vouchers at once.</summary>
    public int JoinedMax { get; init; } = Roll.JoinedMax;
}

/// <summary>Puts the API, and time passing, into the server.</summary>
internal static class ApiDoor
{
    public static void Add(WebApplicationBuilder builder, ApiSettings settings)
    {
        IServiceCollection services = builder.Services;
        services.AddSingleton(settings);
        services.AddSingleton(settings.Clock);
        services.AddSingleton(Catalogue.Known);
        services.AddSingleton(new Trouble(TimeProvider.System, settings.Trouble));
        services.AddSingleton(provider => new Roll(
            provider.GetRequiredService<IRecords>(),
            settings.Clock,
            provider.GetRequiredService<Trouble>(),
            settings.JoinedMax
        ));
        services.AddSingleton<Acting>();
        services.AddSingleton<Agreements.TriggerWatch>();
        services.AddSingleton<Elapsing>();
        if (settings.Exercise is { } exercise)
        {
            Exercises.ExerciseDoor.Add(services, exercise, settings.LooksEvery);
        }
        else if (settings.LooksEvery is { } every)
        {
            services.AddHostedService(of => new TimePassing(
                of.GetRequiredService<Elapsing>(),
                every
            ));
        }

        services.AddSingleton<Callers>();
        services.AddSingleton<SubjectRoutes>();
        services.AddSingleton<LiveChanges>();
        services.AddSingleton<EvidenceRoutes>();
        services.AddSingleton<DetectionRoutes>();
        services.AddSingleton<ProductRoutes>();
        services.AddSingleton<DarkForecast>();
        services.AddSingleton<ReachOnRecord>();
        services.AddSingleton<OutlookRoutes>();
        services.AddSingleton<InterpretingRoutes>();
        services.AddSingleton<NormsRoutes>();
        services.AddSingleton<ReportIntake>();
        services.AddSingleton<ReportNames>();
        services.AddSingleton<ReportRoutes>();
        services.AddSingleton<InputIntake>();
        services.AddSingleton<InputsOnRecord>();
        services.AddSingleton<InputRoutes>();
        services.AddSingleton<KnownCustody>();
        services.AddSingleton<SealingRoutes>();
        services.AddSingleton<ProofRoutes>();
        services.AddSingleton<FactRoutes>();
        services.AddSingleton<PublicationRoutes>();
        services.AddSingleton<LedgerRoutes>();
        services.AddSingleton<OverlapsOnRecord>();
        services.AddSingleton<OverlapRoutes>();
        services.AddSingleton<GapRoutes>();
        services.AddSingleton<ValuesOnRecord>();
        services.AddSingleton<IndexOnRecord>();
        services.AddSingleton<MatrixOnRecord>();
        services.AddSingleton<ResilienceRoutes>();
        services.AddSingleton<AgreementRoutes>();
        services.AddSingleton<Collections>();
        services.AddSingleton<OgcRoutes>();
        services.AddSingleton<CallLimits>();
        services.AddSingleton<Unserved>();
        OpenApi.Add(services);
    }

    public static void Use(WebApplication site)
    {
        site.UseWhen(
            context =>
                context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
                || context.Request.Path.StartsWithSegments(OgcRoutes.Root, StringComparison.Ordinal)
                || context.Request.Path.StartsWithSegments(
                    LedgerRoutes.Root,
                    StringComparison.Ordinal
                ),
            api =>
            {
                api.Use(Guarded);
                api.Use(
                    (context, next) =>
                        site.Services.GetRequiredService<CallLimits>().Limit(context, next)
                );
                api.Use(Unserved.Accept);
            }
        );
        RouteGroupBuilder addresses = site.MapGroup("");
        ((IEndpointConventionBuilder)addresses).Finally(Unserved.LetHead);
        site.Services.GetRequiredService<SubjectRoutes>().Map(addresses);
        site.Services.GetRequiredService<LiveChanges>().Map(addresses);
        site.Services.GetRequiredService<EvidenceRoutes>().Map(addresses);
        site.Services.GetRequiredService<DetectionRoutes>().Map(addresses);
        site.Services.GetRequiredService<ProductRoutes>().Map(addresses);
        site.Services.GetRequiredService<OutlookRoutes>().Map(addresses);
        site.Services.GetRequiredService<InterpretingRoutes>().Map(addresses);
        site.Services.GetRequiredService<NormsRoutes>().Map(addresses);
        site.Services.GetRequiredService<ReportRoutes>().Map(addresses);
        site.Services.GetRequiredService<InputRoutes>().Map(addresses);
        site.Services.GetRequiredService<SealingRoutes>().Map(addresses);
        site.Services.GetRequiredService<ProofRoutes>().Map(addresses);
        site.Services.GetRequiredService<FactRoutes>().Map(addresses);
        site.Services.GetRequiredService<PublicationRoutes>().Map(addresses);
        site.Services.GetRequiredService<LedgerRoutes>().Map(addresses);
        site.Services.GetRequiredService<OverlapRoutes>().Map(addresses);
        site.Services.GetRequiredService<GapRoutes>().Map(addresses);
        site.Services.GetRequiredService<ResilienceRoutes>().Map(addresses);
        site.Services.GetRequiredService<AgreementRoutes>().Map(addresses);
        site.Services.GetRequiredService<OgcRoutes>().Map(addresses);
        site.Services.GetRequiredService<OpenApiRoute>().Map(site);
        Unserved.Map(site, "/api");
    }

    /// <summary>What breaks becomes a problem that says what to do, and shows nothing of how it broke.</summary>
    private static async Task Guarded(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Whoever asked has gone.
        }
        catch (BadHttpRequestException fault) when (!context.Response.HasStarted)
        {
            await (
                fault.StatusCode == StatusCodes.Status413PayloadTooLarge
                    ? Problem.TooLarge(RequestBody.OctetsMax)
                : fault.StatusCode == StatusCodes.Status408RequestTimeout
                    ? Problem.Malformed("The body came too slowly.")
                : Problem.Malformed("The request is not what HTTP allows.")
            ).Send(context).ConfigureAwait(false);
        }
        catch (TooManyDocuments many) when (!context.Response.HasStarted)
        {
            Trace.Of(many);
            await Problem.Of(Refusal.TooMuch(many.Message)).Send(context).ConfigureAwait(false);
        }
        catch (RecordsFault fault) when (!context.Response.HasStarted)
        {
            context.RequestServices.GetRequiredService<Trouble>().Tell(fault);
            await Of(fault, context).Send(context).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The last stop before the wire: whatever broke, the caller gets a problem and no trace of it.
        catch (Exception fault) when (!context.Response.HasStarted)
#pragma warning restore CA1031
        {
            Trace.Of(fault);
            await Problem
                .Fault(Again(context, isDoubtful: true))
                .Send(context)
                .ConfigureAwait(false);
        }
    }

    /// <summary>A store that only its operator can mend is none to ask again in a few seconds.</summary>
    private static Problem Of(RecordsFault fault, HttpContext context)
    {
        if (
            fault.Kind
            is RecordsFaultKind.Corrupt
                or RecordsFaultKind.KeyMissing
                or RecordsFaultKind.Newer
        )
        {
            return Problem.Broken;
        }

        context.Response.Headers.RetryAfter = "5";
        return Problem.Away(Again(context, fault.Kind == RecordsFaultKind.OutcomeUnknown));
    }

    /// <summary>What to do about an answer that does not give what was asked for, as a sentence without its stop.</summary>
    /// <param name="isDoubtful">True when it may have been done nevertheless.</param>
    private static string Again(HttpContext context, bool isDoubtful)
    {
        Described? described = context.GetEndpoint()?.Metadata.GetMetadata<Described>();
        bool isHarmless =
            !isDoubtful
            || described?.IsSameAgain == true
            || HttpMethods.IsGet(context.Request.Method)
            || HttpMethods.IsHead(context.Request.Method);
        return described?.Once is not null && context.Request.Headers.ContainsKey("Idempotency-Key")
                ? "Repeat with the same Idempotency-Key in a few seconds"
            : isHarmless ? "Repeat it in a few seconds"
            : described?.Once is not null
                ? "It may have been done: look before you repeat it, and send an Idempotency-Key the next time"
            : "It may have been done: look at what it was about before you repeat it";
    }
}
