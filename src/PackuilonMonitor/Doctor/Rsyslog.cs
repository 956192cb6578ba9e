namespace PackuilonMonitor.Doctor;

/// <summary>Commands that change what rsyslog writes.</summary>
internal static class Rsyslog
{
    /// <summary>Lets it write times with year, zone and fraction.</summary>
    public static readonly string ToWriteTimes = ToSet("file-format", "$ActionFileDefaultTemplate RSYSLOG_FileFormat");

    /// <param name="name">What the file with the setting is named after.</param>
    /// <param name="line">The setting. Its file precedes all others, because rsyslog uses it for the outputs after it.</param>
    public static string ToSet(string name, string line) =>
        $"echo '{line}' | sudo tee /etc/rsyslog.d/00-{name}.conf && sudo systemctl restart rsyslog";
}
