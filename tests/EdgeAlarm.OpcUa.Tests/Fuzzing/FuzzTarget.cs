using System.Buffers;
using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.ConnectionProtocol;
using EdgeAlarm.OpcUa.SecureConversation;
using EdgeAlarm.OpcUa.Security;
using EdgeAlarm.OpcUa.Services;
using EdgeAlarm.OpcUa.Tests.SecureConversation;
using EdgeAlarm.OpcUa.Tests.Services;
using Microsoft.Extensions.Time.Testing;

namespace EdgeAlarm.OpcUa.Tests.Fuzzing;

/// <summary>
/// Something that takes bytes of a stranger, and may only take them, refuse them with a <see cref="ProtocolViolation"/> or <see cref="SecurityViolation"/>, and spend no more
/// memory on them than is in proportion.
/// </summary>
/// <param name="Name">Its name in the corpus.</param>
/// <param name="Valid">Makes valid bytes to begin with.</param>
/// <param name="Take">Takes bytes.</param>
internal sealed record FuzzTarget(string Name, Func<Random, byte[]> Valid, Action<byte[]> Take)
{
    // an element of an array costs at most 64 bytes and takes at least one byte; an exception with its stack trace and a channel's buffers cost the rest
    private const int AllocatedPerByteMax = 100;
    private const int AllocatedFixedMax = 512 * 1024;

    private static readonly TransportLimits Limits = new() { ReceiveChunkBytes = 8192, SendChunkBytes = 8192, ReceiveMessageBytes = 64 * 1024, ReceiveChunks = 16 };

    private static readonly Dictionary<uint, Type> Messages = MessageSamples.Structures
        .Where(type => MessageSamples.Implements(type, typeof(IServiceMessage<>))).ToDictionary(type => (uint)MessageSamples.EncodingId(type));

