using CsCheck;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Tests.Core.Builds;

/// <summary>What the name of a build log tells, alone and beside a job.</summary>
public sealed class LogNameTests
{
    private static readonly Gen<string> Pieces = Gen.OneOf<string>(
            ".",
            "json",
            ".json",
            ".log",
            "log",
            "norm",
            "a",
            "1795262400",
            "/",
            "-",
            " ",
            "é"
        )
        .Array[0, 8]
        .Select(string.Concat);

    [TestCase("norm-sl7x-x86_64.log", "norm-sl7x-x86_64", null, null)]
    [TestCase("norm-sl7x.managed.json.log", "norm-sl7x", "managed.json", null)]
    [TestCase("norm-sl7x.managed.json.1795262400.log", "norm-sl7x", "managed.json", 1795262400)]
    [TestCase("/etc/packer-utils/log//norm.managed.json.log", "norm", "managed.json", null)]
    [TestCase("host.example.org.managed.json.log", "host.example.org", "managed.json", null)]
    [TestCase("host.example.org.log", "host.example.org", null, null)]
    [TestCase("norm.1795262400.log", "norm.1795262400", null, null)]
    [TestCase("norm.json.log", "norm.json", null, null)]
    [TestCase("norm.managed.json.-5.log", "norm.managed.json.-5", null, null)]
    [TestCase("norm.managed.json. 5.log", "norm.managed.json. 5", null, null)]
    [TestCase("norm.managed.json.+5.log", "norm.managed.json.+5", null, null)]
    [TestCase("norm.managed.json.99999999999999999999.log", "norm.managed.json.99999999999999999999", null, null)]
    [TestCase("norm", "norm", null, null)]
    [TestCase("", "", null, null)]
    [TestCase("/", "", null, null)]
    [TestCase(".log", "", null, null)]
    [TestCase(".json.log", ".json", null, null)]
    [TestCase("/log/.json.5.log", ".json", null, 5)]
    [TestCase("..json.log", "..json", null, null)]
    public void Of_SuchAPath_IsReadFromTheRight(string path, string image, string? template, long? epoch)
    {
        var name = LogName.Of(path);

        Assert.That((name.Image.Text, name.Template, name.Epoch), Is.EqualTo((image, template, epoch)));
    }

    [Test]
    public void Of_TwoLogsOfOneImage_HaveOneStringOfEachName()
    {
        var (one, other) = (LogName.Of("/log/norm-sl7x.managed.json.1.log"), LogName.Of("/log/norm-sl7x.managed.json.2.log"));

        Assert.That((one.Image.Text, one.Template, one.Stem), Is.EqualTo(("norm-sl7x", "managed.json", "norm-sl7x.managed.json")));
        Assert.That(other.Image.Text, Is.SameAs(one.Image.Text));
        Assert.That(other.Template, Is.SameAs(one.Template));
        Assert.That(other.Stem, Is.SameAs(one.Stem));
    }

    [Test]
    public void Of_AnyText_ThrowsNothing() =>
        Pieces.Sample(path => LogName.Of(path).File.Contains('/', StringComparison.Ordinal) == false, iter: 20_000);

    [Test]
    public void Of_AnyText_FitsTheImageThatItReads() =>
        Pieces.Sample(
            path =>
                LogName.Of(path) is var name
                && (name.Template is null || name.Fits(name.Image) && name.TemplateFor(name.Image) == name.Template),
            iter: 20_000
        );

    [TestCase("host.example.org.managed.json.log", "host.example.org", "managed.json")]
    [TestCase("host.example.org.managed.json.log", "host", "example.org.managed.json")]
    [TestCase("host.log", "host", null)]
    public void TemplateFor_AJobsImage_IsWhatRemains(string file, string image, string? template)
    {
        var name = LogName.Of(file);

        Assert.That((name.Fits(new ImageName(image)), name.TemplateFor(new ImageName(image))), Is.EqualTo((true, template)));
    }
}
