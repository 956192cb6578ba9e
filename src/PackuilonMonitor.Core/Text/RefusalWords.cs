using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Core.Text;

/// <summary>Why a message came to no build: the file that it is about and the system's own reason, where the lines tell them.</summary>
public static class RefusalWords
{
    /// <param name="template">The template file that the message asked for; null where it is not known.</param>
    public static string Of(Rejection rejection, string? template = null) =>
        Of(rejection.Why, rejection.Text, rejection.Error, template);

    /// <param name="line">The daemon's line about it.</param>
    /// <param name="error">The exception that the daemon wrote beside that line; null for none.</param>
    /// <param name="template">The template file that the message asked for; null where it is not known.</param>
    public static string Of(Refusal why, string line, string? error, string? template = null)
    {
        var file = why switch
        {
            Refusal.Unwritable => PathIn(line),
            Refusal.TemplateMissing => template,
            _ => null,
        };
        var details = new[] { file, error is null ? null : SystemError.ReasonIn(error) ?? error }.OfType<string>();
        return string.Join(": ", details.Prepend(Words.Refused(why)));
    }

    /// <summary>The path behind the colon, as in <c>Unable to write build file: /etc/packer-utils/build//norm.json</c>.</summary>
    private static string? PathIn(string line) =>
        line.IndexOf(": /", StringComparison.Ordinal) is >= 0 and var colon
            ? line[(colon + 2)..].Replace("//", "/", StringComparison.Ordinal)
            : null;
}
