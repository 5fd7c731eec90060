using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.TestServers.Scripted;

/// <summary>
/// The well-behaved part of a <see cref="ScriptedServer"/>: sessions, subscriptions and nodes, with queues of no end and a memory of everything sent. It never revises what it is
/// asked for unless told to. Called under the server's lock.
/// </summary>
public sealed class ScriptedPlant
{
    private readonly Dictionary<string, DataValue> values = new(StringComparer.Ordinal);
    private readonly HashSet<NodeId> sessions = [];
    private readonly List<(ScriptedRequest Request, NodeId Session)> publishes = [];
    private readonly TimeProvider time;
    private readonly Uri url;
    private uint lastId;

    internal ScriptedPlant(TimeProvider time, Uri url)
    {
        (this.time, this.url) = (time, url);
        StartTicks = time.GetUtcNow().UtcTicks;
    }

    /// <summary>The server's namespaces.</summary>
    public IReadOnlyList<string> Namespaces { get; set; } = ["http://opcfoundation.org/UA/", "urn:scripted:server", "urn:scripted:plant"];

    /// <summary>What it says of itself.</summary>
    public ServerState State { get; set; } = ServerState.Running;

    /// <summary>How well it says that it can do its work.</summary>
    public byte ServiceLevel { get; set; } = 255;

    /// <summary>When it says it started.</summary>
    public long StartTicks { get; set; }

    /// <summary>How far its clock is ahead.</summary>
    public TimeSpan ClockAhead { get; set; }

    /// <summary>Nodes that it refuses to monitor, by identifier.</summary>
    public IDictionary<string, StatusCode> Refused { get; } = new Dictionary<string, StatusCode>(StringComparer.Ordinal);

    /// <summary>The fastest that it samples, in milliseconds.</summary>
    public double SamplingMinMs { get; set; }

