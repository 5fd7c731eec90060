using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Services;
using EdgeAlarm.PlantSimulator.AddressSpace;
using EdgeAlarm.PlantSimulator.Plant;
using EdgeAlarm.PlantSimulator.Sessions;
using EdgeAlarm.PlantSimulator.Subscriptions;

namespace EdgeAlarm.PlantSimulator.Server;

/// <summary>
/// The whole server without sockets and without a clock: plant, sessions, subscriptions. It is given the time and does everything due
/// until then at its own moment, in the order of time: the plant moves, items are sampled, messages leave. So what a client gets does not
/// depend on how late a turn comes, and days of plant time take seconds in a test. One caller at a time.
/// </summary>
internal sealed class PlantServerCore
{
    private readonly SimulatedPlant _plant;
    private readonly ServerIdentity _identity;
    private readonly PlantAddressSpace _space;
    private readonly SessionTable _sessions;
    private readonly AttributeServiceSet _attributes;
    private readonly ViewServiceSet _views;
    private readonly HistoryServiceSet _history;
    private readonly SubscriptionServiceSet _subscriptions;

    internal PlantServerCore(SimulatedPlant plant, ServerIdentity identity, PlantServerLimits limits, long now)
    {
        (_plant, _identity) = (plant, identity);
        _space = new PlantAddressSpace(plant, limits, identity.ApplicationUri, now);
        Publishing = new PublishingEngine(limits);
        _sessions = new SessionTable(identity, Publishing, limits);
        _attributes = new AttributeServiceSet(_space, limits);
        _views = new ViewServiceSet(_space, limits);
        _history = new HistoryServiceSet(_space, limits);
        _subscriptions = new SubscriptionServiceSet(_space, Publishing, limits);
    }

    /// <summary>The subscriptions; their answers to waiting Publish requests are for the caller to take.</summary>
    internal PublishingEngine Publishing { get; }

    /// <summary>What the server says of itself.</summary>
    internal ServerState State
    {
        get => _space.State;
        set => _space.State = value;
    }

    internal int SessionCount => _sessions.Sessions.Count;

    internal long NextDeadline => Math.Min(_plant.NextDeadline, Math.Min(Publishing.NextDeadline, _sessions.NextDeadline));

    internal void TurnOnce(long now)
    {
        while (NextDeadline is var at && at <= now)
        {
            _plant.TurnOnce(at);
            Publishing.TurnOnce(at);
            _sessions.TurnOnce(at);
        }
    }

    /// <summary>A channel is gone.</summary>
    internal void ChannelClosed(uint channelId) => _sessions.ChannelClosed(channelId);

    /// <summary>Serves one request.</summary>
    /// <param name="channel">Where it came from.</param>
    /// <param name="requestId">Its id on the channel.</param>
    /// <param name="body">Type id and fields; not kept.</param>
    /// <param name="now">The present time; everything due before it has been done.</param>
    /// <param name="output">Receives the body of the response.</param>
    /// <returns><see langword="false"/> where the answer comes later: a Publish request waits.</returns>
    internal bool TryServe(ServerChannel channel, uint requestId, ReadOnlyMemory<byte> body, long now, BinaryEncoder output)
    {
        var handle = 0u;
        try
        {
            var decoder = new BinaryDecoder(body, DecodingLimits.Default);
            var typeId = ServiceMessage.ReadTypeId(ref decoder);
            handle = HandleOf(body);
            return TryServe(typeId, ref decoder, new RequestContext(channel, requestId, now, output));
        }
        catch (ServiceRefusal refusal)
        {
            WriteFault(output, handle, refusal.Status, now);
        }
        catch (ProtocolViolation)
        {
            WriteFault(output, handle, StatusCodes.BadDecodingError, now);
        }

        return true;
    }

    internal static void WriteFault(BinaryEncoder output, uint requestHandle, StatusCode status, long now)
    {
        output.Clear();
        ServiceMessage.Write(output, new ServiceFault { Header = new ResponseHeader { TimestampTicks = now, RequestHandle = requestHandle, ServiceResult = status } });
    }

