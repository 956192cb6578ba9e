using System.Globalization;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Core.Text;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Screen.Panes;

/// <summary>The items of a check on HEALTH. Of builds that did not succeed there is also when the image was last built well.</summary>
internal static class CheckItemColumns
{
    private const int LeastName = 10;

    private static readonly Column<CheckItemRow> Item = new("item", LeastName, (row, _, paint) =>
        new(Words.WithoutJson(row.Item.Id), row.Item.Muted ? paint.Palette.Dim : paint.Palette.Plain)
    )
    {
        Cut = ShortName.In,
    };

    private static readonly Column<CheckItemRow> Since = new("since", 8, (row, _, paint) =>
        new(row.Item.Since is { } since ? paint.Clock(since) : "", paint.Palette.Dim)
    )
    {
        Drop = 1,
    };

    private static readonly Column<CheckItemRow> What = new("what", 20, (row, _, paint) =>
        new(TextOf(row, paint), row.Item.Muted ? paint.Palette.Dim : paint.Palette.Plain)
    )
    {
        Grows = 1,
    };

    private static readonly Column<CheckItemRow> LastGood = new("last good", 10, (row, snapshot, paint) =>
        new(SinceGood(row, snapshot) is var (good, _) ? good is { } at ? paint.Minute(at) : "none known" : "", paint.Palette.Dim)
    );

    private static readonly Column<CheckItemRow> Tries = new("tries since", 11, (row, snapshot, paint) =>
        new(SinceGood(row, snapshot) is var (_, tries) ? tries.ToString(CultureInfo.InvariantCulture) : "", paint.Palette.Dim)
    )
    {
        Right = true,
    };

    public static readonly IReadOnlyList<Column<CheckItemRow>> Narrow = [Item, Since, What];

    /// <param name="columns">Of the screen.</param>
    public static IEnumerable<Column<CheckItemRow>> Of(Check check, int columns, ScreenForm form)
    {
        // As wide as its longest name, so that the text beside it has the rest.
        var longest = check.Items.Max(item => Words.WithoutJson(item.Id).Length);
        var name = Item with { Width = Math.Clamp(longest, LeastName, Math.Max(LeastName, columns / 2)) };
        return form is ScreenForm.Wide && check.Code is CheckCode.BuildFailed or CheckCode.BuildLost
            ? [name, Since, What, LastGood, Tries]
            : [name, Since, What];
    }

    /// <summary>Its words begin with the time that stands beside them.</summary>
    private static string TextOf(CheckItemRow row, Paint paint)
    {
        var (item, text) = (row.Item, row.Item.Text);
        if (item.Since is { } since && $"{paint.Minute(since)} " is var time && text.StartsWith(time, StringComparison.Ordinal))
            text = text[time.Length..];
        return item.Muted ? $"(muted) {text}" : text;
    }

    /// <summary>When the same image and template was last built well, and how often it was tried since.</summary>
    private static (DateTimeOffset? Good, int Tries)? SinceGood(CheckItemRow row, Snapshot snapshot)
    {
        if (snapshot.Find(row.Item.Build) is not { } build)
            return null;
        var ended = snapshot.Of(build.Image, build.Factory).Where(other => other.Template == build.Template && !other.Running).ToList();
        var good = ended.FindLastIndex(other => other.State is BuildState.Succeeded);
        return (good < 0 ? null : ended[good].EndedAt, ended.Count - 1 - good);
    }
}
