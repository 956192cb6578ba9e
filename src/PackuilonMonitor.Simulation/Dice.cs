namespace PackuilonMonitor.Simulation;

/// <summary>Repeatable chance: the same seed gives the same numbers.</summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A number from 0, less than 1.</summary>
    public double Unit() => (Throw() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A number from 0, less than <paramref name="limit"/>.</summary>
    public int Below(int limit) => (int)(Throw() % (ulong)limit);

    public int Between(int least, int most) => least + Below(most - least + 1);

    public bool Chance(double probability) => Unit() < probability;

    public T Pick<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    public TimeSpan Milliseconds(double least, double most) =>
        TimeSpan.FromTicks((long)((least + Unit() * (most - least)) * TimeSpan.TicksPerMillisecond));

    public TimeSpan Seconds(double least, double most) => Milliseconds(least * 1000, most * 1000);

    /// <summary>Exponential waits of this mean, as between calls of many strangers.</summary>
    public TimeSpan Wait(TimeSpan mean) => mean * -Math.Log(1 - Unit());

    /// <summary>A time near the typical one; the sum of several numbers makes extreme values rare.</summary>
    public TimeSpan About(TimeSpan typical, double spread) =>
        typical * (1 + spread * (Unit() + Unit() + Unit() - 1.5));

    public string Hex(int digits) =>
        string.Create(digits, this, static (text, dice) =>
        {
            for (var at = 0; at < text.Length; at++)
                text[at] = "0123456789abcdef"[dice.Below(16)];
        });

    public string Uuid() => $"{Hex(8)}-{Hex(4)}-4{Hex(3)}-a{Hex(3)}-{Hex(12)}";

    /// <summary>Separate dice for another actor, so that one actor's numbers do not shift the other's.</summary>
    public Dice Fork() => new(Throw());

    // SplitMix64: the runtime does not guarantee that System.Random keeps its numbers.
    private ulong Throw()
    {
        var mixed = _state += 0x9E3779B97F4A7C15UL;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
        return mixed ^ (mixed >> 31);
    }
}
