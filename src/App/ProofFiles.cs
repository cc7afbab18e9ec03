using System.Security.Cryptography;
using System.Text;
using Breakwater.Ledger.Tiles;
using Breakwater.Publications;
using Breakwater.Records;

namespace Breakwater.App;

/// <summary>Proofs that lie beside publications, so that whoever has the node's public key can check them anywhere.</summary>
public static class ProofFiles
{
    /// <summary>Proves that a publication is in the ledger; null when it is not there.</summary>
    /// <param name="html">SHA-256 of the document that was published.</param>
    public static async Task<TlogProof?> Of(
        IRecords records,
        string publication,
        string html,
        CancellationToken cancel
    )
    {
        ArgumentNullException.ThrowIfNull(records);
        return await records.Product(publication).ConfigureAwait(false) is { } product
            ? await records.Prove(product.Sequence, html, cancel).ConfigureAwait(false)
            : null;
    }

    /// <summary>One file for each publication of a walk, beside its HTML.</summary>
    /// <returns>The files written, in order.</returns>
    public static async Task<IReadOnlyList<string>> Write(
        IRecords records,
        WalkResult walk,
        string folder,
        CancellationToken cancel
    )
    {
        ArgumentNullException.ThrowIfNull(walk);
        var files = new List<string>();
        foreach (Publication publication in walk.Publications)
        {
            string html = Convert.ToHexStringLower(
                SHA256.HashData(Encoding.UTF8.GetBytes(publication.Html))
            );
            if (await Of(records, publication.Id, html, cancel).ConfigureAwait(false) is { } proof)
            {
                string path = Path.Combine(
                    folder,
                    $"{publication.Form}.{publication.Language}{TlogProof.Extension}"
                );
                await File.WriteAllTextAsync(
                        path,
                        proof.ToString(),
                        new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
                        cancel
                    )
                    .ConfigureAwait(false);
                files.Add(path);
            }
        }

        return files;
    }
}
