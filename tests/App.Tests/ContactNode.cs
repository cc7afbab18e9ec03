using System.Net;
using System.Text.RegularExpressions;
using Breakwater.App.Contacts;
using Breakwater.Preparedness.Contacts;
using Breakwater.Vocabulary;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using NodaTime;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>A node that keeps contact points, with a mail server or without.</summary>
internal sealed class ContactNode : IAsyncDisposable
{
    public const string Email = "noc@carrier.example";

    private ContactNode(ApiSite site, SmtpServer? mail) => (Site, Mail) = (site, mail);

    public ApiSite Site { get; }

    public SmtpServer? Mail { get; }

    public static Marking Community { get; } = new(Distribution.Community, Tlp.Green);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<ContactNode> Start(bool hasMail = true)
    {
        SmtpServer? mail = hasMail ? new SmtpServer() : null;
        return new ContactNode(
            await ApiSite.Start(mail: mail is null ? null : Settings(mail.Port)),
            mail
        );
    }

    public static MailSettings Settings(int port) =>
        new(
            "127.0.0.1",
            port,
            MailSecurity.None,
            "contacts@node.example",
            new Uri("https://node.example/")
        );

    public async ValueTask DisposeAsync()
    {
        await Site.DisposeAsync();
        if (Mail is not null)
        {
            await Mail.DisposeAsync();
        }
    }

    public async Task<string> Add(
        string role = "duty officer",
        ChannelKind kind = ChannelKind.Email,
        string to = Email,
        string language = "en"
    )
    {
        Answered added = await (await Site.As(Role.Registrar, "relief")).Start(
            "contact-points",
            new
            {
                Entry = new ContactEntry(
                    "Example Carrier",
                    StakeholderClass.PrivateSector,
                    role,
                    "carrier",
                    ["UA"],
                    ["AS64500"],
                    [],
                    [],
                    [language],
                    1,
                    null,
                    DutyHours.Always
                ),
                Reach = new ContactReach("the watch", [new ContactChannel(kind, to)], Community),
                Marking = Marking.Public,
            }
        );
        Assert.True(added.Status == HttpStatusCode.Created, added.Text);
        return added.Id;
    }

    /// <summary>What is due happens, and what waits is sent.</summary>
    public async Task<int> Pass(Duration time)
    {
        await Site.Pass(time);
        return Site.Server.Services.GetService<PingSending>() is { } sending
            ? await sending.Once(Cancel)
            : 0;
    }

    public async Task<string> StateOf(string id) =>
        (await (await Site.As(Role.Registrar, "relief")).Get($"contact-points/{id}")).Standing;

    public async Task<Answered> Ping(string reference) =>
        await (await Site.As(Role.Registrar, "relief")).Get($"contact-pings/{reference}");

    public Told Last() => Told.Of(Mail!.Messages[^1]);

    /// <summary>A page of the public, by its address or by what a form sends.</summary>
    public async Task<(HttpStatusCode Status, string Html)> Public(
        string path,
        params (string Name, string Value)[] fields
    )
    {
        using HttpResponseMessage answer =
            fields.Length == 0
                ? await Site.Stranger.GetAsync(path, Cancel)
                : await Site.Stranger.PostAsync(
                    path,
                    new FormUrlEncodedContent(
                        fields.Select(field => KeyValuePair.Create(field.Name, field.Value))
                    ),
                    Cancel
                );
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancel));
    }
}

/// <summary>What a message told its reader.</summary>
internal sealed record Told(MimeMessage Message, string Link, string Reference, string Code)
{
    public string Secret => Link.Split("link=")[1];

    public string Path => new Uri(Link).PathAndQuery;

    public static Told Of(string raw)
    {
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(raw));
        var message = MimeMessage.Load(stream, CancellationToken.None);
        string text = message.TextBody!;
        return new Told(
            message,
            Regex.Match(text, @"https://\S+link=\w+").Value,
            Regex.Match(text, @"/contacts/answer/(\w{8})").Groups[1].Value,
            Regex.Match(text, @"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b").Value
        );
    }
}
