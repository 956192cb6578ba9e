namespace PackuilonMonitor.Simulation;

/// <summary>The sentences of rabbit2packer while Rally tests an image (2003ddb only), word for word.</summary>
internal static class RallySentences
{
    public static IEnumerable<WordedSentence> BeforeTask(string path) =>
    [
        new(Sentence.RallyLogPath, "Setting up path of log file to get image name"),
        new(Sentence.RallyImageName, "Inside get_image_name()"),
        new(Sentence.RallyLaunched, $"Launched Rally task, log file for task tracking: {path}"),
    ];

    public static IEnumerable<WordedSentence> AfterTask(string task, string workload) =>
    [
        new(Sentence.RallyFinished, "Rally task finished, about to get UUID"),
        new(Sentence.RallyAnalysis, "Analysis of test results beginning"),
        new(Sentence.RallyUuid, $"UUID: {task}"),
        new(Sentence.RallyTaskUuid, $"UUID of task #0: {task}"),
        new(Sentence.RallySubtask, "Title of subtask: NovaServers.boot_and_delete_server"),
        new(Sentence.RallyWorkload, $"UUID of workload: {workload}"),
        new(Sentence.RallyScore, "Scored points: 3, total points: 3, success_criteria: True"),
        new(Sentence.RallyRule, "-----------------------------------------"),
        new(Sentence.RallyResults, "++++++++ RESULTS OF IMAGES BELOW ++++++++"),
        new(Sentence.RallyRule, "-----------------------------------------"),
        new(Sentence.RallyPassed, "Image is of sufficient quality and passed checks."),
    ];

    public static string TaskLog(string task) =>
        $"Using task definition boot-and-delete\nTask {task}: started\nTask {task}: finished\nUUID: {task}\n";
}
