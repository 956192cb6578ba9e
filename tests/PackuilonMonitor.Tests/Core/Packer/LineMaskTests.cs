using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.Tests.Core.Packer;

public sealed class LineMaskTests
{
    [TestCase("Server ID: 5e5f2a1b-0c3d-4e5f-8a9b-0c1d2e3f4a5b", "Server ID: #")]
    [TestCase("rbd://5e5f2a1b-0c3d-4e5f-", "rbd://#")]
    [TestCase("digest d41d8cd98f00b204e9800998ecf8427e", "digest #")]
    [TestCase("No existing cache /var/lib/ccm/data/aHR0cDovL2V4YW1wbGUub3JnL3ZtMQ==, so", "No existing cache /var/lib/ccm/data/#, so")]
    [TestCase("started at: Wed Mar  4 05:06:07 2020", "started at: # # # #:#:# #")]
    [TestCase("May 4 is a date, may and May are not", "# # is a date, may and May are not")]
    [TestCase("Mar one 4 and Mar Mon x", "Mar one # and Mar Mon x")]
    [TestCase("abcde1 abcd1 abcdef abc-de1", "# abcd# abcdef #", Description = "six hexadecimal digits, one of them decimal")]
    [TestCase("aBcDeFgHiJkLmN1o aBcDeFgHiJkLm1o", "# aBcDeFgHiJkLm#o", Description = "sixteen letters and digits")]
    [TestCase("aBcDeFgHiJkLmNoPq abcdefghijklmno1", "aBcDeFgHiJkLmNoPq abcdefghijklmno#")]
    [TestCase("/x.aBcDeG /x.aBcDeGh /x.Abcdeg /x.abcdeg", "/x.# /x.aBcDeGh /x.Abcdeg /x.abcdeg")]
    [TestCase("finished after 4 minutes 1 second", "finished after #")]
    [TestCase("finished after 8 minutes.", "finished after #.")]
    [TestCase("minutes 4", "minutes #")]
    [TestCase("4 lines in 2 minutes", "# lines in #")]
    [TestCase("  a  b  ", " a b")]
    [TestCase("a\u001b]0;title\ab", "ab")]
    [TestCase("a\u001b]0;title\u001b\\b", "ab")]
    [TestCase("a\u001b]0;title\u009cb", "ab")]
    [TestCase("a\u001b]title", "a]title", Description = "an escape without an end")]
    [TestCase("a\u001bPx\u001b[0mb", "ab", Description = "an escape in an escape")]
    [TestCase("a\u001b[1;2Hb", "ab")]
    [TestCase("a\u001b[1;", "a")]
    [TestCase("a\u001b[\u0001b", "ab")]
    [TestCase("a\u001bcb", "ab")]
    [TestCase("a\u001b", "a")]
    [TestCase("a\tb\u0007c", "a bc")]
    [TestCase("2020-03-04T05:06:07Z", "#-#-#T#:#:#Z")]
    [TestCase("/tmp/packer-shell123456789 and /tmp/tmp.aBcDeFgHiJ", "/tmp/packer-shell# and /tmp/tmp.#")]
    [TestCase("vm101.cloud.example.org 192.0.2.17", "vm#.cloud.example.org #.#.#.#")]
    [TestCase("| None        |", "| None |")]
    [TestCase("a decade of cafes fed by added beef", "a decade of cafes fed by added beef")]
    [TestCase("ln: failed to create symbolic link: File exists", "ln: failed to create symbolic link: File exists")]
    [TestCase("\u001b[1;32m==> openstack: Connected to SSH!\u001b[0m", "==> openstack: Connected to SSH!")]
    public void Mask_TakesOut_WhatIsDifferentInEveryBuild(string line, string masked)
    {
        Assert.That(LineMask.Of(line), Is.EqualTo(masked));
        Assert.That(LineMask.HashOf(line), Is.EqualTo(LineMask.HashOf(masked)));
    }

    [TestCase("", 4_096, "", 4_096)]
    [TestCase("", 4_097, "", 4_096)]
    [TestCase("\u001b[0;32m", 4_085, "\u001b[0m", 4_085, Description = "as long as a coloured line may be")]
    [TestCase("\u001b[0;32m", 4_097, "\u001b[0m", 4_096)]
    [TestCase("\u001b[0;32m", 20_000, "\u001b[0m", 4_096)]
    public void Line_IsReadUpToFourKibibytes(string before, int length, string behind, int read) =>
        Assert.That(LineMask.Of(before + new string('x', length) + behind), Has.Length.EqualTo(read));

    [Test]
    public void Hash_OfOtherText_IsAnother() =>
        Assert.That(LineMask.HashOf("Connected to SSH!"), Is.Not.EqualTo(LineMask.HashOf("Connected to SSH?")));

    [Test]
    public void Hash_IsTheSameInEveryRunOfTheProgram() =>
        Assert.That(LineMask.HashOf("a"), Is.EqualTo(0xaf63dc4c8601ec8cUL), "published value of FNV-1a for this text");
}
