using System.Diagnostics;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Core.Parsing;

namespace PackuilonMonitor.Segments;

/// <summary>An entry as bytes. It keeps the text of a line and not its meaning: the same grammar parses the text again.</summary>
internal static class EntryFormat
{
    /// <summary>The kinds of entries. The numbers are in files: they never change.</summary>
    private enum Kind : byte
    {
        Line = 1,
        StrangeLine = 2,
        BareStart = 3,
        SourceSeen = 4,
        SourceRead = 5,
        LinesLost = 6,
        SourceTurned = 7,
        SourcePolled = 8,
        LogRead = 9,
        LogGone = 10,
        LogRefused = 11,
        ProfileRead = 12,
        QueueMeasured = 13,
        DirectoryRead = 14,
        PairRemembered = 15,
        Heartbeat = 16,
        Health = 17,
        LogReported = 18,
        LogsRead = 19,
    }

    /// <summary>The observation of a log whose growth alone is recorded.</summary>
    private static readonly BuildLogRead Unfolded = new("", BuildLog.Empty, 0);

    public static void Write(ByteWriter into, Entry entry)
    {
        var seen = entry.Seen;
        var kind = KindOf(entry);
        into.Byte((byte)kind);
        into.Time(seen.At);
        into.Text(seen.Source.Path);
        if (kind <= Kind.BareStart)
            WriteLine(into, kind, seen);
        else
            WriteOwn(into, seen.Event, entry.Growth);
    }

    public static Entry Read(ref ByteReader from)
    {
        var kind = (Kind)from.Byte();
        var (at, source) = (from.Time(), new SourceId(from.Text()));
        if (kind is Kind.Line or Kind.StrangeLine or Kind.BareStart)
            return new Entry(Line(ref from, kind, at, source), null);
        var growth = kind is Kind.LogRead ? Growth(ref from) : null;
        var said = growth is not null ? Unfolded : Own(ref from, kind, source);
        return new Entry(new Observation(at, source, "", Speaker.Monitor, null, said), growth);
    }

    private static Kind KindOf(Entry entry) => entry.Seen.Event switch
    {
        SourceSeen => Kind.SourceSeen,
        SourceRead { OfBuildLogs: true } => Kind.LogsRead,
        SourceRead => Kind.SourceRead,
        LinesLost => Kind.LinesLost,
        SourceTurned => Kind.SourceTurned,
        SourcePolled => Kind.SourcePolled,
        BuildLogRead => entry.Growth is null ? Kind.LogReported : Kind.LogRead,
        BuildLogGone => Kind.LogGone,
        BuildLogRefused => Kind.LogRefused,
        ProfileRead => Kind.ProfileRead,
        PairRemembered => Kind.PairRemembered,
        QueueMeasured => Kind.QueueMeasured,
        LogDirectoryRead => Kind.DirectoryRead,
        HeartbeatReceived => Kind.Heartbeat,
        HealthTurned => Kind.Health,
        Unrecognised => Kind.StrangeLine,
        UnnamedStarted => Kind.BareStart,
        _ => Kind.Line,
    };

    private static void WriteLine(ByteWriter into, Kind kind, Observation seen)
    {
        into.Byte((byte)seen.Speaker);
        into.Text(seen.Host);
        into.Text(seen.Text ?? "");
        into.Number((long?)seen.Pid);
        into.Number(seen.Offset);
        if (kind is not Kind.StrangeLine)
            return;
        // The reason may come from the line's source or header, which are not stored.
        into.Text(((Unrecognised)seen.Event).Why);
        into.Number((long)seen.Count);
        into.Flag(seen.HasNoTime);
    }

    private static Observation Line(ref ByteReader from, Kind kind, DateTimeOffset at, SourceId source)
    {
        var (speaker, host, text) = ((Speaker)from.Byte(), from.Text(), from.Text());
        if (!Enum.IsDefined(speaker))
            throw new InvalidDataException("no program");
        var (pid, offset) = ((int?)from.NumberOrNull(), from.Number());
        if (kind is Kind.StrangeLine)
        {
            return new Observation(at, source, host, speaker, text, new Unrecognised(from.Text()), (int)from.Number())
            {
                HasNoTime = from.Flag(),
                Pid = pid,
                Offset = offset,
            };
        }

        var (said, count) = LineParser.Read(speaker, text);
        return new Observation(at, source, host, speaker, text, kind is Kind.BareStart ? new UnnamedStarted() : said, count)
        {
            Pid = pid,
            Offset = offset,
        };
    }

