namespace PackuilonMonitor.App;

/// <summary>What a key, an entry of the palette or the mouse asks for.</summary>
/// <param name="Act">What is to be done.</param>
/// <param name="Number">A worker, a line or a percentage where the act needs one.</param>
/// <param name="Text">What was typed for it: a pattern, a file name, a palette entry.</param>
public readonly record struct Command(Act Act, int? Number = null, string? Text = null);
