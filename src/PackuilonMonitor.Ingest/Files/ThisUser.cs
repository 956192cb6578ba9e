namespace PackuilonMonitor.Ingest.Files;

/// <summary>As whom this process opens files.</summary>
public static class ThisUser
{
    /// <summary>The number of the user; 0 is root.</summary>
    public static uint Id => Native.EffectiveUser();
}
