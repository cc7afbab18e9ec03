using System.Collections;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Breakwater.App.Accounts;
using Breakwater.App.Contacts;
using Breakwater.App.Limiting;

namespace Breakwater.App;

/// <summary>Configuration: <c>breakwater.json</c> in the data folder, then <c>BREAKWATER__Key</c> variables; options come last.</summary>
/// <param name="Store">Connection string of PostgreSQL; empty for SQLite in the data folder. Secret: it may hold a password.</param>
/// <param name="Outside">Sign-in with an outside provider; null unless the operator has named one.</param>
public sealed record Settings(
    string Urls,
    string Language,
    string Store = "",
    OutsideSignIn? Outside = null
)
{
    /// <summary>Proxies that say where a request came from; none by default.</summary>
    public IReadOnlyList<IPNetwork> TrustedForwarders { get; init; } = [];

    /// <summary>Where <c>/metrics</c> is served on loopback; null when it is not.</summary>
    public int? MetricsPort { get; init; }

    /// <summary>By which pings go out; null, the default, for none: then nothing is sent.</summary>
    public MailSettings? Mail { get; init; }

    /// <summary>Under which terms what this node releases may be used: an SPDX identifier, or words.</summary>
    public string Licence { get; init; } = Publications.Releases.Citation.DefaultLicence;

    public const string DefaultUrls = "http://127.0.0.1:5080";

    /// <summary>
    /// All that an exercise takes of a configuration. Whatever else is set leads out of the node, or may one day, so it counts for
    /// nothing there (INV-13).
    /// </summary>
    private static readonly string[] _ofExercise =
    [
        "urls",
        "language",
        "store",
        "trustedForwarders",
        "metricsPort",
        "licence",
    ];

    private const string VariablePrefix = "BREAKWATER__";
    private static readonly string[] _keys =
    [
        "urls",
        "language",
        "store",
        "trustedForwarders",
        "metricsPort",
        "licence",
        "oidcAuthority",
        "oidcClientId",
        "oidcSecretFile",
        "oidcName",
        .. MailSettings.Keys,
    ];

    /// <exception cref="Fault">A key is unknown, or the file is no JSON object of texts.</exception>
    public static Settings Read(string folder)
    {
        var values = _keys.ToDictionary(key => key, _ => "", StringComparer.OrdinalIgnoreCase);
        values["urls"] = DefaultUrls;
        values["language"] = "en";
        values["licence"] = Publications.Releases.Citation.DefaultLicence;
        foreach (
            (string key, string value, string where) in FromFile(
                    Path.Combine(folder, "breakwater.json")
                )
                .Concat(FromVariables())
        )
        {
            if (!values.ContainsKey(key))
            {
                throw new Fault(
                    ExitCode.Usage,
                    $"{where}: '{key}' is no setting. Did you mean '{_keys.MinBy(known => Distance(known, key))}'?"
                );
            }

            values[key] = value;
        }

        if (Records.SqlRecords.IsOfExercise(folder))
        {
            foreach (string key in _keys.Except(_ofExercise))
            {
                values[key] = "";
            }
        }

        return new Settings(values["urls"], values["language"], values["store"], OutsideOf(values))
        {
            TrustedForwarders =
                WireSettings.Read(values["trustedForwarders"])
                ?? throw new Fault(
                    ExitCode.Usage,
                    "setting 'trustedForwarders' is no list of addresses. Write those of your own proxies, such as 127.0.0.1, 10.0.0.0/24"
                ),
            MetricsPort = PortOf(values["metricsPort"]),
            Mail = MailSettings.Of(values),
            Licence = LicenceOf(values["licence"]),
        };
    }

    private static string LicenceOf(string text) =>
        text.Length is > 0 and <= 200 && !text.Any(char.IsControl)
            ? text
            : throw new Fault(
                ExitCode.Usage,
                "setting 'licence' is empty or longer than 200 letters. Write an SPDX identifier, such as CC-BY-4.0, or the terms in words"
            );

    private static int? PortOf(string text) =>
        text.Length == 0 ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int port)
        && port is > 0 and <= IPEndPoint.MaxPort
            ? port
        : throw new Fault(
            ExitCode.Usage,
            "setting 'metricsPort' is no port. Write a free one, such as 9464, or nothing for no metrics"
        );

    private static OutsideSignIn? OutsideOf(Dictionary<string, string> values)
    {
        string[] given =
        [
            .. _keys.Where(key => key.StartsWith("oidc", default) && values[key].Length > 0),
        ];
        if (given.Length == 0)
        {
            return null;
        }

        string? missing = _keys.FirstOrDefault(key =>
            key is "oidcAuthority" or "oidcClientId" or "oidcSecretFile" && values[key].Length == 0
        );
        if (missing is not null)
        {
            throw new Fault(
                ExitCode.Usage,
                $"setting '{missing}' is missing beside '{given[0]}'. Sign-in with an outside provider needs oidcAuthority, oidcClientId and oidcSecretFile"
            );
        }

        return
            Uri.TryCreate(values["oidcAuthority"], UriKind.Absolute, out Uri? authority)
            && (authority.Scheme == Uri.UriSchemeHttps || authority.IsLoopback)
            ? new OutsideSignIn(
                values["oidcName"] is { Length: > 0 } name ? name : authority.Host,
                authority,
                values["oidcClientId"],
                values["oidcSecretFile"]
            )
            : throw new Fault(
                ExitCode.Usage,
                "setting 'oidcAuthority' is no https address. Write the issuer's address, such as https://login.example.org"
            );
    }

    private static List<(string Key, string Value, string Where)> FromFile(string path)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return
            [
                .. document
                    .RootElement.EnumerateObject()
                    .Select(member => (member.Name, member.Value.GetString() ?? "", path)),
            ];
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            string line = fault is JsonException { LineNumber: { } number }
                ? $"line {number + 1}"
                : "line 1";
            throw new Fault(
                ExitCode.Usage,
                $"{path}: {line}: not a JSON object of texts. Write {{\"urls\": \"{DefaultUrls}\"}}"
            );
        }
    }

    private static IEnumerable<(string Key, string Value, string Where)> FromVariables() =>
        Environment
            .GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .Select(entry => (Name: (string)entry.Key, Value: (string?)entry.Value ?? ""))
            .Where(entry =>
                entry.Name.StartsWith(VariablePrefix, StringComparison.OrdinalIgnoreCase)
            )
            .OrderBy(entry => entry.Name, StringComparer.Ordinal)
            .Select(entry =>
                (entry.Name[VariablePrefix.Length..], entry.Value, $"variable {entry.Name}")
            );

    /// <summary>Letters of one word that the other lacks: enough to find a slip among two names.</summary>
    private static int Distance(string known, string given) =>
        known.Except(given.ToLowerInvariant()).Count()
        + given.ToLowerInvariant().Except(known).Count();
}
