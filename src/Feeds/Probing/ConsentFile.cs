using System.Globalization;
using System.Text.Json;
using Breakwater.Feeds.Yaml;
using Breakwater.Vocabulary;

namespace Breakwater.Feeds.Probing;

/// <summary>
/// <c>{"consents": [{"targets": ["192.0.2.0/24"], "owner": "…", "expiry": "2026-12-31T00:00:00Z", "purpose": "…", "maximumPerMinute": 6}]}</c>.
/// A consent with any fault grants nothing; the others hold.
/// </summary>
public static class ConsentFile
{
    public const int OctetsMax = 1 << 20;

    /// <summary>Faster than this nobody is asked, whatever an owner allows.</summary>
    public const int PerMinuteMax = 60;

    private const int TextMax = 200;

    public static (IReadOnlyList<ProbeConsent> Consents, IReadOnlyList<InputFault> Faults) Read(
        SourceFile file
    )
    {
        ArgumentNullException.ThrowIfNull(file);
        var faults = new FaultList(file.Name);
        var consents = new List<ProbeConsent>();
        if (Tree(file, faults) is { } root)
        {
            foreach (Fields one in root.Maps("consents", isRequired: true))
            {
                if (Consent(one, faults) is { } consent)
                {
                    consents.Add(consent);
                }
            }

            root.Close();
        }

        return (consents, faults.InOrder());
    }

    private static ProbeConsent? Consent(Fields one, FaultList faults)
    {
        int before = faults.Count + faults.Omitted;
        var targets = new List<ConsentTarget>();
        foreach (string text in one.Texts("targets", isRequired: true))
        {
            if (ConsentTarget.Read(text, out ConsentTarget? target) is { } wrong)
            {
                one.Fault("targets", $"'{Short(text)}' {wrong}", "This consent grants nothing");
            }
            else
            {
                targets.Add(target!);
            }
        }

        string owner = one.Text("owner");
        string? purpose = one.TextOrNull("purpose");
        NodaTime.Instant expiry = one.RequiredTime("expiry");
        long? perMinute = one.Whole("maximumPerMinute", 1, PerMinuteMax);
        if (owner.Length > TextMax || purpose?.Length > TextMax)
        {
            one.Fault("owner", $"owner or purpose is longer than {TextMax} letters", "Shorten it");
        }

        one.Close();
        return faults.Count + faults.Omitted > before
            ? null
            : new ProbeConsent(targets, owner, expiry, purpose, (int?)perMinute);
    }

    private static Fields? Tree(SourceFile file, FaultList faults)
    {
        if (file.Content.Length > OctetsMax)
        {
            faults.AddAt("", $"is larger than {OctetsMax >> 20} MiB", "Shorten it");
            return null;
        }

        ReadOnlyMemory<byte> content = file.Content.Span.StartsWith("\uFEFF"u8)
            ? file.Content[3..]
            : file.Content;
        try
        {
            using var strict = JsonDocument.Parse(content);
        }
        catch (JsonException fault)
        {
            faults.Add(
                checked((int)Math.Min(fault.LineNumber ?? 0, int.MaxValue - 1)) + 1,
                "is not JSON",
                "Check quotes, commas and brackets at and before this line"
            );
            return null;
        }

        // What is JSON is YAML too, but for tabs between values; a tab inside a JSON text is always written as an escape.
        byte[] spaced = content.ToArray();
        spaced.AsSpan().Replace((byte)'\t', (byte)' ');
        YamlNode? node = YamlTree.Read(new SourceFile(file.Name, spaced, file.Sha256), faults);
        if (node is not null and not YamlMap)
        {
            faults.Add(node.Line, "holds no consents", "Write {\"consents\": [...]}");
        }

        return node is YamlMap map ? new Fields(map, "", faults) : null;
    }

    private static string Short(string text) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(text.Length <= 60 ? text : text[..60] + "…")}"
        );
}
