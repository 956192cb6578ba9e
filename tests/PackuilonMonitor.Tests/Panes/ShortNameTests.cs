using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Tests.Panes;

public sealed class ShortNameTests
{
    private const string Name = "image-factory-login-sl7x-x86_64.unm";

    [TestCase(Name, 35, Name)]
    [TestCase(Name, 34, "image-factory-login-sl7x….unm")]
    [TestCase(Name, 29, "image-factory-login-sl7x….unm", Description = "the architecture alone")]
    [TestCase(Name, 28, "image-facto…y-login-sl7x.unm")]
    [TestCase(Name, 18, "image-…in-sl7x.unm")]
    [TestCase(Name, 7, "im….unm")]
    [TestCase(Name, 6, "i….unm")]
    [TestCase(Name, 5, "imag…", Description = "nothing could stand before the template")]
    [TestCase("a message of T12", 12, "a mes…of T12")]
    [TestCase("image-factory-07.json", 20, "image-f…tory-07.json")]
    [TestCase("3x inventory-sl6x-x86_64.mgd", 22, "3x inventory-sl6x….mgd")]
    public void In_SoManyColumns(string name, int width, string expected) => Assert.That(ShortName.In(name, width), Is.EqualTo(expected));
}
