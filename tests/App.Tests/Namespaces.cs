using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>
/// Three networks of our own that lead nowhere else: <c>here</c> (192.0.2.1, 2001:db8:1::1), a router (192.0.2.254), and
/// <c>there</c> (198.51.100.1, 2001:db8:2::1). Nothing sent in them leaves the machine.
/// </summary>
internal sealed class Namespaces : IDisposable
{
    private const string Needed =
        "network namespaces cannot be made here (Linux, root, and the Debian packages iproute2 and nftables)";

    private readonly string id = $"bw{Environment.ProcessId}{Guid.NewGuid():N}"[..12];
    private readonly List<TcpListener> listeners = [];

    public Namespaces()
    {
        Missing = OperatingSystem.IsLinux() ? Make() : Needed;
    }

    /// <summary>Why there are no namespaces; null when there are.</summary>
    public string? Missing { get; }

    public string Here => id + "a";

    public string Router => id + "r";

    public string There => id + "b";

    public string[] Inside => ["ip", "netns", "exec", Here];

    /// <summary>Runs <c>ip</c>, <c>nft</c> or <c>tc</c> in a namespace. The test fails when the command does.</summary>
    public static string In(string space, params string[] command)
    {
        (int code, string output) = Start(["ip", "netns", "exec", space, .. command]);
        Assert.True(code == 0, $"{string.Join(' ', command)}: {output}");
        return output;
    }

    public static bool Can(string space, params string[] command) =>
        Start(["ip", "netns", "exec", space, .. command]).Code == 0;

    /// <summary>Drops the rules of a namespace and sets these, in the chain that hears what comes in.</summary>
    public static void Filter(string space, params string[] rules)
    {
        In(space, "nft", "flush ruleset");
        In(space, "nft", "add table inet t");
        In(space, "nft", "add chain inet t in { type filter hook input priority 0; }");
        foreach (string rule in rules)
        {
            In(space, "nft", $"add rule inet t in {rule}");
        }
    }

    /// <summary>A socket belongs to the namespace of the thread that made it, whoever uses it later.</summary>
    public void Listen(string space, IPAddress address, int port)
    {
        Exception? trouble = null;
        var thread = new Thread(() =>
        {
            try
            {
                using SafeFileHandle file = File.OpenHandle($"/run/netns/{space}");
                if (SetNamespace((int)file.DangerousGetHandle(), 0) != 0)
                {
                    throw new InvalidOperationException("setns failed");
                }

                var listener = new TcpListener(address, port);
                listener.Start();
                listeners.Add(listener);
            }
            catch (Exception fault)
                when (fault is IOException or SocketException or InvalidOperationException)
            {
                trouble = fault;
            }
        });
        thread.Start();
        thread.Join();
        Assert.Null(trouble);
    }

    public void Dispose()
    {
        listeners.ForEach(listener => listener.Stop());
        foreach (string space in (string[])[Here, Router, There])
        {
            Start(["ip", "netns", "del", space]);
        }
    }

    private string? Make()
    {
        string a = id + "1";
        string b = id + "2";
        string[] steps =
        [
            $"ip netns add {Here}",
            $"ip netns add {Router}",
            $"ip netns add {There}",
            $"ip link add {a} netns {Here} type veth peer name {a} netns {Router}",
            $"ip link add {b} netns {There} type veth peer name {b} netns {Router}",
            .. Link(Here, a, "192.0.2.1/24", "2001:db8:1::1/64"),
            .. Link(Router, a, "192.0.2.254/24", "2001:db8:1::fe/64"),
            .. Link(Router, b, "198.51.100.254/24", "2001:db8:2::fe/64"),
            .. Link(There, b, "198.51.100.1/24", "2001:db8:2::1/64"),
            $"ip -n {Here} route add default via 192.0.2.254",
            $"ip -n {Here} -6 route add default via 2001:db8:1::fe",
            $"ip -n {There} route add default via 198.51.100.254",
            $"ip -n {There} -6 route add default via 2001:db8:2::fe",
            $"ip netns exec {There} nft list ruleset",
        ];
        foreach (string step in steps)
        {
            (int code, string output) = Start(step.Split(' '));
            if (code != 0)
            {
                return $"{Needed}: {step}: {output.ReplaceLineEndings(" ")}";
            }
        }

        return
            Set(Router, "ipv4/ip_forward", "1")
            && Set(Router, "ipv6/conf/all/forwarding", "1")
            && Set(Router, "ipv4/icmp_ratelimit", "0")
            && Set(There, "ipv4/icmp_ratelimit", "0")
            && Set(Router, "ipv6/icmp/ratelimit", "0")
            ? null
            : $"{Needed}: sysctl";
    }

    private static IEnumerable<string> Link(string space, string link, string v4, string v6) =>
        [
            $"ip -n {space} link set lo up",
            $"ip -n {space} link set {link} up",
            $"ip -n {space} addr add {v4} dev {link}",
            $"ip -n {space} addr add {v6} dev {link} nodad",
        ];

    private static bool Set(string space, string key, string value) =>
        Start([
            "ip",
            "netns",
            "exec",
            space,
            "sh",
            "-c",
            $"echo {value} > /proc/sys/net/{key}",
        ]).Code == 0;

    private static (int Code, string Output) Start(string[] command)
    {
        try
        {
            using Process process = Process.Start(
                new ProcessStartInfo(command[0], command[1..])
                {
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                }
            )!;
            Task<string> error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output + error.GetAwaiter().GetResult());
        }
        catch (System.ComponentModel.Win32Exception fault)
        {
            return (-1, fault.Message);
        }
    }

    [DllImport("libc", EntryPoint = "setns", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetNamespace(int file, int kind);
}
