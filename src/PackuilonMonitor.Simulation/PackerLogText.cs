namespace PackuilonMonitor.Simulation;

/// <summary>
/// One run of Packer's openstack builder as text over time. When it is interrupted it gives what Packer would then write.
/// </summary>
/// <remarks><c>now</c>: The clock of the stamps.</remarks>
internal sealed class PackerLogText(BuildScript script, Dice dice, Func<DateTimeOffset> now)
{
    private readonly PackerOutput _packer = new(script.Wording);
    private readonly DateTimeOffset _started = now();
    private readonly string _server = dice.Uuid();
    private readonly string _keypair = (script.Wording == PackerWording.Of2017 ? "packer " : "packer_") + dice.Uuid();
    private readonly string _title = $"{script.Image} {script.Template?.Replace(".json", "", StringComparison.Ordinal) ?? "plain"}";
    private bool _hasBegun;
    private bool _hasKeypair;
    private bool _hasServer;
    private bool _serverIsReady;

    private bool IsNew => script.Wording == PackerWording.Of114;

    /// <summary>The image in the cloud, once its line is written.</summary>
    public string? ImageId { get; private set; }

    public IEnumerable<Burst> Lines()
    {
        if (script.Cause == FailureCause.AuthFileMissing)
            return [new Burst(dice.Milliseconds(20, 60), "/bin/sh: line 1: /etc/packer-utils/packer-auth.sh: No such file or directory\n")];
        if (script.Cause == FailureCause.TemplateError)
            return [new Burst(dice.Milliseconds(120, 300), TemplateError())];
        return Building();
    }

    /// <summary>What an interrupted Packer still writes; nothing if it had not begun.</summary>
    public string Interrupted()
    {
        if (!_hasBegun)
            return "";

        var took = now() - _started;
        if (script.Wording != PackerWording.Of2017)
            _packer.Plain("Cancelling build after receiving terminated");
        var fault = $"Error waiting for server ({_server}) to become ready: interrupted";
        var faulty = _hasServer && !_serverIsReady;
        if (faulty)
            _packer.Fault(fault);
        TidyUp();
        if (faulty)
            _packer.Errored(took, fault);
        else
            _packer.Finished(took);
        return _packer.Completed(took).Plain("Cleanly cancelled builds after being interrupted.").Take();
    }

    private IEnumerable<Burst> Building()
    {
        var time = script.Time;
        yield return new Burst(time * 0.002, _packer.Begin().Take());
        _hasBegun = true;
        if (!IsNew)
            _packer.Step("Discovering enabled extensions...");
        yield return new Burst(time * 0.003, _packer.Take());
        yield return new Burst(time * 0.003, _packer.Step("Loading flavor: c2.build").Say("Verified flavor. ID: 31").Take());
        if (IsNew)
            _packer.Step("Creating temporary RSA SSH key for instance...");
        yield return new Burst(time * 0.003, _packer.Step($"Creating temporary keypair: {_keypair} ...").Take());
        _hasKeypair = true;
        _packer.Step($"Created temporary keypair: {_keypair}");
        if (!IsNew)
            _packer.Step("Successfully converted BER encoded SSH key to DER encoding.");
        yield return new Burst(time * 0.004, _packer.Take());
        if (IsNew)
            _packer.Step("Launching server...");
        yield return new Burst(time * 0.005, _packer.Step("Launching server...").Take());
        yield return new Burst(time * 0.01, _packer.Say($"Server ID: {_server}").Step("Waiting for server to become ready...").Take());
        _hasServer = true;

        if (script.Cause == FailureCause.ServerError)
        {
            foreach (
                var burst in Failing(
                    $"Error waiting for server ({_server}) to become ready: unexpected state 'ERROR', wanted target '[ACTIVE]'",
                    time * 0.1
                )
            )
                yield return burst;
            yield break;
        }

        if (IsNew)
            _packer.Say("Floating IP not required");
        if (script.Wording != PackerWording.Of2017)
            _packer.Step($"Using {(IsNew ? "SSH" : "ssh")} communicator to connect: 198.51.100.{dice.Between(2, 250)}");
        yield return new Burst(time * 0.09, _packer.Step("Waiting for SSH to become available...").Take());
        _serverIsReady = true;
        if (script.Cause == FailureCause.SshTimeout)
        {
            foreach (var burst in Failing("Timeout waiting for SSH.", script.HangsInSsh))
                yield return burst;
            yield break;
        }

        yield return new Burst(time * 0.08 + script.HangsInSsh, _packer.Step("Connected to SSH!").Take());
        yield return new Burst(time * 0.004, _packer
            .Step("Uploading /etc/packer-utils/scripts/provision.sh => /root/provision.sh")
            .Step($"Provisioning with shell script: /tmp/packer-shell{dice.Between(100000000, 999999999)}")
            .Take());

        var broken = script.Cause == FailureCause.QuattorErrors;
        foreach (var burst in QuattorText.Lines(_packer, dice, script.Image, now(), time * 0.5, broken))
            yield return burst;
        if (script.Hostile)
            yield return HostileText.Lines(_packer, time * 0.01);

        if (broken || script.Cause == FailureCause.ProvisionerExit)
        {
            var code = broken ? 1 : dice.Between(2, 3);
            if (!broken)
                dice.Pick(ProvisionerFaults.All).Write(_packer);
            foreach (var burst in ProvisionerFailed(code, time * 0.01))
                yield return burst;
            yield break;
        }

        foreach (var burst in Imaging(time))
            yield return burst;
    }

