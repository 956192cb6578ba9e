using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.State;
using PackuilonMonitor.Screen.Updates;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.App;

/// <summary>
/// The first start on a host where nothing can be read: doctor looks by itself, and its commands stand on the first screen.
/// </summary>
public sealed class FirstStartTests
{
    private const string Logs = "/etc/packer-utils/log";
    private const string Config = "/etc/packer-utils/config.ini";
    private const string Group = "sudo usermod -aG adm htv # then log in again";
    private const string Place = "packuilon-monitor doctor --log-dir DIR";

    private static readonly DoctorRow[] Found =
    [
        new(0, "ok     user: uid 1000 (htv), groups 1000 (htv), 10 (wheel)", false, false) { Subject = "user", Result = "uid 1000 (htv)" },
        new(1, $"note   {Config}: is not there: how many threads there should be is unknown", false, false)
        {
            Subject = Config,
            Result = "is not there: how many threads there should be is unknown",
            IsNote = true,
        },
        new(2, "packuilon-monitor doctor --config FILE", false, true) { Subject = Config },
        new(3, "unread /var/log/messages: not readable: as uid 1000, file mode 0640, owner 0:4", true, false)
        {
            Subject = "/var/log/messages",
            Result = "not readable: as uid 1000, file mode 0640, owner 0:4",
        },
        new(4, Group, false, true) { Subject = "/var/log/messages" },
        new(5, $"unread {Logs}: missing", true, false) { Subject = Logs, Result = "missing" },
        new(6, Place, false, true) { Subject = Logs },
        new(7, "ok     locale: UTF-8", false, false) { Subject = "locale", Result = "UTF-8" },
        new(8, "a source cannot be read: see the lines that begin with unread", false, false),
    ];

    [TestCase(80, 24)]
    [TestCase(140, 40)]
    public void Screen_OfNothingRead_SaysWhatToType(int columns, int rows)
    {
        var state = Start(new Size(columns, rows), ascii: columns == 80);

        Golden.Matches($"FirstStart.{columns}x{rows}.txt", state.Take(new DoctorRan(1, [.. Found])).State.Text());
    }

    [Test]
    public void Doctor_IsRunOnceForAsLongAsNothingIsRead()
    {
        var state = Start();
        Assert.That(state.Waiting.Values, Is.EqualTo(new[] { new RunDoctor(1) }));
        Assert.That(state.Text(), Does.Contain("doctor examines the sources"));
        Assert.That(state.Press("j").Waiting, Has.Count.EqualTo(1));

        var found = state.Take(new DoctorRan(1, [.. Found])).State;
        Assert.That(found.Press("j", "k").Waiting, Is.Empty);

        var read = Published(found, Unread().Worker("16:41:55", 1)).State;
        Assert.That(read.Text(), Does.Contain("WORKERS"));
        Assert.That(read.User.Place.Findings, Is.Null, "what was missing then says nothing of later");
    }

    [Test]
    public void Press_C_CopiesTheCommandOfTheSourceUnderTheCursor()
    {
        var state = Start().Take(new DoctorRan(1, [.. Found])).State;

        Assert.That(state.Pressed("c").Effects, Is.EqualTo(new[] { new CopyText(Group) }));
        Assert.That(state.Press("j").Pressed("c").Effects, Is.EqualTo(new[] { new CopyText(Place) }));
        Assert.That(Start().Pressed("c").State.User.Notice?.Text, Is.EqualTo("doctor has no command for it"));
    }

    [Test]
    public void Factory_ThatCanBeRead_NeedsNoDoctor()
    {
        var state = Screens.Of(InventedDay.Read().Snapshot);

        Assert.That(state.Pressed("j").Effects.OfType<RunDoctor>(), Is.Empty);
    }

    private static ScreenState Start(Size? size = null, bool ascii = true) =>
        Published(Screens.Of(new InventedFactory().Snapshot, size, InventedDay.Paint(ascii)), Unread()).State;

    private static Transition Published(ScreenState state, InventedFactory factory) =>
        state.Take(new StatePublished(Subscriptions.Of(state).OfType<FactoryStates>().Single().Id, factory.State));

    private static InventedFactory Unread() => new InventedFactory()
        .Event("16:41:50", Seen(InventedFactory.Messages, SourceState.Unreadable, "not readable: as uid 1000, file mode 0640, owner 0:4"))
        .Event("16:41:50", Seen(new SourceId(Logs), SourceState.Missing, null), new SourceId(Logs))
        .Event("16:41:50", new LogDirectoryRead());

    private static SourceSeen Seen(SourceId source, SourceState state, string? why) =>
        new(new SourceHealth(source, state, why, InventedFactory.At("16:41:50")));
}
