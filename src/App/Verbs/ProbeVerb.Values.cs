using System.CommandLine;
using System.Text.Json;
using Breakwater.Vocabulary;

namespace Breakwater.App.Verbs;

/// <content>Values of options, or one line that says what to write instead.</content>
internal static partial class ProbeVerb
{
    private static TimeSpan Length(Option option, string text) =>
        Options.Length(option, text).ToTimeSpan();

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
