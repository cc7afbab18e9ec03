using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using Breakwater.Preparedness.Consultations.Grouping;
using Breakwater.Preparedness.Tests.Consultations;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Server.Bench;

/// <summary>
/// A flood of a consultation: many inputs, half of them copies of a few campaigns, each sent by HTTP over a connection of its own from an
/// address of its own, while somebody reads the consultation's page.
/// </summary>
internal static class Flood
{
    private const int Senders = 16;

    public static async Task Run(int port, string token, int inputs)
    {
        MadeInputs made = Campaigns.Make(inputs, 21);
        string id = await Call(port, token);
        var voices = new Dictionary<string, int>();
        var refused = new Dictionary<HttpStatusCode, int>();
        var latencies = new List<double>();
        using var ends = new CancellationTokenSource();
        Task<List<double>> reading = Read(port, id, ends.Token);
        long start = Stopwatch.GetTimestamp();
        int next = -1;
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(_ => Task.Run(Send)));
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        await ends.CancelAsync();
        List<double> pages = await reading;

        long asked = Stopwatch.GetTimestamp();
        using var reader = new HttpClient { BaseAddress = Base(port) };
        InputGroups groups = (
            await reader.GetFromJsonAsync<InputGroups>(
                new Uri($"/api/v1/consultations/{id}/groups", UriKind.Relative),
                Json.Compact
            )
        )!;
        double grouped = Stopwatch.GetElapsedTime(asked).TotalSeconds;
        (double precision, double recall) = new MadeInputs(made.Inputs, voices).Score(groups);
        latencies.Sort();
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                flood of {inputs} inputs from as many addresses: kept {voices.Count} in {seconds:f0} s ({voices.Count
                    / seconds:f0}/s), p50 {latencies[latencies.Count / 2]:f0} ms, p99 {latencies[
                    (int)(latencies.Count * 0.99)
                ]:f0} ms
                refused: {string.Join(
                    ", ",
                    refused.Select(pair => $"{pair.Value} with {(int)pair.Key}")
                )}
                the page of the consultation meanwhile: {pages.Count} times, longest {pages.DefaultIfEmpty().Max():f1} s
                groups afterwards: {groups.Inputs} inputs, {groups.Voices} voices in {grouped:f1} s; precision {precision:f4}, recall {recall:f4}
                """
            )
        );

        async Task Send()
        {
            while (Interlocked.Increment(ref next) is var at && at < inputs)
            {
                using HttpClient client = From(port, at);
                using var request = new HttpRequestMessage(
                    HttpMethod.Post,
                    $"/api/v1/consultations/{id}/inputs"
                )
                {
                    Content = JsonContent.Create(
                        new { made.Inputs[at].Text },
                        options: Json.Compact
                    ),
                };
                request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("n"));
                long sent = Stopwatch.GetTimestamp();
                using HttpResponseMessage answer = await client.SendAsync(request);
                double ms = Stopwatch.GetElapsedTime(sent).TotalMilliseconds;
                using JsonDocument body = await JsonDocument.ParseAsync(
                    await answer.Content.ReadAsStreamAsync()
                );
                lock (voices)
                {
                    latencies.Add(ms);
                    if (answer.StatusCode == HttpStatusCode.Created)
                    {
                        voices.Add(
                            body.RootElement.GetProperty("id").GetString()!,
                            made.VoiceOf[made.Inputs[at].Id]
                        );
                    }
                    else
                    {
                        refused[answer.StatusCode] =
                            refused.GetValueOrDefault(answer.StatusCode) + 1;
                    }
                }
            }
        }
    }

    private static Uri Base(int port) => new($"http://127.0.0.1:{port}");

    private static async Task<string> Call(int port, string token)
    {
        using var chair = new HttpClient { BaseAddress = Base(port) };
        chair.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        chair.DefaultRequestHeaders.Add("Idempotency-Key", Guid.NewGuid().ToString("n"));
        using HttpResponseMessage answer = await chair.PostAsJsonAsync(
            new Uri("/api/v1/consultations", UriKind.Relative),
            new
            {
                Title = "Who repairs masts",
                Call = "Who should repair masts, and who should pay?",
                Stream = Workstream.Mechanism,
                AffectedStreams = Array.Empty<Workstream>(),
                InputsUntil = SystemClock.Instance.GetCurrentInstant() + Duration.FromDays(2),
            },
            Json.Compact
        );
        string text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? JsonDocument.Parse(text).RootElement.GetProperty("id").GetString()!
            : throw new InvalidOperationException(text);
    }

    /// <summary>A client whose one connection comes from an address of the loopback net that no other has.</summary>
    private static HttpClient From(int port, int sender) =>
        new(
            new SocketsHttpHandler
            {
                ConnectCallback = async (to, cancel) =>
                {
                    var socket = new Socket(
                        AddressFamily.InterNetwork,
                        SocketType.Stream,
                        ProtocolType.Tcp
                    );
                    socket.Bind(
                        new IPEndPoint(
                            new IPAddress([
                                127,
                                1,
                                (byte)(sender / 250),
                                (byte)(1 + (sender % 250)),
                            ]),
                            0
                        )
                    );
                    await socket.ConnectAsync(IPAddress.Loopback, port, cancel);
                    return new NetworkStream(socket, ownsSocket: true);
                },
            }
        )
        {
            BaseAddress = Base(port),
        };

    /// <returns>Seconds for each look.</returns>
    private static async Task<List<double>> Read(int port, string id, CancellationToken ends)
    {
        using var reader = new HttpClient { BaseAddress = Base(port) };
        var seconds = new List<double>();
        while (!ends.IsCancellationRequested)
        {
            long asked = Stopwatch.GetTimestamp();
            await reader.GetStringAsync(
                new Uri($"/consultations/{id}", UriKind.Relative),
                CancellationToken.None
            );
            seconds.Add(Stopwatch.GetElapsedTime(asked).TotalSeconds);
            await Task.Delay(1_000, CancellationToken.None);
        }

        return seconds;
    }
}
