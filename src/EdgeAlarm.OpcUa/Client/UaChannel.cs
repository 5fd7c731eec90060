using System.Buffers;
using System.Collections.Concurrent;
using System.Threading.Channels;
using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.Buffers;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.ConnectionProtocol;
using EdgeAlarm.OpcUa.SecureConversation;
using EdgeAlarm.OpcUa.Security;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.OpcUa.Client;

/// <summary>
/// A secure channel over a socket: requests of many callers go out in one order, answers are matched by RequestId, each request has its own timeout, and
/// the token is renewed after 75 % of its lifetime (OPC 10000-4 §5.6.2). Any thread. Once broken it stays broken.
/// </summary>
internal sealed class UaChannel : IAsyncDisposable
{
    /// <summary>Requests that wait for the socket; Publish requests and calls together never come near it while the socket works.</summary>
    private const int OutboxCapacity = 64;

    private static readonly TimeSpan SweepEvery = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan GoodbyeMax = TimeSpan.FromMilliseconds(500);
    private readonly UaSocket _socket;
    private readonly ClientConversation _conversation;
    private readonly Func<Lease<byte>> _keep;
    private readonly TimeProvider _time;
    private readonly TimeSpan _requestTimeout;
    private readonly TimeSpan _lifetime;
    // whoever posts seals and sends, unless the socket is full: handing a hundred bytes to another thread would cost more than sending them
    private readonly Channel<PendingRequest> _outbox = Channel.CreateBounded<PendingRequest>(
        new BoundedChannelOptions(OutboxCapacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait, AllowSynchronousContinuations = true });
    private readonly ConcurrentDictionary<uint, PendingRequest> _pending = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<UaClientException> _broken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _tasks = Task.CompletedTask;
    private Task _writing = Task.CompletedTask;
    private uint _lastRequestId;
    private volatile UaClientException? _reason;

    private UaChannel(UaSocket socket, ClientConversation conversation, TimeProvider time, TimeSpan requestTimeout, TimeSpan lifetime)
    {
        _socket = socket;
        _conversation = conversation;
        _keep = conversation.Keep;
        _time = time;
        _requestTimeout = requestTimeout;
        _lifetime = lifetime;
    }

    /// <summary>Ends with the reason when the channel breaks; never before.</summary>
    public Task<UaClientException> Broken => _broken.Task;

    /// <summary>How often the renewal of the token was asked for.</summary>
    public int Renewals { get; private set; }

    /// <summary>Connects and opens a channel.</summary>
    /// <exception cref="UaClientException">It cannot be had; the message says why.</exception>
    public static async Task<UaChannel> OpenAsync(ChannelTarget target, UaClientOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(options.ConnectTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        UaSocket? socket = null;
        try
        {
            socket = await UaSocket.ConnectAsync(target.Url, time, both.Token);
            var conversation = new ClientConversation(target.Policy, target.Mode, target.Own, target.Server, socket.Limits, time);
            var channel = new UaChannel(socket, conversation, time, options.RequestTimeout, options.ChannelLifetime);
            await channel.OpenAsync(both.Token);
            channel._writing = channel.WriteAsync();
            channel._tasks = Task.WhenAll(channel._writing, channel.ReadAsync(), channel.RenewAsync(), channel.SweepAsync());
            return channel;
        }
        catch (Exception failed) when (failed is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            socket?.Dispose();
            throw AsClientException(failed, $"{target.Url} did not answer within {options.ConnectTimeout.TotalSeconds} s");
        }
        catch
        {
            socket?.Dispose();
            throw;
        }
    }

    /// <summary>Sends a request and waits for its answer.</summary>
    /// <exception cref="UaClientException">A bad service result, a timeout, or the channel broke.</exception>
    public Task<UaAnswer<TResponse>> CallAsync<TRequest, TResponse>(TRequest request, CancellationToken cancellationToken)
        where TRequest : IServiceRequest<TRequest, TResponse>
        where TResponse : class, IServiceResponse<TResponse>
    {
        var call = new PendingCall<TRequest, TResponse>(request, _requestTimeout);
        Post(call);
        return call.Answer.WaitAsync(cancellationToken);
    }

    /// <summary>Sends a request; it is completed or failed later, exactly once.</summary>
    public void Post(PendingRequest request)
    {
        request.PostedAt = _time.GetTimestamp();
        if (!_outbox.Writer.TryWrite(request))
        {
            Break(new(UaFailure.Transport, StatusCodes.BadTcpNotEnoughResources, "the socket takes no more requests"));
            request.Fail(Reason);
        }
    }

    /// <summary>Says goodbye where the socket still works, then closes it and ends all tasks.</summary>
    public async ValueTask DisposeAsync()
    {
        _outbox.Writer.TryComplete();
        await Task.WhenAny(_writing, Task.Delay(GoodbyeMax, _time, CancellationToken.None));
        Break(new(UaFailure.Transport, StatusCodes.BadSecureChannelClosed, "the channel was closed"));
        await _tasks;
        _conversation.Dispose();
        _stop.Dispose();
    }

    private UaClientException Reason => _reason ?? new(UaFailure.Transport, StatusCodes.BadSecureChannelClosed, "the channel was closed");

    private static UaClientException AsClientException(Exception failed, string onTimeout) => failed switch
    {
        UaClientException known => known,
        // our own verdict on bytes, not the server's on us: whether a cable or a stranger changed them, the next attempt may get others
        SecurityViolation violation => new(UaFailure.Protocol, violation.Status, violation.Message, violation),
        ProtocolViolation violation => new(UaFailure.Protocol, violation.Status, $"not the bytes of an OPC UA server: {violation.Message}", violation),
        OperationCanceledException => new(UaFailure.Timeout, StatusCodes.BadTimeout, onTimeout, failed),
        _ => new(UaFailure.Transport, StatusCodes.BadConnectionClosed, $"the connection broke: {failed.Message}", failed),
    };

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        var bytes = new ArrayBufferWriter<byte>();
        _conversation.SealOpenRequest(++_lastRequestId, _lifetime, Header(), bytes);
        await _socket.SendAsync(bytes.WrittenMemory, cancellationToken);
        while (_conversation.IsOpening)
        {
            await _socket.ReceiveAsync(cancellationToken);
            TakeChunks();
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            while (true)
            {
                // no token, here and below: breaking the channel closes the socket, which ends every wait for it
                await _socket.ReceiveAsync(CancellationToken.None);
                TakeChunks();
            }
        }
        catch (Exception failed)
        {
            Break(AsClientException(failed, "the channel was closed"));
        }
    }

