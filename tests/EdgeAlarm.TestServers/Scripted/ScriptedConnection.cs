using System.Buffers;
using System.Net.Sockets;
using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.ConnectionProtocol;
using EdgeAlarm.OpcUa.SecureConversation;
using EdgeAlarm.OpcUa.Security;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.TestServers.Scripted;

/// <summary>One client's socket, without security. Its server calls it under one lock.</summary>
internal sealed class ScriptedConnection(Socket socket, int number, ScriptedServer server, TimeProvider time) : IDisposable
{
    private ServerConversation? conversation;
    private bool ended;

    public int Number { get; } = number;

    public bool HasEnded => ended;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var reader = new ChunkReader(HelloMessage.ChunkBytesMax);
            while (await socket.ReceiveAsync(reader.Free, cancellationToken) is var count && count > 0)
            {
                reader.Filled(count);
                while (TryTake(reader))
                {
                    // each is answered before the next is read
                }
            }
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // the client has gone, or was cut
        }
        catch (Exception violation) when (violation is ProtocolViolation or SecurityViolation)
        {
            server.Violated(violation);
        }
        finally
        {
            server.Closed(this);
            Cut();
        }
    }

    /// <summary>Sends a message of the channel.</summary>
    public void Send(uint requestId, Action<BinaryEncoder> write)
    {
        if (ended || conversation is null)
        {
            return;
        }

        var body = new BinaryEncoder();
        write(body);
        var bytes = new ArrayBufferWriter<byte>();
        conversation.Seal(MessageType.Message, requestId, body.WrittenSpan, bytes);
        SendRaw(server.Mangle(bytes.WrittenSpan.ToArray()));
    }

    /// <summary>Sends bytes as they are.</summary>
    public void SendRaw(byte[] bytes)
    {
        if (ended)
        {
            return;
        }

        try
        {
            socket.Send(bytes);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // the client has gone
        }

        server.Count(this);
    }

    /// <summary>Ends in good order: what was sent arrives, then the end.</summary>
    public void End()
    {
        ended = true;
        try
        {
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // the client has gone
        }
    }

    /// <summary>Resets the connection.</summary>
    public void Cut()
    {
        ended = true;
        socket.Close(0);
    }

    public void Dispose()
    {
        socket.Dispose();
        conversation?.Dispose();
    }

    private bool TryTake(ChunkReader reader)
    {
        if (!reader.TryRead(out var header, out var chunk))
        {
            return false;
        }

        lock (server.Gate)
        {
            if (ended)
            {
                return true;
            }

            server.Count(this);
            if (ended)
            {
                return true;
            }

            if (header.Type == MessageType.Hello)
            {
                Greet(reader, HelloMessage.Read(chunk));
                return true;
            }

            if (conversation!.TryOpen(chunk, out var message))
            {
                Serve(message);
            }
        }

        return true;
    }

    private void Greet(ChunkReader reader, HelloMessage hello)
    {
        var limits = new TransportLimits().After(hello);
        reader.Limit(limits.ReceiveChunkBytes);
        conversation = new ServerConversation(new ServerConversationOptions { Endpoints = [(SecurityPolicy.None, MessageSecurityMode.None)] }, limits, time);
        SendRaw(limits.ToAcknowledge().ToBytes());
    }

    private void Serve(in SecureMessage message)
    {
        if (message.Type == MessageType.Open)
        {
            if (server.AnswersOpen)
            {
                var bytes = new ArrayBufferWriter<byte>();
                conversation!.SealOpenResponse((uint)Number, server.TokenLifetime, new ResponseHeader { TimestampTicks = time.GetUtcNow().UtcTicks }, bytes);
                SendRaw(server.MangleOpen(bytes.WrittenSpan.ToArray()));
            }
        }
        else if (message.Type == MessageType.Message && message.Status == StatusCodes.Good)
        {
            server.Serve(new ScriptedRequest(this, message.RequestId, message.Body.ToArray()));
        }
    }
}
