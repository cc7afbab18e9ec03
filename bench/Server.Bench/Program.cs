using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Breakwater.Server.Bench;

// Server.Bench FOLDER [SECONDS] [CONNECTION]: commands a second over HTTP and readers of the situation list, on the disk that
// FOLDER is on, or in PostgreSQL. Server and load share this machine's processors. Only one machine's loopback is used.
// Server.Bench flood FOLDER INPUTS: so many inputs to one consultation, each from an address of its own; up to 62,500.
// Server.Bench matrix FOLDER OFFERS: the page of the gap matrix over a store with so many offers, first and again.
// Server.Bench triggers FOLDER: 1,000 agreements against 1,000 disruptions, in a store on the disk that FOLDER is on.
// Server.Bench serve FOLDER PORT CLIENTS [CONNECTION]: the server half, which the first form starts as a process of its own.
switch (args)
{
    case ["serve", string folder, string port, string clients, .. var store]:
        await Served.Run(
            folder,
            int.Parse(port, CultureInfo.InvariantCulture),
            int.Parse(clients, CultureInfo.InvariantCulture),
            store.FirstOrDefault()
        );
        return 0;
    case ["flood", string parent, string inputs] when Directory.Exists(parent):
        await Flooded(parent, int.Parse(inputs, CultureInfo.InvariantCulture));
        return 0;
    case ["matrix", string parent, string offers] when Directory.Exists(parent):
        await Matrix(parent, int.Parse(offers, CultureInfo.InvariantCulture));
        return 0;
    case ["triggers", string on]:
        await Triggers.Measure(on, 200, isMet: false);
        await Triggers.Measure(on, 200, isMet: true);
        await Triggers.Measure(on, 1, isMet: false);
        return 0;
    case [string parent, .. var rest] when Directory.Exists(parent):
        await Measure(
            parent,
            rest.Length > 0 ? double.Parse(rest[0], CultureInfo.InvariantCulture) : 10,
            rest.ElementAtOrDefault(1)
        );
        return 0;
    default:
        Console.Error.WriteLine(
            "Server.Bench: FOLDER on a real disk is missing. Give one, and seconds"
        );
        return 2;
}

static async Task Measure(string parent, double seconds, string? store)
{
    const int writers = 64;
    const int readers = 1_000;
    var span = TimeSpan.FromSeconds(seconds);
    string folder = Path.Combine(parent, $"server-bench-{Guid.NewGuid():n}");
    int port = FreePort();
    try
    {
        await using Served served = await Served.Start(folder, port, writers, store);
        var offers = new Offers(served.Tokens);
        await Say("commands", writers, offers.Next, offers.Answered);
        foreach (
            (string name, string path, bool isKnown) in (IEnumerable<(string, string, bool)>)
                [
                    ("situation list", "/", false),
                    ("situation list, unchanged", "/", true),
                    ("disruptions by API", "/api/v1/disruptions", false),
                    ("offers by API", "/api/v1/offers", false),
                ]
        )
        {
            byte[] get = RawClient.Get(
                path,
                "Accept-Encoding: br\r\n" + (isKnown ? $"If-None-Match: {await Tag(port)}\r\n" : "")
            );
            await Say(name, readers, (_, _) => get, null);
        }

        async Task Say(
            string what,
            int clients,
            Func<int, int, byte[]> request,
            Action<int>? answered
        )
        {
            // A node runs for weeks: what the runtime compiles in the first seconds is not measured.
            await Load.Run(port, clients, span + span, request, answered);
            TimeSpan before = served.Processor;
            TimeSpan own = Environment.CpuUsage.TotalTime;
            Measured measured = await Load.Run(port, clients, span, request, answered);
            double processorUs = (served.Processor - before).TotalMicroseconds / measured.Done;
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{what, -28}{clients, 6} clients{measured.PerSecond, 9:#,0}/s  p50 {measured.P50Ms:0.0} ms  p99 {measured.P99Ms:0.0} ms  most {measured.MostMs:0} ms  server {processorUs:0} us each, load {(Environment.CpuUsage.TotalTime - own).TotalMicroseconds / measured.Done:0} us"
                )
            );
            foreach ((int status, int count) in measured.Refused)
            {
                Console.WriteLine($"    {count} answers {status}");
            }
        }
    }
    finally
    {
        Directory.Delete(folder, recursive: true);
    }
}

static async Task Flooded(string parent, int inputs)
{
    string folder = Path.Combine(parent, $"server-bench-{Guid.NewGuid():n}");
    int port = FreePort();
    try
    {
        await using Served served = await Served.Start(folder, port, 4, null);
        await Flood.Run(port, served.Tokens[0], inputs);
    }
    finally
    {
        Directory.Delete(folder, recursive: true);
    }
}

static async Task Matrix(string parent, int count)
{
    const int clients = 32;
    string folder = Path.Combine(parent, $"server-bench-{Guid.NewGuid():n}");
    int port = FreePort();
    try
    {
        await using Served served = await Served.Start(folder, port, clients, null);
        var offers = new Offers(served.Tokens);
        await Task.WhenAll(
            Enumerable
                .Range(0, clients)
                .Select(client =>
                    Task.Run(async () =>
                    {
                        using RawClient connection = await RawClient.Connect(port);
                        for (int i = client; i < count; i += clients)
                        {
                            int status = await connection.Ask(offers.New(client, i));
                            if (status != (int)HttpStatusCode.Created)
                            {
                                throw new InvalidOperationException(
                                    $"an offer was answered {status}"
                                );
                            }
                        }
                    })
                )
        );
        using RawClient reader = await RawClient.Connect(port);
        byte[] get = RawClient.Get("/gap-matrix", "Accept-Encoding: br\r\n");
        for (int time = 1; time <= 3; time++)
        {
            // Something new each time, so that no page made before is good.
            await reader.Ask(offers.New(0, count + time));
            long asked = Stopwatch.GetTimestamp();
            int status = await reader.Ask(get);
            double ms = Stopwatch.GetElapsedTime(asked).TotalMilliseconds;
            asked = Stopwatch.GetTimestamp();
            await reader.Ask(get);
            double again = Stopwatch.GetElapsedTime(asked).TotalMilliseconds;
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"gap matrix over {count + time} offers, time {time}: {status} in {ms:f0} ms; the same again {again:f0} ms"
                )
            );
        }
    }
    finally
    {
        Directory.Delete(folder, recursive: true);
    }
}

static async Task<string> Tag(int port)
{
    using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
    using HttpResponseMessage page = await http.GetAsync(new Uri("/", UriKind.Relative));
    return page.Headers.ETag!.ToString();
}

static int FreePort()
{
    using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
    return ((IPEndPoint)socket.LocalEndPoint!).Port;
}
