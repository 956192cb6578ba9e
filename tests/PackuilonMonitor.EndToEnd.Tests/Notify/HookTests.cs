using System.Text.Json;
using PackuilonMonitor.Core.Alerts;
using PackuilonMonitor.Notify;
using PackuilonMonitor.Screen.Bulletins;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Notify;

public sealed class HookTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    private static readonly Bulletin Failed = new(AlertKind.Failed, Given.Noon)
    {
        Image = "lab-sl7x",
        Template = "managed.json",
        Reason = "$(reboot) `x` \"quoted\" * ; rm",
    };

    private TempFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void Run_Arguments_ArriveAsTheyAreWithoutAShell()
    {
        var delivery = new Hook(
            [
                Script("for word; do echo \"<$word>\"; done > words"),
                "{event}",
                "{image}.{template}",
                "a b",
                "{reason}",
                "{nothing}",
                "{step}",
            ],
            Long
        ).Run(Failed);

        Assert.That(delivery, Is.EqualTo(Delivery.Done));
        Assert.That(
            File.ReadAllLines(_folder["words"]),
            Is.EqualTo(new[] { "<failed>", "<lab-sl7x.managed.json>", "<a b>", "<$(reboot) `x` \"quoted\" * ; rm>", "<{nothing}>", "<>" })
        );
    }

    [Test]
    public void Run_StandardInput_IsTheEventAsJson()
    {
        Assert.That(new Hook([Script("cat > event")], Long).Run(Failed), Is.EqualTo(Delivery.Done));

        var json = JsonDocument.Parse(File.ReadAllText(_folder["event"])).RootElement;
        Assert.That(json.GetProperty("event").GetString(), Is.EqualTo("failed"));
        Assert.That(json.GetProperty("reason").GetString(), Is.EqualTo(Failed.Reason));
    }

    [TestCase("--exec=x", "exec=x")]
    [TestCase("-", "")]
    [TestCase("a-b", "a-b")]
    public void Filled_APartThatLooksLikeAnOption_IsNone(string image, string expected)
    {
        var bulletin = Failed with { Image = image };

        Assert.That(Hook.Filled("{image}", bulletin), Is.EqualTo(expected));
        Assert.That(Hook.Filled("--image={image}", bulletin), Is.EqualTo($"--image={image}"));
    }

    [Test]
    public void Run_ItFails_TheCodeAndItsLastWordsAreReported()
    {
        var hook = Script("echo first >&2; printf '\\033[31mno such pager\\007\\n\\n' >&2; exit 3");

        Assert.That(new Hook([hook], Long).Run(Failed), Is.EqualTo(new Delivery("hook: exit code 3: no such pager")));
    }

    [Test]
    public void Run_ItReadsNothingAndWritesMuch_EndsAllTheSame() =>
        Assert.That(
            new Hook([Script("exec 0<&-; head -c 3000000 /dev/zero; head -c 3000000 /dev/zero >&2")], Long).Run(Failed),
            Is.EqualTo(Delivery.Done)
        );

    [Test]
    public void Run_ItNeverEnds_IsKilledWithWhatItStarted()
    {
        var hook = Script("sleep 1000 & echo $! > child; sleep 1000");

        var delivery = new Hook([hook], TimeSpan.FromMilliseconds(500)).Run(Failed);

        Assert.That(delivery, Is.EqualTo(new Delivery("hook: killed after 0.5 s")));
        var child = File.ReadAllText(_folder["child"]).Trim();
        // A zombie that nobody has reaped yet has ended too.
        Assert.That(
            () => !Directory.Exists($"/proc/{child}") || File.ReadAllText($"/proc/{child}/stat").Contains(") Z "),
            Is.True.After(TestPatience.Milliseconds, 50)
        );
    }

    [Test]
    public void Run_AChildKeepsTheStreamsOpen_IsNotWaitedFor()
    {
        var hook = Script("sleep 1000 & echo $! > child; echo gone wrong >&2; exit 1");

        var delivery = new Hook([hook], Long).Run(Failed);

        Assert.That(delivery.Why, Does.StartWith("hook: exit code 1"));
        System
            .Diagnostics.Process.GetProcessById(
                int.Parse(File.ReadAllText(_folder["child"]), System.Globalization.CultureInfo.InvariantCulture)
            )
            .Kill();
    }

    [Test]
    public void Run_HasASessionOfItsOwnAndNoTerminal()
    {
        var hook = Script("cut -d ' ' -f 1,6 /proc/$$/stat > session; (: < /dev/tty) 2> /dev/null && echo terminal >> session; true");

        Assert.That(new Hook([hook], Long).Run(Failed), Is.EqualTo(Delivery.Done));
        var told = File.ReadAllText(_folder["session"]).Trim().Split(' ');
        Assert.That(told, Has.Length.EqualTo(2));
        Assert.That(told[1], Is.EqualTo(told[0]), "it leads its session");
    }

    [Test]
    [NonParallelizable]
    public void Run_ManyTimesWithAChildThatLivesOn_KeepsNoDescriptor()
    {
        var hook = Script("sleep 1000 & echo $! >> child; echo gone wrong >&2; exit 1");
        _ = new Hook([hook], Long).Run(Failed);
        var before = Descriptors();

        for (var time = 0; time < 5; time++)
            _ = new Hook([hook], Long).Run(Failed);

        Assert.That(Descriptors(), Is.LessThanOrEqualTo(before));
        Ingest.Shell.Run("kill", File.ReadAllLines(_folder["child"]));
    }

    // Pipes alone: other tests open files meanwhile.
    private static int Descriptors() =>
        Directory
            .EnumerateFiles("/proc/self/fd")
            .Count(path => new FileInfo(path).LinkTarget?.StartsWith("pipe:", StringComparison.Ordinal) == true);

    [Test]
    public void Run_NoSuchProgram_IsReported() =>
        Assert.That(new Hook([_folder["none"]], Long).Run(Failed).Why, Does.StartWith("none: ").And.Contain("No such file"));

    private string Script(string text)
    {
        var path = _folder.Write("hook", $"#!/bin/sh\ncd '{_folder.Path}' || exit 9\n{text}\n");
        TempFolder.SetMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
