using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Text;
using PackuilonMonitor.Screen.Panes;

namespace PackuilonMonitor.Tests.App;

/// <summary>The words for a message that came to no build, and for causes that are too long.</summary>
public sealed class RefusalWordsTests
{
    private const string NotFound = "FileNotFoundError(2, 'No such file or directory')";

    [TestCase(
        Refusal.Unwritable,
        "Unable to write build file: /etc/packer-utils/build//norm-sl7x.json",
        NotFound,
        null,
        "file not writable: /etc/packer-utils/build/norm-sl7x.json: No such file or directory"
    )]
    [TestCase(Refusal.Unwritable, "Unable to write build file: /b/x.json", null, null, "file not writable: /b/x.json")]
    [TestCase(
        Refusal.TemplateMissing,
        "Unable to open template file",
        "IsADirectoryError(21, 'Is a directory')",
        "/etc/packer-utils/templates/norm.json",
        "template file not found: /etc/packer-utils/templates/norm.json: Is a directory"
    )]
    [TestCase(
        Refusal.TemplateMissing,
        "Could not find packer template file, exiting",
        NotFound,
        null,
        "template file not found: No such file or directory"
    )]
    [TestCase(Refusal.TemplateMissing, "Could not find packer template file, exiting", null, null, "template file not found")]
    [TestCase(Refusal.NoSourceImage, "T", "KeyError('rocky9-x86_64')", "/t.json", "no source image: KeyError('rocky9-x86_64')")]
    [TestCase(Refusal.MalformedProfile, "T", null, null, "malformed profile")]
    public void Of_ARefusal_NamesFileAndReason(Refusal why, string line, string? error, string? template, string words) =>
        Assert.That(RefusalWords.Of(why, line, error, template), Is.EqualTo(words));

    [TestCase("/etc/packer-utils/packer-auth.sh: No such file or directory", "packer-auth.sh: No such file or directory")]
    [TestCase("no file (/etc/a/b.json) of 3/4 and /tmp or and/or", "no file (b.json) of 3/4 and /tmp or and/or")]
    [TestCase("the directory /etc/a/ is gone", "the directory /etc/a/ is gone")]
    [TestCase("https://example.org/a/b is down", "https://example.org/a/b is down")]
    public void WithoutDirectories_APath_LeavesItsLastName(string text, string words) =>
        Assert.That(CauseWords.WithoutDirectories(text), Is.EqualTo(words));
}
