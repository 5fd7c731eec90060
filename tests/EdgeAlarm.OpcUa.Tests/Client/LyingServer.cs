using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Client;
using EdgeAlarm.OpcUa.ConnectionProtocol;
using EdgeAlarm.OpcUa.SecureConversation;
using EdgeAlarm.OpcUa.Security;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.OpcUa.Tests.Client;

/// <summary>A server that says in each answer of the session's beginning what a test wants it to say, as one could who sits on the wire or has stolen a certificate
/// without its key.</summary>
internal sealed class LyingServer : IAsyncDisposable
{
    private const uint ChannelId = 5;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ApplicationCertificate _own;
    private readonly TimeProvider _time;
    private readonly Task _accepting;
    private byte[] _nonce = [];

    public LyingServer(ApplicationCertificate own, TimeProvider time)
    {
        (_own, _time) = (own, time);
        _listener.Start();
        Url = new Uri($"opc.tcp://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = AcceptAsync();
    }

    public Uri Url { get; }

    public Func<EndpointDescription[], EndpointDescription[]> Discovery { get; init; } = endpoints => endpoints;

    public Func<CreateSessionResponse, CreateSessionResponse> Creation { get; init; } = response => response;

    public Func<ActivateSessionResponse, ActivateSessionResponse> Activation { get; init; } = response => response;

    /// <summary>What the last ActivateSession carried.</summary>
    public ActivateSessionRequest? Activated { get; private set; }

    /// <summary>The nonce that its signatures had to cover.</summary>
    public byte[] NonceBefore { get; private set; } = [];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private EndpointDescription[] Endpoints() =>
    [
        .. EndpointSecurity.All.Select(security => new EndpointDescription
        {
            EndpointUrl = Url.OriginalString,
            Server = new ApplicationDescription { ApplicationUri = _own.ApplicationUri, ApplicationType = ApplicationType.Server },
            ServerCertificate = _own.Der.ToArray(),
            SecurityMode = security.Mode,
            SecurityPolicyUri = security.Policy.Uri,
            UserIdentityTokens =
            [
                new() { PolicyId = "a", TokenType = UserTokenType.Anonymous },
                new() { PolicyId = "u", TokenType = UserTokenType.UserName, SecurityPolicyUri = security.Policy.IsSecured ? null : SecurityPolicy.Basic256Sha256.Uri },
            ],
            TransportProfileUri = EndpointSelection.BinaryTransport,
        }),
    ];

    private async Task AcceptAsync()
    {
        while (true)
        {
            using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
            try
            {
                await ServeAsync(client.GetStream());
            }
            catch (Exception ended) when (ended is IOException or SecurityViolation or ProtocolViolation)
            {
                // the client has seen through it
            }
        }
    }

    private async Task ServeAsync(NetworkStream stream)
    {
        var reader = new ChunkReader(HelloMessage.ChunkBytesMax);
        ServerConversation? conversation = null;
        while (true)
        {
            var count = await stream.ReadAsync(reader.Free, _stop.Token);
            if (count == 0)
            {
                return;
            }

            reader.Filled(count);
            var output = new ArrayBufferWriter<byte>();
            while (reader.TryRead(out _, out var chunk))
            {
                if (conversation is null)
                {
                    var limits = new TransportLimits().After(HelloMessage.Read(chunk));
                    reader.Limit(limits.ReceiveChunkBytes);
                    conversation = new ServerConversation(
                        new ServerConversationOptions { Endpoints = [.. EndpointSecurity.All.Select(each => (each.Policy, each.Mode))], Own = _own, Validate = (_, _) => CertificateVerdict.Accepted },
                        limits,
                        _time);
                    output.Write(limits.ToAcknowledge().ToBytes());
                }
                else if (conversation.TryOpen(chunk, out var message))
                {
                    Answer(conversation, message, output);
                }
            }

            await stream.WriteAsync(output.WrittenMemory, _stop.Token);
        }
    }

    private void Answer(ServerConversation conversation, SecureMessage message, ArrayBufferWriter<byte> output)
    {
        if (message.Type == MessageType.Open)
        {
            conversation.SealOpenResponse(ChannelId, TimeSpan.FromHours(1), Header(conversation.Requested!.Header), output);
            return;
        }

        if (message.Type == MessageType.Close)
        {
            return;
        }

        var decoder = new BinaryDecoder(message.Body, DecodingLimits.Default);
        var type = ServiceMessage.ReadTypeId(ref decoder);
        var body = new BinaryEncoder();
        if (type == GetEndpointsRequest.EncodingId)
        {
            var request = GetEndpointsRequest.Decode(ref decoder);
            ServiceMessage.Write(body, new GetEndpointsResponse { Header = Header(request.Header), Endpoints = Discovery(Endpoints()) });
        }
        else if (type == CreateSessionRequest.EncodingId)
        {
            ServiceMessage.Write(body, Creation(Create(conversation, CreateSessionRequest.Decode(ref decoder))));
        }
        else if (type == ActivateSessionRequest.EncodingId)
        {
            Activated = ActivateSessionRequest.Decode(ref decoder);
            (NonceBefore, _nonce) = (_nonce, RandomNumberGenerator.GetBytes(32));
            ServiceMessage.Write(body, Activation(new ActivateSessionResponse { Header = Header(Activated.Header), ServerNonce = _nonce }));
        }
        else
        {
            var header = RequestHeader.Decode(ref decoder);
            ServiceMessage.Write(body, new CloseSessionResponse { Header = Header(header) });
        }

        conversation.Seal(MessageType.Message, message.RequestId, body.WrittenSpan, output);
    }

    private CreateSessionResponse Create(ServerConversation conversation, CreateSessionRequest request)
    {
        _nonce = RandomNumberGenerator.GetBytes(32);
        return new CreateSessionResponse
        {
            Header = Header(request.Header),
            SessionId = NodeId.Numeric(1, 1),
            AuthenticationToken = NodeId.Numeric(1, 2),
            RevisedSessionTimeoutMs = 60_000,
            ServerNonce = _nonce,
            ServerCertificate = _own.Der.ToArray(),
            ServerEndpoints = Endpoints(),
            ServerSignature = SessionSignature.Sign(conversation.Policy, _own, conversation.Peer, request.ClientNonce),
        };
    }

    private ResponseHeader Header(RequestHeader request) => new() { RequestHandle = request.RequestHandle, TimestampTicks = _time.GetUtcNow().UtcTicks };
}
