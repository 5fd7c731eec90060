using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Security;
using EdgeAlarm.OpcUa.Services;
using EdgeAlarm.PlantSimulator.AddressSpace;
using EdgeAlarm.PlantSimulator.Plant;
using EdgeAlarm.PlantSimulator.Server;
using EdgeAlarm.PlantSimulator.Sessions;
using EdgeAlarm.PlantSimulator.Subscriptions;

namespace EdgeAlarm.PlantSimulator.Tests.Server;

/// <summary>The server's core with a clock that the test moves and a client that speaks in messages; every message goes through its encoding.</summary>
internal sealed class VirtualServer
{
    internal const long Start = 638_000_000_000_000_000;

    private readonly BinaryEncoder _output = new();
    private uint _nextRequestId;
    private NodeId _token;

    internal VirtualServer(PlantServerLimits? limits = null)
    {
        Plant = new SimulatedPlant(10, TimeSpan.FromMilliseconds(100), null, 1, null);
        Plant.Start(Start);
        var identity = new ServerIdentity
        {
            ApplicationUri = "urn:test",
            EndpointUrl = "opc.tcp://127.0.0.1:4840",
            Own = null,
            AllowsNone = true,
            AllowsAnonymous = true,
            Users = new Dictionary<string, string>(StringComparer.Ordinal) { ["edge"] = "secret" },
        };
        Core = new PlantServerCore(Plant, identity, limits ?? new PlantServerLimits(), Start);
    }

    internal SimulatedPlant Plant { get; }

    internal PlantServerCore Core { get; }

    internal long Now { get; private set; } = Start;

    internal ServerChannel Channel { get; private set; } = NewChannel(1);

    internal static NodeId Tag(string name) => NodeId.Text(PlantAddressSpace.PlantNamespace, name);

    internal static ServerChannel NewChannel(uint id) => new(id, SecurityPolicy.None, MessageSecurityMode.None, null);

    /// <summary>Moves the clock in one step; the answers to waiting Publish requests that came on the way.</summary>
    internal PublishReply[] Advance(double milliseconds)
    {
        Now += (long)(milliseconds * TimeSpan.TicksPerMillisecond);
        Core.TurnOnce(Now);
        return TakeReplies();
    }

    internal PublishReply[] TakeReplies()
    {
        var replies = Core.Publishing.Replies.ToArray();
        Core.Publishing.Replies.Clear();
        return replies;
    }

    /// <summary>The token of the present session; setting it speaks for another.</summary>
    internal NodeId Session
    {
        get => _token;
        set => _token = value;
    }

    internal void LoginAs(string user, string password)
    {
        _token = Call<CreateSessionRequest, CreateSessionResponse>(new CreateSessionRequest { RequestedSessionTimeoutMs = 60_000 }).AuthenticationToken;
        var token = new UserNameIdentityToken { PolicyId = "username", UserName = user, Password = System.Text.Encoding.UTF8.GetBytes(password) };
        Call<ActivateSessionRequest, ActivateSessionResponse>(new ActivateSessionRequest { UserIdentityToken = ExtensionObject.From(token) });
    }

    internal void Login(double timeoutMs = 60_000)
    {
        _token = Call<CreateSessionRequest, CreateSessionResponse>(new CreateSessionRequest { RequestedSessionTimeoutMs = timeoutMs }).AuthenticationToken;
        Activate(Channel);
    }

    internal void Activate(ServerChannel channel)
    {
        Channel = channel;
        Call<ActivateSessionRequest, ActivateSessionResponse>(new ActivateSessionRequest { UserIdentityToken = ExtensionObject.From(new AnonymousIdentityToken { PolicyId = "anonymous" }) });
    }

    internal TResponse Call<TRequest, TResponse>(TRequest request)
        where TRequest : IServiceRequest<TRequest, TResponse>
        where TResponse : class, IServiceResponse<TResponse>
    {
        var response = TryCall<TRequest, TResponse>(request, out var status);
        return response ?? throw new InvalidOperationException($"{typeof(TRequest).Name} was refused: {status}");
    }

