using System.Globalization;
using System.Text.Json;
using Breakwater.Preparedness.Consultations.Sending;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Feeds.Consultations;

/// <summary>An input as a file has it.</summary>
/// <param name="Id">As the file names it; unique in the file.</param>
/// <param name="Class">Null for not said.</param>
/// <param name="Origin">Modelled for one that nobody sent, reported for one that came by letter or e-mail.</param>
/// <param name="DuplicateOf">What the maker of the file says it repeats; null for nothing. It is compared with what is found, and decides nothing.</param>
public sealed record FiledInput(
    string Id,
    Instant At,
    string Text,
    StakeholderClass? Class = null,
    string? Region = null,
    string? Language = null,
    Origin Origin = Origin.Reported,
    string? DuplicateOf = null
);

/// <param name="Inputs">In the order of the file.</param>
public sealed record InputsRead(IReadOnlyList<FiledInput> Inputs, IReadOnlyList<InputFault> Faults);

/// <summary>Inputs to a consultation in one file: a JSON array, each element an object with <c>id</c>, <c>at</c> and <c>text</c>.</summary>
public static class InputsFile
{
    public const string FileName = "inputs.json";
    public const int InputsMax = 100_000;
    public const int OctetsMax = 256 << 20;

    private const int FaultsMax = 1_000;

    public static InputsRead Read(string path)
    {
        var file = new FileInfo(path);
        return !file.Exists ? None(path, "", "is not there", "Name a file of inputs")
            : file.Length > OctetsMax
                ? None(path, "", $"is larger than {OctetsMax >> 20} MiB", "Send it in parts")
            : Parse(path, File.ReadAllBytes(path));
    }

    public static InputsRead Parse(string path, ReadOnlySpan<byte> octets)
    {
        var inputs = new List<FiledInput>();
        var faults = new List<InputFault>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        if (octets.StartsWith("\ufeff"u8))
        {
            octets = octets[3..];
        }

        var reader = new Utf8JsonReader(
            octets,
            new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip }
        );
        int lineAt = 0;
        int line = 1;
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
            {
                return None(
                    path,
                    "line 1",
                    "is no JSON array",
                    "Begin it with [ and write one object for each input"
                );
            }

            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                int start = (int)reader.TokenStartIndex;
                line += octets[lineAt..start].Count((byte)'\n');
                lineAt = start;
                using JsonDocument element = JsonDocument.ParseValue(ref reader);
                if (inputs.Count >= InputsMax)
                {
                    faults.Add(
                        Fault(
                            path,
                            line,
                            $"there are more than {InputsMax} inputs",
                            "Send the rest in another file"
                        )
                    );
                    break;
                }

                if (One(element.RootElement, ids, out string why, out string remedy) is { } input)
                {
                    inputs.Add(input);
                }
                else if (faults.Count < FaultsMax)
                {
                    faults.Add(Fault(path, line, why, remedy));
                }
            }
        }
        catch (JsonException broken)
        {
            faults.Add(
                Fault(
                    path,
                    (int)(broken.LineNumber ?? 0) + 1,
                    "is no JSON from here on; what stands before was read",
                    "Mend it there, and read the file again"
                )
            );
        }

        return new InputsRead(inputs, faults);
    }

    private static FiledInput? One(
        JsonElement element,
        HashSet<string> ids,
        out string why,
        out string remedy
    )
    {
        FiledInput? input = null;
        (why, remedy) = (
            "is no input",
            "Write {\"id\": …, \"at\": \"2026-01-31T12:00:00Z\", \"text\": …}; class, region, language, origin and duplicateOf are optional"
        );
        try
        {
            input =
                element.ValueKind == JsonValueKind.Object
                    ? element.Deserialize<FiledInput>(Json.Compact)
                    : null;
        }
        catch (JsonException fault)
        {
            why = $"has a value that is none of the known ones at {fault.Path}";
        }

        if (
            input is null
            || input.Id is not { Length: > 0 and <= Checks.IdLengthMax }
            || input.At == default
        )
        {
            return null;
        }

        if (!ids.Add(input.Id))
        {
            (why, remedy) = ($"has the id of an earlier one: {input.Id}", "Give each its own id");
            return null;
        }

        if (
            SendInput.WhyNot(
                new SendInput(input.Text ?? "", input.Language, input.Class, input.Region)
            ) is
            { } refusal
        )
        {
            (why, remedy) = ($"{input.Id}: {refusal.Reason}", "Mend the input, or leave it out");
            return null;
        }

        return input;
    }

    private static InputFault Fault(string path, int line, string why, string remedy) =>
        new(path, string.Create(CultureInfo.InvariantCulture, $"line {line}"), why, remedy);

    private static InputsRead None(string path, string at, string why, string remedy) =>
        new([], [new InputFault(path, at, why, remedy)]);
}
