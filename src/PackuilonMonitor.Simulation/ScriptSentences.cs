namespace PackuilonMonitor.Simulation;

/// <summary>The sentences of cdb2rabbit, word for word, including its misspelling.</summary>
internal static class ScriptSentences
{
    public static Said Starting { get; } = new(Sentence.ScriptStarting, "Starting");

    public static Said Pushing { get; } = new(Sentence.Pushing, "Pushing message to queue for build");

    public static Said PushFailed { get; } =
        new(Sentence.PushFailed, "Unable to push message to queue, exiting without updating cached profile_info", true);

    public static Said UpdatingCache { get; } = new(Sentence.UpdatingCache, "Updating cached profile_info");

    public static Said Exiting { get; } = new(Sentence.ScriptExiting, "Exiting normally");

    public static Said CachedListMissing { get; } =
        new(Sentence.CachedListMissing, "Cached info file does not exist, creating one and exiting");

    public static Said ServerRefused { get; } = new(Sentence.ServerRefused, "The server couldn't fulfill the request.", true);

    public static Said ServerUnreachable { get; } = new(Sentence.ServerUnreachable, "We failed to reach a server.", true);

    public static Said BrokerUnreachable { get; } = new(Sentence.BrokerUnreachable, "Error connecting to RabbitMQ server:", true);

    public static Said BrokerError { get; } = new(
        Sentence.BrokerErrorRepr,
        "No connection could be opened: Connection to 192.0.2.17:5672 failed: [Errno 111] Connection refused",
        true);

    public static Said PushError { get; } = new(Sentence.PushErrorRepr, "ConnectionClosed()", true);

    public static Said ProfileRebuilt(string profile) => new(Sentence.ProfileRebuilt, $"CI profile rebuilt: {profile}");

    public static Said Downloading(string profile) => new(Sentence.Downloading, $"Downloading profile {profile}");

    public static Said CachedProfileMissing(string profile) =>
        new(Sentence.CachedProfileMissing, $"cached profile {profile} does not exist, creating one and continuing");

    public static Said ProfileUpdated(string profile) => new(Sentence.ProfileUpdated, $"Profile has updated: {profile}");

    public static Said ProfileUnchanged(string profile) => new(Sentence.ProfileUnchanged, $"Profile has not updated: {profile}");

    public static Said DownloadFailed(string profile) => new(Sentence.DownloadFailed, $"Error retriving profile: {profile}", true);
}
