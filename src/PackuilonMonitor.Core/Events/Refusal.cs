namespace PackuilonMonitor.Core.Events;

/// <summary>Why a message came to nothing.</summary>
public enum Refusal
{
    MalformedProfile,
    NoSourceImage,
    TemplateMissing,
    NoTemplate,
    Unwritable,
    WorkerDied,
}
