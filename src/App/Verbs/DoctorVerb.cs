using System.CommandLine;
using Breakwater.App.Subjects;
using Breakwater.Decisions.Conflicts;
using Breakwater.Disruptions;
using Breakwater.Feeds;
using Breakwater.Records;
using NodaTime;
using Conflict = Breakwater.Decisions.Conflicts.Conflict;

namespace Breakwater.App.Verbs;

/// <summary><c>doctor</c>: what is configured, what works, what is missing; never a secret.</summary>
internal static class DoctorVerb
{
    private const long SpaceWanted = 512L << 20;

    /// <summary>No honest clock is before the day that this version was made.</summary>
    private static readonly Instant _earliest = Instant.FromUtc(2026, 1, 1, 0, 0);

    private static readonly Duration _backupAgeMost = Duration.FromDays(7);

    private sealed record Check(string Name, string State, string Detail, string? Remedy);

    public static Command Command(Printing print)
    {
        Option<bool> json = Options.Json();
        Option<string?> data = Options.Data();
        var command = new Command(
            "doctor",
            "What is configured, what works and what is missing. Example: breakwater doctor"
        )
        {
            json,
            data,
        };
        command.SetAction(
            async (parsed, _) =>
            {
                string folder = DataFolder.Path(parsed.GetValue(data));
                List<Check> checks =
                [
                    Version(),
                    Clock(),
                    Space(folder),
                    Scenarios(),
                    Profile(),
                    Solver(),
                    .. await Store(folder).ConfigureAwait(false),
                    Backup(folder),
                    Settings(folder),
                    Mail(folder),
                ];
                if (parsed.GetValue(json))
                {
                    print.Json(new { data = folder, checks });
                }
                else
                {
                    foreach (Check check in checks)
                    {
                        print.Line($"{check.State, -8} {check.Name, -10} {check.Detail}");
                        if (check.Remedy is not null)
                        {
                            print.Line($"{"", -19} {check.Remedy}");
                        }
                    }
                }

                return checks.Exists(check => check.State == "fault")
                    ? ExitCode.DoesNotHold
                    : ExitCode.Done;
            }
        );
        return command;
    }

    private static Check Version() =>
        new(
            "version",
            "ok",
            $"breakwater {typeof(Walk).Assembly.GetName().Version!.ToString(3)}, .NET {Environment.Version}",
            null
        );

    private static Check Clock()
    {
        Instant now = SystemClock.Instance.GetCurrentInstant();
        return now >= _earliest
            ? new Check("clock", "ok", now.ToString(), null)
            : new Check(
                "clock",
                "fault",
                now.ToString(),
                "Set the clock: events would be signed with a false time"
            );
    }

    private static Check Space(string folder)
    {
        string? existing = folder;
        while (existing is not null && !Directory.Exists(existing))
        {
            existing = Path.GetDirectoryName(existing);
        }

        long free = new DriveInfo(Path.GetFullPath(existing ?? "/")).AvailableFreeSpace;
        return free >= SpaceWanted
            ? new Check("disk", "ok", $"{free >> 20} MiB free at {existing}", null)
            : new Check(
                "disk",
                "warning",
                $"{free >> 20} MiB free at {existing}",
                $"Free at least {SpaceWanted >> 20} MiB"
            );
    }

    private static Check Scenarios()
    {
        int count = BundledScenarios.List().Count;
        return count > 0
            ? new Check("scenarios", "ok", $"{count} bundled", null)
            : new Check(
                "scenarios",
                "fault",
                "none beside the executable",
                "Copy the folder scenarios/ beside it"
            );
    }

    private static Check Profile() =>
        new(
            "detector",
            "ok",
            $"profile {DetectorProfile.Default.Name} {DetectorProfile.Default.Version}",
            null
        );

    private static Check Solver() =>
        Plans.PlansFromNeeds.SolverVersion() is { } version
            ? new Check("solver", "ok", version, null)
            : new Check(
                "solver",
                "fault",
                "the native solver does not load",
                "Install a build for this machine; plans cannot be made without it"
            );