    private static uint HandleOf(ReadOnlyMemory<byte> body)
    {
        var decoder = new BinaryDecoder(body, DecodingLimits.Default);
        ServiceMessage.ReadTypeId(ref decoder);
        return RequestHeader.Decode(ref decoder).RequestHandle;
    }

    private bool TryServe(uint typeId, ref BinaryDecoder decoder, RequestContext context)
    {
        // a constant pattern needs constants, and the ids are static members: the order is by how often they come
        if (typeId == PublishRequest.EncodingId)
        {
            var request = PublishRequest.Decode(ref decoder);
            var session = _sessions.Find(context.Channel, request.Header, mustBeActivated: true, context.Now);
            Publishing.Publish(session, context.Channel.Id, context.RequestId, request, context.Now);
            return false;
        }

        var (now, channel) = (context.Now, context.Channel);
        var served = context.Serve<ReadRequest, ReadResponse>(typeId, ref decoder, r => InSession(context, r.Header, _ => _attributes.Read(r, now)))
            || context.Serve<CreateMonitoredItemsRequest, CreateMonitoredItemsResponse>(typeId, ref decoder, r => InSession(context, r.Header, s => _subscriptions.CreateItems(s, r, now)))
            || context.Serve<DeleteMonitoredItemsRequest, DeleteMonitoredItemsResponse>(typeId, ref decoder, r => InSession(context, r.Header, s => _subscriptions.DeleteItems(s, r)))
            || context.Serve<CreateSubscriptionRequest, CreateSubscriptionResponse>(typeId, ref decoder, r => InSession(context, r.Header, s => _subscriptions.Create(s, r, now)))
            || context.Serve<DeleteSubscriptionsRequest, DeleteSubscriptionsResponse>(typeId, ref decoder, r => InSession(context, r.Header, s => _subscriptions.Delete(s, r, now)))
            || context.Serve<TransferSubscriptionsRequest, TransferSubscriptionsResponse>(typeId, ref decoder, r => InSession(context, r.Header, s => _subscriptions.Transfer(s, r, now)))
            || context.Serve<RepublishRequest, RepublishResponse>(typeId, ref decoder, r => InSession(context, r.Header, s => SubscriptionServiceSet.Republish(s, r)))
            || context.Serve<BrowseRequest, BrowseResponse>(typeId, ref decoder, r => InSession(context, r.Header, s => _views.Browse(s, r)))
            || context.Serve<BrowseNextRequest, BrowseNextResponse>(typeId, ref decoder, r => InSession(context, r.Header, s => _views.BrowseNext(s, r)))
            || context.Serve<TranslateBrowsePathsToNodeIdsRequest, TranslateBrowsePathsToNodeIdsResponse>(typeId, ref decoder, r => InSession(context, r.Header, _ => _views.Translate(r)))
            || context.Serve<HistoryReadRequest, HistoryReadResponse>(typeId, ref decoder, r => InSession(context, r.Header, s => _history.Read(s, r)))
            || context.Serve<GetEndpointsRequest, GetEndpointsResponse>(typeId, ref decoder, _ => new GetEndpointsResponse { Endpoints = _identity.Describe() })
            || context.Serve<CreateSessionRequest, CreateSessionResponse>(typeId, ref decoder, r => _sessions.Create(channel, r, now))
            || context.Serve<ActivateSessionRequest, ActivateSessionResponse>(typeId, ref decoder, r => _sessions.Activate(channel, r, now))
            || context.Serve<CloseSessionRequest, CloseSessionResponse>(typeId, ref decoder, r => _sessions.Close(_sessions.Find(channel, r.Header, mustBeActivated: false, now), r));
        return served ? true : throw new ServiceRefusal(StatusCodes.BadServiceUnsupported);
    }

    private TResponse InSession<TResponse>(RequestContext context, RequestHeader header, Func<ServerSession, TResponse> serve) =>
        serve(_sessions.Find(context.Channel, header, mustBeActivated: true, context.Now));
}
