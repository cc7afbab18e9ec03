using System.CommandLine;
using Breakwater.App.Publishing.StaticSite;
using Breakwater.Records;
using NodaTime;

namespace Breakwater.App.Verbs;

/// <summary><c>publish site</c>: what a node has published, as files for any web server or a memory stick.</summary>
internal static class PublishVerb
{
    public static Command Command(Printing print) =>
        new(
            "publish",
            "Carry out of the node what two people of different organisations released: a site of files, with proofs"
        )
        {
            Site(print),
        };

    private static Command Site(Printing print)
    {
        var output = new Option<string>("--out")
        {
            Description =
                "The folder to write: a new one, or one that an earlier copy was written to",
            HelpName = "DIR",
            Required = true,
        };
        var address = new Option<string>("--base")
        {
            Description =
                "Address under which the copy will be served, for feeds that are read elsewhere; left out, feeds link relatively too",
            HelpName = "URL",
            DefaultValueFactory = _ => "",
        };
        Option<bool> json = Options.Json();
        Option<string?> data = Options.Data();
        var command = new Command(
            "site",
            "Write what is public as a static site with relative links, without scripts and outside assets. Example: breakwater publish site --out site --data DIR"
        )
        {
            output,
            address,
            json,
            data,
        };
        command.SetAction(
            async (parsed, cancel) =>
            {
                string folder = parsed.GetValue(output)!;
                string @base = BaseOf(parsed.GetValue(address)!);
                await using SqlRecords records = DataFolder.OpenToRead(
                    DataFolder.Path(parsed.GetValue(data))
                );
                SiteWritten written = await SiteFromRecords
                    .Write(
                        records,
                        SiteFolder.Open(folder),
                        @base,
                        SystemClock.Instance.GetCurrentInstant(),
                        cancel
                    )
                    .ConfigureAwait(false);
                Tell(print, folder, records.Node.ToString(), written, parsed.GetValue(json));
                return written.Missing.Count == 0 ? ExitCode.Done : ExitCode.DoesNotHold;
            }
        );
        return command;
    }

    private static string BaseOf(string text) =>
        text.Length == 0 ? ""
        : Uri.TryCreate(text, UriKind.Absolute, out Uri? uri)
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
            ? text.TrimEnd('/') + "/"
        : throw new Fault(
            ExitCode.Usage,
            "--base is no address of the web. Write one such as https://example.org/breakwater/"
        );

    private static void Tell(
        Printing print,
        string folder,
        string key,
        SiteWritten written,
        bool isJson
    )
    {
        if (isJson)
        {
            print.Json(
                new
                {
                    Folder = folder,
                    written.Publications,
                    written.Withdrawn,
                    written.Files,
                    written.Missing,
                    Key = key,
                }
            );
            return;
        }

        print.Line(
            $"{folder}: {written.Publications} publications, {written.Withdrawn} withdrawn, {written.Files} files. Open index.html"
        );
        foreach (string missing in written.Missing)
        {
            print.Line($"  MISSING  {missing}: this node does not hold its octets or its proof");
        }

        print.Line($"public key of this node: {key}");
    }
}
