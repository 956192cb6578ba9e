using CsCheck;
using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.Tests.Core.Packer;

/// <summary>Lines kept as bytes are the lines that were added, one by one or many at once.</summary>
public sealed class LogLinesTests
{
    private static readonly Gen<string> Line = Gen.OneOf(Gen.Const(""), Gen.Const("é → 😀\u001b[0m"), Gen.String.AlphaNumeric);

    [Test]
    public void Lines_AddedInAnyWay_AreTheLines() =>
        Gen.Select(Line, Gen.Int[0, 2]).Array[0, 20].Sample(added =>
        {
            var builder = new LogLines.Builder();
            foreach (var (line, way) in added)
            {
                if (way == 0)
                    builder.Add(line);
                else if (way == 1)
                    builder.Add(System.Text.Encoding.UTF8.GetBytes(line));
                else
                    builder.Add(System.Text.Encoding.UTF8.GetBytes($"{line}\n{line}\n"), 2);
            }

            string[] all = [.. added.SelectMany(one => one.Item2 == 2 ? new[] { one.Item1, one.Item1 } : [one.Item1])];
            var lines = builder.ToLines();
            Assert.That(lines, Is.EqualTo(all));
            Assert.That(lines.Count, Is.EqualTo(all.Length));
            Assert.That(LogLines.Of(all).Bytes.ToArray(), Is.EqualTo(lines.Bytes.ToArray()));
            builder.Clear();
            Assert.That(builder.ToLines().Count, Is.Zero);
        });

    [Test]
    public void Draft_OfLines_IsTheLogOfEach()
    {
        string[] lines = [.. GivenLog.GoodBuild, .. Enumerable.Repeat("    openstack: quiet", 5), "é", "    openstack: last"];
        var draft = new BuildLogDraft(BuildLog.Empty);
        draft.Apply(LogLines.Of(lines), GivenLog.Noon);
        var (log, folded) = (draft.ToLog(), lines.Aggregate(BuildLog.Empty, (log, line) => log.Apply(line, GivenLog.Noon)));

        Assert.That(Support.Content.Changes(Support.Content.OfAll(folded), Support.Content.OfAll(log)), Is.Empty);
    }
}
