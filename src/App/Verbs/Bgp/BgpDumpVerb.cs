using System.CommandLine;
using System.Text.Json;
using Breakwater.Bgp;
using Breakwater.Feeds;

namespace Breakwater.App.Verbs;

/// <summary><c>bgp dump</c>.</summary>
internal static class BgpDumpVerb
{
    public static Command Command(Printing print)
    {
        Argument<string[]> files = MrtFile.Arguments();
        Option<bool> lines = new("-m")
        {
            Description = "One line for each element, as bgpdump -m prints it",
        };
        Option<bool> json = Options.Json();
        var command = new Command(
            "dump",
            "MRT files as text. Example: breakwater bgp dump -m updates.20160811.1600.gz"
        )
        {
            files,
            lines,
            json,
        };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(lines) && parsed.GetValue(json))
            {
                throw new Fault(
                    ExitCode.Usage,
                    "-m and --json are two forms of output. Choose one of them"
                );
            }

            using var output = new OutputBuffer(OutputBuffer.Standard());
            if (parsed.GetValue(json))
            {
                Json(parsed.GetValue(files)!, output);
                return ExitCode.Done;
            }

            int exitCode = ExitCode.Done;
            foreach (string file in parsed.GetValue(files)!)
            {
                Compression input;
                try
                {
                    input = MrtFile.Open(file);
                }
                catch (Fault fault)
                {
                    // The others are still dumped; the exit code says that one was not.
                    print.Fault(fault.Message);
                    exitCode = ExitCode.Usage;
                    continue;
                }

                using Compression opened = input;
                MrtFaults faults = parsed.GetValue(lines)
                    ? Walk(input, output, new BgpdumpLines(output))
                    : Walk(input, output, new RecordText(output));
                output.Flush();
                if (output.IsClosed)
                {
                    break;
                }

                Report(print, file, faults, input);
            }

            return exitCode;
        });
        return command;
    }

    /// <summary>Reads to the end of the input, or until nobody reads the output any more.</summary>
    private static MrtFaults Walk<TVisitor>(
        Compression input,
        OutputBuffer output,
        TVisitor visitor
    )
        where TVisitor : IRouteVisitor
    {
        var reader = new MrtReader(input.Chunks(), new MrtFaults(), recovers: true);
        var decoder = new MrtDecoder(reader.Faults);
        while (!output.IsClosed && reader.Read(out MrtRecord record))
        {
            decoder.Decode(record, ref visitor);
        }

        return reader.Faults;
    }

    private static void Report(Printing print, string file, MrtFaults faults, Compression input)
    {
        foreach (MrtFault fault in faults.Kept)
        {
            print.Fault($"{file}: offset {fault.Offset}: {fault.Reason}");
        }

        if (faults.Count > faults.Kept.Count)
        {
            print.Fault($"{file}: and {faults.Count - faults.Kept.Count} more errors");
        }

        print.Faults(input.Faults);
    }

    private static void Json(string[] files, OutputBuffer output)
    {
        // An unreadable file is refused before the document begins.
        foreach (string file in files.Where(file => file != "-"))
        {
            MrtFile.Open(file).Dispose();
        }

        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteNumber("files", files.Length);
        json.WriteStartArray("records");
        var errors = new List<(string File, long? Offset, string Reason)>();
        foreach (string file in files)
        {
            using Compression input = MrtFile.Open(file);
            var records = new RecordJson(json, file);
            MrtFaults faults = Walk(input, output, records);
            records.Finish();
            errors.AddRange(faults.Kept.Select(fault => (file, (long?)fault.Offset, fault.Reason)));
            errors.AddRange(
                input.Faults.Select(fault => (file, (long?)null, $"{fault.Reason} ({fault.At})"))
            );
        }

        json.WriteEndArray();
        json.WriteStartArray("errors");
        foreach ((string file, long? offset, string reason) in errors)
        {
            json.WriteStartObject();
            json.WriteString("file", file);
            if (offset is { } at)
            {
                json.WriteNumber("offset", at);
            }

            json.WriteString("reason", reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        "\n"u8.CopyTo(output.GetSpan(1));
        output.Advance(1);
    }
}
