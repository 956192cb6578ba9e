using PackuilonMonitor.Faults;

namespace PackuilonMonitor.Tests;

/// <summary>A standard descriptor that the caller closed is not written to, whatever the runtime opened there.</summary>
public sealed class InheritedTests
{
    [Test]
    public void Output_OfTheTests_IsTheirCallers() => Assert.That(Inherited.Is(Inherited.Output) && Inherited.Is(Inherited.Error));

    [Test]
    public void File_ThatThisProcessOpened_IsNot()
    {
        using var file = File.OpenHandle("/dev/null");

        Assert.That(Inherited.Is((int)file.DangerousGetHandle()), Is.False);
    }

    [Test]
    public void Descriptor_ThatIsFree_IsNot() => Assert.That(Inherited.Is(1_000_000), Is.False);
}
