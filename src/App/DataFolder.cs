using Breakwater.Records;

namespace Breakwater.App;

/// <summary>Where the store is, and how it is opened with a message that a person can act on.</summary>
public static class DataFolder
{
    public const string Variable = "BREAKWATER_DATA";

    /// <summary>The option, else the variable, else the platform's local application data folder.</summary>
    public static string Path(string? option) =>
        option is { Length: > 0 } ? option
        : Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } variable ? variable
        : System.IO.Path.Combine(
            Environment.GetFolderPath(
                Environment.SpecialFolder.LocalApplicationData,
                Environment.SpecialFolderOption.DoNotVerify
            ),
            "breakwater"
        );

    /// <summary>A new folder under the system's temporary one, for a demonstration that touches nothing else.</summary>
    public static string Fresh() => Directory.CreateTempSubdirectory("breakwater-").FullName;

    /// <summary>The store that the settings name: PostgreSQL, else SQLite in the folder.</summary>
    /// <remarks>An exercise keeps the time of its scenario: a verb that writes to it while it stands still takes none.</remarks>
    public static SqlRecords Open(string path) => Open(path, isToRead: false);

    private static SqlRecords Open(string path, bool isToRead)
    {
        try
        {
            return SqlRecords.IsOfExercise(path)
                ? Open(
                    path,
                    new Exercises.ExerciseClock(TimeProvider.System),
                    isExercise: true,
                    isToRead
                )
                : Open(path, clock: null, isExercise: false, isToRead);
        }
        catch (RecordsFault fault)
        {
            throw FaultOf(fault);
        }
    }

    /// <param name="clock">By which events are recorded; null for that of the machine.</param>
    /// <param name="isExercise">What a folder without a node becomes.</param>
    /// <param name="isToRead">Whether it is enough to read, where another process writes.</param>
    internal static SqlRecords Open(
        string path,
        NodaTime.IClock? clock,
        bool isExercise,
        bool isToRead = false
    )
    {
        string store = Settings.Read(path).Store;
        FoldingOf fold = Subjects.Catalogue.Known.Fold;
        try
        {
            return (store.Length > 0, isToRead) switch
            {
                (true, true) => PostgresRecords.OpenToRead(path, store, clock, fold, isExercise),
                (true, false) => PostgresRecords.Open(path, store, clock, fold, isExercise),
                (false, true) => SqliteRecords.OpenToRead(path, clock, fold, isExercise),
                (false, false) => SqliteRecords.Open(path, clock, fold, isExercise),
            };
        }
        catch (RecordsFault fault)
        {
            throw FaultOf(fault);
        }
    }

    /// <summary>True when the settings name a store elsewhere, or there is one in the folder.</summary>
    public static bool HasStore(string path) =>
        Settings.Read(path).Store.Length > 0
        || File.Exists(System.IO.Path.Combine(path, "breakwater.db"));

    /// <summary>Opens a store that must be there already.</summary>
    public static SqlRecords OpenExisting(string path) => OpenExisting(path, isToRead: false);

    /// <summary>For verbs that write nothing: they make no store, and read one also while a node is served from it.</summary>
    public static SqlRecords OpenToRead(string path) => OpenExisting(path, isToRead: true);

    private static SqlRecords OpenExisting(string path, bool isToRead) =>
        HasStore(path)
            ? Open(path, isToRead)
            : throw new Fault(
                ExitCode.Usage,
                $"there is no store: {path}. Run 'breakwater demo' or name one with --data"
            );

    public static Fault FaultOf(RecordsFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        return new Fault(
            fault.Kind == RecordsFaultKind.InUse ? ExitCode.Conflict : ExitCode.Cannot,
            fault.Message
        );
    }
}