    private IEnumerable<Burst> Imaging(TimeSpan time)
    {
        yield return new Burst(
            time * 0.01,
            _packer.Step($"Stopping server: {_server} ...").Say($"Waiting for server to stop: {_server} ...").Take()
        );
        yield return new Burst(time * 0.05, _packer.Step($"Creating the image: {_title}").Take());
        ImageId = dice.Uuid();
        yield return new Burst(time * 0.01, _packer
            .Say($"Image: {ImageId}")
            .Step($"Waiting for image {_title} (image id: {ImageId}) to become ready...")
            .Take());
        yield return new Burst(time * 0.17, _packer.Step($"Terminating the source server: {_server} ...").Take());
        yield return new Burst(time * 0.02, _packer.Step($"Deleting temporary keypair: {_keypair} ...").Take());
        PostProcessing();
        yield return new Burst(time * 0.015, _packer.Take());

        // Measured by the clock, so it is needed when the wait is over.
        yield return new Burst(time * 0.02, "");
        var took = now() - _started;
        _packer
            .Finished(took)
            .Completed(took)
            .Plain("")
            .Plain("==> Builds finished. The artifacts of successful builds are:")
            .Plain($"--> openstack: An image was created: {ImageId}")
            .Plain("--> openstack: ");
        if (script.Cause == FailureCause.RenameScriptMissing)
            _packer.Plain("/bin/sh: line 1: /usr/local/bin/rename-old-images.sh: No such file or directory");
        yield return new Burst(TimeSpan.Zero, _packer.Take());
    }

    private void PostProcessing()
    {
        var local = $"/tmp/packer-shell{dice.Between(100000000, 999999999)}";
        _packer.Step("Running post-processor: shell-local");
        if (script.Wording == PackerWording.Of2017)
        {
            _packer
                .PostStep(
                    $"Post processing with local shell script: chmod +x \"{local}\"; "
                    + $"PACKER_BUILD_NAME='openstack' PACKER_BUILDER_TYPE='openstack' \"{local}\""
                )
                .PostStep($"Executing local script: {local}");
        }
        else
        {
            _packer.PostStep($"Running local shell script: {local}");
        }

        const string Rule = "+--------------+----------------------------------------+";
        _packer.PostSay(Rule).PostSay("| Property     | Value                                  |").PostSay(Rule);
        Property("id", ImageId ?? "");
        Property("created_at", $"{_started.ToUniversalTime():yyyy-MM-ddTHH:mm:ssZ}");
        Property("name", $"old-{script.Image}");
        Property("status", "active");
        Property("updated_at", $"{now().ToUniversalTime():yyyy-MM-ddTHH:mm:ssZ}");
        _packer.PostSay(Rule);
    }

    private void Property(string name, string value) => _packer.PostSay($"| {name,-12} | {value,-38} |");

    private IEnumerable<Burst> ProvisionerFailed(int code, TimeSpan wait)
    {
        var why = $"Script exited with non-zero exit status: {code}";
        if (script.Wording == PackerWording.Of2017)
            return Ending(why, wait);

        _packer.Step("Provisioning step had errors: Running the cleanup provisioner, if present...");
        return Ending(why + (IsNew ? ". Allowed" : ".Allowed") + " exit codes are: [0]", wait);
    }

    private IEnumerable<Burst> Failing(string why, TimeSpan wait)
    {
        yield return new Burst(wait, _packer.Fault(why).Take());
        foreach (var burst in Ending(why, script.Time * 0.01))
            yield return burst;
    }

    private IEnumerable<Burst> Ending(string why, TimeSpan wait)
    {
        yield return new Burst(wait, _packer.Take());
        TidyUp();
        yield return new Burst(script.Time * 0.02, _packer.Take());
        var took = now() - _started;
        yield return new Burst(TimeSpan.Zero, _packer
            .Errored(took, why)
            .Completed(took)
            .Plain("")
            .Plain("==> Some builds didn't complete successfully and had errors:")
            .Plain($"--> openstack: {why}")
            .Plain("")
            .Plain("==> Builds finished but no artifacts were created.")
            .Take());
    }

    private void TidyUp()
    {
        if (_hasServer)
            _packer.Step($"Terminating the source server: {_server} ...");
        if (_hasKeypair)
            _packer.Step($"Deleting temporary keypair: {_keypair} ...");
    }

    private string TemplateError() => _packer
        .Plain("Failed to parse template: Error parsing JSON: invalid character '}' looking for beginning of object key string")
        .Plain("At line 9, column 4 (offset 214):")
        .Plain("    8:       \"flavor\": \"c2.build\",")
        .Plain("    9:     }")
        .Plain("          ^")
        .Plain("")
        .Take();
}
