using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using PackuilonMonitor.Cells;

namespace PackuilonMonitor.Reports;

/// <summary>One JSON object on one line, as the reports write it.</summary>
internal static class Json
{
    /// <summary>
    /// Text stays readable; control characters and quotes are still escaped, and <see cref="Shown"/> escapes invisible ones.
    /// </summary>
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Object(Action<Utf8JsonWriter> write) => Value(json =>
    {
        json.WriteStartObject();
        write(json);
        json.WriteEndObject();
    });

    public static string Value(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
            write(json);

        return Shown(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }

    /// <summary>The same JSON for programs; on a terminal nothing in it reverses the text or hides a part of it.</summary>
    private static string Shown(string json)
    {
        if (!json.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            return json;
        var shown = new StringBuilder(json.Length);
        foreach (var rune in json.EnumerateRunes())
        {
            if (SafeText.IsPlain(rune))
            {
                shown.Append(rune);
                continue;
            }

            foreach (var unit in rune.ToString())
                shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}");
        }

        return shown.ToString();
    }

    /// <summary>ISO-8601 with offset, and milliseconds if the source had any.</summary>
    public static void Time(this Utf8JsonWriter json, string name, DateTimeOffset? at)
    {
        if (at is { } known)
            json.WriteString(name, known.ToString(Format(known), CultureInfo.InvariantCulture));
        else
            json.WriteNull(name);
    }

    public static void Number(this Utf8JsonWriter json, string name, long? number)
    {
        if (number is { } known)
            json.WriteNumber(name, known);
        else
            json.WriteNull(name);
    }

    /// <summary>Whole if it is whole, otherwise to the millisecond.</summary>
    public static void Seconds(this Utf8JsonWriter json, string name, TimeSpan? time)
    {
        if (time is not { } known)
            json.WriteNull(name);
        else if (known.Ticks % TimeSpan.TicksPerSecond == 0)
            json.WriteNumber(name, (long)known.TotalSeconds);
        else
            json.WriteNumber(name, Math.Round(known.TotalSeconds, 3));
    }

    public static void Texts(this Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    public static void Array<T>(this Utf8JsonWriter json, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WritePropertyName(name);
        json.Array(items, write);
    }

    public static void Array<T>(this Utf8JsonWriter json, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray();
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void Strings(this Utf8JsonWriter json, string name, IEnumerable<string> items)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
            json.WriteStringValue(item);
        json.WriteEndArray();
    }

    private static string Format(DateTimeOffset at) =>
        at.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-dd'T'HH:mm:sszzz" : "yyyy-MM-dd'T'HH:mm:ss.fffzzz";
}
