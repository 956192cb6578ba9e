using PackuilonMonitor.Doctor;

namespace PackuilonMonitor.Tests.Doctor;

public sealed class RightsTests
{
    [Test]
    public void Account_OfAProcess_IsTheEffectiveUserWithNames()
    {
        Assert.That(People.Operator.Text, Is.EqualTo("uid 1000 (htv), groups 1000 (htv), 10 (wheel)"));
        Assert.That(People.Operator.IsRoot, Is.False);
        Assert.That(People.Root.IsRoot);
    }

    [Test]
    public void Account_OfThisProcess_HasAUserAndAGroup() =>
        Assert.That(Account.OfThisProcess().Text, Does.Match(@"^uid \d+ \(\S+\), groups \d+ \("));

    [TestCase("0644", 0u, 0u, true)]
    [TestCase("0640", 0u, 10u, true)]
    [TestCase("0640", 0u, 4u, false)]
    [TestCase("0604", 0u, 10u, false, Description = "the group's bits count for its members, not everybody's")]
    [TestCase("0400", 1000u, 0u, true)]
    [TestCase("0044", 1000u, 0u, false)]
    public void MayRead_ByModeOwnerAndGroup(string mode, uint owner, uint group, bool may)
    {
        Assert.That(Rights.MayRead(People.Operator, People.FileOf(mode, owner, group)), Is.EqualTo(may));
        Assert.That(Rights.MayRead(People.Root, People.FileOf(mode, owner, group)));
    }

    [TestCase("0640", 4u, "sudo usermod -aG adm htv   # then log in again")]
    [TestCase("0600", 4u, "sudo setfacl -m u:htv:r '/var/log/my messages'")]
    [TestCase("0640", 0u, "sudo setfacl -m u:htv:r '/var/log/my messages'", Description = "nobody is told to join root's group")]
    [TestCase("0640", 77u, "sudo usermod -aG 77 htv   # then log in again")]
    public void ToReadFile_NamesAGroupThatMayOrAnAccessList(string mode, uint group, string command) =>
        Assert.That(
            Rights.ToReadFile(People.Operator, "/var/log/my messages", People.FileOf(mode, 0, group)),
            Is.EqualTo(new[] { command })
        );

    [Test]
    public void ToReadDirectory_WithoutAGroup_CountsLogsToCome() => Assert.That(
        Rights.ToReadDirectory(People.Operator, "/logs", People.DirectoryOf("0700")),
        Is.EqualTo(new[] { "sudo setfacl -R -m u:htv:rX /logs", "sudo setfacl -d -m u:htv:rX /logs   # for logs to come" }));

    [TestCase("a b", "'a b'")]
    [TestCase("it's", "'it'\\''s'")]
    [TestCase("$(x)", "'$(x)'")]
    [TestCase("a\u001b[31mb", "ab")]
    [TestCase("", "''")]
    public void Quoted_IsOneWordForAShell(string text, string word) => Assert.That(Rights.Quoted(text), Is.EqualTo(word));
}
