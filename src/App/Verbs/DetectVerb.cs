using System.CommandLine;
using System.Text.Json;
using Breakwater.App.Verbs.Following;
using Breakwater.Bgp;
using Breakwater.Disruptions;
using Breakwater.Records;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;
using NodaTime.Text;

namespace Breakwater.App.Verbs;

/// <summary><c>detect</c>: disruptions in files of one's own.</summary>
internal static partial class DetectVerb
{
    private const int FaultsShown = 12;

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
            _rib,
            _vrps,
            _relationships,
            _expect,
            _siblings,
            DetectFollow.Follow,
            DetectFollow.Step,
            DetectFollow.Lateness,
            json,
            data,
        };
        command.Validators.Add(given =>
        {
            if (
                (given.GetValue(_inputs) ?? []).FirstOrDefault(input =>
                    input.StartsWith("--", StringComparison.Ordinal)
                ) is
                { } unknown
            )
            {
                given.AddError(Options.Unknown(unknown, given.Command));
            }

            if (
                given.GetValue(_inputs) is not { Length: > 0 }
                && !given.GetValue(DetectFollow.Follow)
            )
            {
                given.AddError("an INPUT is missing: name a file, or follow samples with --follow");
            }
        });
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

                string[] inputs = parsed.GetValue(_inputs) ?? [];
                bool isFollowed = parsed.GetValue(DetectFollow.Follow);
                DetectFollow.Check(parsed, inputs, _record, _from, _to);
                DetectorProfile profile = Profile(parsed.GetValue(_profile));
                List<SourceFile> raws = [];
                List<Signal> signals = [];
                List<InputFault> faults = [];
                List<string> notes = [];
                List<FeedGap> gaps = [];
                var routing = new DetectRouting(
                    parsed.GetValue(_rib) ?? [],
                    parsed.GetValue(_vrps) ?? [],
                    parsed.GetValue(_relationships),
                    parsed.GetValue(_expect),
                    parsed.GetValue(_siblings)
                );
                foreach (string path in inputs)
                {
                    print.Progress($"reading {path}");
                    (SourceFile plain, SourceFile raw, IReadOnlyList<InputFault> damage) =
                        Inputs.Open(path);
                    raws.Add(raw);
                    faults.AddRange(damage);
                    string format = parsed.GetValue(_format) ?? Guess(plain, parsed);
                    if (DetectRouting.Reads(format))
                    {
                        routing.Add(plain, format);
                        continue;
                    }

                    SignalsRead read = Read(plain, format, parsed);
                    signals.AddRange(read.Signals);
                    faults.AddRange(read.Faults);
                    notes.AddRange(read.Notes ?? []);
                    gaps.AddRange(read.Gaps);
                }

                // An alert that is an exercise gives no signal and is no fault.
                bool isExplained = notes.Count > 0 && faults.Count == 0;
                if (!routing.IsEmpty)
                {
                    print.Progress("reading routes");
                    SignalsRead routes = routing.Read(
                        parsed.GetValue(_place) is null ? null : PlaceOf(parsed, raws[0])
                    );
                    raws.AddRange(routing.Raws);
                    signals.AddRange(routes.Signals);
                    faults.AddRange(routes.Faults);
                    notes.AddRange(routes.Notes ?? []);
                    gaps.AddRange(routes.Gaps);
                }

                if (isFollowed && inputs.Length == 0)
                {
                    raws.Add(SourceFile.Of(FollowedSamples.Input, default));
                }
                else if (signals.Count == 0 && !routing.HasRecords && !isExplained)
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

                if (isFollowed)
                {
                    return await DetectFollow
                        .Run(
                            print,
                            parsed,
                            parsed.GetValue(json),
                            HasPlace(parsed) ? PlaceOf(parsed, raws[0]) : null,
                            profile,
                            signals,
                            faults,
                            notes,
                            cancel
                        )
                        .ConfigureAwait(false);
                }

                print.Progress("detecting");
                Detection detection = DisruptionsFromSignals.Detect(
                    signals,
                    profile,
                    from,
                    to,
                    gaps,
                    Environment.ProcessorCount
                );
                print.ProgressDone();
                IReadOnlyList<Revision> revisions = [];
                if (parsed.GetValue(_record))
                {
                    await using SqlRecords records = DataFolder.Open(
                        DataFolder.Path(parsed.GetValue(data))
                    );
                    revisions = await Recording
                        .Keep(
                            records,
                            raws,
                            signals,
                            detection,
                            new Judging(profile, from, to, gaps),
                            cancel
                        )
                        .ConfigureAwait(false);
                }

                print.Faults(faults, FaultsShown);
                DetectOutput.Show(
                    print,
                    parsed.GetValue(json),
                    detection,
                    signals,
                    faults,
                    notes,
                    revisions,
                    routing.HasRecords
                        || signals.Exists(signal => signal is SeriesSignal or ReportSignal)
                );
                if (parsed.GetValue(_record) && !parsed.GetValue(json))
                {
                    print.Line();
                    print.Line($"recorded in {DataFolder.Path(parsed.GetValue(data))}");
                }

                return ExitCode.Done;
            }
        );
        return command;
    }

    private static SignalsRead Read(SourceFile file, string format, ParseResult parsed) =>
        format switch
        {
            "ioda-csv" => IodaCsv.Read(file, PlaceOf(parsed, file)),
            "series-csv" => SignalsFromSeries.Read(file, SeriesFormatOf(parsed, file)),
            "report-json" => SignalsFromReports.Read(file),
            "probe-json" => SignalsFromProbes.Read(
                file,
                parsed.GetValue(_place) is null ? null : PlaceOf(parsed, file)
            ),
            _ => SignalFormats.Read(format, file, HasPlace(parsed) ? PlaceOf(parsed, file) : null)
                ?? throw new Fault(
                    ExitCode.Usage,
                    $"--format {format} is not known. Use ioda-csv, series-csv, mrt, bgpdump-text, ripestat-json, rislive-json, {string.Join(", ", SignalFormats.Names)}, probe-json or report-json"
                ),
        };

    /// <summary>By content: a name says nothing certain about a file.</summary>
    private static string Guess(SourceFile file, ParseResult parsed)
    {
        ReadOnlySpan<byte> content = file.Content.Span;
        return content.TrimStart(" \r\n\t\uFEFF"u8).IsEmpty
                ? throw new Fault(
                    ExitCode.Usage,
                    $"{file.Name}: the file is empty. Obtain it again"
                )
            : IodaCsv.IsIoda(file) ? "ioda-csv"
            // Columns of a table say nothing about files that are none.
            : parsed.GetValue(_timeColumn) is not null && !IsMarkedUp(content) ? "series-csv"
            : IsBgpdump(content) ? "bgpdump-text"
            : RipeStatRoutes.Is(file) ? "ripestat-json"
            : RisLiveFile.IsRisLive(content) ? "rislive-json"
            : SignalFormats.Guess(file) is { } format ? format
            : SignalsFromProbes.Is(file) ? "probe-json"
            : content.TrimStart(" \r\n\t"u8) is [(byte)'{', ..]
            && content.IndexOf("\"reports\""u8) >= 0
                ? "report-json"
            // MRT: a 16-bit type at offset 4 that RFC 6396 and its successors define.
            : content.Length >= 12 && content[4] == 0 && content[5] is 5 or 12 or 13 or 16 or 17
                ? "mrt"
            : throw new Fault(
                ExitCode.Usage,
                $"{file.Name}: the format cannot be told from the content. State --format; for a CSV of one's own also --time-column and --value-column"
            );
    }

    /// <summary>JSON, XML, or octets that no table begins with.</summary>
    private static bool IsMarkedUp(ReadOnlySpan<byte> content) =>
        content.TrimStart(" \r\n\t\uFEFF"u8) is [(byte)'{' or (byte)'[' or (byte)'<', ..]
        || content[..Math.Min(content.Length, 16)].Contains((byte)0);

    /// <summary>The types of record that bgpdump names at the start of each line.</summary>
    private static bool IsBgpdump(ReadOnlySpan<byte> content) =>
        content.StartsWith("TABLE_DUMP"u8) || content.StartsWith("BGP4MP"u8);

    private static bool HasPlace(ParseResult parsed) =>
        parsed.GetValue(_place) is not null || parsed.GetValue(_country) is not null;

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

        if (DetectorProfile.Names.Contains(path))
        {
            return DetectorProfile.Bundled(path)!;
        }

        if (!File.Exists(path))
        {
            throw new Fault(
                ExitCode.Usage,
                $"--profile {path}: neither a profile nor a file. Use {string.Join(", ", DetectorProfile.Names)}, or the path of a JSON file"
            );
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
}
