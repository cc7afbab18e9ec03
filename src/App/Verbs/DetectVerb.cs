using System.CommandLine;
using System.Text.Json;
using Breakwater.Disruptions;
using Breakwater.Feeds;
using Breakwater.Records;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;
using NodaTime.Text;

namespace Breakwater.App.Verbs;

/// <summary><c>detect</c>: disruptions in files of one's own.</summary>
internal static class DetectVerb
{
    private static readonly Argument<string[]> _inputs = new("INPUT")
    {
        Description = "Files, plain or compressed; - is standard input",
        Arity = ArgumentArity.OneOrMore,
    };
    private static readonly Option<string?> _format = new("--format")
    {
        Description =
            "ioda-csv, series-csv, mrt or report-json; guessed from the content when absent",
    };
    private static readonly Option<string?> _place = new("--place")
    {
        Description = "What the input is about: IR, IR/Tehran, AS64500, 192.0.2.0/24",
    };
    private static readonly Option<string?> _country = new("--country")
    {
        Description = "Country of the areas that --place-column names",
    };
    private static readonly Option<string?> _from = new("--from")
    {
        Description = "Leave out disruptions that ended before, such as 2026-01-01T00:00:00Z",
    };
    private static readonly Option<string?> _to = new("--to")
    {
        Description = "Look at nothing from then on",
    };
    private static readonly Option<string?> _profile = new("--profile")
    {
        Description = "Detector profile, JSON",
    };
    private static readonly Option<bool> _record = new("--record")
    {
        Description = "Record signals and disruptions in the store",
    };
    private static readonly Option<string?> _timeColumn = new("--time-column")
    {
        Description = "series-csv: column of the time",
    };
    private static readonly Option<string> _timeFormat = new("--time-format")
    {
        Description = "series-csv: unix, iso or a .NET pattern",
        DefaultValueFactory = _ => "iso",
    };
    private static readonly Option<string?> _timeZone = new("--time-zone")
    {
        Description = "series-csv: zone of local times, also when written as unix",
    };
    private static readonly Option<string[]> _valueColumn = new("--value-column")
    {
        Description = "series-csv: column of a value (repeatable)",
    };
    private static readonly Option<string[]> _placeColumn = new("--place-column")
    {
        Description = "series-csv: column of an area, wide to narrow (repeatable)",
    };
    private static readonly Option<string> _family = new("--family")
    {
        Description = "series-csv: routing, probing, telescope or application",
        DefaultValueFactory = _ => "probing",
    };

    public static Command Command(Printing print)
    {
        Option<bool> json = Options.Json();
        Option<string?> data = Options.Data();
        var command = new Command(
            "detect",
            "Disruptions in measurements. Example: breakwater detect iran.csv --format ioda-csv --place IR --json"
        )
        {
            _inputs,
            _format,
            _place,
            _country,
            _from,
            _to,
            _profile,
            _record,
            _timeColumn,
            _timeFormat,
            _timeZone,
            _valueColumn,
            _placeColumn,
            _family,
            json,
            data,
        };
        command.SetAction(
            async (parsed, cancel) =>
            {
                (Instant? from, Instant? to) = (Time(parsed, _from), Time(parsed, _to));
                if (from >= to)
                {
                    throw new Fault(
                        ExitCode.Usage,
                        $"--from {from} is not before --to {to}. Swap them"
                    );
                }

                DetectorProfile profile = Profile(parsed.GetValue(_profile));
                List<SourceFile> raws = [];
                List<Signal> signals = [];
                List<InputFault> faults = [];
                List<string> notes = [];
                foreach (string path in parsed.GetValue(_inputs)!)
                {
                    print.Progress($"reading {path}");
                    (SourceFile plain, SourceFile raw, IReadOnlyList<InputFault> damage) =
                        Inputs.Open(path);
                    SignalsRead read = Read(plain, parsed);
                    raws.Add(raw);
                    signals.AddRange(read.Signals);
                    faults.AddRange([.. damage, .. read.Faults]);
                    notes.AddRange(read.Notes ?? []);
                }

                if (signals.Count == 0)
                {
                    throw Fault.Unreadable(
                        faults.DefaultIfEmpty(
                            new InputFault(
                                raws[0].Name,
                                "line 1",
                                "no signal in this input",
                                "State --format and its columns"
                            )
                        )
                    );
                }

                print.Progress("detecting");
                Detection detection = DisruptionsFromSignals.Detect(signals, profile, from, to);
                print.ProgressDone();
                if (parsed.GetValue(_record))
                {
                    await Record(
                            DataFolder.Path(parsed.GetValue(data)),
                            raws,
                            signals,
                            detection,
                            cancel
                        )
                        .ConfigureAwait(false);
                }

                print.Faults(faults);
                Show(print, parsed.GetValue(json), detection, faults, notes);
                return ExitCode.Done;
            }
        );
        return command;
    }

    private static SignalsRead Read(SourceFile file, ParseResult parsed)
    {
        string format = parsed.GetValue(_format) ?? Guess(file, parsed);
        return format switch
        {
            "ioda-csv" => IodaCsv.Read(file, PlaceOf(parsed, file)),
            "series-csv" => SignalsFromSeries.Read(file, SeriesFormatOf(parsed, file)),
            "mrt" => ReadMrt(file, parsed),
            "report-json" => SignalsFromReports.Read(file),
            _ => throw new Fault(
                ExitCode.Usage,
                $"--format {format} is not known. Use ioda-csv, series-csv, mrt or report-json"
            ),
        };
    }

