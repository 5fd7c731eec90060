using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.OpcUa.Client;

/// <summary>
/// A session with a server (OPC 10000-4 §5.7). It outlives its channel: after a break it is activated on a new one, with the same
/// certificate, policy and user. One caller at a time connects; calls may come from any thread.
/// </summary>
public sealed class UaSession : IAsyncDisposable
{
    private readonly UaClientOptions _options;
    private readonly TimeProvider _time;
    private readonly UaEndpoint _endpoint;
    private readonly SessionHandshake _handshake;
    private uint _requestHandle;

    private UaSession(UaClientOptions options, TimeProvider time, UaEndpoint endpoint, SessionHandshake handshake, UaChannel channel)
    {
        _options = options;
        _time = time;
        _endpoint = endpoint;
        _handshake = handshake;
        Channel = channel;
    }

    /// <summary>Ends with the reason when the present channel breaks.</summary>
    public Task<UaClientException> Broken => Channel.Broken;

    /// <summary>What the server granted for silence; afterwards the session is gone.</summary>
    public TimeSpan RevisedTimeout => _handshake.RevisedTimeout;

    /// <summary>How often the renewal of the present channel's token was asked for.</summary>
    public int Renewals => Channel.Renewals;

    /// <summary>The certificates with which both sides proved who they are, for those who watch over their ends; null without security.</summary>
    public SessionCertificates? Certificates => _endpoint is { ServerCertificate: { } server, Own: { } own }
        ? new(_options.EndpointUrl, server.Certificate.Subject, server.Certificate.Thumbprint, new DateTimeOffset(server.Certificate.NotAfter), own.Certificate.Thumbprint, own.End, _endpoint.IsOwnPrevious)
        : null;

    /// <summary>How the server describes its make; null before <see cref="LearnAsync"/>.</summary>
    public ServerProduct? Product { get; private set; }

    /// <summary>What is known of servers of this make.</summary>
    public ServerProfile Profile { get; private set; } = ServerProfiles.General;

    /// <summary>What one call may ask of the server; cautious before <see cref="LearnAsync"/>.</summary>
    public OperationLimits Limits { get; private set; } = OperationLimits.Cautious;

    internal UaChannel Channel { get; private set; }

    internal TimeProvider Time => _time;

    /// <summary>Finds the demanded endpoint, opens a channel, creates and activates a session.</summary>
    /// <exception cref="UaClientException">It cannot be had; the message names the thing and the next step.</exception>
    public static async Task<UaSession> ConnectAsync(UaClientOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var endpoint = await UaDiscovery.FindAsync(options, time, cancellationToken);
        try
        {
            return await ConnectAsync(options, endpoint, time, cancellationToken);
        }
        catch (UaClientException refused) when (refused.Failure is UaFailure.Security or UaFailure.Transport && endpoint.OwnPrevious is not null)
        {
            // a server that trusts the bytes of the certificate before its renewal takes those as long as they count
            endpoint = endpoint.WithPrevious();
            try
            {
                return await ConnectAsync(options, endpoint, time, cancellationToken);
            }
            catch (Exception again)
            {
                endpoint.Dispose();
                if (again is UaClientException)
                {
                    throw ClockDifference.Named(refused, endpoint.ClockOffset);
                }
                throw;
            }
        }
        catch (UaClientException refused)
        {
            endpoint.Dispose();
            throw ClockDifference.Named(refused, endpoint.ClockOffset);
        }
        catch
        {
            endpoint.Dispose();
            throw;
        }
    }

    private static async Task<UaSession> ConnectAsync(UaClientOptions options, UaEndpoint endpoint, TimeProvider time, CancellationToken cancellationToken)
    {
        UaChannel? channel = null;
        try
        {
            channel = await OpenAsync(options, endpoint, time, cancellationToken);
            var handshake = new SessionHandshake(options, endpoint, time);
            await handshake.CreateAsync(channel, cancellationToken);
            return await ActivatedAsync(new UaSession(options, time, endpoint, handshake, channel), cancellationToken);
        }
        catch
        {
            if (channel is not null)
            {
                await channel.DisposeAsync();
            }
            throw;
        }
    }