    internal TResponse? TryCall<TRequest, TResponse>(TRequest request, out StatusCode status)
        where TRequest : IServiceRequest<TRequest, TResponse>
        where TResponse : class, IServiceResponse<TResponse>
    {
        Assert.True(Send<TRequest, TResponse>(request));
        var response = ServiceMessage.ReadResponse<TResponse>(_output.WrittenSpan.ToArray(), DecodingLimits.Default, out var header);
        status = header.ServiceResult;
        return status.IsBad ? null : response;
    }

    internal StatusCode Refusal<TRequest, TResponse>(TRequest request)
        where TRequest : IServiceRequest<TRequest, TResponse>
        where TResponse : class, IServiceResponse<TResponse>
    {
        Assert.Null(TryCall<TRequest, TResponse>(request, out var status));
        return status;
    }

    /// <summary>Sends a Publish request; what can be answered at once is in the result.</summary>
    internal PublishReply[] Publish(params SubscriptionAcknowledgement[] acknowledgements)
    {
        if (Send<PublishRequest, PublishResponse>(new PublishRequest { SubscriptionAcknowledgements = acknowledgements }))
        {
            ServiceMessage.ReadResponse<PublishResponse>(_output.WrittenSpan.ToArray(), DecodingLimits.Default, out var header);
            throw new InvalidOperationException($"Publish was refused: {header.ServiceResult}");
        }

        return TakeReplies();
    }

    internal CreateSubscriptionResponse Subscribe(double publishingMs = 500, uint lifetime = 30, uint keepAlive = 5, uint notificationsMax = 0) =>
        Call<CreateSubscriptionRequest, CreateSubscriptionResponse>(new CreateSubscriptionRequest
        {
            RequestedPublishingIntervalMs = publishingMs,
            RequestedLifetimeCount = lifetime,
            RequestedMaxKeepAliveCount = keepAlive,
            MaxNotificationsPerPublish = notificationsMax,
            PublishingEnabled = true,
        });

    internal MonitoredItemCreateResult Watch(uint subscription, string tag, double samplingMs = 100, uint queue = 10, bool discardOldest = true, uint handle = 7) =>
        Assert.Single(Call<CreateMonitoredItemsRequest, CreateMonitoredItemsResponse>(new CreateMonitoredItemsRequest
        {
            SubscriptionId = subscription,
            TimestampsToReturn = TimestampsToReturn.Both,
            ItemsToCreate =
            [
                new MonitoredItemCreateRequest
                {
                    ItemToMonitor = new ReadValueId { NodeId = Tag(tag), AttributeId = AttributeIds.Value },
                    MonitoringMode = MonitoringMode.Reporting,
                    RequestedParameters = new MonitoringParameters { ClientHandle = handle, SamplingIntervalMs = samplingMs, QueueSize = queue, DiscardOldest = discardOldest },
                },
            ],
        }).Results);

    /// <summary>The values of a reply, from its encoded notification.</summary>
    internal static DataValue[] Values(PublishReply reply)
    {
        var message = reply.Response!.NotificationMessage;
        return message.Notifications.Length == 0
            ? []
            : message.Notifications[0].TryDecode<DataChangeNotification>(DecodingLimits.Default, out var change)
                ? [.. change.MonitoredItems.Select(item => item.Value)]
                : throw new InvalidOperationException("no data change");
    }

    /// <summary>A request of the session as it stands on the wire.</summary>
    internal byte[] Body<TRequest, TResponse>(TRequest request)
        where TRequest : IServiceRequest<TRequest, TResponse>
        where TResponse : IServiceResponse<TResponse>
    {
        var body = new BinaryEncoder();
        ServiceMessage.Write(body, request.WithHeader(new RequestHeader { AuthenticationToken = _token, RequestHandle = 77 }));
        return body.WrittenSpan.ToArray();
    }

    private bool Send<TRequest, TResponse>(TRequest request)
        where TRequest : IServiceRequest<TRequest, TResponse>
        where TResponse : IServiceResponse<TResponse>
    {
        _output.Clear();
        return Core.TryServe(Channel, ++_nextRequestId, Body<TRequest, TResponse>(request), Now, _output);
    }
}
