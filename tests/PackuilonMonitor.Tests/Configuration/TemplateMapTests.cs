using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Health;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Configuration;

public sealed class TemplateMapTests
{
    private const string Map = """{"DEFAULT": ["/t/unmanaged.json", "/t/managed.json"], "web": ["/t/web.json"], "none": []}""";

    [TestCase("web", "/t/web.json", false)]
    [TestCase("other", "/t/unmanaged.json /t/managed.json", false)]
    [TestCase("none", "", true)]
    public void Read_AMap_HasTheFilesOfEachImage(string image, string files, bool none)
    {
        using var folder = new TempFolder();
        folder.Write("template-map.json", Map);
        var map = TemplateMap.Read(folder["template-map.json"])!;

        Assert.That(string.Join(' ', map.FilesOf(new ImageName(image))), Is.EqualTo(files));
        Assert.That(map.HasNone(new ImageName(image)), Is.EqualTo(none));
    }

    [TestCase(null)]
    [TestCase("[]")]
    [TestCase("{")]
    public void Read_NoSuchMap_IsNone(string? text)
    {
        using var folder = new TempFolder();
        if (text is not null)
            folder.Write("template-map.json", text);

        Assert.That(TemplateMap.Read(folder["template-map.json"]), Is.Null);
        Assert.That(TemplateMap.Read(null), Is.Null);
    }
}
