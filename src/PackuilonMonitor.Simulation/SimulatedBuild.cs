using System.Globalization;

namespace PackuilonMonitor.Simulation;

/// <summary>One template of a message, from opening the log to the verdict.</summary>
internal sealed class SimulatedBuild(Plant plant, SimulatedThread thread, BuildRequest request, string image, string? template)
{
    private readonly string _name = template is null ? image : $"{image}.{template}";

    public string BuildFile => $"/etc/packer-utils/build//{_name}.json";

    /// <summary>The path as the daemon builds it, with two slashes if the configuration ends in one.</summary>
    public string LogPath => $"{plant.Plan.LogDirectory}/{LogFile}";

    // The epoch is that of the moment of the call.
    private string LogFile => plant.Plan.Dialect.Logs == LogNaming.ImageTemplateEpoch
        ? string.Create(CultureInfo.InvariantCulture, $"{_name}.{plant.Timeline.Now.ToUnixTimeSeconds()}.log")
        : $"{_name}.log";

    public IEnumerable<TimeSpan> Run(DateTimeOffset processingAt, bool brokenTemplate)
    {
        if (plant.Plan.Dialect.CommandLine)
        {
            thread.Say(WorkerSentences.PackerCommand(BuildFile));
            yield return thread.Dice.Milliseconds(0.05, 0.4);
        }

        var (run, number) = Start(processingAt, brokenTemplate);
        yield return Timeline.Parked;

        var now = plant.Timeline.Now;
        var succeeded = run.Succeeded;
        thread.Say(
            succeeded
                ? WorkerSentences.BuildSucceeded(thread.Name, image, template)
                : WorkerSentences.BuildFailed(thread.Name, image, template)
        );
        plant.Ledger.Build(number, ended => ended with
        {
            Outcome = succeeded ? TrueOutcome.Succeeded : TrueOutcome.Failed,
            EndedAt = now,
            ExitCode = run.ShellCode,
        });
        run.Judge();
        yield return thread.Dice.Milliseconds(0.1, 1);
        run.Close();
        thread.Daemon.Runs.Remove(run);
        yield return thread.Dice.Milliseconds(0.1, 1);

        foreach (var wait in succeeded ? TryOut() : Mail())
            yield return wait;
    }

    private (PackerRun Run, int Number) Start(DateTimeOffset processingAt, bool brokenTemplate)
    {
        var script = Decide(brokenTemplate);
        var (file, path, number) = (LogFile, LogPath, plant.Ledger.NextBuild);
        plant.Ledger.Add(new TrueBuild(
            number, thread.Daemon.Number, thread.Name, request.Number, image, template, file, processingAt, plant.Timeline.Now)
        {
            Cause = script.Cause,
        });
        plant.Logs.Open(file, number);
        thread.Say(WorkerSentences.BuildStarting(path));

        var run = new PackerRun(plant, number, file, script, thread.Dice.Fork());
        thread.Daemon.Runs.Add(run);
        run.Start();
        return (run, number);
    }

    private BuildScript Decide(bool brokenTemplate)
    {
        var scenario = plant.Plan.Scenario;
        var cause = brokenTemplate ? FailureCause.TemplateError
            : thread.Dice.Chance(scenario.BuildFails) ? thread.Dice.Pick(template is null ? FirstCauses : Causes)
            : FailureCause.None;
        var hangs = thread.Dice.Chance(scenario.Hangs) ? thread.Dice.Seconds(1200, 3000)
            : cause == FailureCause.SshTimeout ? thread.Dice.Seconds(300, 310)
            : TimeSpan.Zero;
        return new BuildScript(
            plant.Plan.Dialect.Packer,
            image,
            template,
            thread.Dice.About(request.Recipe.Typical(template), 0.15),
            cause,
            hangs,
            thread.Dice.Chance(scenario.Hostile));
    }

    // 2003ddb boots a server from the new image before it continues.
    private IEnumerable<TimeSpan> TryOut()
    {
        if (!plant.Plan.Dialect.Rally)
            yield break;

        var file = string.Create(
            CultureInfo.InvariantCulture,
            $"rally-tasks/boot-and-delete.json-{plant.Timeline.Now.ToUnixTimeSeconds()}.log"
        );
        foreach (var wait in thread.SayAll(RallySentences.BeforeTask($"{plant.Plan.LogDirectory.TrimEnd('/')}/{file}")))
            yield return wait;
        plant.Timeline.Write(new LogOpened(file));

        yield return thread.Dice.Seconds(35, 70);
        var task = thread.Dice.Uuid();
        plant.Timeline.Write(new LogWritten(file, 0, RawText.Encode(RallySentences.TaskLog(task))));
        foreach (var wait in thread.SayAll(RallySentences.AfterTask(task, thread.Dice.Uuid())))
            yield return wait;
    }

    // At head the mail about a failure joins text and bytes.
    private IEnumerable<TimeSpan> Mail() =>
        plant.Plan.Dialect.CommandLine && thread.Dice.Chance(plant.Plan.Scenario.StreamLost)
            ? thread.Die(DeathCause.MailTypeError, "TypeError: can only concatenate str (not \"bytes\") to str")
            : [];

    private static readonly FailureCause[] Causes =
    [
        FailureCause.SshTimeout, FailureCause.ServerError, FailureCause.ProvisionerExit, FailureCause.ProvisionerExit,
        FailureCause.QuattorErrors, FailureCause.QuattorErrors, FailureCause.TemplateError, FailureCause.AuthFileMissing,
    ];

    private static readonly FailureCause[] FirstCauses = [.. Causes, FailureCause.RenameScriptMissing];
}
