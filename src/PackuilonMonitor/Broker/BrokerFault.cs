using RabbitMQ.Client.Exceptions;

namespace PackuilonMonitor.Broker;

/// <summary>Expected faults between us and RabbitMQ.</summary>
internal static class BrokerFault
{
    /// <summary>Whether the next attempt may succeed; anything else is a bug.</summary>
    public static bool IsOrdinary(Exception error) =>
        error is RabbitMQClientException or IOException or OperationCanceledException or TimeoutException or ObjectDisposedException
        || (error is AggregateException many && many.InnerExceptions.All(IsOrdinary));

    /// <summary>The innermost cause in words: the outer ones only say that there is one.</summary>
    public static string Reason(Exception error)
    {
        var (inner, refused) = (error, false);
        for (; inner.InnerException is { } deeper; inner = deeper)
            refused |= inner is AuthenticationFailureException;
        return refused || inner is AuthenticationFailureException ? "the user or password is not accepted"
            : inner is OperationInterruptedException { ShutdownReason: { } reason } ? reason.ReplyText
            : inner.Message.ReplaceLineEndings(" ");
    }
}
