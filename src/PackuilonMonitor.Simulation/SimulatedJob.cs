namespace PackuilonMonitor.Simulation;

/// <summary>One message from the queue to its last build.</summary>
internal sealed class SimulatedJob(Plant plant, SimulatedThread thread, BuildRequest request)
{
    private const string NotSubscriptable = "TypeError: list indices must be integers or slices, not str";

    private readonly Dialect _dialect = plant.Plan.Dialect;
    private readonly WorkerSentences _words = new(plant.Plan.Dialect);
    private readonly string _image = request.Recipe.NameIn(plant.Plan.Dialect);
    private int _builds;

    /// <summary>Whether the thread said that it continues with the next message.</summary>
    public bool Refused { get; private set; }

    public IEnumerable<TimeSpan> Run()
    {
        plant.Ledger.Message(
            request.Number, taken => taken with { TakenAt = plant.Timeline.Now, Daemon = thread.Daemon.Number, Thread = thread.Name });
        return request.Flaw switch
        {
            Flaw.MalformedJson => Refuse(
                _words.DecodeError(thread.Dice),
                WorkerSentences.MalformedProfile(thread.Name),
                RejectionWhy.MalformedProfile
            ),
            Flaw.NotUtf8 => Refuse(
                WorkerSentences.UnicodeError(),
                WorkerSentences.MalformedProfile(thread.Name),
                RejectionWhy.MalformedProfile
            ),
            Flaw.KeysMissing => Refuse(_words.KeysMissing(), _words.SourceNotFound(thread.Name), RejectionWhy.NoSourceImage),
            Flaw.UnknownSource => thread
                .SayAll(LookedUp(ImageRecipe.Unknown))
                .Concat(Refuse(_words.SourceKeyError(ImageRecipe.Unknown), _words.SourceNotFound(thread.Name), RejectionWhy.NoSourceImage)),
            Flaw.NotAnObject => DieOf(
                RejectionWhy.WorkerDied,
                _dialect.Tracebacks ? PythonTraceback.FirstLine(thread.Name) : null,
                null,
                NotSubscriptable
            ),
            Flaw.None
            or Flaw.EmptyTemplateList
            or Flaw.BrokenTemplate
            or Flaw.TemplateMissing
            or Flaw.TemplateUnreadable
            or Flaw.BuildFileUnwritable
            or Flaw.LogUnwritable
            or Flaw.NoDefaultTemplates => Process(),
        };
    }

    // The repr comes first; only the following sentence names the thread.
    private IEnumerable<TimeSpan> Refuse(WordedSentence repr, WordedSentence sentence, RejectionWhy why)
    {
        thread.Say(repr);
        yield return thread.Dice.Milliseconds(0.05, 0.8);
        thread.Say(sentence);
        Reject(why, sentence.Text, image: null);
        Refused = true;
    }

    private IEnumerable<TimeSpan> Process()
    {
        foreach (var wait in thread.SayAll(LookedUp(request.Recipe.Os)))
            yield return wait;

        thread.Say(WorkerSentences.Processing(thread.Name, _image));
        var processingAt = plant.Timeline.Now;
        yield return thread.Dice.Milliseconds(0.05, 4);

        var templates = Templates();
        if (_dialect.HasTemplates && UsesDefault)
        {
            thread.Say(WorkerSentences.DefaultTemplates(_image));
            yield return thread.Dice.Milliseconds(0.05, 4);
        }

        if (_dialect.HasTemplates && request.Flaw == Flaw.NoDefaultTemplates)
        {
            thread.Say(WorkerSentences.NoDefaultTemplates);
            yield return thread.Dice.Milliseconds(0.05, 0.5);
            foreach (
                var wait in DieOf(
                    RejectionWhy.NoTemplate,
                    WorkerSentences.NoDefaultTemplates.Text,
                    null,
                    "TypeError: 'NoneType' object is not iterable"
                )
            )
                yield return wait;
            yield break;
        }

        for (var place = 0; place < templates.Length && !thread.Dead; place++)
        {
            var isFlawed = place == Math.Min(request.FlawedTemplate, templates.Length - 1);
            foreach (var wait in Build(templates[place], isFlawed ? request.Flaw : Flaw.None, processingAt))
                yield return wait;
        }
    }

