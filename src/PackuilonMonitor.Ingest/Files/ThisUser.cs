using System.Globalization;

namespace PackuilonMonitor.Ingest.Files;

/// <summary>The user as whom this process opens files.</summary>
public static class ThisUser
{
    /// <summary>The user's number; 0 is root.</summary>
    public static uint Id => Native.EffectiveUser();

    /// <summary>The user's name; the number on a host that does not know it.</summary>
    public static string Name
    {
        get
        {
            try
            {
                return Environment.UserName;
            }
            catch (IOException)
            {
                return Id.ToString(CultureInfo.InvariantCulture);
            }
        }
    }
}
