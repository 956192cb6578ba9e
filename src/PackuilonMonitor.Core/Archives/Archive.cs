using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace PackuilonMonitor.Core.Archives;

/// <summary>
/// Values on their way to bytes or back. A type passes its parts through in one method for both directions, so that these cannot differ:
/// while the archive writes, a part comes out as it went in; while it reads, what goes in is ignored and what was written comes out.
/// </summary>
/// <remarks>Reading throws an <see cref="InvalidDataException"/> where the bytes are not what was written.</remarks>
public abstract class Archive
{
    /// <summary>What goes in is ignored.</summary>
    protected abstract bool IsReading { get; }

    public abstract bool Flag(bool value);

    public abstract long Number(long value);

    public abstract ulong Unsigned(ulong value);

    public abstract string Text(string value);

    /// <summary>The instant to its tick, with its offset.</summary>
    public abstract DateTimeOffset Time(DateTimeOffset value);

    /// <summary>A value whose form the archive itself knows, because it is no matter of its type: an observation.</summary>
    public abstract T Foreign<T>(T value)
        where T : class;

    /// <summary>The place of a shared part that passed before; negative for a new one. Not called while reading.</summary>
    protected abstract int PlaceOf(object shared);

    /// <summary>The shared part that passed at a place.</summary>
    protected abstract object SharedAt(long place);

    /// <summary>A shared part has passed.</summary>
    protected abstract void Keep(object shared);

    public int Number(int value) => (int)Number((long)value);

    public long? NumberOrNull(long? value) => Flag(value is not null) ? Number(value.GetValueOrDefault()) : null;

    public int? NumberOrNull(int? value) => Flag(value is not null) ? Number(value.GetValueOrDefault()) : null;

    public string? TextOrNull(string? value) => Flag(value is not null) ? Text(value!) : null;

    public DateTimeOffset? TimeOrNull(DateTimeOffset? value) => Flag(value is not null) ? Time(value.GetValueOrDefault()) : null;

    /// <summary>A part that belongs to one value alone.</summary>
    public T Own<[DynamicallyAccessedMembers(Constructors)] T>(T part)
        where T : class, IArchived<T> => (IsReading ? Blank<T>.Value : part).Through(this);

    public T? OwnOrNull<[DynamicallyAccessedMembers(Constructors)] T>(T? part)
        where T : class, IArchived<T> => Flag(part is not null) ? Own(part!) : null;

    /// <summary>A part that several values have: it is written once, and is one object again.</summary>
    public T Shared<[DynamicallyAccessedMembers(Constructors)] T>(T part)
        where T : class, IArchived<T>
    {
        var place = Number(IsReading ? 0L : PlaceOf(part));
        if (place >= 0)
            return IsReading ? SharedAt(place) as T ?? throw new InvalidDataException("another part") : part;
        var passed = Own(part);
        Keep(IsReading ? passed : part);
        return passed;
    }

    public T? SharedOrNull<[DynamicallyAccessedMembers(Constructors)] T>(T? part)
        where T : class, IArchived<T> => Flag(part is not null) ? Shared(part!) : null;

    /// <summary>A part of a type that has no form of its own, such as a number with a unit.</summary>
    public T? Optional<T>(T? part, Func<Archive, T, T> pass)
        where T : struct => Flag(part is not null) ? pass(this, part.GetValueOrDefault()) : null;

    public ImmutableArray<T> Array<T>(ImmutableArray<T> parts, Func<Archive, T, T> pass) =>
        IsReading ? ImmutableArray.Create(Read(pass)) : Written(parts, parts.Length, pass);

    public ImmutableArray<T> Array<[DynamicallyAccessedMembers(Constructors)] T>(ImmutableArray<T> parts)
        where T : class, IArchived<T> => Array(parts, static (archive, part) => archive.Own(part));

    public T[] Array<T>(T[] parts, Func<Archive, T, T> pass) => IsReading ? Read(pass) : Written(parts, parts.Length, pass);

    public ImmutableList<T> List<T>(ImmutableList<T> parts, Func<Archive, T, T> pass) =>
        IsReading ? ImmutableList.Create(Read(pass)) : Written(parts, parts.Count, pass);

    public ImmutableList<T> List<[DynamicallyAccessedMembers(Constructors)] T>(ImmutableList<T> parts)
        where T : class, IArchived<T> => List(parts, static (archive, part) => archive.Own(part));

