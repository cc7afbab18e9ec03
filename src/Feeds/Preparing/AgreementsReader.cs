using Breakwater.Feeds.Yaml;
using Breakwater.Preparedness.Agreements;
using Breakwater.Vocabulary;

namespace Breakwater.Feeds.Preparing;

/// <summary>An agreement as somebody wrote it down. Written is not signed: a node takes it from its parties only.</summary>
/// <param name="Signed">Parties that are said to have signed.</param>
/// <param name="Line">Where it begins in the file.</param>
/// <param name="IsSound">False when something in it could not be read as it is written: what would be taken is not what was meant.</param>
public sealed record WrittenAgreement(
    string Id,
    string Name,
    IReadOnlyList<AgreementParty> Parties,
    AgreementTerms Terms,
    IReadOnlyList<string> Signed,
    int Line,
    bool IsSound
);

/// <summary>What could be read, and everything that is wrong with the file; an agreement with faults is among those that were read.</summary>
public sealed record AgreementsRead(
    IReadOnlyList<WrittenAgreement> Agreements,
    IReadOnlyList<InputFault> Faults
)
{
    /// <summary>Those that each agreement has by itself, whatever else is in the file.</summary>
    public IReadOnlyList<InputFault> Single { get; init; } = Faults;
}

/// <summary>Reads a file of agreements (<c>agreements:</c>) and looks through it as a whole: circles of triggers, ids that are nowhere.</summary>
public static class AgreementsReader
{
    public const long BytesMax = 16 * 1024 * 1024;

    /// <param name="kinds">Kinds of disruptions that triggers may name.</param>
    public static AgreementsRead Read(string path, IReadOnlyCollection<string> kinds)
    {
        FileRead read = Files.Read(path, BytesMax);
        return read.File is { } file ? Read(file, kinds) : new AgreementsRead([], [read.Fault!]);
    }

    public static AgreementsRead Read(SourceFile file, IReadOnlyCollection<string> kinds)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(kinds);
        var faults = new FaultList(file.Name);
        var agreements = new List<WrittenAgreement>();
        switch (YamlTree.Read(file, faults))
        {
            case YamlMap map:
                var fields = new Fields(map, "", faults);
                agreements.AddRange(
                    fields
                        .Maps("agreements", isRequired: true)
                        .Select(one => Agreement(one, kinds, faults))
                );
                fields.Close();
                break;
            case { } root:
                faults.Add(
                    root.Line,
                    "holds no keys",
                    "Write 'agreements:' and below it '- id: ...'"
                );
                break;
        }

