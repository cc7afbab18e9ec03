namespace Breakwater.Bench.Bgp;

/// <summary>
/// <c>-- dump BREAKWATER FILE...</c>: the executable's <c>bgp dump -m</c> beside <c>bgpdump -m</c>, both as processes, to
/// nothing and to a file; processor time. <c>-- synthetic PREFIXES PEERS FILE</c> writes the large table that is measured with.
/// </summary>
internal static class DecodeDump
{
    public static int Run(string executable, IEnumerable<string> files)
    {
        Console.WriteLine(
            "| file | MB | bgpdump -m to nothing | ours | times | bgpdump -m to a file | ours | times |"
        );
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        string output = Path.GetTempFileName();
        foreach (string file in files)
        {
            long length = new FileInfo(file).Length;
            double[] seconds =
            [
                Measured.Best(3, () => Measured.Bgpdump(file, "/dev/null")),
                Measured.Best(5, () => Ours(executable, file, "/dev/null")),
                Measured.Best(3, () => Measured.Bgpdump(file, output)),
                Measured.Best(5, () => Ours(executable, file, output)),
            ];
            Console.WriteLine(
                $"| {Path.GetFileName(file)} | {length / 1e6:F1} | {seconds[0]:F2} s | {seconds[1]:F2} s | {seconds[0] / seconds[1]:F1} "
                    + $"| {seconds[2]:F2} s | {seconds[3]:F2} s | {seconds[2] / seconds[3]:F1} |"
            );
        }

        File.Delete(output);
        return 0;
    }

    private static double Ours(string executable, string file, string output) =>
        Measured.Shell($"\"{executable}\" bgp dump -m \"{file}\" > \"{output}\" 2>/dev/null");
}
