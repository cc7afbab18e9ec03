using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Breakwater.App;
using Breakwater.App.Verbs;
using Breakwater.App.Verbs.ContactPoints;
using Breakwater.App.Verbs.Exchanging;
using Breakwater.App.Verbs.Law;
using Breakwater.App.Verbs.Preparing;
using Breakwater.App.Verbs.Resilience;
using Breakwater.Records;

var print = new Printing(Console.Out, Console.Error, !Console.IsErrorRedirected);
var root = new RootCommand(
    "Breakwater: from a lost connection to a restored one, with what is known, how well, and what is not.\n\nStart with: breakwater demo"
)
{
    DemoVerb.Command(print),
    WalkVerb.Command(print),
    ScenarioVerb.Command(print),
    BgpVerb.Command(print),
    DetectVerb.Command(print),
    ProbeVerb.Command(print),
    CoreVerb.Command(print),
    MatchVerb.Command(print),
    NeedsVerb.Command(print),
    PlanVerb.Command(print),
    ExplainVerb.Command(print),
    ExchangeVerb.Command(print),
    ServeVerb.Command(print),
    ExerciseVerb.Command(print),
    AccountVerb.Command(print),
    FoundVerb.Command(print),
    VerifyVerb.Command(print),
    NormsVerb.Command(print),
    IndexVerb.Command(print),
    AgreementsVerb.Command(print),
    ChecklistVerb.Command(print),
    BundleVerb.Command(print),
    PeerVerb.Command(print),
    ContactsVerb.Command(print),
    DossierVerb.Command(print),
    PublishVerb.Command(print),
    ConsultVerb.Command(print),
    CustodyVerb.Command(print),
    BackupVerb.Command(print),
    RestoreVerb.Command(print),
    DoctorVerb.Command(print),
};

ParseResult parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    var verb = new Stack<string>();
    for (
        SymbolResult? at = parsed.CommandResult;
        at is CommandResult { Command: not RootCommand } of;
        at = at.Parent
    )
    {
        verb.Push(of.Command.Name);
    }

    print.Fault(
        $"{string.Join("; ", parsed.Errors.Select(error => Wrong(error.Message)))}. See: {string.Join(' ', verb.Prepend("breakwater"))} --help"
    );
    return ExitCode.Usage;
}

// A verb that never waits is ended by the signal itself. The library listens to signals only after a verb's first wait.
using EndedByHand? ended = parsed.Action is AsynchronousCommandLineAction ? new(print) : null;
try
{
    return await parsed
        .InvokeAsync(
            new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            },
            ended?.Token ?? CancellationToken.None
        )
        .ConfigureAwait(false);
}
catch (OperationCanceledException) when (ended?.Code is not null)
{
    ended.Tell();
    return ended.Code.Value;
}
catch (Fault fault)
{
    print.ProgressDone();
    foreach (string line in fault.Lines)
    {
        print.Fault(line);
    }

    return fault.Code;
}
catch (RecordsFault fault)
{
    print.ProgressDone();
    print.Fault(fault.Message);
    return DataFolder.FaultOf(fault).Code;
}
catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
{
    print.ProgressDone();
    print.Fault(
        $"cannot write or read: {fault.Message.ReplaceLineEndings(" ")} Check the path, its permissions and the disk."
    );
    return ExitCode.Cannot;
}
catch (Exception fault) when (Environment.GetEnvironmentVariable("BREAKWATER_TRACE") is null)
{
    print.ProgressDone();
    print.Fault(
        $"a fault of Breakwater itself: {fault.GetBaseException().GetType().Name}: {fault.GetBaseException().Message.ReplaceLineEndings(" ")} Nothing recorded is lost. Report it with the output of BREAKWATER_TRACE=1."
    );
    return ExitCode.Cannot;
}

// A user knows no type of the platform; the help of the verb says what goes there.
static string Wrong(string parsing) => parsing.Split(" as expected type ", 2)[0].TrimEnd('.');
