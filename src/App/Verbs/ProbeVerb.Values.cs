using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Breakwater.Vocabulary;

namespace Breakwater.App.Verbs;

/// <content>Values of options, or one line that says what to write instead.</content>
internal static partial class ProbeVerb
{
    /// <summary>Reads <c>500ms</c>, <c>60s</c>, <c>5m</c> or <c>1h</c>.</summary>
    private static TimeSpan Length(Option option, string text)
    {
        (string digits, double ms) = text switch
        {
            [.. var number, 'm', 's'] => (number, 1),
            [.. var number, 's'] => (number, 1000),
            [.. var number, 'm'] => (number, 60_000),
            [.. var number, 'h'] => (number, 3_600_000),
            _ => ("", 0),
        };
        return
            double.TryParse(
                digits,
                NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out double count
            )
            && count * ms <= TimeSpan.FromDays(366).TotalMilliseconds
            ? TimeSpan.FromMilliseconds(count * ms)
            : throw new Fault(
                ExitCode.Usage,
                $"{option.Name} {text} is no length of time. Write 500ms, 60s, 5m or 1h"
            );
    }

    private static Place? Place(Option option, string? text) =>
        text is null ? null
        : Vocabulary.Place.TryParse(text, out Place place) ? place
        : throw new Fault(
            ExitCode.Usage,
            $"{option.Name} {text} is no place. Use IR, IR/Tehran or AS64500"
        );

    private static T Word<T>(Option option, string text)
        where T : struct, Enum =>
        Array.Find(Enum.GetValues<T>(), value => Word(value) == text) is var found
        && Word(found) == text
            ? found
            : throw new Fault(
                ExitCode.Usage,
                $"{option.Name} {text} is not known. Use {string.Join(", ", Enum.GetValues<T>().Select(Word))}"
            );

    internal static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
