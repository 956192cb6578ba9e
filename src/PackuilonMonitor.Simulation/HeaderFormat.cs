namespace PackuilonMonitor.Simulation;

/// <summary>How rsyslog writes the header of a line.</summary>
public enum HeaderFormat
{
    /// <summary>No year: <c>Nov  2 09:05:01 host tag: </c>.</summary>
    Traditional,

    /// <summary><c>2026-11-02T09:05:01.000000+00:00 host tag: </c>.</summary>
    Iso,

    /// <summary><c>&lt;14&gt;1 2026-11-02T09:05:01.000000+00:00 host app pid - -  </c>; an ident with a slash in front is lost.</summary>
    Rfc5424,
}
