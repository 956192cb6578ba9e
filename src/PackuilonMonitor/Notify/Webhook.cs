using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Configuration;
using PackuilonMonitor.Platform;
using PackuilonMonitor.Reports;
using PackuilonMonitor.Screen.Bulletins;

namespace PackuilonMonitor.Notify;

/// <summary>An address to which bulletins are posted. Its path may be a secret: messages contain only its host.</summary>
public sealed class Webhook : IDisposable
{
    private readonly HttpClient _client;
    private readonly Uri _address;
    private readonly WebhookForm _form;
    private readonly TimeSpan _patience;

    /// <param name="patience">How long one attempt may take.</param>
    public Webhook(Uri address, WebhookForm form, TimeSpan patience)
    {
        (_address, _form, _patience) = (address, form, patience);
        // A redirect would send bulletins to an address that nobody named.
        _client = new HttpClient(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                ConnectTimeout = patience,
            }
        )
        {
            Timeout = patience,
        };
        _client.DefaultRequestHeaders.UserAgent.Add(
            new ProductInfoHeaderValue("packuilon-monitor", typeof(Webhook).Assembly.GetName().Version?.ToString(3))
        );
    }

    /// <summary>One attempt; waits for the answer.</summary>
    public Delivery Post(Bulletin bulletin)
    {
        if (_address.Scheme == Uri.UriSchemeHttps && !OpenSsl.IsThere)
            return new Delivery(Complaint(OpenSsl.Missing));
        var body = _form is WebhookForm.Slack ? BulletinJson.ForSlack(bulletin) : BulletinJson.Of(bulletin);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, _address)
            {
                Content = new StringContent(body, Encoding.UTF8, "application/json"),
            };
            using var answer = _client.Send(request, HttpCompletionOption.ResponseHeadersRead);
            return answer.IsSuccessStatusCode
                ? Delivery.Done
                : new Delivery(
                    Complaint($"HTTP {(int)answer.StatusCode}"),
                    IsWorthAnother(answer.StatusCode),
                    Rest(answer.Headers.RetryAfter)
                );
        }
        catch (ObjectDisposedException)
        {
            return new Delivery(Complaint("the program ends"));
        }
        catch (OperationCanceledException)
        {
            return new Delivery(Complaint($"no answer in {_patience.TotalSeconds} s"), Again: true);
        }
        catch (HttpRequestException error)
        {
            var why = error.InnerException is SocketException socket
                ? socket.SocketErrorCode.ToString()
                : error.HttpRequestError.ToString();
            return new Delivery(Complaint(SafeText.Plain(why)), Again: true);
        }
        catch (IOException)
        {
            return new Delivery(Complaint("the connection broke off"), Again: true);
        }
    }

    public void Dispose() => _client.Dispose();

    private static bool IsWorthAnother(HttpStatusCode code) =>
        (int)code >= 500 || code is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests;

    private static TimeSpan? Rest(RetryConditionHeaderValue? asked) => asked?.Delta;

    private string Complaint(FormattableString why) => Complaint(why.ToString(CultureInfo.InvariantCulture));

    private string Complaint(string why) => $"{_address.Authority}: {why}";
}
