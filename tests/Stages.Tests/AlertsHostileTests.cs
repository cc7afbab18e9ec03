using System.Text;
using System.Xml.Linq;
using Breakwater.Publications;
using Breakwater.Publications.Alerts;
using Breakwater.Signals;
using CsCheck;
using Xunit;

namespace Breakwater.Stages.Tests;

/// <summary>Nothing that people write, and nothing that arrives, breaks the writer or the readers of alerts.</summary>
public sealed class AlertsHostileTests
{
    private const string Node = "node-0123456789abcdef";
    private static readonly Walked _walk = PublicationsFixture.SudanLike();
    private static readonly string _sound = Encoding.UTF8.GetString(
        CapXml.Write(
            AlertFromWalk.Compose(ReleaseCheck.For(_walk, Audience.Public), new AlertAsked(Node))
        )
    );

    /// <summary>Letters, marks of XML, controls, halves of pairs, and what is no character.</summary>
    private static readonly Gen<string> _text = Gen.String[
        Gen.OneOf(
            Gen.Char,
            Gen.Char["<>&\"']]>\u0000\u0001\u001b\u202e\u2028\ud800\udc00\ufffe\uffff\ufeff aé ض"]
        ),
        0,
        40
    ];

    [Fact]
    public void Whatever_somebody_writes_as_a_reason_the_alert_stays_one_well_formed_message() =>
        _text.Sample(
            reason =>
            {
                var earlier = new AlertReference(Node, "breakwater-1", _walk.AsOf);
                var alert = XElement.Parse(
                    Encoding.UTF8.GetString(
                        CapXml.Write(AlertFromWalk.Cancel(earlier, Node, reason, _walk.AsOf))
                    )
                );
                Assert.Single(alert.DescendantsAndSelf(CapXml.Namespace + "alert"));
                Assert.Equal("Cancel", alert.Element(CapXml.Namespace + "msgType")!.Value);
            },
            iter: 500
        );

    [Fact]
    public void Any_octets_are_read_to_the_end_and_what_is_no_alert_names_a_fault_and_a_remedy() =>
        Gen
            .Byte.Array[0, 400]
            .Sample(
                octets =>
                {
                    Assert.Null(CapXml.ReferenceOf(octets));
                    Told(octets);
                },
                iter: 500
            );

    [Fact]
    public void A_message_of_ours_with_any_part_changed_is_read_or_refused_and_never_breaks() =>
        Gen.Select(Gen.Int[0, _sound.Length - 1], Gen.Int[0, 60], _text)
            .Sample(
                (at, length, text) =>
                {
                    byte[] octets = Encoding.UTF8.GetBytes(
                        _sound.Remove(at, Math.Min(length, _sound.Length - at)).Insert(at, text)
                    );
                    CapXml.ReferenceOf(octets);
                    SignalsRead read = SignalsFromCap.Read(File(octets), null);
                    Assert.All(read.Faults, fault => Assert.NotEmpty(fault.Remedy));
                },
                iter: 500
            );

    [Theory]
    [InlineData("<?xml version=\"1.0\" encoding=\"utf-7\"?><alert/>")]
    [InlineData("<?xml version=\"1.0\" encoding=\"no-such-thing\"?><alert/>")]
    [InlineData("<?xml version=\"1.0\" encoding=\"utf-16\"?><alert/>")]
    [InlineData("<?xml version=\"1.1\"?><alert/>")]
    [InlineData("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>")]
    [InlineData("<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\"")]
    [InlineData("\u0000\u0000\u0000")]
    public void A_document_that_lies_of_itself_is_refused_with_a_reason(string text)
    {
        byte[] octets = Encoding.UTF8.GetBytes(text);
        Assert.Null(CapXml.ReferenceOf(octets));
        Told(octets);
    }

    [Theory]
    [InlineData("99")]
    [InlineData("-1")]
    [InlineData("Urgent")]
    public void A_status_that_the_standard_does_not_know_is_none(string status) =>
        Assert.Null(
            CapXml.ReferenceOf(
                Encoding.UTF8.GetBytes(
                    _sound.Replace(
                        "<status>Test</status>",
                        $"<status>{status}</status>",
                        StringComparison.Ordinal
                    )
                )
            )
        );

    private static void Told(byte[] octets)
    {
        SignalsRead read = SignalsFromCap.Read(File(octets), null);
        Assert.Empty(read.Signals);
        Assert.NotEmpty(read.Faults);
        Assert.All(
            read.Faults,
            fault =>
            {
                Assert.Equal("alert.xml", fault.File);
                Assert.NotEmpty(fault.Reason);
                Assert.NotEmpty(fault.Remedy);
            }
        );
    }

    private static Vocabulary.SourceFile File(byte[] octets) =>
        Vocabulary.SourceFile.Of("alert.xml", octets);
}
