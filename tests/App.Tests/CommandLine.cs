using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>What a run of the executable gave.</summary>
internal sealed record CommandLineRun(int ExitCode, string Output, string Error)
{
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    /// <summary>One line that a person can act on, and no trace of the program's inside.</summary>
    public string Refusal(int exitCode)
    {
        Assert.Equal((exitCode, Error), (ExitCode, Error));
        Assert.Equal("", Output);
        string line = Assert.Single(Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.DoesNotContain("a fault of Breakwater itself", line, StringComparison.Ordinal);
        return line;
    }

    public CommandLineRun Done()
    {
        Assert.Equal((0, Error), (ExitCode, Error));
        return this;
    }
}

/// <summary>The real executable as a process, with a folder of its own that is gone after the test.</summary>
internal sealed class CommandLine : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>The tests stand in artifacts/bin/App.Tests/CONFIGURATION; the executable stands beside them.</summary>
    private static readonly string Executable = Path.Combine(
        AppContext.BaseDirectory,
        "..",
        "..",
        "App",
        new DirectoryInfo(AppContext.BaseDirectory).Name,
        OperatingSystem.IsWindows() ? "breakwater.exe" : "breakwater"
    );

    public string Folder { get; } = Directory.CreateTempSubdirectory("breakwater-cli-").FullName;

    public string Data => Path.Combine(Folder, "data");

    public void Dispose() => Ending.Remove(Folder);

    public string Write(string name, string text)
    {
        string path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public string Write(string name, byte[] octets)
    {
        string path = Path.Combine(Folder, name);
        File.WriteAllBytes(path, octets);
        return path;
    }

    public CommandLineRun Run(params string[] arguments) => RunUnder([], arguments);

    /// <param name="before">A program, with its arguments, that starts the executable: in a namespace, or with fewer rights.</param>
    public CommandLineRun RunUnder(string[] before, params string[] arguments) =>
        Run(before, null, null, arguments);

    /// <summary>Ends the run as Ctrl-C does, once something has happened.</summary>
    public CommandLineRun RunUntil(Func<bool> hasHappened, params string[] arguments) =>
        Run([], hasHappened, null, arguments);

    /// <summary>Hands in text on standard input.</summary>
    public CommandLineRun RunFed(string text, params string[] arguments) =>
        Run([], null, text, arguments);

    /// <summary>Hands in text on standard input, which stays open, and ends the run as Ctrl-C does once it has printed something.</summary>
    public CommandLineRun RunFedUntil(string text, string printed, params string[] arguments)
    {
        var output = new StringBuilder();
        bool HasPrinted()
        {
            lock (output)
            {
                return output.ToString().Contains(printed, StringComparison.Ordinal);
            }
        }

        return Run([], HasPrinted, text, arguments, output);
    }

    /// <summary>Hands in octets on standard input, which stays open, and kills the run once something has happened.</summary>
    public void Kill(ReadOnlyMemory<byte> fed, Func<bool> hasHappened, params string[] arguments)
    {
        var start = new ProcessStartInfo(Executable, arguments)
        {
            RedirectStandardInput = true,
            WorkingDirectory = Folder,
        };
        start.Environment["BREAKWATER_DATA"] = Data;
        using Process process = Process.Start(start)!;
        process.StandardInput.BaseStream.Write(fed.Span);
        process.StandardInput.BaseStream.Flush();
        bool happened = SpinWait.SpinUntil(() => process.HasExited || hasHappened(), Patience);
        process.Kill();
        process.WaitForExit();
        Assert.True(happened && hasHappened(), string.Join(' ', arguments));
    }

    private CommandLineRun Run(
        string[] before,
        Func<bool>? hasHappened,
        string? text,
        string[] arguments,
        StringBuilder? printed = null
    )
    {
        // A shell starts what runs in its background with interrupts ignored, and that is inherited.
        string[] hears = hasHappened is null ? [] : ["env", "--default-signal=INT"];
        string[] all = [.. before, .. hears, Executable, .. arguments];
        var start = new ProcessStartInfo(all[0], all[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = Folder,
        };
        start.Environment["BREAKWATER_DATA"] = Data;
        start.Environment.Remove("BREAKWATER_TRACE");
        using Process process = Process.Start(start)!;
        Task<string> output = Read(process.StandardOutput, printed);
        Task<string> error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(text);
        process.StandardInput.Flush();
        if (printed is null)
        {
            process.StandardInput.Close();
        }

        if (hasHappened is not null)
        {
            SpinWait.SpinUntil(() => process.HasExited || hasHappened(), Patience);
            using Process kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
            kill.WaitForExit();
        }

        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{string.Join(' ', arguments)} did not end in {Patience}");
        }

        var run = new CommandLineRun(
            process.ExitCode,
            output.GetAwaiter().GetResult(),
            error.GetAwaiter().GetResult()
        );
        Assert.DoesNotContain("\n   at ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled", run.Error, StringComparison.Ordinal);
        return run;
    }

    private static async Task<string> Read(TextReader reader, StringBuilder? printed)
    {
        printed ??= new StringBuilder();
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (printed)
            {
                printed.Append(line).Append('\n');
            }
        }

        return printed.ToString();
    }

    /// <summary>Names of members, nested, one for each line: the shape of a document without its values.</summary>
    public static IEnumerable<string> Shape(JsonElement element, int depth, string path = "") =>
        element.ValueKind switch
        {
            JsonValueKind.Object when depth > 0 => element
                .EnumerateObject()
                .SelectMany(member =>
                    Shape(member.Value, depth - 1, $"{path}.{member.Name}")
                        .Prepend($"{path}.{member.Name}".TrimStart('.'))
                ),
            JsonValueKind.Array when depth > 0 => element
                .EnumerateArray()
                .SelectMany(item => Shape(item, depth, path + "[]")),
            _ => [],
        };

    public static string[] Members(JsonElement element) =>
        [.. element.EnumerateObject().Select(member => member.Name)];
}
