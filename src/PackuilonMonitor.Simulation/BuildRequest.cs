namespace PackuilonMonitor.Simulation;

/// <summary>What is wrong with a message, or with the folders and templates that it needs.</summary>
internal enum Flaw
{
    None,
    MalformedJson,
    NotUtf8,
    KeysMissing,
    UnknownSource,
    EmptyTemplateList,
    BrokenTemplate,

    // From here on the thread that takes it ends.
    TemplateMissing,
    TemplateUnreadable,
    BuildFileUnwritable,
    LogUnwritable,
    NoDefaultTemplates,
    NotAnObject,
}

/// <summary>A message in the queue.</summary>
/// <remarks><c>FlawedTemplate</c>: The place in the template list from which the flaw takes effect.</remarks>
internal sealed record BuildRequest(int Number, ImageRecipe Recipe, Flaw Flaw, int FlawedTemplate);
