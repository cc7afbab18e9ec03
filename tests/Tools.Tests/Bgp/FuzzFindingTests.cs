using System.Text;
using Breakwater.Bgp;
using Breakwater.Feeds.Archives;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using Xunit;

namespace Breakwater.Tests.Bgp;

/// <summary>What fuzzing found, so that it does not come back.</summary>
public class FuzzFindingTests
{
    [Fact]
    public void Numbers_in_malformed_attributes_read_as_absent()
    {
        foreach (byte type in (byte[])[4, 5, 9, 35])
        {
            Assert.NotNull(
                PathAttributes.Read([0x80, type, 2, 0, 1], 4, out PathAttributes attributes)
            );
            Assert.Null(attributes.MultiExitDisc);
            Assert.Null(attributes.LocalPref);
            Assert.Null(attributes.OriginatorId);
            Assert.Null(attributes.OnlyToCustomer);
        }
    }

    [Fact]
    public void A_router_key_with_other_letters_is_a_fault()
    {
        // 27 letters, one of which no base64 has; and 28, with padding in the middle.
        foreach (
            string ski in (string[])["0000000000000'0000000000000", "000000000000=000000000000000"]
        )
        {
            VrpExport export = VrpExport.Read(
                SourceFile.Of(
                    "rpki.json",
                    Encoding.UTF8.GetBytes(
                        $$"""{"roas":[],"routerKeys":[{"asn":1,"SKI":"{{ski}}","routerPublicKey":"AA"}]}"""
                    )
                )
            );
            Assert.Empty(export.RouterKeys);
            Assert.Single(export.Faults);
        }
    }

    [Fact]
    public void Expectations_that_are_no_text_are_left_out_and_the_others_are_read()
    {
        byte[] text =
        [
            .. "{\""u8,
            0xB1,
            .. "\":{},\"192.0.2.0/24\":{\"origins\":[\""u8,
            0xB1,
            .. "\"]},\"192.0.3.0/24\":{\"\\uD800\":1},\"198.51.100.0/24\":{\"origins\":[64500]}}"u8,
        ];
        (Expectations expectations, IReadOnlyList<InputFault> faults) = ExpectationFile.Read(
            SourceFile.Of("expected.json", text)
        );
        Assert.Equal(1, expectations.Count);
        Assert.Equal(3, faults.Count);
    }

    [Fact]
    public void A_path_of_sets_fits_its_message_or_is_a_fault()
    {
        // Each set of one takes six octets: by numbers alone these were thought to fit.
        RisLiveMessage message = new RisLiveDecoder(new MrtFaults()).Read(
            Announcement(sets: 8000, communities: 4000, announcements: 1, prefixes: 800)
        );
        Assert.Contains("longer than a message", message.Fault, StringComparison.Ordinal);
        message = new RisLiveDecoder(new MrtFaults()).Read(
            Announcement(sets: 5333, communities: 4000, announcements: 1, prefixes: 800)
        );
        Assert.Null(message.Fault);
        Assert.Equal(1, RecordDecoder.Count(message.Records.Span));
    }

    [Fact]
    public void Announcements_that_repeat_long_attributes_do_not_fill_the_memory()
    {
        RisLiveMessage message = new RisLiveDecoder(new MrtFaults()).Read(
            Announcement(sets: 5000, communities: 4000, announcements: 5000, prefixes: 1)
        );
        Assert.Contains("more routes than", message.Fault, StringComparison.Ordinal);
        Assert.InRange(message.Records.Length, 1, 2 << 20);
    }

    [Fact]
    public void Digits_of_other_scripts_are_no_time_in_a_name()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("mrt");
        try
        {
            File.WriteAllBytes(
                Path.Combine(
                    folder.FullName,
                    "ris.rrc06.updates.\u0661\u0667\u0668\u0660\u0662\u0667\u0662\u0663\u0660\u0660"
                ),
                [0]
            );
            FolderRead read = ArchiveFolder.Read(folder.FullName);
            Assert.Empty(read.Files);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static byte[] Announcement(int sets, int communities, int announcements, int prefixes)
    {
        string hop =
            "{\"next_hop\":\"::1\",\"prefixes\":[" + Repeat("\"2001:db8::1/128\"", prefixes) + "]}";
        return Encoding.UTF8.GetBytes(
            """{"type":"ris_message","data":{"timestamp":1,"peer":"::1","peer_asn":"1","type":"UPDATE","origin":"igp","""
                + $"\"path\":[{Repeat("[1]", sets)}],"
                + $"\"community\":[{Repeat("[1,2]", communities)}],"
                + $"\"announcements\":[{Repeat(hop, announcements)}]"
                + "}}"
        );
    }

    private static string Repeat(string text, int count) =>
        string.Join(',', Enumerable.Repeat(text, count));
}
