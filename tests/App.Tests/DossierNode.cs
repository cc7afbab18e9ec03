using System.Security.Cryptography;
using System.Text;
using Breakwater.App.Subjects;
using Breakwater.Decisions.Dossiers;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>
/// A node with one dossier of four items: one for everybody, one for the community, one without consent, one never assessed. It is sealed
/// once for the public and once for an organisation, as its operator would do it.
/// </summary>
public sealed class DossierNode : IAsyncLifetime
{
    public const string Secret = "CANARYdossier31";

    private const string Charter = """
        {"organisations": [
          {"id": "relief", "name": "Relief", "class": "civil-society", "mandate": "helps", "contacts": [],
           "members": [{"person": "registrar-relief", "roles": ["registrar"]}]},
          {"id": "carrier", "name": "Carrier", "class": "private-sector", "mandate": "helps", "contacts": [],
           "members": [{"person": "registrar-carrier", "roles": ["registrar"]}]},
          {"id": "families", "name": "Families", "class": "affected-community", "mandate": "helps", "contacts": [],
           "members": [{"person": "speaker", "roles": ["representative"]}]}
        ]}
        """;

    private static readonly Marking _community = new(Distribution.Community, Tlp.Green);
    private readonly CommandLine _line = new();
    private Dossier? _state;
    private long _version;

    internal CommandLine Line => _line;

    public string Node => Path.Combine(_line.Folder, "node");

    public string ForPublic => Path.Combine(_line.Folder, "for-public");

    public string ForRelief => Path.Combine(_line.Folder, "for-relief");

    public string Key { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        _line.Run("found", _line.Write("charter.json", Charter), "--data", Node).Done();
        await Fill();
        Key = Export(ForPublic).Done().Json.GetProperty("key").GetString()!;
        Export(ForRelief, "--for", "relief").Done();
    }

    public ValueTask DisposeAsync()
    {
        _line.Dispose();
        return ValueTask.CompletedTask;
    }

    internal CommandLineRun Export(string folder, params string[] more) =>
        _line.Run([
            "dossier",
            "export",
            "d-1",
            "--reason",
            "asked for by a clinic",
            "--out",
            folder,
            "--json",
            "--data",
            Node,
            .. more,
        ]);

    /// <summary>A copy of a sealed folder that a test may spoil.</summary>
    public string Copied(string from, string name)
    {
        string to = Path.Combine(_line.Folder, name);
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return to;
    }

    private async Task Fill()
    {
        await using SqliteRecords records = SqliteRecords.Open(Node, null, Catalogue.Known.Fold);
        await Do(
            records,
            (state, now) =>
                OpenDossier.Decide(
                    state,
                    new OpenDossier(
                        "d-1",
                        "The cut",
                        "what is known",
                        "disruption-1",
                        null,
                        Marking.Public
                    )
                    {
                        MarkingOfSubject = Marking.Public,
                    },
                    By("relief"),
                    now
                )
        );
        await Collect(records, "notice.txt", "the notice", Marking.Public, ItemConsent.NotNeeded);
        await Collect(records, Secret + ".txt", Secret, _community, ItemConsent.Given);
        await Collect(records, "voice.txt", "a voice", Marking.Public, ItemConsent.Unknown);
        await Collect(records, "street.txt", "a street", Marking.Public, ItemConsent.NotNeeded);
        foreach (string assessed in (string[])["item-1", "item-2", "item-3"])
        {
            await Do(
                records,
                (state, now) =>
                    AssessItemSafety.Decide(
                        state,
                        new(assessed, SafetyRisk.NoneKnown, "nobody is in it"),
                        By("relief"),
                        now
                    )
            );
        }

        await Do(
            records,
            (state, now) =>
                VerifyItem.Decide(
                    state,
                    new(
                        "item-2",
                        Analysis.Content,
                        VerificationResult.Doubts,
                        Role.Analyst,
                        Secret
                    ),
                    By("carrier"),
                    now
                )
        );
        await Do(
            records,
            (state, now) =>
                SupportFact.Decide(
                    state,
                    new("item-1", "m.blanket", true, new Confidence(0.9), Role.Analyst, "line 1"),
                    By("relief"),
                    now
                )
        );
    }

    private async Task Collect(
        SqliteRecords records,
        string name,
        string text,
        Marking marking,
        ItemConsent consent
    )
    {
        byte[] octets = Encoding.UTF8.GetBytes(text);
        string sha256 = await records.Keep(octets, TestContext.Current.CancellationToken);
        string sha512 = Convert.ToHexStringLower(SHA512.HashData(octets));
        await Do(
            records,
            (state, now) =>
                CollectItem.Decide(
                    state,
                    new CollectItem(
                        name,
                        "text/plain",
                        sha256,
                        sha512,
                        "https://example.org/",
                        null,
                        new Capture(
                            now,
                            CaptureMethod.Download,
                            "curl",
                            "8.5",
                            "c-1",
                            Role.Analyst
                        ),
                        Role.Analyst,
                        "it was public then",
                        Consent: consent,
                        ConsentFor: consent == ItemConsent.Given ? "the clinic" : null,
                        Marking: marking
                    )
                    {
                        Kept = new KeptOctets(octets.Length, sha256, sha512),
                    },
                    By("relief"),
                    now
                )
        );
    }

    private async Task Do(
        SqliteRecords records,
        Func<Dossier?, Instant, Decided<DossierEvent>> decide
    )
    {
        Decided<DossierEvent> decided = decide(_state, SystemClock.Instance.GetCurrentInstant());
        Assert.Null(decided.Refusal);
        var work = new Workspace(records);
        _state = work.Stage(
            new Loaded<Dossier>("dossier/d-1", _version, _state),
            decided.Events,
            "analyst-1"
        ).State;
        _version += decided.Events.Count;
        Assert.IsType<Appended>(await work.Commit(null, TestContext.Current.CancellationToken));
    }

    private static Participant By(string organisation) =>
        new(
            $"analyst-{organisation}",
            organisation,
            StakeholderClass.CivilSociety,
            new HashSet<Role> { Role.Analyst }
        );
}
