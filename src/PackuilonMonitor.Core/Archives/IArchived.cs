namespace PackuilonMonitor.Core.Archives;

/// <summary>A value that an <see cref="Archive"/> can write and read.</summary>
/// <typeparam name="T">The type itself.</typeparam>
public interface IArchived<out T>
{
    /// <summary>
    /// Passes each part through the archive, always in the same order, and builds the value from what comes out. While the archive reads,
    /// this value has no parts and what goes in is ignored.
    /// </summary>
    T Through(Archive archive);
}
