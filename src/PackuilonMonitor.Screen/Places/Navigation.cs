using System.Collections.Immutable;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Keys;

namespace PackuilonMonitor.Screen.Places;

/// <summary>The way from the overview to the screen that is shown, each screen as it was left.</summary>
/// <param name="Trail">The overview first.</param>
/// <param name="Previous">The place before this one, wherever it was.</param>
public sealed record Navigation(ImmutableList<Place> Trail, Place? Previous)
{
    private const int MostPlaces = 20;

    public static readonly Navigation Start = new([new Place(ScreenKind.Overview)], null);

    public Place Here => Trail[^1];

    /// <summary>The overview as it was left, or as it is.</summary>
    public Place Overview => Trail[0];

    public Navigation WithOverview(Place overview) => this with { Trail = Trail.SetItem(0, overview) };

    /// <summary>With the place that is shown changed.</summary>
    public Navigation With(Place here) => this with { Trail = Trail.SetItem(Trail.Count - 1, here) };

    /// <summary>No place is scrolled sideways: what was scrolled out at another width may be in sight now.</summary>
    public Navigation Unscrolled() =>
        Trail.Any(place => place.Sideways > 0) ? this with { Trail = Trail.ConvertAll(place => place with { Sideways = 0 }) } : this;

    /// <summary>With what doctor found, wherever its screen is: on the way, or the one before this.</summary>
    public Navigation WithFindings(ImmutableArray<DoctorRow>? findings)
    {
        Place Found(Place place) => place.Screen is ScreenKind.Doctor ? place with { Findings = findings } : place;
        return this with { Trail = Trail.ConvertAll(Found), Previous = Previous is { } previous ? Found(previous) : null };
    }

    /// <summary>To a place; if the way here came through it, back to it as it was left.</summary>
    public Navigation To(Place place)
    {
        if (Here.IsSame(place))
            return this;
        if (Here.Sideways > 0)
            return Unscrolled().To(place);
        var known = Trail.FindIndex(one => one.IsSame(place));
        var trail = known >= 0 ? Trail.RemoveRange(known + 1, Trail.Count - known - 1) : Trail.Add(place);
        // The oldest but the overview goes, so that the way back has an end.
        return new Navigation(trail.Count > MostPlaces ? trail.RemoveAt(1) : trail, Here);
    }

    /// <summary>One place back; null at the top.</summary>
    public Navigation? Back() => Trail.Count > 1 ? new Navigation(Trail.RemoveAt(Trail.Count - 1), Here) : null;
}
