namespace PackuilonMonitor.Core.Events;

/// <summary>Why a message was refused.</summary>
public enum Refusal
{
    MalformedProfile,
    NoSourceImage,
    TemplateMissing,
    NoTemplate,
    Unwritable,
    WorkerDied,
}