    /// <summary>Opens a new channel in the place of the broken one; the session is not yet active on it.</summary>
    /// <exception cref="UaClientException">No channel; the session may still live. Where the server shows another certificate, the message names both.</exception>
    public async Task OpenChannelAsync(CancellationToken cancellationToken)
    {
        await Channel.DisposeAsync();
        try
        {
            Channel = await UaChannel.OpenAsync(TargetOf(_options, _endpoint), _options, _time, cancellationToken);
        }
        catch (UaClientException refused) when (refused.Failure is UaFailure.Security or UaFailure.Protocol or UaFailure.Transport && _endpoint.ServerCertificate is not null)
        {
            // a server with another certificate cannot read what was meant for the one of before, and says so in words of its own, or not at all
            throw await UaDiscovery.ChangedAsync(_options, _endpoint.ServerCertificate, _time, cancellationToken) ?? refused;
        }
    }

    /// <summary>Closes the channel and keeps the session, which lives on at the server for its timeout.</summary>
    public ValueTask CloseChannelAsync() => Channel.DisposeAsync();

    /// <summary>Activates the session on the present channel (OPC 10000-4 §6.7, first step of the ladder).</summary>
    /// <exception cref="UaClientException">The server does not know the session, or refuses.</exception>
    public Task ActivateAsync(CancellationToken cancellationToken) => _handshake.ActivateAsync(Channel, cancellationToken);

    /// <summary>Asks the server of what make it is and what one call may ask of it. Once a session is enough.</summary>
    /// <param name="profile">The configured profile; null to recognise it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="UaClientException">A call failed. What the server does not tell is no error.</exception>
    public async Task LearnAsync(ServerProfile? profile, CancellationToken cancellationToken)
    {
        var values = await this.ReadManyAsync(
            [.. ServerProduct.Nodes.Concat(OperationLimits.Nodes).Select(node => new ReadValueId { NodeId = node, AttributeId = AttributeIds.Value })], OperationLimits.Cautious, cancellationToken);
        Product = ServerProduct.From(values);
        Profile = profile ?? Product.Profile;
        Limits = OperationLimits.From([.. values.Skip(ServerProduct.Nodes.Count)], Profile);
    }

    /// <summary>Reads attributes with source and server time; the results are in the order of the nodes.</summary>
    /// <exception cref="UaClientException">The whole call failed. A single node that fails has its code in its result.</exception>
    public async Task<IReadOnlyList<DataValue>> ReadAsync(IReadOnlyList<ReadValueId> nodes, CancellationToken cancellationToken)
    {
        var request = new ReadRequest { Header = Header(), TimestampsToReturn = TimestampsToReturn.Both, NodesToRead = [.. nodes] };
        var results = (await Channel.CallAsync<ReadRequest, ReadResponse>(request, cancellationToken)).Message.Results;
        return results.Length == nodes.Count ? results : throw WrongCount("Read", results.Length, nodes.Count);
    }

    /// <summary>Reads the values of nodes.</summary>
    /// <exception cref="UaClientException">The whole call failed.</exception>
    public Task<IReadOnlyList<DataValue>> ReadValuesAsync(IEnumerable<NodeId> nodes, CancellationToken cancellationToken) =>
        ReadAsync([.. nodes.Select(node => new ReadValueId { NodeId = node, AttributeId = AttributeIds.Value })], cancellationToken);

    /// <summary>Reads the server's NamespaceArray; index 1 is the server's own.</summary>
    /// <exception cref="UaClientException">It cannot be read.</exception>
    public async Task<IReadOnlyList<string?>> ReadNamespacesAsync(CancellationToken cancellationToken)
    {
        var value = (await ReadValuesAsync([StandardNodes.NamespaceArray], cancellationToken))[0];
        return value.Value.TryGet<string?[]>(out var names) && names is not null
            ? names
            : throw new UaClientException(UaFailure.Service, value.Status, $"the server's NamespaceArray cannot be read: {value.Status}");
    }

