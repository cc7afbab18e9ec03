using Breakwater.Records.Tests;

// "append FOLDER [CONNECTION]" is the process that CrashTests kills; everything else is the test runner, started as xunit does it.
if (args is ["append", string folder, .. var connection])
{
    return await Appender.Run(folder, connection.FirstOrDefault());
}

return args.Contains("--server") || args.Contains("--internal-msbuild-node")
    ? await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(
        args,
        SelfRegisteredExtensions.AddSelfRegisteredExtensions
    )
    : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
