using PackuilonMonitor.Store;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Store;

/// <summary>The folder of a host's store as its recorder makes it at its start.</summary>
public sealed class HostFolderTests
{
    private TempFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    /// <summary>What users put there, and what is written for each of them, must not be made while other threads create files.</summary>
    [Test]
    public void Folder_IsMadeWithAllThatUsersNeed_AndTheMaskStaysAsItWas()
    {
        var mask = Mask;

        Assert.That(HostFolder.Make(_folder["store"], "no-such-group"), Does.StartWith("there is no group no-such-group"));

        Assert.That(TempFolder.ModeOf(_folder["store"]), Is.EqualTo((UnixFileMode)0b010_111_101_000));
        Assert.That(TempFolder.ModeOf(_folder["store/seen"]), Is.EqualTo((UnixFileMode)0b010_111_101_000));
        Assert.That(TempFolder.ModeOf(_folder["store/asked"]), Is.EqualTo((UnixFileMode)0b011_111_111_000));
        Assert.That(Mask, Is.EqualTo(mask));
    }

    [Test]
    public void Folder_WithOtherRightsInIt_HasThemAgain()
    {
        HostFolder.Make(_folder["store"], "no-such-group");
        TempFolder.SetMode(_folder["store/seen"], (UnixFileMode)0b111_111_111);
        TempFolder.SetMode(_folder["store/asked"], (UnixFileMode)0b111_000_000);

        HostFolder.Make(_folder["store"], "no-such-group");

        Assert.That(TempFolder.ModeOf(_folder["store/seen"]), Is.EqualTo((UnixFileMode)0b010_111_101_000));
        Assert.That(TempFolder.ModeOf(_folder["store/asked"]), Is.EqualTo((UnixFileMode)0b011_111_111_000));
    }

    private static string Mask => File.ReadLines("/proc/self/status").First(line => line.StartsWith("Umask:", StringComparison.Ordinal));
}
