using Breakwater.Decisions.Publishing;
using Breakwater.Publications.Alerts;
using Breakwater.Publications.Gaps;
using Breakwater.Publications.Hxl;
using Breakwater.Vocabulary;

namespace Breakwater.Publications.Releases;

/// <summary>A file for machines that goes with a publication, the same in every language.</summary>
public sealed record ReleasedFile(string Name, string MediaType, byte[] Octets);

/// <summary>What a walk gives in each form: sections for people, and files for machines. Both come from the same released records.</summary>
public static class ResponseForms
{
    public const string AlertFile = "alert.cap.xml";

    internal static Report Report(Released released, PublicationForm form)
    {
        if (form == PublicationForm.SituationReport)
        {
            return SituationReport.Of(released);
        }

        IReadOnlyList<FourWRow> rows =
            form == PublicationForm.FourW ? Publications.FourW.Rows(released.Walk) : [];
        return new Report(
            Front.Of(released),
            [
                .. (IReadOnlyList<Section>)(
                    form switch
                    {
                        // It says by itself which alert it updates.
                        PublicationForm.Alert => [AlertSection.Section(released)],
                        PublicationForm.FourW =>
                        [
                            .. Correction.Sections(released.Walk.Corrects),
                            Publications.FourW.Section(released, rows),
                        ],
                        PublicationForm.GapReport =>
                        [
                            .. Correction.Sections(released.Walk.Corrects),
                            GapReport.Section(released),
                            .. MatrixSection.Sections(released),
                            .. LawGaps.Sections(released),
                        ],
                        _ => throw new ArgumentOutOfRangeException(nameof(form), form, null),
                    }
                ),
                WhatWeCannotSee.Section(released),
                Method.Section(released),
            ],
            rows
        )
        {
            Form = Checks.Word(form),
        };
    }

    /// <summary>Headers are English, the language of exchange; tags mean the same in all.</summary>
    /// <param name="alert">What the node adds to an alert; not looked at for other forms.</param>
    public static IReadOnlyList<ReleasedFile> Files(
        Walked walk,
        Audience audience,
        PublicationForm form,
        AlertAsked alert
    )
    {
        ArgumentNullException.ThrowIfNull(walk);
        Released released = ReleaseCheck.For(walk, audience);
        Texts texts = ReleaseTexts.For("en");
        return form switch
        {
            PublicationForm.Alert =>
            [
                new(
                    AlertFile,
                    CapXml.MediaType,
                    CapXml.Write(AlertFromWalk.Compose(released, alert))
                ),
            ],
            PublicationForm.FourW => Tables(
                "4w",
                Publications.FourW.Table(Publications.FourW.Rows(released.Walk), texts)
            ),
            PublicationForm.GapReport =>
            [
                .. Tables("gaps", GapReport.Table(GapReport.Rows(released), texts)),
                .. released.Walk.Covered is { } matrix
                    ? Tables("gap-matrix", MatrixTable.Of(matrix))
                    : [],
                .. released.Walk.LawGaps is { } told
                    ? Tables("law-gaps", LawGaps.Table(told, texts))
                    : [],
            ],
            _ => [],
        };
    }

    /// <summary>A table in the three encodings of HXL.</summary>
    public static IReadOnlyList<ReleasedFile> Tables(string name, HxlTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return
        [
            new($"{name}.hxl.csv", HxlTable.Csv, table.ToCsv()),
            new($"{name}.hxl.json", "application/json", table.ToJsonArrays()),
            new($"{name}.hxl-objects.json", "application/json", table.ToJsonObjects()),
        ];
    }
}