    /// <summary>Calls one method (OPC 10000-4 §5.12.2).</summary>
    /// <returns>The outcome and the output arguments.</returns>
    /// <exception cref="UaClientException">The whole call failed.</exception>
    public async Task<CallMethodResult> CallMethodAsync(NodeId instance, NodeId method, Variant[] arguments, CancellationToken cancellationToken)
    {
        var request = new CallRequest { Header = Header(), MethodsToCall = [new() { ObjectId = instance, MethodId = method, InputArguments = arguments }] };
        var results = (await Channel.CallAsync<CallRequest, CallResponse>(request, cancellationToken)).Message.Results;
        return results.Length == 1 ? results[0] : throw WrongCount("Call", results.Length, 1);
    }

    /// <summary>Writes the value of one variable, without status and times, which many servers refuse (OPC 10000-4 §5.11.4).</summary>
    /// <returns>What the server made of it.</returns>
    /// <exception cref="UaClientException">The whole call failed.</exception>
    public async Task<StatusCode> WriteValueAsync(NodeId node, Variant value, CancellationToken cancellationToken)
    {
        var request = new WriteRequest { Header = Header(), NodesToWrite = [new() { NodeId = node, AttributeId = AttributeIds.Value, Value = new(value) }] };
        var results = (await Channel.CallAsync<WriteRequest, WriteResponse>(request, cancellationToken)).Message.Results;
        return results.Length == 1 ? results[0] : throw WrongCount("Write", results.Length, 1);
    }

    /// <summary>Reads state and clock of the server, which also keeps the session alive and finds half-open connections.</summary>
    /// <exception cref="UaClientException">No answer.</exception>
    public async Task<UaServerStatus> ReadServerStatusAsync(CancellationToken cancellationToken)
    {
        var request = new ReadRequest
        {
            Header = Header(),
            TimestampsToReturn = TimestampsToReturn.Neither,
            NodesToRead =
            [
                new() { NodeId = StandardNodes.ServerStatusStartTime, AttributeId = AttributeIds.Value },
                new() { NodeId = StandardNodes.ServerStatusCurrentTime, AttributeId = AttributeIds.Value },
                new() { NodeId = StandardNodes.ServerStatusState, AttributeId = AttributeIds.Value },
                new() { NodeId = StandardNodes.ServiceLevel, AttributeId = AttributeIds.Value },
            ],
        };
        var sent = _time.GetTimestamp();
        var answer = await Channel.CallAsync<ReadRequest, ReadResponse>(request, cancellationToken);
        var results = answer.Message.Results;
        if (results.Length != request.NodesToRead.Length)
        {
            throw WrongCount("Read", results.Length, request.NodesToRead.Length);
        }
        results[0].Value.TryGetDateTimeTicks(out var startTime);
        results[1].Value.TryGetDateTimeTicks(out var currentTime);
        var state = results[2].Value.TryGetInt64(out var number) ? (ServerState)number : ServerState.Unknown;
        var level = results[3].Value.TryGetUInt64(out var told) && told <= byte.MaxValue ? (byte)told : byte.MaxValue;
        return new(startTime, currentTime, state, level, sent, answer.Timestamp);
    }

