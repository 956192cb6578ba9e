using Sprache;

namespace PackuilonMonitor.Core.Slicing;

/// <summary>
/// A position in one line. Unlike Sprache's own input it keeps no memo table, and it can move by more than one character.
/// </summary>
public sealed class LineInput(string source, int position) : IInput
{
    public string Source { get; } = source;

    public int Position { get; } = position;

    public bool AtEnd => Position == Source.Length;

    public char Current => Source[Position];

    public int Line => 1;

    public int Column => Position + 1;

    /// <summary>No rule here uses it; Sprache's recursive rules would.</summary>
    public IDictionary<object, object> Memos => throw new NotSupportedException("line grammars keep no memos");

    public bool Equals(IInput? other) => other is LineInput && ReferenceEquals(other.Source, Source) && other.Position == Position;

    public override bool Equals(object? obj) => Equals(obj as IInput);

    public override int GetHashCode() => Position;

    public IInput Advance() => new LineInput(Source, Position + 1);

    /// <summary>The same input as a rule's result leaves it: at an absolute position.</summary>
    public static IInput At(IInput input, int position) => new LineInput(input.Source, position);
}
