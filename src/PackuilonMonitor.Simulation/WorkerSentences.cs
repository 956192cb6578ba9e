namespace PackuilonMonitor.Simulation;

/// <summary>The sentences of rabbit2packer, word for word.</summary>
internal sealed class WorkerSentences(Dialect dialect)
{
    public static WordedSentence DaemonStarting { get; } = new(Sentence.DaemonStarting, "Starting");

    public static WordedSentence NoDefaultTemplates { get; } =
        new(Sentence.NoDefaultTemplates, "No Packer template defined for Default values. No builds will occur.");

    public static WordedSentence TemplateNotFound { get; } =
        new(Sentence.TemplateNotFound, "Could not find packer template file, exiting", true);

    public static WordedSentence TemplateUnreadable { get; } = new(Sentence.TemplateUnreadable, "Unable to open template file", true);

    public static WordedSentence FileNotFound { get; } =
        new(Sentence.OsErrorRepr, "FileNotFoundError(2, 'No such file or directory')", true);

    public static WordedSentence IsADirectory { get; } = new(Sentence.OsErrorRepr, "IsADirectoryError(21, 'Is a directory')", true);

    public static WordedSentence ThreadStarting(string thread) => new(Sentence.ThreadStarting, $"Starting {thread}");

    // Sent as err, though nothing is wrong.
    public static WordedSentence Processing(string thread, string image) => new(Sentence.Processing, $"{thread} processing {image}", true);

    public static WordedSentence DefaultTemplates(string image) =>
        new(Sentence.DefaultTemplates, $"No Packer template defined for {image}. Using the default values");

    public static WordedSentence BuildStarting(string path) =>
        new(Sentence.BuildStarting, $"packer build starting, see: {path} for details");

    public static WordedSentence Reconnecting(string thread) => new(Sentence.Reconnecting, $"{thread}: reconnecting to channel");

    public static WordedSentence MalformedProfile(string thread) =>
        new(Sentence.MalformedProfile, $"{thread}: could not decode profile, malformed json? Continuing", true);

    public static WordedSentence BuildFileUnwritable(string path) =>
        new(Sentence.BuildFileUnwritable, $"Unable to write build file: {path}", true);

    public static WordedSentence LogUnwritable(string path) =>
        new(Sentence.LogUnwritable, $"Unable to write to build log file: {path}", true);

    public static WordedSentence Personality(string personality, string archetype, string os, string version) =>
        new(Sentence.Personality, $"Personality: {personality}, Archetype: {archetype}, OS: {os}, OS Version: {version}");

    public static WordedSentence SourceImages(string dictionary) => new(Sentence.SourceImages, dictionary);

    public static WordedSentence OsString(string os) => new(Sentence.OsString, $"OS_STRING = {os}");

    public static WordedSentence Os(string os) => new(Sentence.Os, $"OS is :{os}");

    public static WordedSentence OsVersion(string version) => new(Sentence.OsVersion, $"OS VER is :{version}");

    public static WordedSentence ImageName(string name) => new(Sentence.ImageName, $"Name is :{name}");

    public static WordedSentence PackerCommand(string buildFile) => new(
        Sentence.PackerCommand,
        "Packer Command: source /etc/packer-utils/packer-auth.sh;export OS_TENANT_ID=$OS_PROJECT_ID;"
        + $"export OS_DOMAIN_NAME=$OS_USER_DOMAIN_NAME;/opt/packer/packer build {buildFile}");

    public static WordedSentence BuildSucceeded(string thread, string image, string? template) => new(
        Sentence.BuildSucceeded,
        template is null ? $"{thread}: image built successfully" : $"{thread}: image built successfully: {image}.{template}");

    public static WordedSentence BuildFailed(string thread, string image, string? template) => new(
        Sentence.BuildFailed,
        template is null
            ? $"{thread}: packer exited with non zero exit code, build failed"
            : $"{thread}: packer exited with non zero exit code, {image}.{template} build failed",
        true);

    public WordedSentence DecodeError(Dice dice) => new(
        Sentence.DecodeError,
        dialect.Repr(
            "JSONDecodeError",
            dice.Chance(0.5)
                ? $"'Expecting value: line 1 column {dice.Between(2, 400)} (char {dice.Between(1, 399)})'"
                : "'Unterminated string starting at: line 1 column 2 (char 1)'"),
        true);

    // More than one argument: here all Pythons write the same.
    public static WordedSentence UnicodeError() =>
        new(Sentence.DecodeError, @"UnicodeDecodeError('utf-8', b'\xfe\xff{}', 0, 1, 'invalid start byte')", true);

    public WordedSentence KeysMissing() => new(Sentence.SourceKeyError, dialect.Repr("KeyError", "'system'"), true);

    public WordedSentence SourceKeyError(SourceOs os) =>
        new(
            Sentence.SourceKeyError,
            dialect.Repr(
                "KeyError",
                dialect.OldSourceError ? "'os and os_ver not found in the source image dict'"
                    : dialect.SourceLines ? $"'{os.Name}'"
                    : $"'{os.Label}'"
            ),
            true
        );

    public WordedSentence SourceNotFound(string thread) => new(
        Sentence.SourceNotFound, $"{thread}: source {dialect.SourceWord} was not found, check IMAGES_CONFIG. Continuing", true);
}
