namespace PackuilonMonitor.Simulation;

/// <summary>The sentences of cdb2rabbit, word for word, including its misspelling.</summary>
internal static class ScriptSentences
{
    public static WordedSentence Starting { get; } = new(Sentence.ScriptStarting, "Starting");

    public static WordedSentence Pushing { get; } = new(Sentence.Pushing, "Pushing message to queue for build");

    public static WordedSentence PushFailed { get; } =
        new(Sentence.PushFailed, "Unable to push message to queue, exiting without updating cached profile_info", true);

    public static WordedSentence UpdatingCache { get; } = new(Sentence.UpdatingCache, "Updating cached profile_info");

    public static WordedSentence Exiting { get; } = new(Sentence.ScriptExiting, "Exiting normally");

    public static WordedSentence CachedListMissing { get; } =
        new(Sentence.CachedListMissing, "Cached info file does not exist, creating one and exiting");

    public static WordedSentence ServerRefused { get; } = new(Sentence.ServerRefused, "The server couldn't fulfill the request.", true);

    public static WordedSentence ServerUnreachable { get; } = new(Sentence.ServerUnreachable, "We failed to reach a server.", true);

    public static WordedSentence BrokerUnreachable { get; } = new(Sentence.BrokerUnreachable, "Error connecting to RabbitMQ server:", true);

    public static WordedSentence BrokerError { get; } = new(
        Sentence.BrokerErrorRepr,
        "No connection could be opened: Connection to 192.0.2.17:5672 failed: [Errno 111] Connection refused",
        true);

    public static WordedSentence PushError { get; } = new(Sentence.PushErrorRepr, "ConnectionClosed()", true);

    public static WordedSentence ProfileRebuilt(string profile) => new(Sentence.ProfileRebuilt, $"CI profile rebuilt: {profile}");

    public static WordedSentence Downloading(string profile) => new(Sentence.Downloading, $"Downloading profile {profile}");

    public static WordedSentence CachedProfileMissing(string profile) =>
        new(Sentence.CachedProfileMissing, $"cached profile {profile} does not exist, creating one and continuing");

    public static WordedSentence ProfileUpdated(string profile) => new(Sentence.ProfileUpdated, $"Profile has updated: {profile}");

    public static WordedSentence ProfileUnchanged(string profile) => new(Sentence.ProfileUnchanged, $"Profile has not updated: {profile}");

    public static WordedSentence DownloadFailed(string profile) =>
        new(Sentence.DownloadFailed, $"Error retriving profile: {profile}", true);
}
