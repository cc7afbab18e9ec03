using Breakwater.Records.Tests;

// "append FOLDER" is the process that CrashTests kills; everything else is the test runner, started as xunit does it.
if (args is ["append", string folder])
{
    return await Appender.Run(folder);
}

return args.Contains("--server") || args.Contains("--internal-msbuild-node")
    ? await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(
        args,
        SelfRegisteredExtensions.AddSelfRegisteredExtensions
    )
    : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
