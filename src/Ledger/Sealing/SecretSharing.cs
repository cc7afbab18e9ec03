namespace Breakwater.Ledger.Sealing;

/// <summary>
/// Shamir, "How to share a secret" (1979), octet by octet over GF(256) with the polynomial 0x11D, as Debian's
/// <c>gfsplit</c> and <c>gfcombine</c> do it: fewer shares than the threshold tell nothing at all of the secret.
/// </summary>
public static class SecretSharing
{
    public const int SharesMax = 255;
    private const int Polynomial = 0x11D;

    /// <summary>Octets of randomness that a split needs.</summary>
    public static int RandomOctets(int length, int threshold) => length * (threshold - 1);

    /// <summary>The shares of numbers 1 to <paramref name="count"/>, in that order.</summary>
    /// <param name="random">As many octets as <see cref="RandomOctets"/> says, which nobody can guess and nobody keeps.</param>
    public static IReadOnlyList<byte[]> Split(
        ReadOnlySpan<byte> secret,
        int threshold,
        int count,
        ReadOnlySpan<byte> random
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threshold, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, threshold);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, SharesMax);
        ArgumentOutOfRangeException.ThrowIfNotEqual(
            random.Length,
            RandomOctets(secret.Length, threshold)
        );
        var shares = new byte[count][];
        for (int number = 1; number <= count; number++)
        {
            // Horner, from the highest coefficient down to the secret, which is the value at 0.
            byte[] share = new byte[secret.Length];
            for (int power = 0; power < threshold; power++)
            {
                ReadOnlySpan<byte> coefficients =
                    power == threshold - 1
                        ? secret
                        : random.Slice(power * secret.Length, secret.Length);
                for (int i = 0; i < share.Length; i++)
                {
                    share[i] = (byte)(Times(share[i], (byte)number) ^ coefficients[i]);
                }
            }

            shares[number - 1] = share;
        }

        return shares;
    }

    /// <summary>
    /// The value at 0 of the polynomial through the shares: the secret, when they are enough and all true; some other octets
    /// otherwise, which the caller has to notice by using them.
    /// </summary>
    /// <param name="shares">Of one length, each number once.</param>
    public static byte[] Combine(IReadOnlyList<(byte Number, ReadOnlyMemory<byte> Octets)> shares)
    {
        byte[] secret = new byte[shares[0].Octets.Length];
        foreach ((byte number, ReadOnlyMemory<byte> octets) in shares)
        {
            byte weight = 1;
            foreach ((byte other, _) in shares)
            {
                if (other != number)
                {
                    weight = Times(weight, Times(other, Inverse((byte)(other ^ number))));
                }
            }

            for (int i = 0; i < secret.Length; i++)
            {
                secret[i] ^= Times(weight, octets.Span[i]);
            }
        }

        return secret;
    }

    /// <summary>Without tables and branches on values, so that time tells nothing of a share.</summary>
    private static byte Times(byte left, byte right)
    {
        int product = 0;
        int shifted = left;
        for (int bit = 0; bit < 8; bit++)
        {
            product ^= -((right >> bit) & 1) & shifted;
            shifted = (shifted << 1) ^ (-((shifted >> 7) & 1) & Polynomial);
        }

        return (byte)product;
    }

    /// <summary>The 254th power, because the group has 255 elements.</summary>
    private static byte Inverse(byte value)
    {
        byte power = 1;
        for (int i = 0; i < 254; i++)
        {
            power = Times(power, value);
        }

        return power;
    }
}
