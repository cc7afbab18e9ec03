using System.CommandLine;

namespace Breakwater.App.Verbs;

/// <content>What can be said on the command line.</content>
internal static partial class ProbeVerb
{
    private static readonly Argument<string[]> _targets = new("TARGET")
    {
        Description =
            "icmp://HOST, tcp://HOST:PORT, dns://SERVER/NAME?type=A, https://HOST/PATH; a bare address is asked by ICMP, HOST:PORT by TCP, a bare name by HTTPS",
        Arity = ArgumentArity.OneOrMore,
    };
    private static readonly Option<string?> _consent = new("--consent")
    {
        Description =
            "JSON: {\"consents\":[{\"targets\":[\"192.0.2.0/24\"],\"owner\":\"...\",\"expiry\":\"2026-12-31T00:00:00Z\",\"purpose\":\"...\",\"maximumPerMinute\":6}]}. Without it only this machine (loopback) is asked",
        HelpName = "FILE",
    };
    private static readonly Option<string?> _resolve = new("--resolve")
    {
        Description =
            "Who is asked for addresses of names: system, or the address of a name server (which needs consent too). Without it no name is looked up",
        HelpName = "system|SERVER",
    };
    private static readonly Option<string> _family = new("--family")
    {
        Description = "Addresses of names to ask: any, v4 or v6",
        DefaultValueFactory = _ => "any",
    };
    private static readonly Option<string[]> _control = new("--control")
    {
        Description =
            "Target that shows whether the own line works (repeatable); when it fails, the round counts as missing, not as an outage",
        HelpName = "TARGET",
    };
    private static readonly Option<string> _timeout = new("--timeout")
    {
        Description = "Longest wait of an attempt, 100ms to 30s",
        DefaultValueFactory = _ => "3s",
    };
    private static readonly Option<int> _retries = new("--retries")
    {
        Description = "Further attempts when there is no answer, 0 to 5",
        DefaultValueFactory = _ => 1,
    };
    private static readonly Option<int> _rounds = new("--rounds")
    {
        Description = "How often all targets are asked, 1 to 10000",
        DefaultValueFactory = _ => 1,
    };
    private static readonly Option<string> _every = new("--every")
    {
        Description = "Distance of rounds, 10s to 24h",
        DefaultValueFactory = _ => "60s",
    };
    private static readonly Option<string?> _jitter = new("--jitter")
    {
        Description =
            "Rounds and targets are moved by up to this (default: a fifth of --every; 500ms for a single round)",
    };
    private static readonly Option<ulong?> _seed = new("--seed")
    {
        Description = "Decides the jitter (default: random, and printed)",
    };
    private static readonly Option<int> _concurrency = new("--concurrency")
    {
        Description = "Attempts at the same time, 1 to 32",
        DefaultValueFactory = _ => 8,
    };
    private static readonly Option<int> _perTarget = new("--per-target")
    {
        Description = "Attempts a minute on one target, 1 to 60",
        DefaultValueFactory = _ => 6,
    };
    private static readonly Option<int> _perNetwork = new("--per-network")
    {
        Description = "Attempts a minute on one /24 or /48, 1 to 60",
        DefaultValueFactory = _ => 30,
    };
    private static readonly Option<int> _perMinute = new("--per-minute")
    {
        Description = "Attempts a minute in all, 1 to 300",
        DefaultValueFactory = _ => 120,
    };
    private static readonly Option<string?> _place = new("--place")
    {
        Description = "What the targets stand for: IR, IR/Tehran, AS64500",
    };
    private static readonly Option<string?> _vantage = new("--vantage")
    {
        Description = "From where you look: inside or outside that place",
        HelpName = "inside|outside",
    };
    private static readonly Option<string?> _vantagePlace = new("--vantage-place")
    {
        Description = "Roughly where you are: a country, one area of it or an AS; never an address",
    };
    private static readonly Option<string> _distribution = new("--distribution")
    {
        Description =
            "To whom results in --out may go: public, partners, community, group or sealed",
        DefaultValueFactory = _ => "community",
    };
    private static readonly Option<string?> _trust = new("--trust")
    {
        Description =
            "PEM file of root certificates to hold certificates against, instead of those of this machine",
        HelpName = "FILE",
    };
    private static readonly Option<string?> _out = new("--out")
    {
        Description =
            "Append each round as a line of JSON, - is standard output; breakwater detect reads it as --format probe-json, and line by line with --follow",
        HelpName = "FILE",
    };
    private static readonly Option<bool> _dryRun = new("--dry-run")
    {
        Description = "Say what would be sent and what a watcher could see, and send nothing",
    };
}
