using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Breakwater.Vocabulary;

namespace Breakwater.Server.Bench;

/// <summary>
/// The commands of people who each make an offer and change it nine times, then the next: an account, a role, a version that
/// must be the one seen, a key against doing it twice, a decision by the rules, events, a document.
/// </summary>
internal sealed class Offers(IReadOnlyList<string> tokens)
{
    private const int ChangesEach = 9;

    /// <summary>A second run goes on with fresh names.</summary>
    private readonly string _run = Guid.NewGuid().ToString("n")[..8];

    private readonly ConcurrentDictionary<int, int> _done = new();

    public byte[] Next(int client, int _)
    {
        int number = _done.GetValueOrDefault(client);
        int version = number % (ChangesEach + 1);
        string id = $"{_run}-{client}-{number / (ChangesEach + 1)}";
        string key =
            $"Authorization: Bearer {tokens[client]}\r\nIdempotency-Key: {_run}-{client}-{number}\r\n";
        Offer terms = Terms(id, Served.OrganisationOf(client), number);
        return version == 0
            ? Made(id, key, terms)
            : RawClient.Post(
                $"/api/v1/offers/{id}/change-offer",
                $"{key}If-Match: \"{version.ToString(CultureInfo.InvariantCulture)}\"\r\n",
                Text(
                    new
                    {
                        Terms = terms,
                        Earmarks = Array.Empty<object>(),
                        Expires = (string?)null,
                        Reason = "more of them became free",
                    }
                )
            );
    }

    /// <summary>An offer of its own each time.</summary>
    public byte[] New(int client, int number)
    {
        string id = $"{_run}-new-{number}";
        return Made(
            id,
            $"Authorization: Bearer {tokens[client]}\r\nIdempotency-Key: {id}-key-of-16\r\n",
            Terms(id, Served.OrganisationOf(client), number)
        );
    }

    private static byte[] Made(string id, string key, Offer terms) =>
        RawClient.Post(
            "/api/v1/offers",
            key,
            Text(
                new
                {
                    Id = id,
                    Terms = terms,
                    Earmarks = Array.Empty<object>(),
                    Expires = (string?)null,
                    Marking = Marking.Public,
                }
            )
        );

    public void Answered(int client) => _done.AddOrUpdate(client, 1, (_, done) => done + 1);

    private static Offer Terms(string id, string organisation, int number) =>
        new(
            id,
            organisation,
            "satellite terminal with power",
            number + 1,
            250,
            Service.Messaging,
            [PopulationGroup.Residents],
            [new Place { Country = "SD" }],
            null,
            0.8,
            600,
            12,
            null,
            [],
            ["charging from solar power"],
            0.2,
            "the organisation's own list",
            Origin.Modelled
        );

    private static string Text(object body) => JsonSerializer.Serialize(body, Json.Compact);
}
