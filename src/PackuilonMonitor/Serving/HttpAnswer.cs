using System.Text;

namespace PackuilonMonitor.Serving;

/// <summary>The answer to a request.</summary>
public sealed record HttpAnswer(int Status, string ContentType, ReadOnlyMemory<byte> Body)
{
    private const string PlainText = "text/plain; charset=utf-8";

    public static HttpAnswer Text(int status, string text) => new(status, PlainText, Encoding.UTF8.GetBytes(text));

    /// <summary>The status line and headers, to be followed by the body.</summary>
    public byte[] Head() => Encoding.ASCII.GetBytes(
        $"HTTP/1.1 {Status} {Reason}\r\nContent-Type: {ContentType}\r\nContent-Length: {Body.Length}\r\n"
        + (Status == 405 ? "Allow: GET, HEAD\r\n" : "")
        + "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n");

    private string Reason => Status switch
    {
        200 => "OK",
        400 => "Bad Request",
        404 => "Not Found",
        405 => "Method Not Allowed",
        413 => "Content Too Large",
        431 => "Request Header Fields Too Large",
        500 => "Internal Server Error",
        503 => "Service Unavailable",
        _ => "Unknown",
    };
}
