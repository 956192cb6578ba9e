using PackuilonMonitor.Configuration;
using PackuilonMonitor.Core.Alerts;
using PackuilonMonitor.Ingest.Files;
using PackuilonMonitor.Platform;

namespace PackuilonMonitor.Doctor;

/// <summary>Whether notifications can be sent; nothing is run or sent.</summary>
public static class NotifyFindings
{
    private const int Executable = 0x49;

    public static IEnumerable<Finding> Of(NotifySettings settings)
    {
        if (settings.Webhook is { Scheme: "https" } && !OpenSsl.IsThere)
            yield return Finding.Note("webhook", OpenSsl.Missing, OpenSsl.ToInstall);
        else if (settings.Webhook is { } address)
            yield return Finding.Fine(
                "webhook",
                $"{address.Authority} receives {string.Join(", ", settings.Events.Select(Alert.Word))}; not tried now"
            );
        if (settings.Hook.IsDefaultOrEmpty)
            yield break;
        var program = settings.Hook[0];
        var stat = StatResult.At(program);
        yield return !stat.Found ? Finding.Note("hook", $"{program} is not there", $"ls -l {Rights.Quoted(program)}")
        : !stat.Status.IsRegular || (stat.Status.Permissions & Executable) == 0
            ? Finding.Note("hook", $"{program} cannot be run: {stat.Status.Rights}", $"chmod +x {Rights.Quoted(program)}")
        : Finding.Fine("hook", $"{program} can be run");
    }
}
