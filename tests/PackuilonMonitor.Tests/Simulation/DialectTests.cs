using PackuilonMonitor.Simulation;

namespace PackuilonMonitor.Tests.Simulation;

public sealed class DialectTests
{
    [TestCase("e7ec5f0")]
    [TestCase("HEAD")]
    [TestCase("2003ddb")]
    public void Parse_AKnownName_GivesItInAnyCase(string name) =>
        Assert.That(Dialect.Parse(name).Name, Is.EqualTo(name).IgnoreCase);

    [Test]
    public void Parse_AnUnknownName_NamesThoseThereAre() =>
        Assert.That(
            () => Dialect.Parse("latest"),
            Throws.TypeOf<FormatException>().With.Message.EqualTo(
                "unknown dialect 'latest': use one of f926600, 72f6d0d, c4f91e5, e7ec5f0, bf136ab, 2003ddb, 9786a46, head"));

    [TestCase("f926600", @"^[\w-]+-sl[67]x-x86_64\.log$")]
    [TestCase("72f6d0d", @"^[\w-]+-(sl|rocky)\dx-x86_64\.[\w-]+\.json\.log$")]
    [TestCase("c4f91e5", @"^[a-z-]+-(sl|rocky)\dx\.[\w-]+\.json\.\d{10}\.log$")]
    [TestCase("2003ddb", @"^[\w-]+-(sl|rocky)\dx-x86_64\.[\w-]+\.json\.\d{10}\.log$")]
    [TestCase("head", @"^image-factory-[a-z0-9-]+\.[\w-]+\.json\.log$")]
    public void LogNames_OfADialect_AreThoseOfItsRevision(string name, string shape)
    {
        var logs = Runs.Rough(Dialect.Parse(name)).Truth.Builds.Select(build => build.LogFile);

        Assert.That(logs, Has.All.Match(shape.Replace("sl[67]x", @"(sl|rocky)\dx", StringComparison.Ordinal)));
    }

    [TestCase("72f6d0d", "source imge was not found", "KeyError('system',)")]
    [TestCase("e7ec5f0", "source image was not found", "KeyError('plan9x-x86_64',)")]
    [TestCase("head", "source imge was not found", "KeyError('plan')")]
    public void Refusals_OfADialect_AreInItsWords(string name, string words, string repr)
    {
        var said = Runs.Rough(Dialect.Parse(name)).Lines.Select(line => line.Content).ToList();

        Assert.That(said, Has.Some.Contains(words));
        Assert.That(said, Has.Some.EqualTo(repr));
    }
}