    public ImmutableList<string> List(ImmutableList<string> parts) => List(parts, static (archive, part) => archive.Text(part));

    /// <param name="none">An empty set in the same order.</param>
    public ImmutableSortedSet<T> Set<T>(ImmutableSortedSet<T> parts, ImmutableSortedSet<T> none, Func<Archive, T, T> pass) =>
        IsReading ? none.Union(Read(pass)) : Written(parts, parts.Count, pass);

    public ImmutableSortedSet<int> Set(ImmutableSortedSet<int> parts) => Set(parts, [], static (archive, part) => archive.Number(part));

    public ImmutableHashSet<string> Set(ImmutableHashSet<string> parts) => IsReading
        ? ImmutableHashSet.Create(StringComparer.Ordinal, Read<string>(static (archive, part) => archive.Text(part)))
        : Written<ImmutableHashSet<string>, string>(parts, parts.Count, static (archive, part) => archive.Text(part));

    /// <summary>By names.</summary>
    public ImmutableDictionary<string, T> ByName<T>(ImmutableDictionary<string, T> parts, Func<Archive, T, T> pass) =>
        Map(parts, ImmutableDictionary.Create<string, T>(StringComparer.Ordinal), static (archive, key) => archive.Text(key), pass);

    public ImmutableSortedDictionary<string, T> ByName<T>(ImmutableSortedDictionary<string, T> parts, Func<Archive, T, T> pass) =>
        Map(parts, ImmutableSortedDictionary.Create<string, T>(StringComparer.Ordinal), static (archive, key) => archive.Text(key), pass);

    public ImmutableSortedDictionary<int, T> ByNumber<T>(ImmutableSortedDictionary<int, T> parts, Func<Archive, T, T> pass) =>
        Map(parts, ImmutableSortedDictionary<int, T>.Empty, static (archive, key) => archive.Number(key), pass);

    public ImmutableSortedDictionary<long, T> ByNumber<T>(ImmutableSortedDictionary<long, T> parts, Func<Archive, T, T> pass) =>
        Map(parts, ImmutableSortedDictionary<long, T>.Empty, static (archive, key) => archive.Number(key), pass);

    /// <param name="none">An empty one with the same comparison.</param>
    public ImmutableDictionary<TKey, T> Map<TKey, T>(
        ImmutableDictionary<TKey, T> parts,
        ImmutableDictionary<TKey, T> none,
        Func<Archive, TKey, TKey> key,
        Func<Archive, T, T> pass
    )
        where TKey : notnull => IsReading
        ? none.AddRange(Read(Pair(key, pass)))
        : Written(parts, parts.Count, Pair(key, pass));

    /// <param name="none">An empty one in the same order.</param>
    private ImmutableSortedDictionary<TKey, T> Map<TKey, T>(
        ImmutableSortedDictionary<TKey, T> parts,
        ImmutableSortedDictionary<TKey, T> none,
        Func<Archive, TKey, TKey> key,
        Func<Archive, T, T> pass
    )
        where TKey : notnull => IsReading
        ? none.AddRange(Read(Pair(key, pass)))
        : Written(parts, parts.Count, Pair(key, pass));

    private static Func<Archive, KeyValuePair<TKey, T>, KeyValuePair<TKey, T>> Pair<TKey, T>(
        Func<Archive, TKey, TKey> key,
        Func<Archive, T, T> pass
    ) => (archive, pair) => new(key(archive, pair.Key), pass(archive, pair.Value));

    private TParts Written<TParts, T>(TParts parts, int count, Func<Archive, T, T> pass)
        where TParts : IEnumerable<T>
    {
        Number(count);
        foreach (var part in parts)
            pass(this, part);
        return parts;
    }

    private T[] Read<T>(Func<Archive, T, T> pass)
    {
        var parts = new T[Count()];
        for (var index = 0; index < parts.Length; index++)
            parts[index] = pass(this, default!);
        return parts;
    }

    /// <summary>The length of what follows, which takes at least a byte for each part.</summary>
    protected abstract int Count();

    private const DynamicallyAccessedMemberTypes Constructors =
        DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.NonPublicConstructors;

    /// <summary>A value without parts, whose method reads.</summary>
    private static class Blank<[DynamicallyAccessedMembers(Constructors)] T>
        where T : class
    {
        public static readonly T Value = (T)RuntimeHelpers.GetUninitializedObject(typeof(T));
    }
}
