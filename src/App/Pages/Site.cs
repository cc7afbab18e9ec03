using Breakwater.Records;

namespace Breakwater.App.Pages;

/// <summary>The web server: pages for people, health for machines. It shows what the public may see, and logs no address.</summary>
public static class Site
{
    public static WebApplication Build(IRecords records, string urls)
    {
        ArgumentNullException.ThrowIfNull(records);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(records);
        builder.WebHost.UseUrls(urls);
        WebApplication application = builder.Build();
        application.MapGet("/health/live", () => "live");
        application.MapGet(
            "/health/ready",
            async () =>
                await records.Count().ConfigureAwait(false) >= 0
                    ? Results.Text("ready")
                    : Results.StatusCode(503)
        );
        return application;
    }
}