        IReadOnlyList<InputFault> single = faults.InOrder();
        Together(agreements, faults);
        return new AgreementsRead(agreements, faults.InOrder()) { Single = single };
    }

    private static WrittenAgreement Agreement(
        Fields fields,
        IReadOnlyCollection<string> kinds,
        FaultList faults
    )
    {
        int before = faults.Count + faults.Omitted;
        string id = fields.Text("id");
        AgreementParty[] parties =
        [
            .. fields
                .Maps("parties", isRequired: true)
                .Select(party =>
                {
                    var read = new AgreementParty(
                        party.Text("name"),
                        party.RequiredWord<Vocabulary.StakeholderClass>("class"),
                        party.TextOrNull("organisation")
                    );
                    party.Close();
                    return read;
                }),
        ];
        if (AgreementParty.Twice(parties) is { } twice)
        {
            fields.Fault("parties", $"the party '{twice}' is listed twice", "Remove one of them");
        }

        if (parties.Length == 1)
        {
            fields.Fault(
                "parties",
                "it has one party only",
                "Name everybody who promises something"
            );
        }

        var written = new WrittenAgreement(
            id,
            fields.Text("name"),
            parties,
            Terms(fields, id, kinds, faults),
            fields.Texts("signed"),
            fields.Line,
            IsSound: true
        );
        foreach (
            string stranger in written.Signed.Where(name =>
                parties.All(one => one.Key() != name && one.Name != name)
            )
        )
        {
            fields.Fault(
                "signed",
                $"'{stranger}' signed and is no party",
                Nearest.Remedy(stranger, [.. parties.Select(one => one.Key()).Distinct()])
            );
        }

        fields.Close();
        return written with { IsSound = faults.Count + faults.Omitted == before };
    }

    private static AgreementTerms Terms(
        Fields fields,
        string id,
        IReadOnlyCollection<string> kinds,
        FaultList faults
    )
    {
        var places = new List<Place>();
        foreach (string text in fields.Texts("places", isRequired: true))
        {
            if (
                Place.TryParse(text, out Place place)
                && (place.Country is null || Countries.IsCode(place.Country))
            )
            {
                places.Add(place);
            }
            else
            {
                fields.Fault(
                    "places",
                    $"'{text}' is no place",
                    "Write a country code such as SD, or SD/Khartoum for an area in it"
                );
            }
        }

        var groups = new List<PopulationGroup>();
        foreach (string text in fields.Texts("groups"))
        {
            PopulationGroup[] known =
            [
                .. Enum.GetValues<PopulationGroup>().Where(group => Checks.Word(group) == text),
            ];
            if (known.Length == 0)
            {
                fields.Fault(
                    "groups",
                    $"'{text}' is no population group",
                    Nearest.Remedy(text, [.. Enum.GetValues<PopulationGroup>().Select(Checks.Word)])
                );
            }

            groups.AddRange(known);
        }

        var terms = new AgreementTerms(
            fields.RequiredWord<AgreementKind>("kind"),
            places,
            fields.Text("action"),
            groups,
            WrittenTrigger.Read(fields, id, kinds, faults),
            fields.Texts("conditions"),
            fields.RequiredTime("from"),
            fields.Time("until"),
            fields.Number("quantity", 0, 1e12, "a quantity") is { } quantity
                ? (decimal)quantity
                : null,
            fields.TextOrNull("unit"),
            (int?)fields.Whole("test_months", 1, 120)
        );
        if (terms.Until <= terms.From)
        {
            fields.Fault(
                "until",
                "it ends before it begins",
                "Swap 'from' and 'until', or mend one"
            );
        }

        if (terms.Quantity is not null && terms.Unit is null)
        {
            fields.Fault("quantity", "the quantity has no unit", "Add unit: litres, for example");
        }

        return terms;
    }

    /// <summary>What no agreement shows by itself.</summary>
    private static void Together(IReadOnlyList<WrittenAgreement> agreements, FaultList faults)
    {
        foreach (
            WrittenAgreement again in agreements
                .Where(one => one.Id.Length > 0)
                .GroupBy(one => one.Id, StringComparer.Ordinal)
                .SelectMany(same => same.Skip(1))
        )
        {
            faults.Add(
                again.Line,
                $"the id '{again.Id}' stands twice",
                "Give one of them another id"
            );
        }

        Dictionary<string, IReadOnlyList<string>> waits = agreements
            .GroupBy(one => one.Id, StringComparer.Ordinal)
            .ToDictionary(
                same => same.Key,
                same => Trigger.WaitsFor(same.First().Terms.Trigger),
                StringComparer.Ordinal
            );
        foreach (WrittenAgreement one in agreements)
        {
            foreach (
                string missing in Trigger
                    .WaitsFor(one.Terms.Trigger)
                    .Where(other => !waits.ContainsKey(other))
            )
            {
                faults.Add(
                    one.Line,
                    $"the trigger of '{one.Id}' waits for '{missing}', which is not in the file",
                    Nearest.Remedy(missing, waits.Keys)
                );
            }
        }

        foreach (IReadOnlyList<string> cycle in TriggerCycles.Of(waits))
        {
            faults.Add(
                agreements.First(one => one.Id == cycle[0]).Line,
                cycle.Count == 1
                    ? $"the trigger of '{cycle[0]}' waits for the agreement itself"
                    : $"the triggers wait for each other: {TriggerCycles.Named(cycle)}",
                "Let one of them wait for the disruption alone"
            );
        }
    }
}
