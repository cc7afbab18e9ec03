using System.Text;
using Breakwater.App.Api;
using Breakwater.App.Limiting;
using Breakwater.App.Metering;
using Breakwater.App.Publishing;
using Breakwater.Records;
using NodaTime;

namespace Breakwater.App.Pages;

/// <summary>The web server: pages for people, health for machines. It shows what the public may see, and logs no address.</summary>
public static class Site
{
    /// <summary>A thousand readers, and those who follow changes.</summary>
    private const int ConnectionsMax = 4_096;
    private const long RequestBodyMax = 64 << 10;
    private const string ExplainPath = "/explain";
    private static readonly string[] _reading = [HttpMethods.Get, HttpMethods.Head];
    private static readonly byte[] _style = Encoding.UTF8.GetBytes(Layout.Style);

    public static WebApplication Build(
        IRecords records,
        string urls,
        Accounts.AccountSettings accounts,
        ApiSettings? api = null,
        WireSettings? wire = null,
        Breakwater.App.Contacts.MailSettings? mail = null
    )
    {
        ArgumentNullException.ThrowIfNull(records);
        wire ??= new WireSettings();
        if (records.Node.IsExercise != api?.Exercise is not null)
        {
            throw new ArgumentException(
                "an exercise is served by its own clock and behind its own door, and no other node is"
            );
        }

        api ??= new ApiSettings(SystemClock.Instance);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(records);
        builder.Services.AddSingleton<PageCache>();
        builder.Services.AddResponseCompression(options => options.EnableForHttps = true);
        builder.WebHost.UseUrls(
            wire.MetricsPort is { } port ? $"{urls};{MetricsDoor.UrlOf(port)}" : urls
        );
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxConcurrentConnections = ConnectionsMax;
            server.Limits.MaxRequestBodySize = RequestBodyMax;
            wire.Limit(server.Limits);
        });
        Accounts.Door.Add(builder, accounts, records.Node);
        ApiDoor.Add(builder, api);
        Response.ResponseDoor.Add(builder.Services);
        Law.NormsDoor.Add(builder.Services);
        Resilience.ResilienceDoor.Add(builder.Services);
        Agreements.AgreementsDoor.Add(builder.Services);
        Contacts.ContactsDoor.Add(builder.Services, api.LooksEvery is not null, mail);
        Lists.ListsDoor.Add(builder.Services);
        builder.Services.AddSingleton<PublishedDoor>();
        Consulting.ConsultingDoor.Add(builder.Services);
        MetricsDoor.Add(builder.Services, wire.MetricsPort);
        WebApplication application = builder.Build();
        MetricsDoor.Use(application, wire.MetricsPort);
        wire.Forward(application);
        application.Use(Guarded);
        application.UseResponseCompression();
        Accounts.Door.Use(application);
        Exercises.ExerciseDoor.Use(application);
        ApiDoor.Use(application);
        Response.ResponseDoor.Map(application);
        Law.NormsDoor.Map(application);
        Resilience.ResilienceDoor.Map(application);
        Agreements.AgreementsDoor.Map(application);
        Contacts.ContactsDoor.Map(application);
        Lists.ListsDoor.Map(application);
        Consulting.ConsultingDoor.Map(application);
        Map(application, records, application.Services.GetRequiredService<IClock>());
        return application;
    }

    private static void Map(WebApplication site, IRecords records, IClock clock)
    {
        site.MapMethods("/health/live", _reading, () => "live");
        site.MapMethods("/health/ready", _reading, () => Ready(records));
        site.MapMethods(
            Layout.StylePath,
            _reading,
            context =>
                Answer.Send(context, StatusCodes.Status200OK, "text/css; charset=utf-8", _style)
        );
        Page(site, records, "/", (view, texts, _) => SituationList.Write(view, texts)!);
        Page(site, records, "/disruptions/{id}", DisruptionPage.Write);
        Page(site, records, "/plans/{id}", PlanPage.Write);
        Page(site, records, "/reports", (view, texts, _) => ReportsPage.Write(view, texts)!);
        Page(
            site,
            records,
            PublishedPage.Path,
            (view, texts, _) => PublishedPage.Write(view, texts)!
        );
        site.Services.GetRequiredService<PublishedDoor>().Map(site);
        Page(site, records, GapsPage.Path, (view, texts, _) => GapsPage.Write(view, texts)!);
        Page(
            site,
            records,
            "/explain/{id}",
            (view, texts, id) => ExplainPage.Write(view, records, texts, id)
        );
        Page(
            site,
            records,
            Law.NormsPage.Path,
            (_, texts, _) => Task.FromResult<string?>(Law.NormsPage.Write(texts))
        );
        Page(
            site,
            records,
            Law.RulePage.Path,
            (_, texts, id) => Task.FromResult(Law.RulePage.Write(texts, id))
        );
        // The form gives the code as a value, because a page without scripts cannot put it into the path.
        Page(
            site,
            records,
            ExplainPath,
            (view, texts, id) =>
                id.Length == 0
                    ? Task.FromResult<string?>(ExplainPage.Ask(texts))
                    : ExplainPage.Write(view, records, texts, id)
        );
        site.MapMethods(
            "/reports/{id}",
            _reading,
            (HttpContext context, string id) => Report(context, View(), records, id)
        );
        site.MapMethods(
            "/reports/{id}.tlog-proof",
            _reading,
            (HttpContext context, string id) => Proof(context, View(), records, id)
        );
        site.MapFallback(NotFound);

        PublicView View() => new(records, now: clock.GetCurrentInstant());
    }

    private static async Task Report(
        HttpContext context,
        PublicView view,
        IRecords records,
        string id
    )
    {
        var texts = PageTexts.For(context.Request);
        Replaced? replaced = await ReportsPage.Corrected(view, id).ConfigureAwait(false);
        if (replaced is not null)
        {
            context.Response.Headers.Link =
                $"</reports/{Uri.EscapeDataString(replaced.By)}>; rel=\"successor-version\"";
        }

        if (await ReportsPage.TakenBack(view, id).ConfigureAwait(false) is { } withdrawn)
        {
            await Answer
                .Page(
                    context,
                    StatusCodes.Status410Gone,
                    ReportsPage.Gone(texts, withdrawn, replaced)
                )
                .ConfigureAwait(false);
            return;
        }

        if (replaced is not null && !context.Request.Query.ContainsKey(ReportsPage.AsPublishedKey))
        {
            await Answer
                .Page(context, StatusCodes.Status200OK, ReportsPage.Before(texts, replaced))
                .ConfigureAwait(false);
            return;
        }

        await (
            await ReportsPage.Find(view, records, id).ConfigureAwait(false) is { } html
                ? Answer.Report(context, html)
                : NotFound(context)
        ).ConfigureAwait(false);
    }

    private static async Task Proof(
        HttpContext context,
        PublicView view,
        IRecords records,
        string id
    )
    {
        if (await ReportsPage.TakenBack(view, id).ConfigureAwait(false) is { } withdrawn)
        {
            await Answer
                .Page(
                    context,
                    StatusCodes.Status410Gone,
                    ReportsPage.Gone(PageTexts.For(context.Request), withdrawn, null)
                )
                .ConfigureAwait(false);
            return;
        }

        await (
            await ReportsPage.Proof(view, records, id, context.RequestAborted).ConfigureAwait(false)
                is { } proof
                ? Answer.Send(context, StatusCodes.Status200OK, "text/plain; charset=utf-8", proof)
                : NotFound(context)
        ).ConfigureAwait(false);
    }

    private static void Page(
        WebApplication site,
        IRecords records,
        string pattern,
        Func<PublicView, PageTexts, string, Task<string?>> write
    )
    {
        PageCache pages = site.Services.GetRequiredService<PageCache>();
        IClock clock = site.Services.GetRequiredService<IClock>();
        site.MapMethods(pattern, _reading, Asked);

        Task Asked(HttpContext context) => Show(context, pages, pattern, Written);

        async Task<WrittenPage?> Written(PageTexts texts, string id)
        {
            var view = new PublicView(records, now: clock.GetCurrentInstant());
            return await write(view, texts, id).ConfigureAwait(false) is { } html
                ? new WrittenPage(html, view.Until)
                : null;
        }
    }

    /// <summary>A page that everybody sees alike. One that is not there, or not for the public, is the same 404.</summary>
    private static async Task Show(
        HttpContext context,
        PageCache pages,
        string pattern,
        Func<PageTexts, string, Task<WrittenPage?>> write
    )
    {
        string id =
            context.Request.RouteValues["id"] as string
            // Nowhere else, or chance values would make the same page again and again.
            ?? (pattern == ExplainPath ? context.Request.Query["id"].ToString().Trim() : "");
        var texts = PageTexts.For(context.Request);
        KeptPage? page = await pages
            .Get($"{texts.Language} {pattern} {id}", () => write(texts, id))
            .ConfigureAwait(false);
        await (
            page is null ? NotFound(context) : Answer.Packed(context, page.Octets)
        ).ConfigureAwait(false);
    }

    private static Task NotFound(HttpContext context) =>
        Answer.Page(
            context,
            StatusCodes.Status404NotFound,
            TroublePages.NotFound(PageTexts.For(context.Request))
        );

    private static async Task<IResult> Ready(IRecords records)
    {
        try
        {
            await records.Count().ConfigureAwait(false);
            return Results.Text("ready");
        }
        catch (RecordsFault)
        {
            return Results.Text("not ready", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    /// <summary>Headers before anything is written, and a plain page when something breaks.</summary>
    private static async Task Guarded(HttpContext context, RequestDelegate next)
    {
        Answer.Guard(context.Response);
        try
        {
            await next(context).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The last stop before the wire: whatever broke, the reader gets a page and no trace of it.
        catch (Exception fault) when (!context.Response.HasStarted)
#pragma warning restore CA1031
        {
            if (fault is RecordsFault store)
            {
                context.RequestServices.GetRequiredService<Trouble>().Tell(store);
            }
            else
            {
                Trace.Of(fault);
            }

            context.Response.Clear();
            Answer.Guard(context.Response);
            await Answer
                .Page(
                    context,
                    StatusCodes.Status500InternalServerError,
                    TroublePages.Fault(PageTexts.For(context.Request))
                )
                .ConfigureAwait(false);
        }
    }
}
