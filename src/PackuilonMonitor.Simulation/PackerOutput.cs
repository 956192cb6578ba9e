using System.Globalization;
using System.Text;

namespace PackuilonMonitor.Simulation;

/// <summary>A part of Packer's output and the wait before it.</summary>
internal readonly record struct Burst(TimeSpan Wait, string Text);

/// <summary>Packer's own layout: its colours, prefixes and closing lines.</summary>
internal sealed class PackerOutput(PackerWording wording)
{
    private readonly StringBuilder _text = new();
    private readonly string _front = wording == PackerWording.Of114 ? "==> " : "    ";
    private readonly string _output = wording == PackerWording.Of114 ? "1;32" : "0;32";

    public PackerOutput Begin() => wording == PackerWording.Of2017
        ? Coloured("1;32", "openstack output will be in this color.").Plain("")
        : Coloured("1;32", "openstack: output will be in this color.").Plain("");

    public PackerOutput Step(string text) => Coloured("1;32", "==> openstack: " + text);

    public PackerOutput Say(string text) => Coloured(_output, text.Length == 0 ? $"{_front}openstack:" : $"{_front}openstack: {text}");

    public PackerOutput Fault(string text) => Coloured("1;31", "==> openstack: " + text);

    public PackerOutput PostStep(string text) => Coloured("1;32", "==> openstack (shell-local): " + text);

    public PackerOutput PostSay(string text) => Coloured(_output, $"{_front}openstack (shell-local): {text}");

    public PackerOutput Plain(string text)
    {
        _text.Append(text).Append('\n');
        return this;
    }

    public PackerOutput Finished(TimeSpan took) =>
        Coloured(
            "1;32",
            wording == PackerWording.Of2017 ? "Build 'openstack' finished." : $"Build 'openstack' finished after {Words(took)}."
        );

    public PackerOutput Errored(TimeSpan took, string why) =>
        Coloured(
            "1;31",
            wording == PackerWording.Of2017 ? $"Build 'openstack' errored: {why}" : $"Build 'openstack' errored after {Words(took)}: {why}"
        );

    /// <summary>The line about the whole run, which older versions of Packer lack.</summary>
    public PackerOutput Completed(TimeSpan took) =>
        wording == PackerWording.Of2017 ? this : Plain("").Plain($"==> Wait completed after {Words(took)}");

    /// <summary>The text since the last call.</summary>
    public string Take()
    {
        var text = _text.ToString();
        _text.Clear();
        return text;
    }

    private PackerOutput Coloured(string colour, string text)
    {
        _text.Append("\u001b[").Append(colour).Append('m').Append(text).Append("\u001b[0m\n");
        return this;
    }

    // As Packer writes it, the two largest units: "7 minutes 3 seconds".
    private static string Words(TimeSpan took)
    {
        var parts = new List<string>(4);
        Add(parts, (int)took.TotalHours, "hour");
        Add(parts, took.Minutes, "minute");
        Add(parts, took.Seconds, "second");
        Add(parts, took.Milliseconds, "millisecond");
        return parts.Count == 0 ? "0 milliseconds" : string.Join(' ', parts.Take(2));
    }

    private static void Add(List<string> parts, int count, string unit)
    {
        if (count > 0)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{count} {unit}{(count == 1 ? "" : "s")}"));
    }
}
