using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Tests.App;

/// <summary>
/// A day on which a little of everything happens: builds, a stuck one, a lost worker, a refused message, profiles without a build.
/// </summary>
internal static class InventedDay
{
    public const string Storage = "storage-el9-x86_64";
    public const string Compute = "compute-el8-x86_64";
    public const string Gateway = "gateway-el9-x86_64";

    public static readonly DateTimeOffset Now = InventedFactory.At("16:41:56");

    public static Paint Paint(bool ascii = false) => new(Palette.Mono, ascii ? Glyphs.Ascii : Glyphs.Unicode, TimeZoneInfo.Utc, Now);

    /// <summary>The day, with the end of all logs read, so that what is raised is said.</summary>
    public static InventedFactory Read(string? name = null) => Factory(name).Event("16:41:51", new LogDirectoryRead());

    /// <summary>Two factories on that day that share names of images and threads and nothing else.</summary>
    public static Snapshot Two() => Snapshot.Of(
        [
            FactorySnapshot.Of(Read("harwell").State, new Facts(ThreadCount: 4)),
            FactorySnapshot.Of(Other("oxford").Event("16:41:51", new LogDirectoryRead()).State, new Facts(ThreadCount: 2)),
        ],
        Facts.None);

    /// <summary>A quieter factory: the same images, and threads of the same names.</summary>
    public static InventedFactory Other(string? name = null) =>
        new InventedFactory(name)
            .Event(
                "7:59:00",
                new SourceSeen(new SourceHealth(InventedFactory.Messages, SourceState.Following, null, InventedFactory.At("7:59:00")))
            )
            .Worker("8:00:00", 1)
            .Worker("8:00:01", 2)
            .WholeBuild("9:00:00", 1, Storage, "managed", 20)
            .WholeBuild("10:00:00", 1, Storage, "managed", 21)
            .WholeBuild("11:00:00", 1, Storage, "managed", 22)
            .Taken("14:00:03", 2, Gateway)
            .Started("14:00:04", Gateway, "managed")
            .Good("14:30:00", 2, Gateway, "managed")
            .Taken("16:36:00", 1, Storage)
            .Started("16:36:05", Storage, "managed")
            .Logged(
                Storage,
                "managed",
                [.. InventedFactory.Steps(Storage).Take(4).Select((line, place) => ($"16:36:{5 + place * 4:00}", line))]
            )
            .Profile("16:40:30", Compute, new ProfileUnchanged($"{Compute}.example.org.json"))
            .Event("16:41:51", new SourceRead(40, InventedFactory.At("16:41:50")));

    public static InventedFactory Factory(string? name = null)
    {
        var factory = new InventedFactory(name)
            .Event(
                "7:59:00",
                new SourceSeen(new SourceHealth(InventedFactory.Messages, SourceState.Following, null, InventedFactory.At("7:59:00")))
            )
            .Line("8:00:00", Speaker.Rabbit2Packer, new ServiceStarted(), "Starting")
            .Worker("8:00:00", 1)
            .Worker("8:00:01", 2)
            .Worker("8:00:02", 3);
        factory
            .WholeBuild("9:00:00", 1, Storage, "unmanaged", 6)
            .WholeBuild("9:06:00", 1, Storage, "managed", 7)
            .WholeBuild("10:00:00", 2, Storage, "managed", 8)
            .WholeBuild("11:00:00", 3, Storage, "managed", 7)
            .WholeBuild("12:00:00", 1, Compute, "managed", 5)
            .WholeBuild("12:30:00", 1, Compute, "managed", 6)
            .WholeBuild("13:00:00", 2, Compute, "managed", 5);
        return factory
            .Profile("14:00:00", Gateway, new ProfileUpdated($"{Gateway}.example.org.json"))
            .Pushed("14:00:01")
            .Taken("14:00:03", 2, Gateway)
            .Started("14:00:04", Gateway, "managed")
            .Logged(
                Gateway,
                "managed",
                ("14:00:05", "openstack output will be in this color."),
                ("14:00:10", "==> openstack: Launching server..."),
                ("14:00:12", "    openstack: Server ID: bf52ac71-1111-4222-8333-444455556666"),
                ("14:00:30", "==> openstack: Waiting for SSH to become available..."),
                ("14:05:30", "\u001b[1;31m==> openstack: Timeout waiting for SSH.\u001b[0m"),
                ("14:05:31", "Build 'openstack' errored: Timeout waiting for SSH.")
            )
            .Failed("14:05:32", 2, Gateway, "managed")
            .Taken("15:58:01", 3, "testbed-el7-x86_64")
            .Line(
                "15:58:03",
                Speaker.Rabbit2Packer,
                new WorkerFailed(Refusal.TemplateMissing),
                "Could not find packer template file, exiting"
            )
            .Profile("16:30:00", Storage, new ProfileUpdated($"{Storage}.example.org.json"))
            .Pushed("16:30:01")
            .Taken("16:30:03", 1, Storage)
            .Started("16:30:04", Storage, "unmanaged")
            .Profile("16:35:00", Compute, new ProfileUpdated($"{Compute}.example.org.json"))
            .Pushed("16:35:01")
            .Taken("16:35:03", 2, Compute)
            .Started("16:35:04", Compute, "managed")
            .Logged(
                Compute,
                "managed",
                [.. InventedFactory.Steps(Compute).Take(6).Select((line, place) => ($"16:35:{5 + place * 4:00}", line))]
            )
            .Good("16:36:04", 1, Storage, "unmanaged")
            .Started("16:36:05", Storage, "managed")
            .Profile("16:38:40", "archive-el9-x86_64", new ProfileUnchanged("archive-el9-x86_64.example.org.json"))
            .Profile("16:38:41", "mirror-el9-x86_64", new ProfileUnchanged("mirror-el9-x86_64.example.org.json"))
            .Profile("16:40:00", "proxy-el9-x86_64", new ProfileFailed("proxy-el9-x86_64.example.org.json"))
            .Logged(
                Storage,
                "managed",
                [.. InventedFactory.Steps(Storage).Take(11).Select((line, place) => (Clock(16 * 3600 + 36 * 60 + 5 + place * 33), line))]
            )
            .Profile("16:41:44", Gateway, new ProfileUpdated($"{Gateway}.example.org.json"))
            .Pushed("16:41:44")
            .Line("16:41:50", Speaker.Rabbit2Packer, new Unrecognised("expected a thread at column 1"), "something new under the sun")
            .Event("16:41:51", new SourceRead(120, InventedFactory.At("16:41:50")));
    }

    private static string Clock(int seconds) => $"{seconds / 3600}:{seconds / 60 % 60:00}:{seconds % 60:00}";

    private static InventedFactory Profile(this InventedFactory factory, string time, string image, MonitorEvent end)
    {
        var profile = $"{image}.example.org.json";
        return factory
            .Line(time, Speaker.Cdb2Rabbit, new ProfileRebuilt(profile), $"CI profile rebuilt: {profile}")
            .Line(time, Speaker.Cdb2Rabbit, end, $"Profile has updated: {profile}");
    }

    private static InventedFactory Pushed(this InventedFactory factory, string time) =>
        factory.Line(time, Speaker.Cdb2Rabbit, new MessagePushing(), "Pushing message to queue for build");
}