    private IEnumerable<TimeSpan> Build(string? template, Flaw flaw, DateTimeOffset processingAt)
    {
        var build = new SimulatedBuild(plant, thread, request, _image, template);
        switch (flaw)
        {
            case Flaw.TemplateMissing or Flaw.NoDefaultTemplates:
                return Exit(
                    WorkerSentences.TemplateNotFound,
                    _dialect.HasTemplates ? WorkerSentences.FileNotFound : null,
                    RejectionWhy.TemplateMissing
                );
            case Flaw.TemplateUnreadable:
                return Exit(WorkerSentences.TemplateUnreadable, WorkerSentences.IsADirectory, RejectionWhy.TemplateMissing);
            case Flaw.BuildFileUnwritable:
                return Exit(WorkerSentences.BuildFileUnwritable(build.BuildFile), WorkerSentences.FileNotFound, RejectionWhy.Unwritable);
            case Flaw.LogUnwritable:
                return Exit(WorkerSentences.LogUnwritable(build.LogPath), WorkerSentences.FileNotFound, RejectionWhy.Unwritable);
            default:
                _builds++;
                return build.Run(processingAt, flaw == Flaw.BrokenTemplate);
        }
    }

    // These lines name no thread, and sys.exit ends the one that wrote them.
    private IEnumerable<TimeSpan> Exit(WordedSentence sentence, WordedSentence? repr, RejectionWhy why)
    {
        thread.Say(sentence);
        yield return thread.Dice.Milliseconds(0.05, 0.8);
        if (repr is { } error)
            thread.Say(error);
        foreach (var wait in DieOf(why, sentence.Text, DeathCause.Exit, null))
            yield return wait;
    }

    private IEnumerable<TimeSpan> DieOf(RejectionWhy why, string? text, DeathCause? cause, string? error)
    {
        Reject(why, text, why == RejectionWhy.WorkerDied ? null : _image);
        return thread.Die(cause ?? DeathCause.TypeError, error);
    }

    private void Reject(RejectionWhy why, string? text, string? image) => plant.Ledger.Add(
        new TrueRejection(thread.Daemon.Number, thread.Name, request.Number, image, plant.Timeline.Now, why, text, _builds));

    private bool UsesDefault => request.Recipe.Templates is null && request.Flaw != Flaw.EmptyTemplateList
        || request.Flaw == Flaw.NoDefaultTemplates;

    private string?[] Templates() =>
        !_dialect.HasTemplates ? new string?[] { null }
        : request.Flaw == Flaw.EmptyTemplateList ? []
        : request.Recipe.Templates ?? ImageRecipe.DefaultTemplates;

    private IEnumerable<WordedSentence> LookedUp(SourceOs os)
    {
        if (_dialect.PersonalityLine)
            yield return WorkerSentences.Personality(request.Recipe.Personality, "imagefactory", os.Name, os.Release);
        if (_dialect.CommandLine)
            yield return WorkerSentences.ImageName(_image);
        if (!_dialect.SourceLines)
            yield break;

        yield return WorkerSentences.SourceImages(
            "{'sl': {'6x-x86_64': '4be1c3d0-5a77-4b1e-9b0f-6d2f0a9e7c11', '7x-x86_64': 'b7a0e5f2-8c36-4d7a-a5c9-13f4d8e02b66'}, "
            + "'rocky': {'8x-x86_64': '90d2c8a4-1e5b-4f63-8a7d-2c6e9b517f03'}}");
        yield return WorkerSentences.OsString(os.Label);
        yield return WorkerSentences.Os(os.Name);
        yield return WorkerSentences.OsVersion(os.Version);
    }
}
