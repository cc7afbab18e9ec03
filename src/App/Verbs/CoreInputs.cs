using Breakwater.Bgp;
using Breakwater.Disruptions;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Verbs;

/// <summary>Files that are named beside a zone: tables of routes, VRPs, registrations and probes.</summary>
internal sealed class CoreInputs
{
    /// <summary>Files of one folder of registrations. There are fewer than 300 countries.</summary>
    private const int FilesMax = 5_000;

    public List<InputFault> Faults { get; } = [];

    public ZoneRead Zone(string path)
    {
        ZoneRead read = SignalsFromZone.ReadZone(Open(path));
        if (read.Zone.Records.Count == 0)
        {
            throw Fault.Unreadable(
                read.Zone.Faults.Take(3)
                    .DefaultIfEmpty(
                        new InputFault(
                            read.Zone.Name,
                            "line 1",
                            "holds no record of a zone",
                            "Name a zone in master-file form, such as root.zone"
                        )
                    )
            );
        }

        Faults.AddRange(read.Zone.Faults);
        return read;
    }

    public CoreEvidence Evidence(
        IReadOnlyList<string> tables,
        IReadOnlyList<string> vrps,
        IReadOnlyList<string> registrations,
        IReadOnlyList<string> probes
    ) =>
        new(
            Routing(tables, Vrps(vrps)),
            RegistrationsOf(registrations),
            [.. probes.Select(Probed)]
        );

    public Registrations RegistrationsOf(IReadOnlyList<string> paths) =>
        Registrations.Of([.. paths.SelectMany(FilesOf).Select(Registered)]);

    private RoutingView Routing(IReadOnlyList<string> tables, VrpSet? vrps)
    {
        RouteInput[] inputs = [.. tables.Select(TableOf)];
        var view = RoutingView.Read(inputs, vrps);
        Faults.AddRange(
            inputs.SelectMany(input =>
                input.Faults.Kept.Select(fault => new InputFault(
                    input.Name,
                    $"offset {fault.Offset}",
                    fault.Reason,
                    input.Remedy
                ))
            )
        );
        if (inputs.Length > 0 && !view.HasRoutes)
        {
            throw new Fault(
                ExitCode.Usage,
                $"{inputs[0].Name}: holds no route. Name a table: MRT, text of bgpdump -m, or RIPEstat bgp-state"
            );
        }

        return view;
    }

    public RouteInput TableOf(string path)
    {
        SourceFile file = Open(path);
        ReadOnlySpan<byte> content = file.Content.Span;
        return RipeStatRoutes.Is(file) ? new RipeStatRoutes(file)
            : content.StartsWith("TABLE_DUMP"u8) || content.StartsWith("BGP4MP"u8)
                ? new BgpdumpRouteInput("table", file)
            : new MrtRouteInput("table", file.Name, file.Sha256, [file.Content]);
    }

    private VrpSet? Vrps(IReadOnlyList<string> paths)
    {
        if (paths.Count == 0)
        {
            return null;
        }

        VrpExport[] exports =
        [
            .. paths.Select(path =>
            {
                Instant? received =
                    path == "-" ? null : Instant.FromDateTimeUtc(File.GetLastWriteTimeUtc(path));
                return VrpExport.Read(Open(path), received);
            }),
        ];
        Faults.AddRange(exports.SelectMany(export => export.Faults));
        return VrpSet.Of(exports);
    }

    private RegistrationFile Registered(string path)
    {
        var read = RegistrationFile.Read(Open(path), CountryIn(path));
        Faults.AddRange(read.Faults);
        return read;
    }

    private ServerProbes Probed(string path)
    {
        var read = ServerProbes.Read(Open(path));
        Faults.AddRange(read.Faults);
        return read;
    }

    private static IEnumerable<string> FilesOf(string path)
    {
        if (!Directory.Exists(path))
        {
            return [path];
        }

        string[] files =
        [
            .. Directory
                .EnumerateFiles(path, "*", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Take(FilesMax + 1),
        ];
        return files.Length is > 0 and <= FilesMax
            ? files
            : throw new Fault(
                ExitCode.Usage,
                $"--registrations {Path.GetFileName(path)}: {(files.Length == 0 ? "the folder holds no file" : $"more than {FilesMax} files")}. Name a folder with lists of registrations"
            );
    }

    /// <summary>Lists of one country lie in a folder, or in a file, that is named after it.</summary>
    private static string? CountryIn(string path) =>
        (
            (string?[])
                [
                    Path.GetFileName(path).Split('.')[0],
                    Path.GetFileName(Path.GetDirectoryName(path)),
                ]
        ).FirstOrDefault(name => name is { Length: 2 } && name.All(char.IsAsciiLetter));

    private SourceFile Open(string path)
    {
        (SourceFile plain, _, IReadOnlyList<InputFault> damage) = Inputs.Open(path);
        Faults.AddRange(damage);
        return plain;
    }
}