    private static async Task<IReadOnlyList<Check>> Store(string folder)
    {
        try
        {
            if (!DataFolder.HasStore(folder))
            {
                return
                [
                    new Check(
                        "store",
                        "absent",
                        $"no store at {folder}",
                        "It is made when something is first recorded"
                    ),
                ];
            }

            await using SqlRecords records = DataFolder.OpenToRead(folder);
            return
            [
                new Check(
                    "store",
                    "ok",
                    $"{folder}: {await records.Count().ConfigureAwait(false)} events, node {records.Node.Name}",
                    null
                ),
                await Members(records).ConfigureAwait(false),
                await Conflicts(records).ConfigureAwait(false),
            ];
        }
        catch (Exception fault) when (fault is RecordsFault or Fault)
        {
            return [new Check("store", "fault", fault.Message, null)];
        }
    }

    private static async Task<Check> Members(IRecords records)
    {
        int joined = await new Roll(records, SystemClock.Instance, Trouble.Untold)
            .Joined()
            .ConfigureAwait(false);
        string detail = $"{joined} organisations wait for vouchers, of {Roll.JoinedMax} that may";
        const string Remedy =
            "Have those vetted that are known, and ask the members of the others to leave them";
        return joined >= Roll.JoinedMax ? new Check("members", "fault", detail, Remedy)
            : joined >= Roll.JoinedMax / 2 ? new Check("members", "warning", detail, Remedy)
            : new Check("members", "ok", detail, null);
    }

    private static async Task<Check> Conflicts(SqlRecords records)
    {
        IReadOnlyList<Document> open = await records
            .Documents(
                new DocumentQuery(Conflict.Kind)
                {
                    Standing = Conflict.Open,
                    Limit = DocumentQuery.LimitMax,
                }
            )
            .ConfigureAwait(false);
        string count =
            open.Count == DocumentQuery.LimitMax ? $"{open.Count} or more" : $"{open.Count}";
        return open.Count == 0
            ? new Check("conflicts", "ok", "none open", null)
            : new Check(
                "conflicts",
                "warning",
                $"{count} open, the oldest since {SubjectKind<Conflict, ConflictEvent>.Read(open[0].Body).OpenedAt}",
                "Have a representative or analyst of neither side settle them, on the pages or by the API"
            );
    }

    private static Check Backup(string folder)
    {
        Duration? age =
            SystemClock.Instance.GetCurrentInstant() - Keeping.LastBackup.Of(folder)?.WrittenAt;
        return age switch
        {
            null => new Check(
                "backup",
                "absent",
                "none was made of this store",
                "Run 'breakwater backup FILE', and try it with 'breakwater restore FILE --drill'"
            ),
            { } old when old > _backupAgeMost => new Check(
                "backup",
                "warning",
                $"the last one is {old.Days} days old",
                "Run 'breakwater backup FILE'"
            ),
            { } old => new Check("backup", "ok", $"{old.TotalHours:0} hours old", null),
        };
    }

    private static Check Settings(string folder)
    {
        try
        {
            App.Settings settings = App.Settings.Read(folder);
            return new Check(
                "settings",
                "ok",
                $"urls {settings.Urls}, language {settings.Language}",
                null
            );
        }
        catch (Fault fault)
        {
            return new Check("settings", "fault", fault.Lines[0], null);
        }
    }

    /// <summary>What is set, and whether its secret can be read. Asking the server would be sending something.</summary>
    private static Check Mail(string folder)
    {
        try
        {
            return App.Settings.Read(folder).Mail is not { } mail
                    ? new Check("mail", "absent", "no mail server is set, so nothing is sent", null)
                : mail.PasswordFile is { } file && !File.Exists(file)
                    ? new Check(
                        "mail",
                        "fault",
                        "the file of smtpPasswordFile is not there",
                        "Write the password of smtpUser into it, readable for this account alone"
                    )
                : new Check(
                    "mail",
                    "ok",
                    $"{mail.Host}:{mail.Port}, {mail.Security}, from {mail.From}",
                    null
                );
        }
        catch (Fault)
        {
            return new Check("mail", "fault", "the settings cannot be read", null);
        }
    }
}
