using Breakwater.Bgp;
using Breakwater.Feeds;

namespace Breakwater.App.Verbs;

/// <summary>Reads MRT files into one table, record by record in the order of time.</summary>
internal sealed class RibRead
{
    /// <summary>Each file holds a decoder and its buffers while it is merged.</summary>
    private const int FilesMax = 1024;

    public RibRead(IReadOnlyList<string> paths, Printing print)
    {
        if (paths.Count > FilesMax)
        {
            throw new Fault(
                ExitCode.Usage,
                $"{paths.Count} files: at most {FilesMax} are merged at once. Name fewer"
            );
        }

        var inputs = new List<Compression>();
        try
        {
            foreach (string path in paths)
            {
                inputs.Add(MrtFile.Open(path));
            }

            Read(paths, inputs, print);
            for (int file = 0; file < paths.Count; file++)
            {
                Errors.AddRange(
                    inputs[file]
                        .Faults.Select(fault => new Error(
                            paths[file],
                            MrtFile.OffsetOf(fault),
                            $"{fault.Reason} ({fault.At})"
                        ))
                );
            }
        }
        finally
        {
            inputs.ForEach(input => input.Dispose());
        }
    }

    public sealed record Error(string File, long? Offset, string Reason);

    public RouteTable Table { get; } = new();

    public List<Error> Errors { get; } = [];

    /// <summary>MRT records of all files.</summary>
    public long Records { get; private set; }

    private void Read(IReadOnlyList<string> paths, List<Compression> inputs, Printing print)
    {
        MrtReader[] readers =
        [
            .. inputs.Select(input => new MrtReader(
                // One input is decompressed beside the decoding; several wait for each other by time anyway.
                inputs.Count == 1
                    ? ReadAhead.Of(input.Chunks())
                    : input.Chunks(),
                new MrtFaults(),
                recovers: true
            )),
        ];
        MrtDecoder[] decoders = [.. readers.Select(reader => new MrtDecoder(reader.Faults))];
        int[] feeds = [.. paths.Select(path => Table.Peers.Feed(FeedOf(path)))];
        var merge = new MrtMerge(readers);
        while (merge.Read(out int input, out MrtRecord record))
        {
            var visitor = new TableVisitor(Table, feeds[input]);
            decoders[input].Decode(record, ref visitor);
            if ((++Records & 0xFFFF) == 0)
            {
                print.Progress($"{Records} records, {Table.RoutedPrefixes} prefixes");
            }
        }

        for (int file = 0; file < paths.Count; file++)
        {
            Errors.AddRange(
                readers[file]
                    .Faults.Kept.Select(fault => new Error(paths[file], fault.Offset, fault.Reason))
            );
        }
    }

    /// <summary>
    /// RIPE RIS and RouteViews name a folder after each collector. Files without such a folder are taken as of one
    /// collector, so that its updates change its table.
    /// </summary>
    private static string FeedOf(string path) =>
        path.Split('/', '\\')
            .LastOrDefault(
                part =>
                    part.StartsWith("rrc", StringComparison.Ordinal)
                    || part.StartsWith("route-views", StringComparison.Ordinal),
                ""
            );
}
