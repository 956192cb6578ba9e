using PackuilonMonitor.Ingest.Files;
using PackuilonMonitor.Store;
using PackuilonMonitor.Tests.Ingest;
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

    /// <summary>Everything in a store that no recorder would have put there, or that somebody else could change.</summary>
    private static IEnumerable<TestCaseData> Deeds()
    {
        TestCaseData Case(string name, Action<string> deed, string? refusal) => new TestCaseData(deed, refusal).SetArgDisplayNames(name);

        yield return Case("as it was made", static _ => { }, null);
        yield return Case("no folder", static store => Directory.Delete(store, recursive: true), "@ is not there");
        yield return Case(
            "a file in its place",
            static store =>
            {
                Directory.Delete(store, recursive: true);
                File.WriteAllText(store, "");
            },
            "@ is a regular file and not a folder"
        );
        yield return Case("for others to enter", static store => Shell.Run("chmod", "o+x", store), "@ is open to others (");
        yield return Case("for others to read", static store => Shell.Run("chmod", "o+r", store), "@ is open to others (");
        yield return Case("for its group to write", static store => Shell.Run("chmod", "g+w", store), "@ is open to others (");
        foreach (var name in (string[])["recorder.lock", "history.db", "history.db-wal", "history.db-shm", "lines/2026-11-22.lines"])
        {
            yield return Case($"{name} for its group to read", store => Shell.Run("chmod", "g+r", $"{store}/{name}"), null);
            foreach (var rights in (string[])["g+w", "o+r"])
            {
                yield return Case(
                    $"{name} with {rights}",
                    store => Shell.Run("chmod", rights, $"{store}/{name}"),
                    $"@/{name} is open to others ("
                );
            }

            yield return Case(
                $"{name} with another name",
                store => Shell.Run("ln", $"{store}/{name}", $"{store}/other"),
                $"@/{name} has a second name elsewhere, which no recorder makes; remove it"
            );
            yield return Case($"{name} as a pipe", store => Replace("mkfifo", $"{store}/{name}"), $"@/{name} is a FIFO, which no recorder");
            yield return Case($"no {name}", store => File.Delete($"{store}/{name}"), null);
        }

        yield return Case("lines as a link", static store => Replace("ln", "-s", "/etc", $"{store}/lines"), "@/lines is a symbolic link");
        yield return Case("no lines", static store => Directory.Delete($"{store}/lines", recursive: true), null);
        yield return Case("a folder among the lines", static store => Shell.Run("mkdir", "-m", "700", $"{store}/lines/x"), null);
        yield return Case("another file", static store => Shell.Run("mkfifo", $"{store}/mine"), null);
    }

    [TestCaseSource(nameof(Deeds))]
    public void Store_IsRefused_IfAnotherCouldHaveWrittenIt(Action<string> deed, string? refusal)
    {
        var store = _folder["store"];
        HostFolder.Make(store, "no-such-group");
        HostFolder.MakeIn(store, HostFolder.Lines, HostFolder.Mode);
        foreach (var name in (string[])["recorder.lock", "history.db", "history.db-wal", "history.db-shm", "lines/2026-11-22.lines"])
        {
            File.WriteAllText($"{store}/{name}", "");
            TempFolder.SetMode($"{store}/{name}", UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        deed(store);

        var told = HostFolder.Refusal(store, owner: null);
        Assert.That(told?.Replace(store, "@", StringComparison.Ordinal), refusal is null ? Is.Null : Does.StartWith(refusal));
        Assert.That(HostFolder.Refusal(store, ThisUser.Id), Is.EqualTo(told));
    }

    [Test]
    public void Store_OfAnotherUser_IsRefusedByName()
    {
        var store = _folder["store"];
        HostFolder.Make(store, "no-such-group");

        Assert.That(
            HostFolder.Refusal(store, ThisUser.Id + 1),
            Is.EqualTo($"{store} belongs to uid {ThisUser.Id}, and this is uid {ThisUser.Id + 1}: run it as that user, or give --state-dir")
        );
    }

    private static void Replace(string command, params string[] arguments)
    {
        if (Directory.Exists(arguments[^1]))
            Directory.Delete(arguments[^1], recursive: true);
        else
            File.Delete(arguments[^1]);
        Shell.Run(command, arguments);
    }

    private static string Mask => File.ReadLines("/proc/self/status").First(line => line.StartsWith("Umask:", StringComparison.Ordinal));
}
