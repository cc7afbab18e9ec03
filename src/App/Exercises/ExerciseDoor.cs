using Breakwater.App.Accounts;
using Breakwater.App.Accounts.Pages;
using Breakwater.App.Api;
using Breakwater.App.Exercises.Pages;
using Breakwater.App.Pages;
using Breakwater.App.Pages.Response.Acts;
using Breakwater.Preparedness.Exercises;

namespace Breakwater.App.Exercises;

/// <summary>
/// What stands between an exercise and the world. An exercise has no public: whoever is not signed in gets its mark and a way in, and
/// may report, as anybody could. Whatever leaves says what it is. It denies by default, so that an address that is added later is
/// closed until somebody opens it here (INV-13).
/// </summary>
internal static class ExerciseDoor
{
    public const string Header = "Breakwater-Exercise";
    private static readonly string[] _reading = [HttpMethods.Get, HttpMethods.Head];

    public static void Add(IServiceCollection services, ExerciseNode node, TimeSpan? every)
    {
        services.AddSingleton(node);
        services.AddSingleton<Conducting>();
        services.AddSingleton<PlayersPage>();
        services.AddSingleton<ControlPage>();
        services.AddSingleton<ControlActs>();
        services.AddSingleton<ReportPages>();
        if (every is not null)
        {
            services.AddHostedService<ExercisePassing>();
        }
    }

    /// <summary>Nothing at all on a node that is none.</summary>
    public static void Use(WebApplication site)
    {
        if (site.Services.GetService<ExerciseNode>() is not { } node)
        {
            return;
        }

        site.Use((context, next) => Pass(context, next, node));
        ControlActs acts = site.Services.GetRequiredService<ControlActs>();
        Read(site, PlayersPage.Path, site.Services.GetRequiredService<PlayersPage>().Show);
        Read(site, ControlPage.Path, site.Services.GetRequiredService<ControlPage>().Show);
        ReportPages report = site.Services.GetRequiredService<ReportPages>();
        Read(site, ReportPages.Path, report.Show);
        Read(site, $"{ReportPages.Path}.{{format}}", report.Give);
        Send(site, $"{PlayersPage.Path}/seen", acts.Seen);
        Send(site, $"{ControlPage.Path}/{{act}}", acts.Do);
    }

    private static async Task Pass(HttpContext context, RequestDelegate next, ExerciseNode node)
    {
        HttpResponse response = context.Response;
        response.Headers[Header] = node.Records.Node.Name;
        // A page that was kept by a browser or compressed before would leave without the mark and with an old clock.
        context.Request.Headers.AcceptEncoding = "";
        context.Request.Headers.IfNoneMatch = "";
        Stream wire = response.Body;
        var marked = new MarkedBody(wire, context, node);
        response.Body = marked;
        response.OnStarting(() =>
        {
            Name(response);
            return Task.CompletedTask;
        });
        try
        {
            await (
                await WhyNot(context, node).ConfigureAwait(false) is { } why
                    ? Refuse(context, why)
                    : next(context)
            ).ConfigureAwait(false);
        }
        finally
        {
            response.Body = wire;
        }
    }

    /// <summary>The key of why somebody gets nothing here; null when they pass.</summary>
    private static async Task<string?> WhyNot(HttpContext context, ExerciseNode node)
    {
        HttpRequest request = context.Request;
        if (IsOpen(request))
        {
            return null;
        }

        return SignedIn.Of(context) is null ? "closed"
            : _reading.Contains(request.Method) ? null
            : (await ExerciseNode.RunOf(node.Records).ConfigureAwait(false))?.State
                == RunState.Ended
            && !request.Path.StartsWithSegments(PlayersPage.Path, StringComparison.Ordinal)
                ? "ended"
            : null;
    }

    /// <summary>What takes no account: the way in, the look of pages, the health of the node, and reports as anybody sends them.</summary>
    private static bool IsOpen(HttpRequest request)
    {
        PathString path = request.Path;
        return path.StartsWithSegments("/account", StringComparison.Ordinal)
            || path.StartsWithSegments("/health", StringComparison.Ordinal)
            || path == Layout.StylePath
            || path == ReportDoor.Path
            || (
                HttpMethods.IsPost(request.Method)
                && path.StartsWithSegments(
                    $"{SubjectRoutes.Root}/reports",
                    StringComparison.Ordinal
                )
            );
    }

    private static Task Refuse(HttpContext context, string why)
    {
        context.Response.Headers.CacheControl = "no-store";
        return context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
            ? Problem
                .NotAllowed(
                    why == "closed"
                        ? "This node is an exercise: nothing on it has happened, and it has no public. Sign in as one who plays in it."
                        : "This exercise has ended. Nothing more is recorded."
                )
                .Send(context)
            : Answer.Page(
                context,
                StatusCodes.Status403Forbidden,
                PlayersPage.Closed(PageTexts.For(context.Request), why)
            );
    }

    /// <summary>A file says what it is also when it lies in a folder.</summary>
    private static void Name(HttpResponse response)
    {
        const string named = "filename=\"";
        string disposition = response.Headers.ContentDisposition.ToString();
        if (disposition.Contains(named, StringComparison.Ordinal))
        {
            response.Headers.ContentDisposition = disposition.Replace(
                named,
                $"{named}EXERCISE-",
                StringComparison.Ordinal
            );
        }
    }

    private static void Read(WebApplication site, string path, Func<Visit, Task> show) =>
        site.MapMethods(path, _reading, context => show(Of(context))).ExcludeFromDescription();

    private static void Send(WebApplication site, string path, Func<Visit, Task> take) =>
        site.MapPost(path, context => take(Of(context))).ExcludeFromDescription();

    private static Visit Of(HttpContext context) =>
        new(context, PageTexts.For(context.Request), FormCollection.Empty);
}