    /// <summary>Browses one node forward along hierarchical references, to the end (OPC 10000-4 §5.8.2).</summary>
    /// <exception cref="UaClientException">The node cannot be browsed.</exception>
    public async Task<IReadOnlyList<ReferenceDescription>> BrowseAsync(NodeId node, CancellationToken cancellationToken)
    {
        var request = new BrowseRequest
        {
            Header = Header(),
            NodesToBrowse =
            [
                new() { NodeId = node, BrowseDirection = BrowseDirection.Forward, ReferenceTypeId = StandardNodes.HierarchicalReferences, IncludeSubtypes = true, ResultMask = 63 },
            ],
        };
        var result = Single("Browse", (await Channel.CallAsync<BrowseRequest, BrowseResponse>(request, cancellationToken)).Message.Results);
        var references = new List<ReferenceDescription>(result.References);
        while (result.ContinuationPoint is { Length: > 0 } point)
        {
            var next = new BrowseNextRequest { Header = Header(), ContinuationPoints = [point] };
            result = Single("BrowseNext", (await Channel.CallAsync<BrowseNextRequest, BrowseNextResponse>(next, cancellationToken)).Message.Results);
            references.AddRange(result.References);
        }
        return references;
    }

    /// <summary>
    /// Closes the channel and forgets the session without a word to the server: it does not know the session any more, or lets nobody use it, but may keep its subscriptions
    /// for a new one to take over.
    /// </summary>
    public async ValueTask AbandonAsync()
    {
        await Channel.DisposeAsync();
        _endpoint.Dispose();
    }

    /// <summary>Closes the session and its subscriptions at the server, if it still answers, and the channel.</summary>
    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        await AbandonAsync();
    }

    private async Task CloseAsync()
    {
        if (Channel.Broken.IsCompleted)
        {
            return;
        }
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2), _time);
        try
        {
            await Channel.CallAsync<CloseSessionRequest, CloseSessionResponse>(new() { Header = Header(), DeleteSubscriptions = true }, patience.Token);
        }
        catch (Exception gone) when (gone is UaClientException or OperationCanceledException)
        {
            // the server ends it by its own timeout
        }
    }

    internal RequestHeader Header(TimeSpan? timeout = null) => new()
    {
        AuthenticationToken = _handshake.AuthenticationToken,
        TimestampTicks = _time.GetUtcNow().UtcTicks,
        RequestHandle = Interlocked.Increment(ref _requestHandle),
        TimeoutHintMs = (uint)(timeout ?? _options.RequestTimeout).TotalMilliseconds,
    };

    internal static UaClientException WrongCount(string what, int got, int wanted) =>
        new(UaFailure.Protocol, StatusCodes.BadUnknownResponse, $"the server's answer to {what} has {got} results where {wanted} are due");

    // small PLCs have ten sessions: one that is left behind at each attempt locks the gateway out by itself
    private static async Task<UaSession> ActivatedAsync(UaSession session, CancellationToken cancellationToken)
    {
        try
        {
            await session.ActivateAsync(cancellationToken);
            return session;
        }
        catch
        {
            await session.CloseAsync();
            throw;
        }
    }

    // the server says no more than "security checks failed" to whom it does not trust; people need the next step
    private static async Task<UaChannel> OpenAsync(UaClientOptions options, UaEndpoint endpoint, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            return await UaChannel.OpenAsync(TargetOf(options, endpoint), options, time, cancellationToken);
        }
        catch (UaClientException refused) when (refused.Failure is UaFailure.Security && endpoint.Own is { } own)
        {
            throw new UaClientException(UaFailure.Security, refused.Status,
                $"{options.EndpointUrl} opened no secure channel: {refused.Message}. If it does not know this gateway yet, trust the gateway's certificate at the server: "
                + $"{Path.Combine(options.Certificates?.OwnFolder ?? "", "certificate.der")}, thumbprint {Convert.ToHexString(own.Thumbprint.Span)}", refused);
        }
    }

    private static ChannelTarget TargetOf(UaClientOptions options, UaEndpoint endpoint) => new(
        options.EndpointUrl, options.Policy, options.Mode, options.Policy.IsSecured ? endpoint.Own : null, options.Policy.IsSecured ? endpoint.ServerCertificate : null);

    private static BrowseResult Single(string what, BrowseResult[] results)
    {
        var result = results.Length == 1 ? results[0] : throw WrongCount(what, results.Length, 1);
        return result.StatusCode.IsBad ? throw UaClientException.Answered(result.StatusCode, what) : result;
    }
}
