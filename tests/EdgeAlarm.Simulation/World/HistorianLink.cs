using System.Buffers;
using System.Threading.Channels;
using EdgeAlarm.Historian;
using EdgeAlarm.Historian.Intake;
using EdgeAlarm.Wire;
using MQTTnet;

namespace EdgeAlarm.Simulation.World;

/// <summary>The intake's connection to the simulated broker.</summary>
internal sealed class HistorianLink(HistorianOptions options, Life life, Action<Receipt> sends) : Historian.Intake.IBrokerLink
{
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(15);
    private readonly Channel<Arrival> _arrivals = Channel.CreateBounded<Arrival>(new BoundedChannelOptions(options.QueueCapacity) { SingleReader = true });
    private BrokerSession? _session;

    public ChannelReader<Arrival> Arrivals => _arrivals.Reader;

    public static async Task<Historian.Intake.IBrokerLink> OpenAsync(SimulatedBroker broker, Life life, Action<Receipt> sends, HistorianOptions options, string session, CancellationToken cancellationToken)
    {
        var link = new HistorianLink(options, life, sends);
        var client = new BrokerClient($"edgealarm-historian-{session}", life, TimeSpan.FromSeconds(15), options.QueueCapacity, link.Take, _ => link._arrivals.Writer.TryComplete());
        link._session = await link.AnsweredAsync(token => broker.ConnectAsync(client, token), cancellationToken);
        return link;
    }

    public async Task SubscribeAsync(CancellationToken cancellationToken) => await AnsweredAsync(
        async token =>
        {
            await _session!.SubscribeAsync(token, (Topics.AllStatus, false), (Topics.AllOutboxes, false), (Topics.AllEvents, false), (Topics.AllLive, false));
            return true;
        },
        cancellationToken);

    public async Task<string?> SendAsync(string gateway, Receipt receipt, CancellationToken cancellationToken)
    {
        sends(receipt);
        var payload = new ArrayBufferWriter<byte>();
        receipt.Write(payload);
        var reason = await AnsweredAsync(
            async token =>
            {
                var answer = new TaskCompletionSource<MqttClientPublishReasonCode>();
                using var givenUp = token.Register(() => answer.TrySetCanceled(token));
                var publishing = _session!.PublishAsync($"{Topics.Root}/{gateway}/receipt", payload.WrittenSpan.ToArray(), retain: true);
                await Task.WhenAny(publishing, answer.Task);
                return publishing.IsCompleted ? await publishing : throw new OperationCanceledException(token);
            },
            cancellationToken);
        return reason is MqttClientPublishReasonCode.Success or MqttClientPublishReasonCode.NoMatchingSubscribers ? null : $"refused with {reason}";
    }

    public Task AcknowledgeAsync(Arrival arrival, CancellationToken cancellationToken) => arrival.AcknowledgeAsync(cancellationToken);

    public ValueTask DisposeAsync()
    {
        _arrivals.Writer.TryComplete();
        _session?.Close("closed by the historian");
        return ValueTask.CompletedTask;
    }

    private void Take(string topic, byte[] payload, bool retained) => Assert.True(
        _arrivals.Writer.TryWrite(new(topic, payload, Acknowledged)) || _arrivals.Reader.Completion.IsCompleted || _session is null, "the broker sent beyond the Receive Maximum");

    private Task Acknowledged(CancellationToken cancellationToken)
    {
        _session!.Acknowledge();
        return Task.CompletedTask;
    }

    private async Task<T> AnsweredAsync<T>(Func<CancellationToken, Task<T>> request, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(AnswerMax, life.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            return await request(either.Token);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            throw new BrokerException("the connection is gone or does not answer", fault);
        }
    }
}
