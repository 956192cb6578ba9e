using System.Collections.Immutable;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Screen.Bulletins;
using PackuilonMonitor.Screen.Rows;

namespace PackuilonMonitor.Screen.State;

/// <summary>What must be done outside of the screen's state. Data only; every case is in this file.</summary>
public abstract record Effect;

/// <summary>Done at once and cannot fail: no answer comes, but for <see cref="SuspendProgram"/>.</summary>
public abstract record Order : Effect;

/// <summary>Takes time or may fail. Ends in exactly one <see cref="Answer"/> with its number.</summary>
public abstract record Request(int Number) : Effect;

public sealed record QuitProgram : Order;

/// <summary>Stops the program until the shell's fg; then <see cref="Resumed"/> comes, or <see cref="NotSuspended"/> at once.</summary>
public sealed record SuspendProgram : Order;

/// <summary>Sends the whole picture again.</summary>
public sealed record RepaintScreen : Order;

/// <param name="Why">In words, without text of others.</param>
/// <param name="Build">The build it is about, if it is about one.</param>
public sealed record RingBell(string Why, string? Build) : Order;

/// <summary>Asks the terminal to take a text into its clipboard; whether it did cannot be known.</summary>
public sealed record CopyText(string Text) : Order;

/// <summary>Asks the terminal for a desktop notification.</summary>
public sealed record ShowDesktopNotice(string Text) : Order;

/// <summary>Gives a bulletin to hook and webhook. Their failures come as <see cref="ChannelReported"/>.</summary>
public sealed record SendBulletin(Bulletin Bulletin) : Order;

/// <summary>Keeps what the user has seen, a moment later and at the end of the program.</summary>
public sealed record KeepSeen(SeenMark Mark) : Order;

/// <summary>Leaves the terminal to another program until <see cref="TakeTerminalBack"/>.</summary>
public sealed record LendTerminal : Order;

public sealed record TakeTerminalBack : Order;

/// <summary>Ends in <see cref="WholeLogRead"/> or <see cref="WholeLogNotRead"/>.</summary>
public sealed record ReadWholeLog(int Number, LogRef Log) : Request(Number);

/// <summary>Ends in <see cref="PastFound"/> or <see cref="PastNotFound"/>.</summary>
public sealed record LookAtPast(int Number, DateTimeOffset At) : Request(Number);

/// <summary>To an event of the recording. Ends in <see cref="PastFound"/> or <see cref="PastNotFound"/>.</summary>
/// <param name="From">From where; null from a time or the end.</param>
/// <param name="FromTime">From what arrived until then; null from the end.</param>
public sealed record StepInPast(int Number, Segments.RecordingPosition? From, DateTimeOffset? FromTime, bool IsForward, bool OnlyFailures)
    : Request(Number);

/// <summary>Ends in <see cref="LogSaved"/> or <see cref="LogNotSaved"/>. A file that is there is never written over.</summary>
public sealed record SaveLog(int Number, LogRef Log, string Path) : Request(Number);

/// <summary>A log in $PAGER, on the lent terminal. Ends in <see cref="PagerEnded"/> or <see cref="PagerNotStarted"/>.</summary>
public sealed record RunPager(int Number, LogRef Log) : Request(Number);

/// <summary>Text on the lent terminal until Enter. Ends in <see cref="PlainTextClosed"/>.</summary>
public sealed record ShowPlainText(int Number, ImmutableArray<string> Lines) : Request(Number);

/// <summary>Examines what is read. Ends in <see cref="DoctorRan"/>.</summary>
public sealed record RunDoctor(int Number) : Request(Number);

/// <summary>Writes the mutes of a factory into the user's file. Ends in <see cref="MutesKept"/> or <see cref="MutesNotKept"/>.</summary>
/// <param name="Said">The notice after success; null for none.</param>
public sealed record KeepMutes(int Number, string? Factory, ImmutableArray<Mute> Mutes, string? Said) : Request(Number);
