using PackuilonMonitor.Screen.Panes;

namespace PackuilonMonitor.Tests.Panes;

public sealed class CauseWordsTests
{
    private const string Refused = "malformed profile  refused before Packer";

    [TestCase(Refused, 40, Refused)]
    [TestCase(Refused, 39, "malformed profile  refused before…")]
    [TestCase(Refused, 33, "malformed profile  refused…")]
    [TestCase(Refused, 27, "malformed profile  refused…")]
    [TestCase(Refused, 26, "malformed profile…", Description = "not the stub of a word")]
    [TestCase(Refused, 18, "malformed profile…")]
    [TestCase(Refused, 17, "malformed profile", Description = "the cause itself is whole")]
    [TestCase(Refused, 16, "malformed profi…")]
    [TestCase("its thread restarted, no sign since: \"Starting Thread-3\"", 52, "its thread restarted, no sign since: \"Starting…")]
    [TestCase("Timeout waiting for SSH.", 12, "Timeout wai…")]
    public void In_SoManyColumns_CutsWhatStandsBesideTheCauseAtWords(string text, int width, string expected) =>
        Assert.That(CauseWords.In(text, width, ascii: false), Is.EqualTo(expected));
}
