using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Breakwater.App.Contacts;
using Breakwater.Preparedness.Contacts.Pinging;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>Pings by e-mail through a real mail server, and the answers to them.</summary>
public sealed class ContactMailTests
{
    [Fact]
    public async Task A_new_contact_is_written_to_and_its_button_verifies_it_once_while_opening_the_page_does_nothing()
    {
        await using ContactNode node = await ContactNode.Start();
        string id = await node.Add();
        Assert.Equal(1, await node.Pass(Duration.FromMinutes(1)));
        Told told = node.Last();
        Assert.Equal(ContactNode.Email, told.Message.To.ToString());
        Assert.Equal(
            DeliveryReport.MessageId(told.Reference, "node.example"),
            told.Message.MessageId
        );
        // Who opens the link, person or program, changes nothing.
        for (int time = 0; time < 3; time++)
        {
            (HttpStatusCode seen, string html) = await node.Public(told.Path);
            Assert.Equal(HttpStatusCode.OK, seen);
            Assert.Contains("duty officer", html, StringComparison.Ordinal);
            Assert.DoesNotContain(ContactNode.Email, html, StringComparison.Ordinal);
        }

        Assert.Equal("never-verified", await node.StateOf(id));
        string page = new Uri(told.Link).AbsolutePath;
        Assert.Equal(HttpStatusCode.OK, (await node.Public(page, ("link", told.Secret))).Status);
        Assert.Equal("verified", await node.StateOf(id));
        (HttpStatusCode again, string why) = await node.Public(page, ("link", told.Secret));
        Assert.Equal(HttpStatusCode.Gone, again);
        Assert.Contains("answered already", why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_sent_twice_not_even_after_a_restart()
    {
        await using ContactNode node = await ContactNode.Start();
        await node.Add();
        await node.Pass(Duration.FromMinutes(1));
        await node.Pass(Duration.FromMinutes(1));
        await node.Site.Restart();
        Assert.Equal(0, await node.Pass(Duration.FromMinutes(1)));
        Assert.Single(node.Mail!.Messages);
    }

    [Fact]
    public async Task What_was_perhaps_sent_is_not_sent_again_says_so_and_can_be_answered()
    {
        await using ContactNode node = await ContactNode.Start();
        string id = await node.Add();
        node.Mail!.IsCutAfterData = true;
        await node.Pass(Duration.FromMinutes(1));
        node.Mail.IsCutAfterData = false;
        await node.Pass(Duration.FromHours(2));
        Told told = Told.Of(Assert.Single(node.Mail.Messages));
        Answered ping = await node.Ping(told.Reference);
        Assert.Equal("sending", ping.Standing);
        Assert.Contains(
            "not known",
            ping.State["reason"]!.GetValue<string>(),
            StringComparison.Ordinal
        );
        await node.Public("/contacts/answer", ("reference", told.Reference), ("code", told.Code));
        Assert.Equal("verified", await node.StateOf(id));
    }

    [Fact]
    public async Task An_address_that_the_server_refuses_bounces_the_contact_with_its_reason_and_is_written_to_no_more()
    {
        await using ContactNode node = await ContactNode.Start();
        string id = await node.Add();
        node.Mail!.Recipient = "550 5.1.1 no such user here";
        await node.Pass(Duration.FromMinutes(1));
        Assert.Equal("bounced", await node.StateOf(id));
        Answered contact = await (await node.Site.As(Role.Registrar, "relief")).Get(
            $"contact-points/{id}"
        );
        Assert.Contains(
            "550 5.1.1 no such user here",
            contact.State["bounce"]!["reason"]!.GetValue<string>(),
            StringComparison.Ordinal
        );
        node.Mail.Recipient = "250 OK";
        await node.Pass(Duration.FromDays(100));
        Assert.Empty(node.Mail.Messages);
    }

    [Fact]
    public async Task A_server_that_is_away_is_tried_again_later_and_the_contact_is_not_to_blame()
    {
        await using ContactNode node = await ContactNode.Start();
        string id = await node.Add();
        node.Mail!.Recipient = "451 4.3.0 try again later";
        Assert.Equal(0, await node.Pass(Duration.FromMinutes(1)));
        Assert.Equal("never-verified", await node.StateOf(id));
        node.Mail.Recipient = "250 OK";
        Assert.Equal(0, await node.Pass(Duration.FromMinutes(1)));
        Assert.Equal(1, await node.Pass(Duration.FromHours(1)));
    }

    [Fact]
    public async Task A_node_without_a_mail_server_sends_nothing_and_lowers_nobody_for_that()
    {
        await using ContactNode node = await ContactNode.Start(hasMail: false);
        string id = await node.Add();
        await node.Pass(Duration.FromMinutes(1));
        ApiClient registrar = await node.Site.As(Role.Registrar, "relief");
        string ping = (await registrar.Get($"contact-points/{id}")).State[
            "openPing"
        ]!.GetValue<string>();
        Assert.Equal("waiting", (await node.Ping(ping)).Standing);
        await node.Pass(Duration.FromDays(14));
        Assert.Equal("unsent", (await node.Ping(ping)).Standing);
        Assert.Equal("never-verified", await node.StateOf(id));
    }

    [Fact]
    public async Task An_unanswered_ping_lowers_the_contact_and_its_link_opens_nothing_any_more()
    {
        await using ContactNode node = await ContactNode.Start();
        string id = await node.Add();
        await node.Pass(Duration.FromMinutes(1));
        Told first = node.Last();
        await node.Public("/contacts/answer", ("reference", first.Reference), ("code", first.Code));
        await node.Pass(Duration.FromDays(60));
        Told second = node.Last();
        Assert.NotEqual(first.Reference, second.Reference);
        await node.Pass(Duration.FromDays(14));
        Assert.Equal("stale", await node.StateOf(id));
        (HttpStatusCode status, string why) = await node.Public(second.Path);
        Assert.Equal(HttpStatusCode.Gone, status);
        Assert.Contains("no longer open", why, StringComparison.Ordinal);
        await node.Pass(Duration.FromDays(14));
        await node.Pass(Duration.FromDays(14));
        Assert.Equal("expired", await node.StateOf(id));
    }

    [Fact]
    public async Task A_code_that_is_guessed_opens_nothing_and_who_guesses_makes_nobody_look_worse()
    {
        await using ContactNode node = await ContactNode.Start();
        string id = await node.Add();
        await node.Pass(Duration.FromMinutes(1));
        Told told = node.Last();
        for (int guess = 0; guess < ContactPing.GuessesMax; guess++)
        {
            (HttpStatusCode status, _) = await node.Public(
                "/contacts/answer",
                ("reference", told.Reference),
                ("code", $"0000-000{guess}")
            );
            Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        }

        Assert.Equal(
            HttpStatusCode.Gone,
            (
                await node.Public(
                    "/contacts/answer",
                    ("reference", told.Reference),
                    ("code", told.Code)
                )
            ).Status
        );
        Assert.Equal("never-verified", await node.StateOf(id));
        // Whoever goes on is slowed down before anything is looked up.
        HttpStatusCode last = HttpStatusCode.OK;
        for (int guess = 0; guess < 20; guess++)
        {
            (last, _) = await node.Public(
                "/contacts/answer",
                ("reference", $"0000000{guess % 10}"),
                ("code", "0000-0000")
            );
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, last);
    }

    [Fact]
    public async Task A_code_that_was_shown_to_one_registrar_is_entered_by_another()
    {
        await using ContactNode node = await ContactNode.Start(hasMail: false);
        string id = await node.Add(
            "radio watch",
            Preparedness.Contacts.ChannelKind.Radio,
            "7.110 MHz"
        );
        ApiClient relief = await node.Site.As(Role.Registrar, "relief");
        Answered handed = await relief.Do(
            "contact-points",
            id,
            "hand-over-code",
            new { Code = "7KQM-2RTD" }
        );
        string ping = handed.State["openPing"]!.GetValue<string>();
        Answered same = await relief.Do(
            "contact-pings",
            ping,
            "enter-code",
            new { Code = "7KQM-2RTD" }
        );
        Assert.Equal(HttpStatusCode.Forbidden, same.Status);
        ApiClient other = await node.Site.As(Role.Registrar, "measurers");
        Answered heard = await other.Do(
            "contact-pings",
            ping,
            "enter-code",
            new { Code = "7kqm 2rtd" }
        );
        Assert.True(heard.Status == HttpStatusCode.OK, heard.Text);
        Assert.Equal("verified", await node.StateOf(id));
        // Neither code nor hash is in anything that anybody reads.
        Assert.DoesNotContain("7KQM", heard.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("\"box\"", heard.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ar", "هل لا يزال")]
    [InlineData("fr", "Pouvons-nous")]
    [InlineData("uk", "Can we still")]
    public async Task A_contact_is_written_to_in_its_language_where_the_pages_have_it(
        string language,
        string subject
    )
    {
        await using ContactNode node = await ContactNode.Start();
        await node.Add(language: language);
        await node.Pass(Duration.FromMinutes(1));
        Assert.StartsWith(subject, node.Last().Message.Subject, StringComparison.Ordinal);
        (HttpStatusCode status, string html) = await node.Public(node.Last().Path);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains(
            $"lang=\"{(language == "uk" ? "en" : language)}\"",
            html,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Debians_aiosmtpd_takes_our_message()
    {
        Assert.SkipUnless(
            Directory.Exists("/usr/lib/python3/dist-packages/aiosmtpd"),
            "python3-aiosmtpd is not installed"
        );
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        int port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        using var server = Process.Start(
            new ProcessStartInfo("/usr/bin/python3")
            {
                ArgumentList =
                {
                    "-u",
                    "-m",
                    "aiosmtpd",
                    "-n",
                    "-l",
                    $"127.0.0.1:{port}",
                    "-c",
                    "aiosmtpd.handlers.Debugging",
                    "stdout",
                },
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        try
        {
            var message = new MimeKit.MimeMessage();
            message.From.Add(MimeKit.MailboxAddress.Parse("contacts@node.example"));
            message.To.Add(MimeKit.MailboxAddress.Parse(ContactNode.Email));
            message.Body = new MimeKit.TextPart("plain") { Text = "one line" };
            var door = new MailDoor(ContactNode.Settings(port));
            Sent sent;
            do
            {
                // The server is ready when it takes a connection.
                sent = await door.Send(message, TestContext.Current.CancellationToken);
            } while (sent is Sent.Later && !server.HasExited);

            Assert.IsType<Sent.Taken>(sent);
            string? line;
            do
            {
                line = await server.StandardOutput.ReadLineAsync(
                    TestContext.Current.CancellationToken
                );
            } while (line is not (null or "one line"));

            Assert.Equal("one line", line);
        }
        finally
        {
            server.Kill();
        }
    }
}
