using System.Buffers;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.ConnectionProtocol;
using EdgeAlarm.OpcUa.SecureConversation;
using EdgeAlarm.OpcUa.Security;
using EdgeAlarm.OpcUa.Services;
using EdgeAlarm.OpcUa.Tests.Security;
using Microsoft.Extensions.Time.Testing;

namespace EdgeAlarm.OpcUa.Tests.SecureConversation;

/// <summary>A client and a server that talk to each other in memory.</summary>
public sealed class ConversationPair : IDisposable
{
    public const uint ChannelId = 77;
    private readonly PeerCertificate? _serverCertificate;
    private uint _requestId = 1000;

    public ConversationPair(
        SecurityPolicy policy,
        MessageSecurityMode mode,
        int clientBits = 2048,
        int serverBits = 2048,
        TransportLimits? clientLimits = null,
        TransportLimits? serverLimits = null)
    {
        var small = new TransportLimits { ReceiveChunkBytes = 8192, SendChunkBytes = 8192 };
        var clientCertificate = TestCertificates.Client(clientBits);
        var serverCertificate = TestCertificates.Server(serverBits);
        _serverCertificate = policy.IsSecured ? TestCertificates.Peer(serverCertificate) : null;
        Client = new ClientConversation(policy, mode, clientCertificate, _serverCertificate, clientLimits ?? small, Time);
        Server = new ServerConversation(
            new ServerConversationOptions
            {
                Endpoints = [(policy, mode)],
                Own = serverCertificate,
                Validate = (peer, _) => peer.IsSameLeaf(clientCertificate.Der.Span)
                    ? CertificateVerdict.Accepted
                    : new CertificateVerdict(StatusCodes.BadCertificateUntrusted, "unknown"),
            },
            serverLimits ?? small,
            Time);
    }

    public FakeTimeProvider Time { get; } = new(TestCertificates.Now);

    public ClientConversation Client { get; }

    public ServerConversation Server { get; }

    public static IEnumerable<TheoryDataRow<string, MessageSecurityMode>> Combinations() =>
        EndpointSecurity.All.Select(security => new TheoryDataRow<string, MessageSecurityMode>(security.Policy.Name, security.Mode));

    public static SecurityPolicy Policy(string name) => SecurityPolicy.All.Single(p => p.Name == name);

    public ConversationPair Opened(TimeSpan? lifetime = null)
    {
        Renew(lifetime);
        return this;
    }

    /// <summary>Opens the channel, or renews its token.</summary>
    public void Renew(TimeSpan? lifetime = null)
    {
        Receive(Server, OpenRequest());
        Receive(Client, OpenResponse(lifetime));
    }

    public byte[] OpenRequest()
    {
        var wire = new ArrayBufferWriter<byte>();
        Assert.Equal(StatusCodes.Good, Client.SealOpenRequest(++_requestId, TimeSpan.FromHours(1), new RequestHeader(), wire));
        return wire.WrittenSpan.ToArray();
    }

    public byte[] OpenResponse(TimeSpan? lifetime = null)
    {
        var wire = new ArrayBufferWriter<byte>();
        Assert.Equal(StatusCodes.Good, Server.SealOpenResponse(ChannelId, lifetime ?? TimeSpan.FromHours(1), new ResponseHeader(), wire));
        return wire.WrittenSpan.ToArray();
    }

    public static byte[] Seal(ChannelConversation sender, uint requestId, byte[] body)
    {
        var wire = new ArrayBufferWriter<byte>();
        Assert.Equal(StatusCodes.Good, sender.Seal(MessageType.Message, requestId, body, wire));
        return wire.WrittenSpan.ToArray();
    }

    /// <summary>Gives bytes to a receiver as a socket would, and returns what comes out; bodies are copied.</summary>
    public static List<SecureMessage> Receive(ChannelConversation receiver, byte[] wire)
    {
        var messages = new List<SecureMessage>();
        foreach (var chunk in Chunks(wire))
        {
            if (receiver.TryOpen(chunk, out var message))
            {
                messages.Add(message with { Body = message.Body.ToArray() });
            }
        }

        return messages;
    }

    public static List<byte[]> Chunks(byte[] wire)
    {
        var chunks = new List<byte[]>();
        while (wire.Length > 0)
        {
            var header = MessageHeader.Read(wire, wire.Length);
            chunks.Add(wire[..header.Size]);
            wire = wire[header.Size..];
        }

        return chunks;
    }

    public void Dispose()
    {
        Client.Dispose();
        Server.Dispose();
        _serverCertificate?.Dispose();
    }
}
