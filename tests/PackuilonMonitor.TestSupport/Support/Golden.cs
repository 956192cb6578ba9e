namespace PackuilonMonitor.Tests.Support;

/// <summary>
/// Expected pictures, as files in Expectations. With ACCEPT=1 they are rewritten with what is there, to be reviewed as a diff.
/// </summary>
internal static class Golden
{
    public static void Matches(string name, string actual)
    {
        var path = PathOf(name);
        if (Environment.GetEnvironmentVariable("ACCEPT") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
            return;
        }

        Assert.That(File.Exists(path), Is.True, $"{name} is not there; ACCEPT=1 writes it");
        Assert.That(actual, Is.EqualTo(File.ReadAllText(path)), $"{name} differs; ACCEPT=1 rewrites it");
    }

    /// <summary>
    /// Where an expectation of the running test's assembly lies in the source tree, so that accepting changes what is committed.
    /// </summary>
    public static string PathOf(string name) =>
        Repository.Place($"tests/{TestContext.CurrentContext.Test.Type!.Assembly.GetName().Name}/Expectations/{name}");
}
