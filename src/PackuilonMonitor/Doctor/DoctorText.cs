using PackuilonMonitor.Cells;

namespace PackuilonMonitor.Doctor;

/// <summary>Findings as lines of plain text that read well aloud: the grade is a word, and commands are on lines of their own.</summary>
public static class DoctorText
{
    public static IEnumerable<string> Of(Finding finding)
    {
        yield return Line(finding);
        foreach (var command in finding.Commands)
            yield return $"       type: {SafeText.Plain(command)}";
    }

    /// <summary>Grade, subject and result, without the commands.</summary>
    public static string Line(Finding finding) =>
        $"{Word(finding.Grade),-6} {SafeText.Plain(finding.Subject)}: {SafeText.Plain(finding.Text)}";

    /// <summary>The last line.</summary>
    public static string Whole(Grade worst) => worst switch
    {
        Grade.Fine => "all fine",
        Grade.Note => "everything can be read; the notes above may matter",
        Grade.Wrong => "the dashboard would not start: see the lines that begin with wrong",
        Grade.Unread => "a source cannot be read: see the lines that begin with unread",
    };

    private static string Word(Grade grade) => grade switch
    {
        Grade.Fine => "ok",
        Grade.Note => "note",
        Grade.Wrong => "wrong",
        Grade.Unread => "unread",
    };
}
