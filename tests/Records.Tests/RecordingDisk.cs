using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Breakwater.Records.Tests;

/// <summary>
/// Sits between SQLite and the file system for the files of one folder: notes each write, cut and sync in their order, and
/// refuses them when told to. It is SQLite's own interface for this (sqlite.org/vfs.html), so the store under test is the
/// store as it is.
/// </summary>
internal sealed unsafe partial class RecordingDisk : IDisposable
{
    /// <summary>A write has octets; a cut has none and its new size as offset; a sync has neither and offset -1.</summary>
    public sealed record Step(string File, long Offset, byte[]? Octets)
    {
        public bool IsSync => Offset < 0;
    }

    private sealed record Open(RecordingDisk Disk, string Name, nint Methods);

    // Places in sqlite3_vfs and sqlite3_io_methods on a 64-bit machine, counted in pointers.
    private const int VfsName = 3;
    private const int VfsOpen = 5;
    private const int VfsLength = 21;
    private const int Close = 1;
    private const int Write = 3;
    private const int Truncate = 4;
    private const int Sync = 5;
    private const int MethodsLength = 19;
    private const int DiskFull = 13;
    private const int SyncFailed = 1034;

    private static readonly ConcurrentDictionary<string, RecordingDisk> _disks = new();
    private static readonly ConcurrentDictionary<nint, Open> _open = new();
    private static readonly nint _realOpen = Register();

    private readonly string folder;
    private readonly List<Step> steps = [];

    public RecordingDisk(string folder)
    {
        this.folder = folder;
        _disks[folder] = this;
        GC.KeepAlive(_realOpen);
    }

    /// <summary>What was asked of the disk so far.</summary>
    public IReadOnlyList<Step> Steps
    {
        get
        {
            lock (steps)
            {
                return [.. steps];
            }
        }
    }

    public int Count
    {
        get
        {
            lock (steps)
            {
                return steps.Count;
            }
        }
    }

    /// <summary>True for a step that is to fail.</summary>
    public Func<Step, bool> Refuses { get; set; } = _ => false;

    public void Forget()
    {
        lock (steps)
        {
            steps.Clear();
        }
    }

    public void Dispose() => _disks.TryRemove(folder, out _);

    private bool Takes(Step step)
    {
        lock (steps)
        {
            if (Refuses(step))
            {
                return false;
            }

            steps.Add(step);
            return true;
        }
    }

    /// <summary>A copy of the system's own file system with another way to open, made the default of this process.</summary>
    private static nint Register()
    {
        // The provider must be there before its library is spoken to.
        SQLitePCL.Batteries_V2.Init();
        nint* real = (nint*)Find(null);
        nint* copy = (nint*)NativeMemory.Alloc(VfsLength, (nuint)sizeof(nint));
        new Span<nint>(real, VfsLength).CopyTo(new Span<nint>(copy, VfsLength));
        copy[VfsName] = Marshal.StringToCoTaskMemUTF8("recording");
        copy[VfsOpen] = (nint)
            (delegate* unmanaged[Cdecl]<nint, byte*, nint*, int, int*, int>)&OnOpen;
        nint realOpen = real[VfsOpen];
        _ = Add(copy, 1);
        return realOpen;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnOpen(nint vfs, byte* name, nint* file, int flags, int* given)
    {
        int result = ((delegate* unmanaged[Cdecl]<nint, byte*, nint*, int, int*, int>)_realOpen)(
            vfs,
            name,
            file,
            flags,
            given
        );
        string? path = Marshal.PtrToStringUTF8((nint)name);
        if (
            result == 0
            && path is not null
            && _disks.TryGetValue(Path.GetDirectoryName(path) ?? "", out RecordingDisk? disk)
        )
        {
            // The same file object with other functions behind three of its names: all else goes where it went.
            nint* methods = (nint*)NativeMemory.Alloc(MethodsLength, (nuint)sizeof(nint));
            new Span<nint>((nint*)*file, MethodsLength).CopyTo(
                new Span<nint>(methods, MethodsLength)
            );
            methods[Close] = (nint)(delegate* unmanaged[Cdecl]<nint*, int>)&OnClose;
            methods[Write] = (nint)
                (delegate* unmanaged[Cdecl]<nint*, byte*, int, long, int>)&OnWrite;
            methods[Truncate] = (nint)(delegate* unmanaged[Cdecl]<nint*, long, int>)&OnTruncate;
            methods[Sync] = (nint)(delegate* unmanaged[Cdecl]<nint*, int, int>)&OnSync;
            _open[(nint)file] = new Open(disk, Path.GetFileName(path), *file);
            *file = (nint)methods;
        }

        return result;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnClose(nint* file)
    {
        _open.TryRemove((nint)file, out Open? open);
        NativeMemory.Free((void*)*file);
        *file = open!.Methods;
        return ((delegate* unmanaged[Cdecl]<nint*, int>)((nint*)open.Methods)[Close])(file);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnWrite(nint* file, byte* octets, int length, long offset)
    {
        Open open = _open[(nint)file];
        byte[] copy = new ReadOnlySpan<byte>(octets, length).ToArray();
        return open.Disk.Takes(new Step(open.Name, offset, copy))
            ? (
                (delegate* unmanaged[Cdecl]<nint*, byte*, int, long, int>)
                    ((nint*)open.Methods)[Write]
            )(file, octets, length, offset)
            : DiskFull;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnTruncate(nint* file, long size)
    {
        Open open = _open[(nint)file];
        return open.Disk.Takes(new Step(open.Name, size, null))
            ? ((delegate* unmanaged[Cdecl]<nint*, long, int>)((nint*)open.Methods)[Truncate])(
                file,
                size
            )
            : DiskFull;
    }

    /// <summary>Nothing reaches a platter in these tests, so a sync that is noted is a sync.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnSync(nint* file, int flags)
    {
        Open open = _open[(nint)file];
        return open.Disk.Takes(new Step(open.Name, -1, null)) ? 0 : SyncFailed;
    }

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_vfs_find")]
    private static partial nint Find(byte* name);

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_vfs_register")]
    private static partial int Add(nint* vfs, int isDefault);
}
