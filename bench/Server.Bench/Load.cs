using System.Diagnostics;

namespace Breakwater.Server.Bench;

/// <summary>What a load came to.</summary>
/// <param name="Refused">Answers that were no success, by status.</param>
internal sealed record Measured(
    long Done,
    double Seconds,
    double P50Ms,
    double P99Ms,
    double MostMs,
    IReadOnlyDictionary<int, int> Refused
)
{
    public double PerSecond => Done / Seconds;
}

/// <summary>Clients that each wait for an answer before they ask again.</summary>
internal static class Load
{
    /// <param name="request">The octets of one request, by client and by how many it has sent.</param>
    /// <param name="answered">Told which client was answered with success.</param>
    public static async Task<Measured> Run(
        int port,
        int clients,
        TimeSpan span,
        Func<int, int, byte[]> request,
        Action<int>? answered = null
    )
    {
        var latencies = new List<double>[clients];
        var refused = new Dictionary<int, int>();
        long start = Stopwatch.GetTimestamp();
        await Task.WhenAll(
            Enumerable.Range(0, clients).Select(client => Task.Run(() => One(client)))
        );
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        double[] sorted = [.. latencies.SelectMany(one => one).Order()];
        return new Measured(
            sorted.Length,
            seconds,
            At(sorted, 0.5),
            At(sorted, 0.99),
            sorted.Length == 0 ? 0 : sorted[^1],
            refused
        );

        async Task One(int client)
        {
            var own = latencies[client] = [];
            using RawClient connection = await RawClient.Connect(port);
            for (int i = 0; Stopwatch.GetElapsedTime(start) < span; i++)
            {
                byte[] octets = request(client, i);
                long sent = Stopwatch.GetTimestamp();
                int status = await connection.Ask(octets);
                if (status is >= 200 and < 400)
                {
                    answered?.Invoke(client);
                    own.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
                }
                else
                {
                    lock (refused)
                    {
                        refused[status] = refused.GetValueOrDefault(status) + 1;
                    }
                }
            }
        }
    }

    private static double At(double[] sorted, double share) =>
        sorted.Length == 0 ? 0 : sorted[(int)(share * (sorted.Length - 1))];
}
