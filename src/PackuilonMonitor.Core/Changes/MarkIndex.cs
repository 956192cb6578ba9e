using System.Buffers;
using System.Numerics;

namespace PackuilonMonitor.Core.Changes;

/// <summary>
/// Finds the messages that may have a take's name without a look at each: for each of the 64 marks, a bit for each message that has it.
/// </summary>
public readonly struct MarkIndex : IDisposable
{
    private const int Bits = 64;

    private readonly int _words;
    private readonly ulong[] _rows;

    /// <param name="messages">How many messages there are.</param>
    public MarkIndex(int messages)
    {
        _words = (messages + Bits - 1) / Bits;
        _rows = ArrayPool<ulong>.Shared.Rent(Bits * _words);
        _rows.AsSpan(0, Bits * _words).Clear();
    }

    public void Add(int message, ulong marks)
    {
        for (var left = marks; left != 0; left &= left - 1)
            _rows[BitOperations.TrailingZeroCount(left) * _words + message / Bits] |= 1UL << (message % Bits);
    }

    /// <summary>The first message from a place on, and before an end, that has one of the marks; -1 if there is none.</summary>
    public int Next(ulong marks, int from, int end)
    {
        for (var word = from / Bits; word * Bits < end; word++)
        {
            var found = 0UL;
            for (var left = marks; left != 0; left &= left - 1)
                found |= _rows[BitOperations.TrailingZeroCount(left) * _words + word];
            if (word == from / Bits)
                found &= ulong.MaxValue << (from % Bits);
            if (found != 0)
                return word * Bits + BitOperations.TrailingZeroCount(found) is var message && message < end ? message : -1;
        }

        return -1;
    }

    public void Dispose() => ArrayPool<ulong>.Shared.Return(_rows);
}
