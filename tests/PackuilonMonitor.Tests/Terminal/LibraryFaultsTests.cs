using PackuilonMonitor.Terminal;

namespace PackuilonMonitor.Tests.Terminal;

/// <summary>Whose exception ends the program.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class LibraryFaultsTests
{
    private readonly LibraryFaults _faults = new();

    [Test]
    public void Exception_OfOurCode_EndsAlways()
    {
        Assert.That(_faults.Tolerate(), Is.False);
        _faults.BeginLibrary();
        _faults.BeginOurs();
        Assert.That(_faults.Tolerate(), Is.False);
        _faults.BeginLibrary();
        Assert.That(() => _faults.Ours(static () => throw new InvalidOperationException()), Throws.InvalidOperationException);
        Assert.That(_faults.Tolerate(), Is.False);
        _faults.BeginLibrary();
    }

    [Test]
    public void Exception_OfTheLibrary_EndsAfterAThousand()
    {
        _faults.BeginLibrary();
        var isOurs = true;
        _faults.Ours(() => isOurs = !_faults.Tolerate());
        Assert.That(isOurs);

        Assert.That(Enumerable.Range(0, 1000).Select(_ => _faults.Tolerate()), Is.All.True);
        Assert.That(_faults.Tolerate(), Is.False);
    }
}