    private void TakeChunks()
    {
        while (_socket.TryRead(out var chunk))
        {
            if (!_conversation.TryOpen(chunk, out var message))
            {
                continue;
            }
            if (message.Type is MessageType.Open)
            {
                CheckOpened(message.Body);
                continue;
            }
            // an answer to a request that was given up is dropped
            if (!_pending.TryRemove(message.RequestId, out var request))
            {
                continue;
            }
            if (message.Status.IsBad)
            {
                request.Fail(UaClientException.Answered(message.Status, "a request", message.Reason));
                continue;
            }
            request.Complete(message.Body, _keep, _socket.ReceivedAt);
        }
    }

    private static void CheckOpened(ReadOnlyMemory<byte> body)
    {
        if (ServiceMessage.ReadResponse<OpenSecureChannelResponse>(body, DecodingLimits.Default, out var header) is null || header.ServiceResult.IsBad)
        {
            throw UaClientException.Answered(header.ServiceResult, "OpenSecureChannel", header.ServiceDiagnostics?.AdditionalInfo);
        }
    }

    private RequestHeader Header() => new() { TimestampTicks = _time.GetUtcNow().UtcTicks, TimeoutHintMs = (uint)_requestTimeout.TotalMilliseconds };

    private async Task WriteAsync()
    {
        var body = new BinaryEncoder();
        var bytes = new ArrayBufferWriter<byte>();
        try
        {
            await foreach (var request in _outbox.Reader.ReadAllAsync(CancellationToken.None))
            {
                Seal(request, body, bytes);
                await _socket.SendAsync(bytes.WrittenMemory, CancellationToken.None);
                bytes.ResetWrittenCount();
            }
            body.Clear();
            ServiceMessage.Write(body, new CloseSecureChannelRequest());
            _conversation.Seal(MessageType.Close, ++_lastRequestId, body.WrittenSpan, bytes);
            await _socket.SendAsync(bytes.WrittenMemory, CancellationToken.None);
        }
        catch (Exception failed)
        {
            Break(AsClientException(failed, "the channel was closed"));
        }
        while (_outbox.Reader.TryRead(out var unsent))
        {
            unsent.Fail(Reason);
        }
        if (_reason is not null)
        {
            FailPending();
        }
    }

    private void Seal(PendingRequest request, BinaryEncoder body, ArrayBufferWriter<byte> bytes)
    {
        var id = ++_lastRequestId == 0 ? ++_lastRequestId : _lastRequestId;
        if (request is PendingRenewal)
        {
            if (_conversation.SealOpenRequest(id, _lifetime, Header(), bytes).IsGood)
            {
                Renewals++;
            }
            return;
        }
        body.Clear();
        request.Write(body);
        _pending[id] = request;
        var sealing = _conversation.Seal(MessageType.Message, id, body.WrittenSpan, bytes);
        if (sealing.IsBad && _pending.TryRemove(id, out _))
        {
            request.Fail(UaClientException.Answered(sealing, "a request that was not sent"));
        }
    }

    private async Task RenewAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(_conversation.RenewIn, _time, _stop.Token);
                var token = _conversation.TokenId;
                Post(new PendingRenewal(_requestTimeout));
                var asked = _time.GetTimestamp();
                while (_conversation.TokenId == token)
                {
                    await Task.Delay(SweepEvery, _time, _stop.Token);
                    if (_time.GetElapsedTime(asked) > _requestTimeout)
                    {
                        throw new UaClientException(UaFailure.Timeout, StatusCodes.BadTimeout, "the server did not renew the channel's token in time");
                    }
                }
            }
        }
        catch (Exception failed)
        {
            Break(AsClientException(failed, "the channel was closed"));
        }
    }

    private async Task SweepAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(SweepEvery, _time, _stop.Token);
                foreach (var (id, request) in _pending)
                {
                    if (_time.GetElapsedTime(request.PostedAt) > request.Timeout && _pending.TryRemove(id, out _))
                    {
                        request.Fail(new(UaFailure.Timeout, StatusCodes.BadRequestTimeout, $"no answer within {request.Timeout.TotalSeconds} s"));
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
            FailPending();
        }
    }

    private void FailPending()
    {
        foreach (var id in _pending.Keys)
        {
            if (_pending.TryRemove(id, out var request))
            {
                request.Fail(Reason);
            }
        }
    }

    private void Break(UaClientException reason)
    {
        if (Interlocked.CompareExchange(ref _reason, reason, null) is null)
        {
            _broken.TrySetResult(reason);
            _outbox.Writer.TryComplete();
            _stop.Cancel();
            _socket.Dispose();
        }
    }
}
