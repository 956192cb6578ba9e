using PackuilonMonitor.Core.Events;
using Sprache;
using static PackuilonMonitor.Core.Slicing.Slices;

namespace PackuilonMonitor.Core.Parsing;

/// <summary>The sentences of rabbit2packer about an image's test with Rally, in the revision that had one.</summary>
internal static class RallyGrammar
{
    // Launched Rally task, log file for task tracking: /etc/packer-utils/log/rally-tasks/boot.json-1511354986.log
    public static readonly Parser<MonitorEvent> Launched =
        from start in Literal("Launched Rally task, log file for task tracking: ")
        from path in Rest
        select new RallyLaunched(path);

    private static readonly Parser<bool> Truth = Literal("True").Select(static _ => true).Or(Literal("False").Select(static _ => false));

    // Scored points: 3, total points: 3, success_criteria: True
    public static readonly Parser<MonitorEvent> Scored =
        from start in Literal("Scored points: ")
        from points in Number
        from middle in Literal(", total points: ")
        from total in Number
        from comma in Literal(", success_criteria: ")
        from met in Truth
        select new RallyScored(points, total, met);

    // Image is of sufficient quality and passed checks.
    // Image has failed quality checks and needs to be addressed..
    public static readonly Parser<MonitorEvent> Checked =
        from passed in FirstOf(
            Literal("Image is of sufficient quality and passed checks.").Select(_ => true),
            Literal("Image has failed quality checks and needs to be addressed").Then(_ => Rest).Select(_ => false))
        select new ImageChecked(passed);

    // Setting up path of log file to get image name
    // UUID of task #0: 34aa92bd-90bf-456e-b25a-5342f86b3ce4
    // -----------------------------------------
    public static readonly Parser<MonitorEvent> Noted =
        from start in FirstOf(
            Literal("Setting up path of log file to get image name"),
            Literal("Inside get_image_name()"),
            Literal("Rally task finished, about to get UUID"),
            Literal("Analysis of test results beginning"),
            Literal("UUID"),
            Literal("Title of subtask: "),
            Literal("-----"),
            Literal("++++++++ RESULTS OF IMAGES BELOW ++++++++"))
        from text in Rest
        select new RallyNoted();

    // Unable to read from config file
    // Unable to retrieve json data from: /etc/packer-utils/log/rally-tasks/results.json
    public static readonly Parser<MonitorEvent> Failed =
        from start in FirstOf(
            Literal("Unable to read from config file"),
            Literal("Unable to write to Rally task log file: "),
            Literal("Error occurred with launching Subprocess to start Rally task:"),
            Literal("Timeout error to find UUID of Rally task"),
            Literal("Cannot find image name inside Packer build file"),
            Literal("Unable to open file storing UUID"),
            Literal("Unable to retrieve json data from: "),
            Literal("Key in JSON data couldn't be found"),
            Literal("Divide by zero error, setting success criteria to false"))
        from text in Rest
        select new RallyFailed();
}
