// Makes a picture of what tmux captured with colours: dotnet run docs/tour/svg.cs < capture > picture.svg
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

const double Wide = 8.4, High = 18, Margin = 12;
string[] palette =
[
    "#1d2021", "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#c8ccd4",
    "#7f848e", "#ff8a93", "#b5e890", "#ffd98a", "#8ac6ff", "#dd9bef", "#7fd5e0", "#ffffff",
];
const string Paper = "#16181d", Ink = "#c8ccd4";

var lines = Console.In.ReadToEnd().TrimEnd('\n').Split('\n');
var body = new StringBuilder();
var widest = 0;
for (var row = 0; row < lines.Length; row++)
{
    var pen = new Pen(null, null, false, false, false, false);
    var column = 0;
    foreach (Match part in Regex.Matches(lines[row], "\x1b\\[([0-9;]*)m|[^\x1b]+"))
    {
        if (part.Groups[1].Success)
        {
            pen = Take(pen, part.Groups[1].Value);
            continue;
        }

        Draw(part.Value, column, row, pen);
        column += part.Value.EnumerateRunes().Count();
    }

    widest = Math.Max(widest, column);
}

var (width, height) = (Text(2 * Margin + widest * Wide), Text(2 * Margin + lines.Length * High));
Console.OutputEncoding = new UTF8Encoding(false);
Console.WriteLine(
    $"""
    <svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" aria-label="The dashboard in a terminal">
    <rect width="100%" height="100%" rx="6" fill="{Paper}"/>
    <g font-family="DejaVu Sans Mono,Menlo,Consolas,monospace" font-size="14" xml:space="preserve">
    {body}</g>
    </svg>
    """
);

void Draw(string text, int column, int row, Pen pen)
{
    var (ink, paper) = pen.Reversed ? (pen.Paper ?? Paper, pen.Ink ?? Ink) : (pen.Ink ?? Ink, pen.Paper);
    var (left, top, length) = (Margin + column * Wide, Margin + row * High, text.EnumerateRunes().Count() * Wide);
    if (paper is not null)
        body.Append(
            CultureInfo.InvariantCulture,
            $"<rect x=\"{Text(left)}\" y=\"{Text(top)}\" width=\"{Text(length)}\" height=\"{Text(High)}\" fill=\"{paper}\"/>\n"
        );
    if (text.AsSpan().Trim().IsEmpty && !pen.Underlined)
        return;
    var style =
        (pen.Bold ? " font-weight=\"bold\"" : "")
        + (pen.Dim ? " opacity=\"0.65\"" : "")
        + (pen.Underlined ? " text-decoration=\"underline\"" : "");
    body.Append(
        CultureInfo.InvariantCulture,
        $"<text x=\"{Text(left)}\" y=\"{Text(top + 13.5)}\" textLength=\"{Text(length)}\" fill=\"{ink}\"{style}>"
        + $"{WebUtility.HtmlEncode(text).Replace("&#160;", " ")}</text>\n"
    );
}

Pen Take(Pen pen, string codes)
{
    var numbers = codes.Split(';').Select(code => code.Length == 0 ? 0 : int.Parse(code, CultureInfo.InvariantCulture)).ToArray();
    for (var i = 0; i < numbers.Length; i++)
    {
        pen = numbers[i] switch
        {
            0 => new Pen(null, null, false, false, false, false),
            1 => pen with { Bold = true },
            2 => pen with { Dim = true },
            4 => pen with { Underlined = true },
            7 => pen with { Reversed = true },
            22 => pen with { Bold = false, Dim = false },
            24 => pen with { Underlined = false },
            27 => pen with { Reversed = false },
            >= 30 and <= 37 => pen with { Ink = palette[numbers[i] - 30] },
            >= 90 and <= 97 => pen with { Ink = palette[numbers[i] - 82] },
            >= 40 and <= 47 => pen with { Paper = palette[numbers[i] - 40] },
            >= 100 and <= 107 => pen with { Paper = palette[numbers[i] - 92] },
            39 => pen with { Ink = null },
            49 => pen with { Paper = null },
            38 => pen with { Ink = Colour(numbers, ref i) },
            48 => pen with { Paper = Colour(numbers, ref i) },
            var other => throw new FormatException($"a code that tmux is not known to write: {other}"),
        };
    }

    return pen;
}

string Colour(int[] numbers, ref int i)
{
    if (numbers[++i] == 2)
    {
        i += 3;
        return $"#{numbers[i - 2]:x2}{numbers[i - 1]:x2}{numbers[i]:x2}";
    }

    var number = numbers[++i];
    if (number < 16)
        return palette[number];
    if (number >= 232)
        return string.Concat("#", string.Concat(Enumerable.Repeat($"{8 + 10 * (number - 232):x2}", 3)));
    int Level(int step) => step == 0 ? 0 : 55 + 40 * step;
    return $"#{Level((number - 16) / 36):x2}{Level((number - 16) / 6 % 6):x2}{Level((number - 16) % 6):x2}";
}

static string Text(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

internal sealed record Pen(string? Ink, string? Paper, bool Bold, bool Dim, bool Underlined, bool Reversed);
