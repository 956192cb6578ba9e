namespace PackuilonMonitor.Core.Builds;

/// <summary>An image, in its usual form, and its template; null in the dialect without templates.</summary>
public readonly record struct PairKey(string Image, string? Template)
{
    public static PairKey Of(BuildView build) => new(build.Image.Text, build.Template);
}
