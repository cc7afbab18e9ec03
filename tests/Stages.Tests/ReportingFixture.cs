using Breakwater.Signals;
using Breakwater.Signals.Reporting;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Stages.Tests;

/// <summary>A report, whoever may triage it, and whoever may not.</summary>
internal static class ReportingFixture
{
    public static readonly Instant Now = Instant.FromUtc(2026, 1, 9, 12, 0);

    public static readonly Participant Anybody = new(
        "anonymous",
        null,
        StakeholderClass.AffectedCommunity,
        new HashSet<Role> { Role.Reporter }
    );

    public static readonly Participant Analyst = new(
        "ana",
        "uni",
        StakeholderClass.Academia,
        new HashSet<Role> { Role.Reporter, Role.Analyst }
    );

    public static readonly SealedField Box = new("key-1", "Ym94");

    public static readonly byte[] Salt =
    [
        .. Enumerable.Range(0, CodeWord.SaltOctets).Select(i => (byte)i),
    ];

    public const string Secret = "acorn zebra";

    public static ReceiveReport Command { get; } =
        new(
            "report-1",
            ReportChannel.Form,
            Place.OfArea("IR", "Tehran"),
            null,
            null,
            Service.Voice,
            ServiceState.Down,
            Now - Duration.FromHours(1),
            ObserverKind.Resident,
            new SealedWords(Box, "fa", ReceiveReport.UsualForWords),
            Box,
            CodeWord.Hash(Secret, Salt),
            "hand-1"
        );

    public static FieldReport Received(ReceiveReport? command = null) =>
        SubjectAsserts.After<FieldReport, FieldReportEvent>(
            null,
            ReceiveReport.Decide(null, command ?? Command, Anybody, Now)
        );

    public static FieldReport InTriage() =>
        SubjectAsserts.After(
            Received(),
            OpenTriage.Decide(Received(), new OpenTriage(), Analyst, Now)
        );
}
