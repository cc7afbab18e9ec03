using System.CommandLine;
using System.Text.Json;
using Breakwater.App.Subjects;
using Breakwater.Decisions.Membership.Applying;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Verbs;

/// <summary><c>found FILE</c>: the organisations and people that a node begins with.</summary>
internal static class FoundVerb
{
    private const int OctetsMax = 1 << 20;

    public static Command Command(Printing print)
    {
        var file = new Argument<string>("FILE")
        {
            Description =
                "JSON: {\"organisations\": [{\"id\", \"name\", \"class\", \"mandate\", \"contacts\": [], \"members\": [{\"person\", \"roles\": []}]}]}; - is standard input",
        };
        Option<bool> json = Options.Json();
        Option<string?> data = Options.Data();
        var command = new Command(
            "found",
            "Begin a node with organisations of three classes, and registrars in two of them. Once: later changes take two people. Example: breakwater found charter.json"
        )
        {
            file,
            json,
            data,
        };
        command.SetAction(
            async (parsed, cancel) =>
            {
                Found charter = Read(parsed.GetValue(file)!);
                await using SqlRecords records = DataFolder.Open(
                    DataFolder.Path(parsed.GetValue(data))
                );
                (IReadOnlyList<string> organisations, Refusal? refusal) = await Founding
                    .Do(records, charter, SystemClock.Instance.GetCurrentInstant(), cancel)
                    .ConfigureAwait(false);
                if (refusal is not null)
                {
                    throw new Fault(ExitCode.Refused, $"not founded: {refusal.Reason}");
                }

                if (parsed.GetValue(json))
                {
                    print.Json(new { Organisations = organisations });
                }
                else
                {
                    print.Line(
                        $"founded with {string.Join(", ", organisations)}. Make accounts for their people with: breakwater account add NAME"
                    );
                }

                return ExitCode.Done;
            }
        );
        return command;
    }

    internal static Found Read(string path)
    {
        (SourceFile file, _, _) = Inputs.Open(path);
        if (file.Content.Length > OctetsMax)
        {
            throw new Fault(
                ExitCode.Usage,
                $"{file.Name}: a charter has at most {OctetsMax} octets"
            );
        }

        try
        {
            return JsonSerializer.Deserialize<Found>(file.Content.Span, Json.Compact)
                ?? throw new JsonException("it is null");
        }
        catch (JsonException fault)
        {
            throw new Fault(
                ExitCode.Usage,
                $"{file.Name}: line {(fault.LineNumber ?? 0) + 1}: {Why(fault)}. See: breakwater found --help"
            );
        }
    }

    /// <summary>What is wrong, in the words of the file rather than of the types that it is read into.</summary>
    private static string Why(JsonException fault) =>
        fault.Path is null || !fault.Message.StartsWith("The JSON value", StringComparison.Ordinal)
            ? fault.Message.Split(" Path:")[0].TrimEnd('.')
        : fault.Path.Contains(".roles", StringComparison.Ordinal)
            ? $"{fault.Path} is no role. Write one of {Known<Role>()}"
        : fault.Path.EndsWith(".class", StringComparison.Ordinal)
            ? $"{fault.Path} is no class. Write one of {Known<StakeholderClass>()}"
        : $"{fault.Path} is not what belongs there";

    private static string Known<T>()
        where T : struct, Enum =>
        string.Join(", ", Enum.GetNames<T>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName));
}
