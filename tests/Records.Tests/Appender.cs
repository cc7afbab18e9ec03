using Breakwater.Ledger;

namespace Breakwater.Records.Tests;

/// <summary>Appends without end and says of each event, once it is acknowledged, where it stands and what it is.</summary>
internal static class Appender
{
    private const int Writers = 8;

    public static async Task<int> Run(string folder, string? connection)
    {
        await using SqlRecords records = connection is null
            ? SqliteRecords.Open(folder)
            : PostgresRecords.Open(folder, connection);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Append(records, writer)));
        return 0;
    }

    private static async Task Append(SqlRecords records, int writer)
    {
        string subject = $"subject-{writer}";
        long version = await records.Version(subject);
        while (true)
        {
            string evidence = await records.Keep(BitConverter.GetBytes(version));
            AppendOutcome outcome = await records.Append([
                new Write(
                    subject,
                    version,
                    [
                        Some.Product($"product-{writer}-{version % 5}", evidence),
                        Some.Note($"{writer} {version}"),
                    ]
                ),
                Thing.Of("thing", words: $"{writer} {version}").Write($"thing/{writer}-{version}"),
            ]);
            Appended appended = (Appended)outcome;
            version = appended.Version;
            foreach (Event entry in appended.Events)
            {
                Console.WriteLine($"{entry.Envelope.Sequence} {entry.Envelope.Id}");
            }
        }
    }
}
