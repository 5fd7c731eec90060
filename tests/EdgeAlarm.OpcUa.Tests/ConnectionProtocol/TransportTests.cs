using CsCheck;
using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.ConnectionProtocol;

namespace EdgeAlarm.OpcUa.Tests.ConnectionProtocol;

public class TransportTests
{
    // OPC 10000-6 §7.1.2.3, by hand.
    private const string Hello =
        "48454C46 33000000"  // HEL F, 51 bytes
        + "00000000"         // ProtocolVersion
        + "FFFF0000"         // ReceiveBufferSize 65535
        + "FFFF0000"         // SendBufferSize 65535
        + "00000000"         // MaxMessageSize, no limit
        + "00000000"         // MaxChunkCount, no limit
        + "13000000 6F70632E7463703A2F2F706C63313A34383430"; // opc.tcp://plc1:4840

    [Fact]
    public void Hello_has_the_bytes_of_the_standard_in_both_directions()
    {
        var message = new HelloMessage(0, 65535, 65535, 0, 0, "opc.tcp://plc1:4840");

        Assert.Equal(Hello.Replace(" ", "", StringComparison.Ordinal), Convert.ToHexString(message.ToBytes()));
        Assert.Equal(message, HelloMessage.Read(Convert.FromHexString(Hello.Replace(" ", "", StringComparison.Ordinal))));
    }

    [Fact]
    public void Error_and_acknowledge_come_back_as_they_were()
    {
        var acknowledge = new AcknowledgeMessage(0, 8192, 9000, 1, 2);
        var error = new ErrorMessage(StatusCodes.BadTcpServerTooBusy, "later");

        Assert.Equal(acknowledge, AcknowledgeMessage.Read(acknowledge.ToBytes()));
        Assert.Equal(error, ErrorMessage.Read(error.ToBytes()));

        // ERR F, 21 bytes, 0x807D0000, "later"
        Assert.Equal("45525246150000000000" + "7D80" + "05000000" + "6C61746572", Convert.ToHexString(error.ToBytes()));
    }

    [Fact]
    public void A_url_beyond_its_limit_is_a_violation()
    {
        Assert.Throws<ProtocolViolation>(() => HelloMessage.Read(new HelloMessage(0, 8192, 8192, 0, 0, new string('x', 4097)).ToBytes()));
        Assert.Equal(HelloMessage.ChunkBytesMax, new HelloMessage(0, 8192, 8192, 0, 0, new string('x', 4096)).ToBytes().Length);
    }

    [Fact]
    public void Both_sides_keep_to_the_smaller_buffer()
    {
        var client = new TransportLimits { ReceiveChunkBytes = 20_000, SendChunkBytes = 30_000 };
        var server = new TransportLimits { ReceiveChunkBytes = 10_000, SendChunkBytes = 60_000, ReceiveMessageBytes = 123_456, ReceiveChunks = 7 };

        server = server.After(client.ToHello("opc.tcp://plc1:4840"));
        client = client.After(server.ToAcknowledge());

        Assert.Equal((10_000, 20_000), (client.SendChunkBytes, client.ReceiveChunkBytes));
        Assert.Equal((20_000, 10_000), (server.SendChunkBytes, server.ReceiveChunkBytes));
        Assert.Equal((123_456u, 7u), (client.SendMessageBytes, client.SendChunks));
    }

    // open62541 answers a Hello of 1 MiB with its own limits, whatever was offered.
    [Fact]
    public void An_answer_with_more_than_was_offered_is_cut_and_one_with_less_than_8192_is_refused()
    {
        var client = new TransportLimits();

        Assert.Equal(65535, client.After(new AcknowledgeMessage(0, 1 << 20, uint.MaxValue, 0, 0)).SendChunkBytes);
        Assert.Equal(65535, client.After(new AcknowledgeMessage(0, 1 << 20, uint.MaxValue, 0, 0)).ReceiveChunkBytes);
        Assert.Throws<ProtocolViolation>(() => client.After(new AcknowledgeMessage(0, 8191, 65535, 0, 0)));
    }

