using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Breakwater.App.Accounts.Store;

/// <summary>The keys that cookies and forms are protected with, as files of the data folder that nobody else may read.</summary>
internal sealed class FormKeys(string folder) : IXmlRepository
{
    private const int KeysMax = 1000;

    public IReadOnlyCollection<XElement> GetAllElements() =>
        Directory.Exists(folder)
            ?
            [
                .. Directory
                    .EnumerateFiles(folder, "*.xml")
                    .Order(StringComparer.Ordinal)
                    .Take(KeysMax)
                    .Select(file => XElement.Parse(File.ReadAllText(file))),
            ]
            : [];

    public void StoreElement(XElement element, string friendlyName)
    {
        Private.Folder(folder);
        Private.Write(
            Path.Combine(folder, $"{Guid.CreateVersion7():N}.xml"),
            System.Text.Encoding.UTF8.GetBytes(element.ToString(SaveOptions.DisableFormatting))
        );
    }
}
