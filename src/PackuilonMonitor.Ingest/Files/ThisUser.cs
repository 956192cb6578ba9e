namespace PackuilonMonitor.Ingest.Files;

/// <summary>The user as whom this process opens files.</summary>
public static class ThisUser
{
    /// <summary>The user's number; 0 is root.</summary>
    public static uint Id => Native.EffectiveUser();
}
