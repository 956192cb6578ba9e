namespace PackuilonMonitor.Simulation;

/// <summary>The meaning of a line, whatever its dialect. <c>Noise</c> is every other program's.</summary>
public enum Sentence
{
    Noise,

    // rabbit2packer
    DaemonStarting,
    ThreadStarting,
    Processing,
    DefaultTemplates,
    NoDefaultTemplates,
    BuildStarting,
    BuildSucceeded,
    BuildFailed,
    Reconnecting,
    DecodeError,
    MalformedProfile,
    SourceKeyError,
    SourceNotFound,
    TemplateNotFound,
    TemplateUnreadable,
    BuildFileUnwritable,
    LogUnwritable,
    OsErrorRepr,
    Personality,
    SourceImages,
    OsString,
    Os,
    OsVersion,
    ImageName,
    PackerCommand,
    RallyLogPath,
    RallyImageName,
    RallyLaunched,
    RallyFinished,
    RallyAnalysis,
    RallyUuid,
    RallyTaskUuid,
    RallySubtask,
    RallyWorkload,
    RallyScore,
    RallyRule,
    RallyResults,
    RallyPassed,
    ThreadException,
    Traceback,

    // cdb2rabbit
    ScriptStarting,
    ProfileRebuilt,
    Downloading,
    CachedProfileMissing,
    ProfileUpdated,
    ProfileUnchanged,
    Pushing,
    PushFailed,
    PushErrorRepr,
    UpdatingCache,
    ScriptExiting,
    CachedListMissing,
    DownloadFailed,
    ServerRefused,
    ServerUnreachable,
    BrokerUnreachable,
    BrokerErrorRepr,

    // cdp-listend
    ListenerStarting,
    ListenerStarted,
    StartupInvocation,
    PacketReceived,
    CallPlanned,
    Calling,
    CallFailed,
}

/// <summary>A sentence in the words of a dialect.</summary>
/// <remarks><c>IsError</c>: Whether it has severity err, which does not indicate a failure.</remarks>
internal readonly record struct WordedSentence(Sentence Sentence, string Text, bool IsError = false);
