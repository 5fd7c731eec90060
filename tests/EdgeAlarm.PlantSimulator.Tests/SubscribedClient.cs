using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Client;
using EdgeAlarm.OpcUa.Services;
using EdgeAlarm.PlantSimulator.Plant;

namespace EdgeAlarm.PlantSimulator.Tests;

/// <summary>A client that subscribes to the first load tags and keeps every value, in the order of the messages' numbers.</summary>
internal sealed class SubscribedClient
{
    private readonly UaSession _session;
    private readonly UaSubscription _subscription;
    private readonly AcknowledgementQueue _acknowledgements;
    private PublishPump _pump;
    private uint _expected = 1;

    private SubscribedClient(UaSession session, UaSubscription subscription)
    {
        (_session, _subscription) = (session, subscription);
        _acknowledgements = new AcknowledgementQueue();
        _pump = NewPump();
    }

    internal List<(uint Handle, DataValue Value)> Values { get; } = [];

    internal static async Task<SubscribedClient> StartAsync(UaSession session, int tags, TimeSpan sampling, uint queue)
    {
        var token = TestContext.Current.CancellationToken;
        var namespaces = await session.ReadNamespacesAsync(token);
        var subscription = await UaSubscription.CreateAsync(session, new SubscriptionRequest(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)), token);
        var items = Enumerable.Range(0, tags).Select(index =>
        {
            Assert.True(ExpandedNodeId.Parse($"nsu=urn:edgealarm:plant;s={BulkTags.NameOf(index)}").TryResolve(namespaces, out var node));
            return new ItemRequest((uint)index, node, sampling, queue);
        });
        var results = await subscription.CreateItemsAsync([.. items], token);
        Assert.All(results, result => Assert.True(result.Status.IsGood));
        return new SubscribedClient(session, subscription);
    }

    /// <summary>Receives until there is enough; fails with the reason where the channel breaks or time is up.</summary>
    internal async Task ReceiveAsync(Func<List<(uint Handle, DataValue Value)>, bool> isEnough, TimeSpan patience)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        late.CancelAfter(patience);
        while (!isEnough(Values))
        {
            _pump.Fill();
            await _pump.Arrivals.WaitToReadAsync(late.Token);
            while (_pump.TryTake(out var arrival))
            {
                Take((arrival.Response ?? throw arrival.Error!).NotificationMessage);
            }
        }
    }

    /// <summary>Takes what was answered before the channel broke, asks again for what was lost on the way, and goes on, on the session's present channel.</summary>
    internal async Task RecoverAsync()
    {
        while (_pump.TryTake(out var arrival))
        {
            if (arrival.Response is { } response)
            {
                Take(response.NotificationMessage);
            }
        }

        while (await _subscription.RepublishAsync(_expected, TestContext.Current.CancellationToken) is { } again)
        {
            Take(again.Message);
        }

        _pump = NewPump();
    }

    private PublishPump NewPump() => new(_session, _acknowledgements, new PublishWindow(5)) { SilenceMax = _subscription.SilenceMax };

    private void Take(NotificationMessage message)
    {
        Assert.Equal(_expected, message.SequenceNumber);
        foreach (var notification in message.Notifications)
        {
            Assert.True(notification.TryDecode<DataChangeNotification>(DecodingLimits.Default, out var change));
            Values.AddRange(change.MonitoredItems.Select(item => (item.ClientHandle, item.Value)));
        }

        if (message.Notifications.Length > 0)
        {
            _acknowledgements.Delivered(_subscription.Id, _expected);
            _acknowledgements.Flushed(_subscription.Id, _expected);
            _expected++;
        }
    }
}
