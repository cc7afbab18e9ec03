using System.CommandLine;
using Breakwater.App.Accounts;
using Breakwater.App.Api;
using Breakwater.App.Limiting;
using Breakwater.App.Metering;
using Breakwater.Records;
using NodaTime;

namespace Breakwater.App.Verbs;

/// <summary><c>serve</c>: pages on loopback, unless the operator says otherwise.</summary>
internal static class ServeVerb
{
    public static Option<string> Urls() =>
        new("--urls")
        {
            Description = $"Where to listen (default {Settings.DefaultUrls})",
            DefaultValueFactory = _ => "",
        };

    public static Command Command(Printing print)
    {
        Option<string> urls = Urls();
        Option<string?> data = Options.Data();
        var command = new Command(
            "serve",
            "Serve the pages of a store. Example: breakwater serve --data DIR --urls http://127.0.0.1:5080"
        )
        {
            urls,
            data,
        };
        command.SetAction(
            async (parsed, cancel) =>
            {
                string folder = DataFolder.Path(parsed.GetValue(data));
                if (SqlRecords.IsOfExercise(folder))
                {
                    return await ExerciseVerb
                        .Serve(print, folder, parsed.GetValue(urls) ?? "", cancel)
                        .ConfigureAwait(false);
                }

                Settings settings = Settings.Read(folder);
                await using SqlRecords records = DataFolder.Open(folder);
                return await Serve(
                        print,
                        records,
                        parsed.GetValue(urls) is { Length: > 0 } given ? given : settings.Urls,
                        AccountSettings.Of(folder),
                        WireSettings.Of(folder),
                        cancel,
                        mail: settings.Mail,
                        licence: settings.Licence
                    )
                    .ConfigureAwait(false);
            }
        );
        return command;
    }

    public static async Task<int> Serve(
        Printing print,
        IRecords records,
        string urls,
        AccountSettings accounts,
        WireSettings wire,
        CancellationToken cancel,
        IClock? clock = null,
        Exercises.ExerciseNode? exercise = null,
        Contacts.MailSettings? mail = null,
        string? licence = null
    )
    {
        string address = urls.Length > 0 ? urls : Settings.DefaultUrls;
        await using WebApplication application = Pages.Site.Build(
            records,
            address,
            accounts,
            new ApiSettings(exercise?.Clock ?? clock ?? SystemClock.Instance)
            {
                Exercise = exercise,
                Licence = licence ?? Publications.Releases.Citation.DefaultLicence,
            },
            wire,
            // An exercise tells nobody outside of it.
            exercise is null
                ? mail
                : null
        );
        try
        {
            await application.StartAsync(cancel).ConfigureAwait(false);
        }
        catch (Exception fault)
            when (fault is IOException or InvalidOperationException or FormatException)
        {
            throw new Fault(
                ExitCode.Cannot,
                $"cannot listen on {address}: {fault.Message.ReplaceLineEndings(" ")} Give another address with --urls"
            );
        }

        string? metrics = wire.MetricsPort is { } port ? MetricsDoor.UrlOf(port) : null;
        print.Line(
            $"serving at {string.Join(", ", application.Urls.Where(url => url != metrics))}; stop with Ctrl+C"
        );
        if (metrics is not null)
        {
            print.Line($"metrics at {metrics}{MetricsDoor.Path}");
        }

        await application.WaitForShutdownAsync(cancel).ConfigureAwait(false);
        if (exercise is not null)
        {
            Exercises.Conducting conducted =
                application.Services.GetRequiredService<Exercises.Conducting>();
            print.Line(
                $"{conducted.Fired} moments came by themselves, the latest {conducted.LatestBy.TotalMilliseconds.ToString("0", System.Globalization.CultureInfo.InvariantCulture)} ms after its time"
            );
        }

        return ExitCode.Done;
    }
}
