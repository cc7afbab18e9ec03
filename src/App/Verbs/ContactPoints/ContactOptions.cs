using System.CommandLine;
using Breakwater.Preparedness.Contacts;
using Breakwater.Vocabulary;

namespace Breakwater.App.Verbs.ContactPoints;

/// <summary>What of the directory is asked for; each option narrows.</summary>
internal sealed class ContactOptions
{
    private readonly Option<string?> _country = Narrow(
        "--country",
        "ISO 3166-1 code or name",
        "UA"
    );
    private readonly Option<string?> _asn = Narrow("--asn", "Autonomous system", "AS64500");
    private readonly Option<string?> _tld = Narrow("--tld", "Top-level domain", "ua");
    private readonly Option<string?> _exchange = Narrow("--exchange", "Internet exchange", "NAME");
    private readonly Option<string?> _language = Narrow("--language", "Spoken there", "en");
    private readonly Option<string?> _class = Narrow("--class", "Class of stakeholder", "academia");

    public Option<string?> For { get; } = ContactsVerb.For();

    public Option<bool> Json { get; } = Options.Json();

    public Option<string?> Data { get; } = Options.Data();

    public void AddTo(Command command)
    {
        foreach (
            Option option in (Option[])
                [_country, _asn, _tld, _exchange, _language, _class, For, Json, Data]
        )
        {
            command.Add(option);
        }
    }

    /// <exception cref="Fault">What cannot be meant asks for nobody, and says so.</exception>
    public CallFor Wanted(ParseResult parsed) =>
        new(
            Country(parsed.GetValue(_country)),
            parsed.GetValue(_asn) is { } number
                ? Asn.TryParse(number, out Asn asn)
                    ? asn.ToString()
                    : throw new Fault(
                        ExitCode.Usage,
                        $"--asn {number} is no autonomous system. Write one such as AS64500"
                    )
                : null,
            parsed.GetValue(_tld)?.TrimStart('.').ToLowerInvariant(),
            parsed.GetValue(_exchange),
            parsed.GetValue(_language)?.ToLowerInvariant(),
            parsed.GetValue(_class) is { } word ? ClassOf(word) : null
        );

    public static StakeholderClass ClassOf(string word) =>
        Enum.GetValues<StakeholderClass>()
            .Where(each => Checks.Word(each) == word)
            .Select(each => (StakeholderClass?)each)
            .FirstOrDefault()
        ?? throw new Fault(
            ExitCode.Usage,
            $"--class {word} is no class of stakeholder. {Nearest.Remedy(word, [.. Enum.GetValues<StakeholderClass>().Select(Checks.Word)])}"
        );

    private static string? Country(string? text) =>
        text is null
            ? null
            : Countries.OfCode(text)
                ?? Countries.OfName(text)?.Country
                ?? throw new Fault(
                    ExitCode.Usage,
                    $"--country {text} is no country. Write its code, such as UA"
                );

    private static Option<string?> Narrow(string name, string what, string example) =>
        new(name) { Description = what, HelpName = example };
}