    /// <summary>Nodes whose changes it does not notify, though it gives them when it is read, by identifier.</summary>
    public ISet<string> Unnotified { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Whether Publish requests go on waiting in a session that has no subscription any more, for the next one.</summary>
    public bool KeepsPublishes { get; set; }

    /// <summary>How it revises a subscription; not at all by default.</summary>
    public Func<CreateSubscriptionResponse, CreateSubscriptionResponse> Revise { get; set; } = static response => response;

    /// <summary>Its subscriptions, the oldest first.</summary>
    public IList<ScriptedSubscription> Subscriptions { get; } = [];

    /// <summary>What it answers a TransferSubscriptions for a subscription; Good moves it. Null, the default, has no such service.</summary>
    public Func<ScriptedSubscription, StatusCode>? Transfers { get; set; }

    /// <summary>Nodes whose queue it revises to one value, by identifier.</summary>
    public ISet<string> QueueOfOne { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>How many items it says that one of its subscriptions holds; 0 names no limit.</summary>
    public uint ItemsPerSubscription { get; set; }

    /// <summary>What it says that the user may do with each of its nodes; null, the default, does not tell.</summary>
    public byte? UserAccessLevel { get; set; }

    /// <summary>The data types that it tells of nodes, by identifier.</summary>
    public IDictionary<string, NodeId> DataTypes { get; } = new Dictionary<string, NodeId>(StringComparer.Ordinal);

    /// <summary>Whether it refuses to monitor its own clock.</summary>
    public bool RefusesClock { get; set; }

    /// <summary>Whether it has GetMonitoredItems.</summary>
    public bool CountsItems { get; set; }

    /// <summary>Publish requests that wait.</summary>
    public int WaitingPublishes => publishes.Count;

    /// <summary>Sessions that were created and not closed.</summary>
    public int Sessions => sessions.Count;

    /// <summary>The id of the next subscription; a script may change it.</summary>
    public uint NextSubscriptionId { get; set; } = 1;

    /// <summary>Starts anew as a restarted server: knows no session and no subscription, and counts its subscriptions from 1.</summary>
    public void Restart()
    {
        StartTicks = time.GetUtcNow().UtcTicks;
        ForgetSessions();
        Subscriptions.Clear();
        NextSubscriptionId = 1;
    }

    /// <summary>Knows no session any more; its subscriptions live.</summary>
    public void ForgetSessions()
    {
        sessions.Clear();
        publishes.Clear();
    }

    internal NodeId Node(string identifier) => NodeId.Text((ushort)Namespaces.ToList().IndexOf("urn:scripted:plant"), identifier);

    internal void Set(string identifier, DataValue value)
    {
        values[identifier] = value;
        foreach (var subscription in Subscriptions.Where(_ => !Unnotified.Contains(identifier)))
        {
            subscription.Enqueue(Node(identifier), value);
        }
    }

    /// <summary>Its clock moves for those who monitor it.</summary>
    internal void Tick()
    {
        foreach (var subscription in Subscriptions)
        {
            subscription.Enqueue(StandardNodes.ServerStatusCurrentTime, Value(StandardNodes.ServerStatusCurrentTime));
        }
    }

    /// <summary>Gives a node a value that is notified to nobody.</summary>
    public void SetRaw(string identifier, DataValue value) => values[identifier] = value;

    internal bool HasPublish(ScriptedSubscription subscription) => publishes.Exists(waiting => waiting.Session == subscription.Session);

    internal ScriptedRequest? TakePublish(ScriptedSubscription? subscription = null)
    {
        var index = publishes.FindIndex(waiting => subscription is null || waiting.Session == subscription.Session);
        if (index < 0)
        {
            return null;
        }

        var request = publishes[index].Request;
        publishes.RemoveAt(index);
        return request;
    }

    internal void Closed(ScriptedConnection connection) => publishes.RemoveAll(waiting => waiting.Request.Connection == connection);

    internal ScriptedReply Serve(ScriptedRequest request)
    {
        if (request.TypeId == GetEndpointsRequest.EncodingId)
        {
            return ScriptedReply.Of(new GetEndpointsResponse { Endpoints = Endpoints() });
        }

        if (request.TypeId == CreateSessionRequest.EncodingId)
        {
            return CreateSession(request.Read<CreateSessionRequest>());
        }

        return request.TypeId switch
        {
            _ when request.TypeId == ActivateSessionRequest.EncodingId => InSession(request.Read<ActivateSessionRequest>().Header, () => ScriptedReply.Of(new ActivateSessionResponse { ServerNonce = new byte[32] })),
            _ when request.TypeId == CloseSessionRequest.EncodingId => CloseSession(request.Read<CloseSessionRequest>()),
            _ when request.TypeId == ReadRequest.EncodingId => request.Read<ReadRequest>() is var read ? InSession(read.Header, () => Read(read)) : ScriptedReply.Silence,
            _ when request.TypeId == BrowseRequest.EncodingId => request.Read<BrowseRequest>() is var browse ? InSession(browse.Header, () => Browse(browse)) : ScriptedReply.Silence,
            _ when request.TypeId == TranslateBrowsePathsToNodeIdsRequest.EncodingId =>
                request.Read<TranslateBrowsePathsToNodeIdsRequest>() is var paths ? InSession(paths.Header, () => Translate(paths)) : ScriptedReply.Silence,
            _ when request.TypeId == CreateSubscriptionRequest.EncodingId => request.Read<CreateSubscriptionRequest>() is var create ? InSession(create.Header, () => Create(create)) : ScriptedReply.Silence,
            _ when request.TypeId == CreateMonitoredItemsRequest.EncodingId => request.Read<CreateMonitoredItemsRequest>() is var items ? InSession(items.Header, () => CreateItems(items)) : ScriptedReply.Silence,
            _ when request.TypeId == DeleteMonitoredItemsRequest.EncodingId => DeleteItems(request.Read<DeleteMonitoredItemsRequest>()),
            _ when request.TypeId == DeleteSubscriptionsRequest.EncodingId => Delete(request.Read<DeleteSubscriptionsRequest>()),
            _ when request.TypeId == PublishRequest.EncodingId => Publish(request),
            _ when request.TypeId == RepublishRequest.EncodingId => request.Read<RepublishRequest>() is var republish ? InSession(republish.Header, () => Republish(republish)) : ScriptedReply.Silence,
            _ when request.TypeId == TransferSubscriptionsRequest.EncodingId && Transfers is not null =>
                request.Read<TransferSubscriptionsRequest>() is var transfer ? InSession(transfer.Header, () => Transfer(transfer)) : ScriptedReply.Silence,
            _ when request.TypeId == CallRequest.EncodingId && CountsItems => request.Read<CallRequest>() is var call ? InSession(call.Header, () => Call(call)) : ScriptedReply.Silence,
            _ => ScriptedReply.Fault(StatusCodes.BadServiceUnsupported),
        };
    }

    private ScriptedReply Transfer(TransferSubscriptionsRequest request) => ScriptedReply.Of(new TransferSubscriptionsResponse
    {
        Results = [.. request.SubscriptionIds.Select(id => Transfer(Subscriptions.FirstOrDefault(found => found.Id == id), request))],
    });

    private TransferResult Transfer(ScriptedSubscription? subscription, TransferSubscriptionsRequest request)
    {
        if (subscription is null)
        {
            return new() { StatusCode = StatusCodes.BadSubscriptionIdInvalid };
        }

        var status = Transfers!(subscription); // the caller saw it
        if (!status.IsGood)
        {
            return new() { StatusCode = status };
        }

        subscription.Session = request.Header.AuthenticationToken;
        foreach (var node in request.SendInitialValues && !subscription.HasValues ? subscription.Handles.Keys.ToArray() : [])
        {
            subscription.Enqueue(node, Value(node));
        }

        return new() { AvailableSequenceNumbers = [.. subscription.Available] };
    }

    private ScriptedReply Call(CallRequest request) => ScriptedReply.Of(new CallResponse
    {
        Results =
        [
            .. request.MethodsToCall.Select(call => call.InputArguments[0].TryGetUInt64(out var id) && Subscriptions.FirstOrDefault(found => found.Id == id) is { } subscription
                ? new CallMethodResult { OutputArguments = [Variant.FromArray([.. subscription.Items.Keys]), Variant.FromArray([.. subscription.Items.Values])] }
                : new CallMethodResult { StatusCode = StatusCodes.BadSubscriptionIdInvalid }),
        ],
    });

    private EndpointDescription[] Endpoints() =>
    [
        new()
        {
            EndpointUrl = url.OriginalString, Server = new() { ApplicationUri = "urn:scripted:server", ApplicationType = ApplicationType.Server },
            SecurityMode = OpcUa.Security.MessageSecurityMode.None, SecurityPolicyUri = OpcUa.Security.SecurityPolicy.None.Uri,
            UserIdentityTokens = [new() { PolicyId = "anonymous", TokenType = UserTokenType.Anonymous }],
            TransportProfileUri = "http://opcfoundation.org/UA-Profile/Transport/uatcp-uasc-uabinary",
        },
    ];

    private ScriptedReply CreateSession(CreateSessionRequest request)
    {
        var token = NodeId.Numeric(1, 1000 + ++lastId);
        sessions.Add(token);
        return ScriptedReply.Of(new CreateSessionResponse
        {
            SessionId = NodeId.Numeric(1, lastId), AuthenticationToken = token, RevisedSessionTimeoutMs = request.RequestedSessionTimeoutMs, ServerNonce = new byte[32], ServerEndpoints = Endpoints(),
        });
    }

    private ScriptedReply InSession(RequestHeader header, Func<ScriptedReply> serve) =>
        sessions.Contains(header.AuthenticationToken) ? serve() : ScriptedReply.Fault(StatusCodes.BadSessionIdInvalid);

    private ScriptedReply CloseSession(CloseSessionRequest request)
    {
        sessions.Remove(request.Header.AuthenticationToken);
        foreach (var deleted in Subscriptions.Where(found => request.DeleteSubscriptions && found.Session == request.Header.AuthenticationToken).ToArray())
        {
            Subscriptions.Remove(deleted);
        }

        return ScriptedReply.Of(new CloseSessionResponse());
    }

    private ScriptedReply Read(ReadRequest request) => ScriptedReply.Of(new ReadResponse { Results = [.. request.NodesToRead.Select(Attribute)] });

    // of its nodes it tells nothing but the value, and a type where a script gave one
    private DataValue Attribute(ReadValueId asked) => asked.AttributeId switch
    {
        AttributeIds.Value => Value(asked.NodeId),
        AttributeIds.DataType when DataTypes.FirstOrDefault(known => Node(known.Key) == asked.NodeId) is { Key: not null } type => Value(asked.NodeId) with { Value = Variant.From(type.Value) },
        AttributeIds.UserAccessLevel when UserAccessLevel is { } level => Value(asked.NodeId) with { Value = Variant.From(level) },
        _ => Value(asked.NodeId) with { Value = default },
    };

    // nothing leads anywhere
    private static ScriptedReply Browse(BrowseRequest request) => ScriptedReply.Of(new BrowseResponse { Results = [.. request.NodesToBrowse.Select(_ => new BrowseResult())] });

    private static ScriptedReply Translate(TranslateBrowsePathsToNodeIdsRequest request) => ScriptedReply.Of(
        new TranslateBrowsePathsToNodeIdsResponse { Results = [.. request.BrowsePaths.Select(_ => new BrowsePathResult { StatusCode = StatusCodes.BadNoMatch })] });

    private DataValue Value(NodeId node)
    {
        var now = time.GetUtcNow().UtcTicks + ClockAhead.Ticks;
        return node switch
        {
            _ when node == StandardNodes.NamespaceArray => new(Variant.FromArray(Namespaces.ToArray())),
            _ when node == StandardNodes.ServerStatusStartTime => new(Variant.FromDateTimeTicks(StartTicks), default, now, now),
            _ when node == StandardNodes.ServerStatusCurrentTime => new(Variant.FromDateTimeTicks(now), default, now, now),
            _ when node == StandardNodes.MaxMonitoredItemsPerSubscription => new(Variant.From(ItemsPerSubscription), default, now, now),
            _ when node == StandardNodes.ServiceLevel => new(Variant.From(ServiceLevel), default, now, now),
            _ when node == StandardNodes.ServerStatusState => new(Variant.From((int)State), default, now, now),
            _ => values.FirstOrDefault(known => Node(known.Key) == node) is { Key: not null } value ? value.Value : new(default, StatusCodes.BadNodeIdUnknown),
        };
    }

    private ScriptedReply Create(CreateSubscriptionRequest request)
    {
        var subscription = new ScriptedSubscription(NextSubscriptionId++, request);
        Subscriptions.Add(subscription);
        return ScriptedReply.Of(Revise(new CreateSubscriptionResponse
        {
            SubscriptionId = subscription.Id, RevisedPublishingIntervalMs = request.RequestedPublishingIntervalMs,
            RevisedLifetimeCount = request.RequestedLifetimeCount, RevisedMaxKeepAliveCount = request.RequestedMaxKeepAliveCount,
        }));
    }

    private ScriptedReply CreateItems(CreateMonitoredItemsRequest request)
    {
        if (Subscriptions.FirstOrDefault(found => found.Id == request.SubscriptionId) is not { } subscription)
        {
            return ScriptedReply.Fault(StatusCodes.BadSubscriptionIdInvalid);
        }

        return ScriptedReply.Of(new CreateMonitoredItemsResponse { Results = [.. request.ItemsToCreate.Select(item => CreateItem(subscription, item))] });
    }

    private MonitoredItemCreateResult CreateItem(ScriptedSubscription subscription, MonitoredItemCreateRequest item)
    {
        var node = item.ItemToMonitor.NodeId;
        if (Refused.FirstOrDefault(refused => Node(refused.Key) == node) is { Key: not null } refusal)
        {
            return new() { StatusCode = refusal.Value };
        }

        if (RefusesClock && node == StandardNodes.ServerStatusCurrentTime)
        {
            return new() { StatusCode = StatusCodes.BadAttributeIdInvalid };
        }

        subscription.Handles[node] = item.RequestedParameters.ClientHandle;
        subscription.Items[++lastId] = item.RequestedParameters.ClientHandle;
        subscription.Enqueue(node, Value(node));
        return new() { MonitoredItemId = lastId, RevisedSamplingIntervalMs = Math.Max(item.RequestedParameters.SamplingIntervalMs, SamplingMinMs), RevisedQueueSize = QueueOfOne.Any(single => Node(single) == node) ? 1 : item.RequestedParameters.QueueSize };
    }

    private ScriptedReply DeleteItems(DeleteMonitoredItemsRequest request)
    {
        var subscription = Subscriptions.FirstOrDefault(found => found.Id == request.SubscriptionId);
        return ScriptedReply.Of(new DeleteMonitoredItemsResponse
        {
            Results = [.. request.MonitoredItemIds.Select(id => subscription?.Items.Remove(id) is true ? StatusCodes.Good : StatusCodes.BadMonitoredItemIdInvalid)],
        });
    }

    private ScriptedReply Delete(DeleteSubscriptionsRequest request)
    {
        foreach (var gone in Subscriptions.Where(found => request.SubscriptionIds.Contains(found.Id)).ToArray())
        {
            Subscriptions.Remove(gone);
        }

        var session = request.Header.AuthenticationToken;
        if (!KeepsPublishes && !Subscriptions.Any(found => found.Session == session))
        {
            // OPC 10000-4 §5.14.5: who has no subscription any more waits for nothing
            foreach (var (waiting, _) in publishes.Where(waiting => waiting.Session == session))
            {
                waiting.Connection.Send(waiting.RequestId, ScriptedReply.Fault(StatusCodes.BadNoSubscription).Write!);
            }

            publishes.RemoveAll(waiting => waiting.Session == session);
        }

        return ScriptedReply.Of(new DeleteSubscriptionsResponse { Results = [.. request.SubscriptionIds.Select(_ => StatusCodes.Good)] });
    }

    private ScriptedReply Publish(ScriptedRequest request)
    {
        var publish = request.Read<PublishRequest>();
        foreach (var acknowledgement in publish.SubscriptionAcknowledgements)
        {
            Subscriptions.FirstOrDefault(found => found.Id == acknowledgement.SubscriptionId)?.Acknowledge(acknowledgement.SequenceNumber);
        }

        if (!sessions.Contains(publish.Header.AuthenticationToken))
        {
            return ScriptedReply.Fault(StatusCodes.BadSessionIdInvalid);
        }

        if (!Subscriptions.Any(found => found.Session == publish.Header.AuthenticationToken))
        {
            return ScriptedReply.Fault(StatusCodes.BadNoSubscription);
        }

        publishes.Add((request, publish.Header.AuthenticationToken));
        return ScriptedReply.Silence;
    }

    private ScriptedReply Republish(RepublishRequest request) => Subscriptions.FirstOrDefault(found => found.Id == request.SubscriptionId) switch
    {
        null => ScriptedReply.Fault(StatusCodes.BadSubscriptionIdInvalid),
        var subscription => subscription.Find(request.RetransmitSequenceNumber) is { } message
            ? ScriptedReply.Of(new RepublishResponse { NotificationMessage = message })
            : ScriptedReply.Fault(StatusCodes.BadMessageNotAvailable),
    };
}
