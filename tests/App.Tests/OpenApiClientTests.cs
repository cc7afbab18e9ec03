using System.Diagnostics;
using Breakwater.Vocabulary;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>A client whose types another project's generator made from the OpenAPI document walks through the live node.</summary>
public sealed class OpenApiClientTests
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(5);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_client_generated_by_somebody_elses_generator_compiles_and_walks()
    {
        Assert.SkipUnless(IsThere("node") && IsThere("npm"), "node and npm are not installed");
        await using ApiSite site = await ApiSite.Start();
        DirectoryInfo folder = Directory.CreateTempSubdirectory("breakwater-client-");
        try
        {
            foreach (string file in Directory.EnumerateFiles(Source()))
            {
                File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
            }

            await File.WriteAllTextAsync(
                Path.Combine(folder.FullName, "openapi.json"),
                await site.Stranger.GetStringAsync("/openapi/v1.json", Cancel),
                Cancel
            );
            await Run(folder, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
            await Run(
                folder,
                "npx",
                "--no-install",
                "openapi-typescript",
                "openapi.json",
                "-o",
                "schema.d.ts"
            );
            await Run(folder, "npx", "--no-install", "tsc", "--project", "tsconfig.json");
            string token = await site.TokenOf(
                ApiSite.PersonOf(Role.Representative, "relief"),
                "write"
            );
            string output = await Run(
                folder,
                "node",
                "walk.js",
                site.Address.AbsoluteUri.TrimEnd('/'),
                token,
                site.Clock.Now.ToString()
            );
            Assert.Equal("walked", output.Trim());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Beside the tests: a path of the source says nothing in a build that anybody can repeat.</summary>
    private static string Source() => Path.Combine(AppContext.BaseDirectory, "OpenApiClient");

    private static bool IsThere(string program) =>
        Environment
            .GetEnvironmentVariable("PATH")!
            .Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, program)));

    private static async Task<string> Run(
        DirectoryInfo folder,
        string program,
        params string[] arguments
    )
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        ends.CancelAfter(_patience);
        using Process process = Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = folder.FullName,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(ends.Token);
            Task<string> error = process.StandardError.ReadToEndAsync(ends.Token);
            await process.WaitForExitAsync(ends.Token);
            Assert.True(
                process.ExitCode == 0,
                $"{program} {string.Join(' ', arguments)}: {await output}{await error}"
            );
            return await output;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
