using Microsoft.Data.Sqlite;

namespace Breakwater.Records;

/// <summary>What kept the store from working.</summary>
public enum RecordsFaultKind
{
    /// <summary>Another process has the store open.</summary>
    InUse,

    /// <summary>A newer version of Breakwater wrote it.</summary>
    Newer,

    /// <summary>The folder or a file in it cannot be written.</summary>
    Unwritable,

    DiskFull,

    /// <summary>The file is damaged or is something else.</summary>
    Corrupt,

    /// <summary>The store has events and the node's key is gone or is another's.</summary>
    KeyMissing,

    /// <summary>There is something where an empty store is needed.</summary>
    Occupied,

    /// <summary>The database server does not answer. Nothing of the request was kept.</summary>
    Unreachable,

    /// <summary>The database server went away during the commit and has not come back: it may have been kept or not.</summary>
    OutcomeUnknown,
}

/// <summary>The machine failed the store. The message is one line: what happened, where, what to do.</summary>
public sealed class RecordsFault : IOException
{
    public RecordsFault(
        RecordsFaultKind kind,
        string what,
        string where,
        string remedy,
        Exception? cause = null
    )
        : base($"{what}: {where}. {remedy}", cause) => Kind = kind;

    public RecordsFaultKind Kind { get; }

    /// <summary>The result codes of sqlite.org/rescode.html, sorted by what a person can do about them.</summary>
    internal static RecordsFault Of(SqliteException cause, string store) =>
        (cause.SqliteErrorCode & 0xFF) switch
        {
            5 or 6 => InUse(store, cause),
            13 => DiskFull(store, cause),
            11 or 26 => new(
                RecordsFaultKind.Corrupt,
                "the store is damaged",
                store,
                "Keep the file, and restore a backup into a fresh folder",
                cause
            ),
            _ => Unwritable(store, cause),
        };

    internal static RecordsFault Of(Exception cause, string path) =>
        cause switch
        {
            // ENOSPC and EDQUOT, which .NET hands on as they are, and ERROR_DISK_FULL.
            IOException { HResult: 28 or 122 or unchecked((int)0x80070070) } => DiskFull(
                path,
                cause
            ),
            _ => Unwritable(path, cause),
        };

    internal static RecordsFault InUse(string path, Exception? cause) =>
        new(
            RecordsFaultKind.InUse,
            "the store is in use by another process",
            path,
            "While 'breakwater serve' runs, do it on its pages or over its API; else stop that process, or give another folder with --data",
            cause
        );

    internal static RecordsFault Newer(long version, int known, string store) =>
        new(
            RecordsFaultKind.Newer,
            $"the store has version {version} and this program knows {known}",
            store,
            "Use the newer program; nothing was changed"
        );

    internal static RecordsFault Unreachable(string server, string why, Exception? cause = null) =>
        new(
            RecordsFaultKind.Unreachable,
            $"the database does not answer ({why})",
            server,
            "Try again in a moment; everything acknowledged is kept",
            cause
        );

    internal static RecordsFault OutcomeUnknown(string server, Exception cause) =>
        new(
            RecordsFaultKind.OutcomeUnknown,
            "the database went away during a commit, which it may have kept or not",
            server,
            "Send the same request again under the same key, or read the subject first",
            cause
        );

    internal static RecordsFault DiskFull(string path, Exception cause) =>
        new(
            RecordsFaultKind.DiskFull,
            "the disk is full",
            path,
            "Free some space and try again; everything acknowledged is kept",
            cause
        );

    private static RecordsFault Unwritable(string path, Exception cause) =>
        new(
            RecordsFaultKind.Unwritable,
            "the store cannot be written",
            path,
            $"Check the folder and its permissions, or give another with --data ({Reason(cause)})",
            cause
        );

    private static string Reason(Exception cause) =>
        cause.Message.ReplaceLineEndings(" ").TrimEnd('.', ' ');
}