    private static SignalsRead ReadMrt(SourceFile file, ParseResult parsed)
    {
        Place? place = parsed.GetValue(_place) is null ? null : PlaceOf(parsed, file);
        RoutingRead read = SignalsFromBgp.Read(
            [new MrtInput(file.Name, file.Name, file.Sha256, [file.Content])],
            SignalsOfScenario.Selection(place)
        );
        return new SignalsRead(read.Signals, read.Faults, read.Notes);
    }

    /// <summary>By content: a name says nothing certain about a file.</summary>
    private static string Guess(SourceFile file, ParseResult parsed)
    {
        ReadOnlySpan<byte> content = file.Content.Span;
        return IodaCsv.IsIoda(file) ? "ioda-csv"
            : parsed.GetValue(_timeColumn) is not null ? "series-csv"
            : content.TrimStart(" \r\n\t"u8) is [(byte)'{', ..] ? "report-json"
            // MRT: a 16-bit type at offset 4 that RFC 6396 and its successors define.
            : content.Length >= 12 && content[4] == 0 && content[5] is 5 or 12 or 13 or 16 or 17
                ? "mrt"
            : throw new Fault(
                ExitCode.Usage,
                $"{file.Name}: the format cannot be told from the content. State --format; for a CSV of one's own also --time-column and --value-column"
            );
    }

    private static Place PlaceOf(ParseResult parsed, SourceFile file) =>
        (parsed.GetValue(_place) ?? parsed.GetValue(_country)) is not { } text
            ? throw new Fault(
                ExitCode.Usage,
                $"{file.Name}: what place is it about? State --place, such as --place IR"
            )
        : Place.TryParse(text, out Place place) ? place
        : throw new Fault(
            ExitCode.Usage,
            $"--place {text} is no place. Use IR, IR/Tehran, AS64500, 192.0.2.0/24 or .ir"
        );

    private static SeriesFormat SeriesFormatOf(ParseResult parsed, SourceFile file)
    {
        if (
            parsed.GetValue(_timeColumn) is not { } timeColumn
            || parsed.GetValue(_valueColumn) is not { Length: > 0 } valueColumns
        )
        {
            throw new Fault(
                ExitCode.Usage,
                $"{file.Name}: series-csv needs --time-column and --value-column"
            );
        }

        if (
            !Enum.TryParse(parsed.GetValue(_family), ignoreCase: true, out SignalFamily family)
            || family > SignalFamily.Application
        )
        {
            throw new Fault(
                ExitCode.Usage,
                $"--family {parsed.GetValue(_family)} is not known. Use routing, probing, telescope or application"
            );
        }

        return new SeriesFormat
        {
            TimeColumn = timeColumn,
            TimeFormat = parsed.GetValue(_timeFormat)!,
            TimeZone = parsed.GetValue(_timeZone),
            ValueColumns = valueColumns,
            PlaceColumns = parsed.GetValue(_placeColumn) ?? [],
            Place = PlaceOf(parsed, file),
            Family = family,
            Unit = "as given",
        };
    }

    private static Instant? Time(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) is not { } text ? null
        : InstantPattern.ExtendedIso.Parse(text) is { Success: true } time ? time.Value
        : throw new Fault(
            ExitCode.Usage,
            $"{option.Name} {text} is no UTC time. Write 2026-01-08T16:30:00Z"
        );

    private static DetectorProfile Profile(string? path)
    {
        if (path is null)
        {
            return DetectorProfile.Default;
        }

        (SourceFile file, _, _) = Inputs.Open(path);
        try
        {
            return DetectorProfile.Read(file.Content.Span);
        }
        catch (JsonException fault)
        {
            throw new Fault(
                ExitCode.Usage,
                $"{file.Name}: line {(fault.LineNumber ?? 0) + 1}: {fault.Message.Split(" Path:")[0].TrimEnd('.')}. Correct the profile"
            );
        }
    }

    private static async Task Record(
        string folder,
        List<SourceFile> raws,
        List<Signal> signals,
        Detection detection,
        CancellationToken cancel
    )
    {
        await using SqliteRecords records = DataFolder.Open(folder);
        foreach (SourceFile raw in raws)
        {
            await records.Keep(raw.Content, cancel).ConfigureAwait(false);
        }

        await Recording
            .Append(
                records,
                "detect",
                [.. signals.Select(Recording.Of), .. detection.Disruptions.Select(Recording.Of)],
                cancel
            )
            .ConfigureAwait(false);
    }

    private static void Show(
        Printing print,
        bool isJson,
        Detection detection,
        List<InputFault> faults,
        List<string> notes
    )
    {
        if (isJson)
        {
            print.Json(
                new
                {
                    disruptions = detection.Disruptions,
                    blind = detection.Blind,
                    faults,
                    notes,
                }
            );
            return;
        }

        Tables.Disruptions(print, detection.Disruptions);
        Tables.Blind(print, detection.Blind);
        notes.ForEach(note => print.Line($"note: {note}"));
    }
}
