using System.Net;
using OpenTelemetry.Metrics;

namespace Breakwater.App.Metering;

/// <summary>
/// <c>/metrics</c> for the operator's own collector: on a loopback port that the operator switches on, where nothing else is
/// served, and nowhere else.
/// </summary>
internal static class MetricsDoor
{
    public const string Path = "/metrics";

    public static string UrlOf(int port) => $"http://127.0.0.1:{port}";

    public static void Add(IServiceCollection services, int? port)
    {
        services.AddSingleton<Measures>();
        if (port is not null)
        {
            services
                .AddOpenTelemetry()
                .WithMetrics(metrics =>
                    metrics
                        .AddMeter(
                            Measures.MeterName,
                            "System.Runtime",
                            "Microsoft.AspNetCore.Hosting",
                            "Microsoft.AspNetCore.Server.Kestrel"
                        )
                        .AddPrometheusExporter()
                );
        }
    }

    public static void Use(WebApplication site, int? port)
    {
        if (port is null)
        {
            return;
        }

        site.MapWhen(
            context => context.Connection.LocalPort == port,
            alone =>
            {
                alone.Use(ForThisMachine);
                alone.UseOpenTelemetryPrometheusScrapingEndpoint(Path);
                alone.Run(context =>
                {
                    context.Response.StatusCode = StatusCodes.Status404NotFound;
                    return Task.CompletedTask;
                });
            }
        );
    }

    /// <summary>A page of another site that had its own name point here would come with that name.</summary>
    private static Task ForThisMachine(HttpContext context, RequestDelegate next)
    {
        string host = context.Request.Host.Host;
        if (
            host == "localhost"
            || (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address))
        )
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        return Task.CompletedTask;
    }
}
