using NodaTime;

namespace Breakwater.Preparedness.Exercises;

/// <summary>
/// How scenario time follows from real time: from a moment of the scenario on, so many times as fast. Each stretch is reckoned
/// from its own beginning in whole nanoseconds, so that nothing adds up over the days.
/// </summary>
/// <param name="Since">The scenario's moment at which this stretch begins.</param>
public sealed record RunClock(Instant Since, decimal Speed, bool IsRunning)
{
    public const decimal SpeedMin = 0.001m;
    public const decimal SpeedMax = 10_000m;
    private const int Thousandths = 1_000;

    public static bool IsSpeed(decimal speed) =>
        speed is >= SpeedMin and <= SpeedMax && speed * Thousandths % 1 == 0;

    /// <param name="elapsed">Real time since this stretch began.</param>
    public Instant At(Duration elapsed)
    {
        if (!IsRunning || elapsed <= Duration.Zero)
        {
            return Since;
        }

        Int128 nanoseconds =
            (Int128)elapsed.ToBigIntegerNanoseconds() * (long)(Speed * Thousandths) / Thousandths;
        return Since + Duration.FromNanoseconds((System.Numerics.BigInteger)nanoseconds);
    }
}