    [Fact]
    public void Chunks_come_out_whole_however_the_stream_is_cut() =>
        Gen.Select(Gen.Int[12, 3000].Array[1, 20], Gen.Int[1, 4000].Array[1, 30]).Sample((sizes, cuts) =>
        {
            var stream = sizes.SelectMany((size, i) => Chunk(size, (byte)i)).ToArray();
            var reader = new ChunkReader(3000);
            var found = new List<byte[]>();
            for (int at = 0, cut = 0; at < stream.Length; cut++)
            {
                var count = Math.Min(Math.Min(cuts[cut % cuts.Length], stream.Length - at), reader.Free.Length);
                Assert.NotEqual(0, count);
                stream.AsMemory(at, count).CopyTo(reader.Free);
                reader.Filled(count);
                at += count;
                while (reader.TryRead(out var header, out var chunk))
                {
                    Assert.Equal(chunk.Length, header.Size);
                    found.Add(chunk.ToArray());
                }
            }

            Assert.Equal(stream, found.SelectMany(c => c));
            Assert.Equal(sizes, found.Select(c => c.Length));
            Assert.Equal(0, reader.Pending);
        });

    [Fact]
    public void Any_bytes_give_chunks_or_a_violation_and_the_buffer_never_grows() =>
        Gen.Byte.Array[0, 200].Sample(
            bytes =>
            {
                var reader = new ChunkReader(100);
                var room = reader.Free.Length;
                bytes.CopyTo(reader.Free);
                reader.Filled(bytes.Length);
                try
                {
                    while (reader.TryRead(out _, out var chunk))
                    {
                        Assert.InRange(chunk.Length, 8, 100);
                    }
                }
                catch (ProtocolViolation)
                {
                    // What most random bytes are.
                }

                Assert.InRange(reader.Free.Length, 0, room);
            },
            iter: 10_000);

    [Theory]
    [InlineData("58595A46 0C000000 00000000", "no message type")]
    [InlineData("4D534758 0C000000 00000000", "no chunk flag")]
    [InlineData("4F504E43 0C000000 00000000", "OPN is always one chunk")]
    [InlineData("4D534746 0B000000 00000000", "shorter than the header of a secured message")]
    [InlineData("48454C46 07000000 00000000", "shorter than its own header")]
    [InlineData("4D534746 FFFFFFFF 00000000", "4 GiB")]
    [InlineData("4D534746 65000000 00000000", "one byte more than was agreed")]
    public void A_header_that_cannot_be_is_a_violation_at_once(string bytes, string why)
    {
        var reader = new ChunkReader(100);
        Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal)).CopyTo(reader.Free);
        reader.Filled(8);

        var violation = Assert.Throws<ProtocolViolation>(() => reader.TryRead(out _, out _));
        Assert.True(violation.Status.IsBad, why);
    }

    [Fact]
    public void A_new_limit_keeps_what_has_already_arrived()
    {
        var reader = new ChunkReader(64);
        byte[] both = [.. Chunk(40, 1), .. Chunk(5000, 2)];
        both.AsMemory(0, 2000).CopyTo(reader.Free);
        reader.Filled(2000);
        Assert.True(reader.TryRead(out _, out _));

        reader.Limit(8192);
        both.AsMemory(2000).CopyTo(reader.Free);
        reader.Filled(both.Length - 2000);

        Assert.True(reader.TryRead(out _, out var chunk));
        Assert.Equal(Chunk(5000, 2), chunk.ToArray());
    }

    private static byte[] Chunk(int size, byte fill)
    {
        var chunk = new byte[size];
        chunk.AsSpan().Fill(fill);
        new MessageHeader(MessageType.Message, ChunkFlag.Final, size).Write(chunk);
        return chunk;
    }
}