    /// <summary>All there are.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("message", ValidMessage, TakeMessage),
        new("values", random => Encoded(typeof(DataChangeNotification), random), TakeValues),
        new("stream-to-client", random => ServerStream(random), bytes => TakeStream(bytes, toClient: true)),
        new("stream-to-server", random => ClientStream(random), bytes => TakeStream(bytes, toClient: false)),
    ];

    /// <summary>Takes bytes and judges what came of it.</summary>
    /// <returns>What happened, the same for inputs that went the same way.</returns>
    public string Judge(byte[] bytes)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var outcome = Outcome(bytes);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated <= AllocatedFixedMax + ((long)AllocatedPerByteMax * bytes.Length), $"{Name}: {allocated} bytes allocated for {bytes.Length}: {Convert.ToHexString(bytes)}");
        return outcome;
    }

    private string Outcome(byte[] bytes)
    {
        try
        {
            Take(bytes);
            return "taken";
        }
        catch (Exception violation) when (violation is ProtocolViolation or SecurityViolation)
        {
            return string.Concat(violation.Message.Where(character => !char.IsAsciiDigit(character)));
        }
        catch (Exception other)
        {
            Assert.Fail($"{Name}: {other}\n{Convert.ToHexString(bytes)}");
            throw;
        }
    }

    private static byte[] Encoded(Type type, Random random) => MessageSamples.Encode(MessageSamples.Random(type, random));

    private static byte[] ValidMessage(Random random)
    {
        var (id, type) = Messages.ElementAt(random.Next(Messages.Count));
        var encoder = new BinaryEncoder();
        encoder.WriteNodeId(NodeId.Numeric(0, id));
        return [.. encoder.WrittenSpan, .. Encoded(type, random)];
    }

    private static void TakeMessage(byte[] bytes)
    {
        var decoder = new BinaryDecoder(bytes.AsMemory(), DecodingLimits.Default);
        if (Messages.TryGetValue(ServiceMessage.ReadTypeId(ref decoder), out var type))
        {
            MessageSamples.Decode(type, bytes[^decoder.Remaining..]);
        }
    }

    private static void TakeValues(byte[] bytes)
    {
        var reader = new DataChangeNotificationReader(bytes, DecodingLimits.Default);
        while (reader.TryRead(out _, out _))
        {
            // each value is a work of its own
        }
    }

    // Hello or Acknowledge, OpenSecureChannel, messages of one and of several chunks, an abort, an Error, a Close: without security, where nothing protects the content
    private static byte[] ServerStream(Random random)
    {
        using var pair = new ConversationPair(SecurityPolicy.None, MessageSecurityMode.None, clientLimits: Limits, serverLimits: Limits);
        var wire = new ArrayBufferWriter<byte>();
        wire.Write(Limits.ToAcknowledge().ToBytes());
        ConversationPair.Receive(pair.Server, pair.OpenRequest());
        wire.Write(pair.OpenResponse());
        Talk(pair.Server, random, wire);
        return wire.WrittenSpan.ToArray();
    }

    private static byte[] ClientStream(Random random)
    {
        using var pair = new ConversationPair(SecurityPolicy.None, MessageSecurityMode.None, clientLimits: Limits, serverLimits: Limits);
        var wire = new ArrayBufferWriter<byte>();
        wire.Write(Limits.ToHello("opc.tcp://plc:4840").ToBytes());
        var open = pair.OpenRequest();
        wire.Write(open);
        ConversationPair.Receive(pair.Server, open);
        ConversationPair.Receive(pair.Client, pair.OpenResponse());
        Talk(pair.Client, random, wire);
        return wire.WrittenSpan.ToArray();
    }

    private static void Talk(ChannelConversation sender, Random random, ArrayBufferWriter<byte> wire)
    {
        for (uint message = 1; message <= random.Next(1, 5); message++)
        {
            switch (random.Next(6))
            {
                case 0:
                    sender.SealAbort(message, StatusCodes.BadTimeout, "given up", wire);
                    break;
                case 1:
                    wire.Write(new ErrorMessage(StatusCodes.BadTcpInternalError, "out of order").ToBytes());
                    break;
                default:
                    sender.Seal(MessageType.Message, message, random.Next(4) == 0 ? new byte[random.Next(8192, 40_000)] : ValidMessage(random), wire);
                    break;
            }
        }
    }

    private static void TakeStream(byte[] bytes, bool toClient)
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch);
        using ChannelConversation conversation = toClient
            ? new ClientConversation(SecurityPolicy.None, MessageSecurityMode.None, null, null, Limits, time)
            : new ServerConversation(new ServerConversationOptions { Endpoints = [(SecurityPolicy.None, MessageSecurityMode.None)] }, Limits, time);
        (conversation as ClientConversation)?.SealOpenRequest(1001, TimeSpan.FromHours(1), new RequestHeader(), new ArrayBufferWriter<byte>());
        var reader = new ChunkReader(Limits.ReceiveChunkBytes);
        while (bytes.Length > 0)
        {
            var piece = Math.Min(bytes.Length, reader.Free.Length);
            bytes.AsMemory(0, piece).CopyTo(reader.Free);
            bytes = bytes[piece..];
            reader.Filled(piece);
            while (reader.TryRead(out var header, out var chunk))
            {
                TakeChunk(conversation, header.Type, chunk);
            }
        }
    }

    private static void TakeChunk(ChannelConversation conversation, MessageType type, ReadOnlySpan<byte> chunk)
    {
        switch (type)
        {
            case MessageType.Hello:
                _ = Limits.After(HelloMessage.Read(chunk));
                break;
            case MessageType.Acknowledge:
                _ = Limits.After(AcknowledgeMessage.Read(chunk));
                break;
            case MessageType.Error:
                _ = ErrorMessage.Read(chunk);
                break;
            case MessageType.Open or MessageType.Message or MessageType.Close:
                if (conversation.TryOpen(chunk, out var message))
                {
                    if (message.Type == MessageType.Open && conversation is ServerConversation server)
                    {
                        server.SealOpenResponse(ConversationPair.ChannelId, TimeSpan.FromHours(1), new ResponseHeader(), new ArrayBufferWriter<byte>());
                    }
                    else if (message.Type == MessageType.Message)
                    {
                        TakeMessage(message.Body.ToArray());
                    }
                }

                break;
        }
    }
}
