using PackuilonMonitor.Broker;

namespace PackuilonMonitor.Tests.Broker;

/// <summary>Who waits for the broker's answer learns of a lost channel, also where the client never answers.</summary>
public sealed class PublishChannelTests
{
    private static readonly TaskCompletionSource Unanswered = new();
    private static readonly TaskCompletionSource<string> There = new();

    [Test]
    public void Wait_WithoutAnAnswerOnALostChannel_EndsWithTheReason() =>
        Assert.That(
            () => PublishChannel.Wait(Unanswered.Task, Task.FromResult("the broker stops"), CancellationToken.None),
            Throws.InstanceOf<IOException>().With.Message.EqualTo("the broker stops")
        );

    [Test]
    public void Wait_ForAnAnswer_EndsWithIt([Values] bool isLostToo)
    {
        var lost = isLostToo ? Task.FromResult("gone") : There.Task;
        PublishChannel.Wait(Task.CompletedTask, lost, CancellationToken.None);
        Assert.That(
            () => PublishChannel.Wait(Task.FromException(new TimeoutException("refused")), lost, CancellationToken.None),
            Throws.InstanceOf<TimeoutException>().With.Message.EqualTo("refused")
        );
    }

    [Test]
    public void Wait_ThatIsStopped_Ends() =>
        Assert.That(
            () => PublishChannel.Wait(Unanswered.Task, There.Task, new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>()
        );
}
