using Breakwater.Ledger.Sealing;
using CsCheck;
using Xunit;

namespace Breakwater.Tools.Tests.Ledger.Sealing;

public sealed class SecretSharingTests
{
    private static readonly byte[] _secret = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    /// <summary>Shares that Debian's gfsplit (libgfshare-bin 2.0.0-6) made of the octets 0 to 31, two of three.</summary>
    private static readonly (byte Number, string Hex)[] _twoOfThree =
    [
        (60, "30858bfe005070aafa42d0f01cb26e8f5f2a7960657cf27d0123620959205fc3"),
        (70, "01cfc30939735d0e9d5c10acf8600cfc78b2b23daa25daffdef2967f9e13a1a8"),
        (107, "2528e57c3ed08317a4671f53e4e8441c44ddb12c36ab75340455ccee21f6192d"),
    ];

    /// <summary>The same, three of five.</summary>
    private static readonly (byte Number, string Hex)[] _threeOfFive =
    [
        (15, "608282ced80a1d33e96876657523529277d4c79693a1851aee82d006e00b9194"),
        (60, "332cef2ffdd85d07b52e0c5c1070e1d3822c1853cac03c91f88aa82204b09f29"),
        (70, "ad6215e9473c87c35f9d07ca45f3ad85664565a472c85a894cc1ed84f31e5b4e"),
        (107, "f85dcd0b0151824cd92c27f38653992f20dc6390e758c22fd44da7095e2ee603"),
        (171, "d4240f5a21577f56b2423bfe80e52b6fa076e1bbb4f59e5666bc02f3a840f3e7"),
    ];

    [Fact]
    public void Any_two_of_the_three_shares_that_gfsplit_made_give_the_secret()
    {
        foreach ((byte, ReadOnlyMemory<byte>)[] some in Choices(_twoOfThree, 2))
        {
            Assert.Equal(_secret, SecretSharing.Combine(some));
        }
    }

    [Fact]
    public void Any_three_of_the_five_shares_that_gfsplit_made_give_the_secret_and_no_two_do()
    {
        foreach ((byte, ReadOnlyMemory<byte>)[] some in Choices(_threeOfFive, 3))
        {
            Assert.Equal(_secret, SecretSharing.Combine(some));
        }

        foreach ((byte, ReadOnlyMemory<byte>)[] some in Choices(_threeOfFive, 2))
        {
            Assert.NotEqual(_secret, SecretSharing.Combine(some));
        }
    }

    [Fact]
    public void Every_choice_of_enough_shares_gives_the_secret_in_any_order() =>
        Gen.Select(Gen.Byte.Array[1, 40], Gen.Int[2, 5], Gen.Int[0, 4], Gen.Byte.Array[160])
            .Sample(
                (secret, threshold, more, random) =>
                {
                    IReadOnlyList<byte[]> shares = SecretSharing.Split(
                        secret,
                        threshold,
                        threshold + more,
                        random.AsSpan(0, SecretSharing.RandomOctets(secret.Length, threshold))
                    );
                    var numbered = shares.Select((octets, i) => ((byte)(i + 1), octets)).ToArray();
                    foreach ((byte, ReadOnlyMemory<byte>)[] some in Choices(numbered, threshold))
                    {
                        Assert.Equal(secret, SecretSharing.Combine(some));
                        Assert.Equal(secret, SecretSharing.Combine([.. some.Reverse()]));
                    }
                },
                iter: 200
            );

    [Fact]
    public void One_share_of_two_goes_with_every_secret_equally()
    {
        // For each of the 256 secrets there is exactly one randomness that gives the share: it tells nothing.
        var seen = new Dictionary<byte, HashSet<byte>>();
        for (int secret = 0; secret < 256; secret++)
        {
            for (int random = 0; random < 256; random++)
            {
                byte share = SecretSharing.Split([(byte)secret], 2, 2, [(byte)random])[0][0];
                (seen.TryGetValue(share, out HashSet<byte>? of) ? of : seen[share] = []).Add(
                    (byte)secret
                );
            }
        }

        Assert.Equal(256, seen.Count);
        Assert.All(seen.Values, secrets => Assert.Equal(256, secrets.Count));
    }

    [Fact]
    public void No_secret_is_split_so_that_one_person_has_it() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SecretSharing.Split([1], 1, 3, []));

    private static IEnumerable<(byte, ReadOnlyMemory<byte>)[]> Choices(
        (byte Number, string Hex)[] shares,
        int size
    ) =>
        Choices(
            [.. shares.Select(share => (share.Number, Convert.FromHexString(share.Hex)))],
            size
        );

    private static IEnumerable<(byte, ReadOnlyMemory<byte>)[]> Choices(
        (byte Number, byte[] Octets)[] shares,
        int size
    ) =>
        Enumerable
            .Range(0, 1 << shares.Length)
            .Where(bits => System.Numerics.BitOperations.PopCount((uint)bits) == size)
            .Select(bits =>
                shares
                    .Where((_, i) => (bits >> i & 1) == 1)
                    .Select(share => (share.Number, (ReadOnlyMemory<byte>)share.Octets.AsMemory()))
                    .ToArray()
            );
}
