using System.Globalization;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.Core.Text;

/// <summary>A build's current step in few words.</summary>
public static class StepWords
{
    public static string Of(BuildView build, StepPlan plan)
    {
        if (build.LogShared)
            return "log of two builds";
        if (build.Log is not { } log)
            return build.LogGone ? "log gone" : "";
        if (log.Trail.Current is not { } step)
            return "starting";
        return log.Trail.Running is { } component && step.Kind is StepKind.Provision
            ? $"quattor {component.Name}{PlaceOf(component, plan)}"
            : Short(step);
    }

    private static string PlaceOf(Component component, StepPlan plan)
    {
        for (var index = 0; index < plan.Components.Length; index++)
        {
            if (plan.Components[index].Name == component.Name)
                return string.Create(CultureInfo.InvariantCulture, $" {index + 1}/{plan.Components.Length}");
        }

        return "";
    }

    public static string Short(Step step) => step.Kind switch
    {
        StepKind.Other or StepKind.Prepare or StepKind.Inside or StepKind.Conclude or StepKind.CleanUp => step.Name,
        StepKind.SourceImage => "source image",
        StepKind.CreateVolume => "create volume",
        StepKind.WaitForVolume => "wait for volume",
        StepKind.FloatingIpDeleted => "delete floating IP",
        StepKind.DeleteVolume => "delete volume",
        StepKind.DeleteSourceImage => "delete source image",
        StepKind.Discover => "discover",
        StepKind.LoadFlavor => "load flavor",
        StepKind.CreateKeypair or StepKind.KeypairCreated => "keypair",
        StepKind.ConvertKey => "convert key",
        StepKind.LaunchServer => "launch server",
        StepKind.WaitForServer => "wait for server",
        StepKind.FloatingIp => "floating IP",
        StepKind.Communicator => "communicator",
        StepKind.WaitForSsh => "wait for SSH",
        StepKind.Connected => "SSH connected",
        StepKind.Upload => "upload",
        StepKind.Provision => "provision",
        StepKind.LocalScript => "local script",
        StepKind.ProvisionCleanup => "clean up",
        StepKind.StopServer => "stop server",
        StepKind.CreateImage => "create image",
        StepKind.WaitForImage => "wait for image",
        StepKind.TerminateServer => "terminate server",
        StepKind.DeleteKeypair => "delete keypair",
        StepKind.PostProcessor or StepKind.PostProcess => "post-process",
        StepKind.Finish => "finished",
    };
}