    private static void WriteOwn(ByteWriter into, MonitorEvent said, LogGrowth? growth)
    {
        switch (said)
        {
            case SourceSeen { Health: var health }:
                into.Byte((byte)health.State);
                into.TextOrNull(health.Why);
                into.Time(health.Since);
                into.Number((long)health.Generation);
                into.Number((long)health.Rotations);
                into.Number((long)health.Gaps);
                into.Number(health.MissingBytes);
                into.TextOrNull(health.LastGap);
                break;
            case SourceRead read:
                into.Number(read.Lines);
                into.Time(read.LastLineAt);
                into.TextOrNull(read.Untimed);
                into.Time(read.FirstLineAt);
                into.Number(read.Silence.Ticks);
                break;
            case LinesLost lost:
                into.Number(lost.Bytes);
                into.Text(lost.Why);
                into.Flag(lost.IsUnread);
                break;
            case SourceTurned turned:
                into.Text(turned.How);
                break;
            case SourcePolled polled:
                into.Text(polled.Why);
                break;
            case BuildLogRead when growth is not null:
                WriteGrowth(into, growth);
                break;
            case BuildLogRead reported:
                into.Text(reported.File);
                into.Number((long)reported.Generation);
                into.TextOrNull(reported.EarlierBuild);
                into.Time(reported.Log.ModifiedAt);
                into.Text(LogJson.Of(RememberedLog.Of(reported.Log)));
                break;
            case BuildLogGone gone:
                into.Text(gone.File);
                break;
            case BuildLogRefused refused:
                into.Text(refused.File);
                into.TextOrNull(refused.Why);
                into.Flag(refused.IsLog);
                break;
            case ProfileRead { Profile: var profile, Content: var content }:
                into.Text(profile);
                foreach (
                    var text in (string?[])
                        [content.Host, content.Personality, content.Kernel, content.Distribution, content.Version, content.Architecture]
                )
                    into.TextOrNull(text);
                break;
            case PairRemembered pair:
                into.Text(pair.Profile);
                into.Text(pair.Image.Text);
                break;
            case QueueMeasured measured:
                into.Number(measured.Waiting);
                break;
            case HealthTurned turned:
                HealthFormat.Write(into, turned);
                break;
            case HeartbeatReceived beat:
                into.Time(beat.SentAt);
                break;
            case LogDirectoryRead:
                break;
            default:
                throw new UnreachableException($"{said.GetType().Name} has no form");
        }
    }

    private static MonitorEvent Own(ref ByteReader from, Kind kind, SourceId source) =>
        kind switch
        {
            Kind.SourceSeen => new SourceSeen(
                new SourceHealth(source, (SourceState)from.Byte(), from.TextOrNull(), from.Time())
                {
                    Generation = (int)from.Number(),
                    Rotations = (int)from.Number(),
                    Gaps = (int)from.Number(),
                    MissingBytes = from.Number(),
                    LastGap = from.TextOrNull(),
                }
            ),
            Kind.SourceRead or Kind.LogsRead => new SourceRead(from.Number(), from.TimeOrNull())
            {
                OfBuildLogs = kind is Kind.LogsRead,
                Untimed = from.TextOrNull(),
                FirstLineAt = from.TimeOrNull(),
                Silence = TimeSpan.FromTicks(from.Number()),
            },
            Kind.LinesLost => new LinesLost(from.Number(), from.Text()) { IsUnread = from.Flag() },
            Kind.SourceTurned => new SourceTurned(from.Text()),
            Kind.SourcePolled => new SourcePolled(from.Text()),
            Kind.LogGone => new BuildLogGone(from.Text()),
            Kind.LogRefused => new BuildLogRefused(from.Text(), from.TextOrNull()) { IsLog = from.Flag() },
            Kind.ProfileRead => new ProfileRead(
                from.Text(),
                new ProfileContent(
                    from.TextOrNull(),
                    from.TextOrNull(),
                    from.TextOrNull(),
                    from.TextOrNull(),
                    from.TextOrNull(),
                    from.TextOrNull()
                )
            ),
            Kind.PairRemembered => new PairRemembered(from.Text(), new ImageName(from.Text())),
            Kind.QueueMeasured => new QueueMeasured(from.NumberOrNull()),
            Kind.DirectoryRead => new LogDirectoryRead(),
            Kind.Heartbeat => new HeartbeatReceived(from.Time()),
            Kind.Health => HealthFormat.Read(ref from),
            Kind.LogReported => Reported(ref from),
            _ => throw new InvalidDataException("an entry of no known kind"),
        };

    private static BuildLogRead Reported(ref ByteReader from)
    {
        var (file, generation, earlier, modifiedAt) = (from.Text(), (int)from.Number(), from.TextOrNull(), from.TimeOrNull());
        var log = LogJson.Read(from.Text()) ?? throw new InvalidDataException("no log");
        return new BuildLogRead(file, log.ToLog() with { ModifiedAt = modifiedAt }, generation) { EarlierBuild = earlier };
    }

    private static void WriteGrowth(ByteWriter into, LogGrowth growth)
    {
        into.Text(growth.File);
        into.Number((long)growth.Generation);
        into.Flag(growth.Began);
        into.Flag(growth.HasHole);
        into.Flag(growth.IsBrief);
        into.Time(growth.ArrivedAt);
        into.Time(growth.ModifiedAt);
        into.Text(growth.Unfinished);
        into.Unsigned((ulong)growth.Lines.Count);
        for (var rest = growth.Lines.Bytes; !rest.IsEmpty;)
        {
            var line = LogLines.TakeFirst(ref rest);
            into.Unsigned((ulong)line.Length);
            into.Bytes(line);
        }
    }

    private static LogGrowth Growth(ref ByteReader from)
    {
        var growth = new LogGrowth(from.Text(), (int)from.Number())
        {
            Began = from.Flag(),
            HasHole = from.Flag(),
            IsBrief = from.Flag(),
            ArrivedAt = from.TimeOrNull(),
            ModifiedAt = from.TimeOrNull(),
            Unfinished = from.Text(),
        };
        var lines = new LogLines.Builder();
        for (var left = from.Count(); left > 0; left--)
        {
            var line = from.Bytes(from.Count());
            if (line.Contains((byte)'\n'))
                throw new InvalidDataException("a line that contains a line end");
            lines.Add(line);
        }

        return growth with { Lines = lines.ToLines() };
    }
}
