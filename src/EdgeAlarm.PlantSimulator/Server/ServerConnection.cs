using System.Buffers;
using System.Net.Sockets;
using System.Threading.Channels;
using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.ConnectionProtocol;
using EdgeAlarm.OpcUa.SecureConversation;
using EdgeAlarm.OpcUa.Security;
using EdgeAlarm.OpcUa.Services;
using EdgeAlarm.PlantSimulator.Sessions;

namespace EdgeAlarm.PlantSimulator.Server;

/// <summary>
/// One client's socket: Hello and Acknowledge, then the secure conversation. One task reads and serves, another seals and writes, so that
/// the order of sealing is the order on the wire.
/// </summary>
internal sealed class ServerConnection(Socket socket, uint channelId, ServerConversationOptions conversationOptions, TimeSpan tokenLifetimeMax, TimeProvider time) : IDisposable
{
    /// <summary>Answers that may wait for the socket; a client that lets more pile up is cut off.</summary>
    internal const int OutgoingMax = 1_000;

    private static readonly TimeSpan HelloTimeout = TimeSpan.FromSeconds(10);

    private readonly Channel<OutgoingMessage> _outgoing = Channel.CreateBounded<OutgoingMessage>(
        new BoundedChannelOptions(OutgoingMax) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    internal uint ChannelId { get; } = channelId;

    /// <summary>Serves the client until either side ends it.</summary>
    /// <param name="serve">Is given each request of the open channel; called by one task.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="ProtocolViolation">The client's bytes are none of the protocol.</exception>
    /// <exception cref="SecurityViolation">The client may not speak or its bytes were changed.</exception>
    /// <exception cref="SocketException">The connection broke.</exception>
    internal async Task RunAsync(Action<ServerConnection, ServerChannel, SecureMessage> serve, CancellationToken cancel)
    {
        var reader = new ChunkReader(HelloMessage.ChunkBytesMax);
        var limits = await GreetAsync(reader, cancel);
        reader.Limit(limits.ReceiveChunkBytes);
        using var conversation = new ServerConversation(conversationOptions, limits, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var writing = WriteAsync(conversation, ending.Token);
        try
        {
            await ReadAsync(reader, conversation, serve, ending.Token);
        }
        catch (SecurityViolation violation)
        {
            await SayWhyAsync(violation.StatusForPeer);
            throw;
        }
        catch (ProtocolViolation violation)
        {
            await SayWhyAsync(violation.Status);
            throw;
        }
        finally
        {
            await ending.CancelAsync();
            socket.Close();
            await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Puts a message into the queue of the socket; any thread.</summary>
    /// <returns><see langword="false"/> where the queue is full: the client does not read.</returns>
    internal bool TrySend(OutgoingMessage message) => _outgoing.Writer.TryWrite(message);

    /// <summary>Breaks the connection without a word, as a broken cable does; any thread.</summary>
    internal void Cut() => socket.Close(0);

    public void Dispose() => socket.Dispose();

    private async Task<TransportLimits> GreetAsync(ChunkReader reader, CancellationToken cancel)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var timer = time.CreateTimer(static state => ((CancellationTokenSource)state!).Cancel(), late, HelloTimeout, Timeout.InfiniteTimeSpan);
        TransportLimits? limits = null;
        while (limits is null)
        {
            await ReceiveAsync(reader, late.Token);
            limits = TryReadHello(reader);
        }

        await SendAsync(limits.ToAcknowledge().ToBytes(), cancel);
        return limits;
    }

    private static TransportLimits? TryReadHello(ChunkReader reader)
    {
        if (!reader.TryRead(out var header, out var chunk))
        {
            return null;
        }

        return header.Type == MessageType.Hello
            ? new TransportLimits().After(HelloMessage.Read(chunk))
            : throw new ProtocolViolation(0, "OPC 10000-6 §7.1.3", "The first message is not HEL.", StatusCodes.BadTcpMessageTypeInvalid);
    }

    private async Task ReadAsync(ChunkReader reader, ServerConversation conversation, Action<ServerConnection, ServerChannel, SecureMessage> serve, CancellationToken cancel)
    {
        ServerChannel? channel = null;
        while (true)
        {
            while (TryOpen(reader, conversation, out var message))
            {
                switch (message.Type)
                {
                    case MessageType.Open:
                        TrySend(new OutgoingMessage(message.RequestId, conversation.Requested!.Header.RequestHandle, null));
                        break;
                    case MessageType.Close:
                        return;
                    default:
                        channel ??= new ServerChannel(ChannelId, conversation.Policy, conversation.Mode, conversation.Peer);
                        serve(this, channel, message);
                        break;
                }
            }

            await ReceiveAsync(reader, cancel);
        }
    }

    private static bool TryOpen(ChunkReader reader, ServerConversation conversation, out SecureMessage message)
    {
        while (reader.TryRead(out _, out var chunk))
        {
            if (conversation.TryOpen(chunk, out message))
            {
                return true;
            }
        }

        message = default;
        return false;
    }

    private async Task ReceiveAsync(ChunkReader reader, CancellationToken cancel)
    {
        var count = await socket.ReceiveAsync(reader.Free, cancel);
        if (count == 0)
        {
            throw new SocketException((int)SocketError.ConnectionReset);
        }

        reader.Filled(count);
    }

    private async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await socket.SendAsync(bytes, cancel)..];
        }
    }

    private async Task WriteAsync(ServerConversation conversation, CancellationToken cancel)
    {
        var output = new ArrayBufferWriter<byte>(64 * 1024);
        await foreach (var message in _outgoing.Reader.ReadAllAsync(cancel))
        {
            Seal(conversation, message, output);
            if (output.WrittenCount > 0)
            {
                await SendAsync(output.WrittenMemory, cancel);
                output.ResetWrittenCount();
            }
        }
    }

    private void Seal(ServerConversation conversation, OutgoingMessage message, ArrayBufferWriter<byte> output)
    {
        if (message.Body is { } body)
        {
            var status = conversation.Seal(MessageType.Message, message.RequestId, body, output);
            if (status == StatusCodes.BadResponseTooLarge)
            {
                var fault = new BinaryEncoder();
                PlantServerCore.WriteFault(fault, message.RequestHandle, status, time.GetUtcNow().UtcTicks);
                conversation.Seal(MessageType.Message, message.RequestId, fault.WrittenSpan, output);
            }

            return;
        }

        var wanted = TimeSpan.FromMilliseconds(conversation.Requested?.RequestedLifetimeMs ?? 0);
        var lifetime = wanted <= TimeSpan.Zero || wanted > tokenLifetimeMax ? tokenLifetimeMax : wanted;
        var header = new ResponseHeader { TimestampTicks = time.GetUtcNow().UtcTicks, RequestHandle = message.RequestHandle };
        conversation.SealOpenResponse(ChannelId, lifetime, header, output);
    }

    private async Task SayWhyAsync(StatusCode status)
    {
        try
        {
            await socket.SendAsync(new ErrorMessage(status, string.Empty).ToBytes(), CancellationToken.None);
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // the client has gone already; nobody is left to be told
        }
    }
}
