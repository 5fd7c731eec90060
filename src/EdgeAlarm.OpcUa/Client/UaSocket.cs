using System.Net;
using System.Net.Sockets;
using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.ConnectionProtocol;

namespace EdgeAlarm.OpcUa.Client;

/// <summary>A connected socket after Hello and Acknowledge (OPC 10000-6 §7.1): whole chunks in, bytes out.</summary>
internal sealed class UaSocket : IDisposable
{
    private const int DefaultPort = 4840;
    private readonly Socket _socket;
    private readonly TimeProvider _time;
    private readonly ChunkReader _reader;

    private UaSocket(Socket socket, TimeProvider time)
    {
        _socket = socket;
        _time = time;
        Limits = new TransportLimits();
        _reader = new ChunkReader(Limits.ReceiveChunkBytes);
    }

    /// <summary>What both sides agreed on.</summary>
    public TransportLimits Limits { get; private set; }

    /// <summary>Reading of the TimeProvider right after the last socket read.</summary>
    public long ReceivedAt { get; private set; }

    /// <summary>Connects and exchanges Hello and Acknowledge.</summary>
    /// <exception cref="UaClientException">Nobody answers, the server refuses, or it is no OPC UA server.</exception>
    public static async Task<UaSocket> ConnectAsync(Uri url, TimeProvider time, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        var connected = new UaSocket(socket, time);
        try
        {
            var port = url.Port > 0 ? url.Port : DefaultPort;
            await socket.ConnectAsync(new DnsEndPoint(url.IdnHost, port), cancellationToken);
            await connected.SendAsync(connected.Limits.ToHello(url.OriginalString).ToBytes(), cancellationToken);
            await connected.ReceiveAcknowledgeAsync(cancellationToken);
            return connected;
        }
        catch (SocketException refused)
        {
            connected.Dispose();
            throw new UaClientException(UaFailure.Transport, StatusCodes.BadConnectionRejected, $"no connection to {url}: {refused.Message}", refused);
        }
        catch
        {
            connected.Dispose();
            throw;
        }
    }

    /// <summary>Sends everything.</summary>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await _socket.SendAsync(bytes, SocketFlags.None, cancellationToken)..];
        }
    }

    /// <summary>Waits for more bytes.</summary>
    /// <exception cref="UaClientException">The server closed the connection.</exception>
    public async ValueTask ReceiveAsync(CancellationToken cancellationToken)
    {
        var count = await _socket.ReceiveAsync(_reader.Free, SocketFlags.None, cancellationToken);
        ReceivedAt = _time.GetTimestamp();
        if (count == 0)
        {
            throw new UaClientException(UaFailure.Transport, StatusCodes.BadConnectionClosed, "the server closed the connection");
        }
        _reader.Filled(count);
    }

    /// <summary>Takes a whole chunk of a secure conversation, if one is there.</summary>
    /// <exception cref="UaClientException">The server said Error.</exception>
    /// <exception cref="ProtocolViolation">These are no chunks.</exception>
    public bool TryRead(out ReadOnlySpan<byte> chunk)
    {
        if (!_reader.TryRead(out var header, out chunk))
        {
            return false;
        }
        if (header.Type == MessageType.Error)
        {
            throw Said(ErrorMessage.Read(chunk));
        }
        return true;
    }

    /// <inheritdoc />
    public void Dispose() => _socket.Close(0);

    private static UaClientException Said(ErrorMessage error)
    {
        var failure = UaClientException.FailureOf(error.Error) is UaFailure.Security ? UaFailure.Security : UaFailure.Transport;
        var words = string.IsNullOrEmpty(error.Reason) ? "" : $": \"{UaClientException.Printable(error.Reason)}\"";
        return new(failure, error.Error, $"the server ended the connection with {error.Error}{words}");
    }

    private async Task ReceiveAcknowledgeAsync(CancellationToken cancellationToken)
    {
        while (!TryReadAcknowledge())
        {
            await ReceiveAsync(cancellationToken);
        }
    }

    private bool TryReadAcknowledge()
    {
        if (!_reader.TryRead(out var header, out var chunk))
        {
            return false;
        }
        Limits = header.Type switch
        {
            MessageType.Acknowledge => Limits.After(AcknowledgeMessage.Read(chunk)),
            MessageType.Error => throw Said(ErrorMessage.Read(chunk)),
            MessageType.Hello or MessageType.Open or MessageType.Message or MessageType.Close =>
                throw new ProtocolViolation(0, "OPC 10000-6 §7.1.3", "Hello was not answered with Acknowledge.", StatusCodes.BadTcpMessageTypeInvalid),
        };
        return true;
    }
}
