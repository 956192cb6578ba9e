using System.Collections.Immutable;

namespace PackuilonMonitor.Cells;

/// <summary>A one-line input as the screen wants it; the terminal keeps only the cursor in it.</summary>
/// <param name="Number">Another number is another input, which begins with <paramref name="Text"/>.</param>
/// <param name="Revision">A higher one under the same number sets <paramref name="Text"/>; otherwise the typed text stays.</param>
/// <param name="Area">The place of the text. Anything before it belongs to the picture.</param>
/// <param name="History">Earlier texts, the newest last, for Up and Down.</param>
public sealed record InputLine(int Number, int Revision, string Text, Area Area, Style Style, ImmutableArray<string> History);
