using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.OpcUa.Tests.Services;

/// <summary>Every structure of the protocol comes back as it was sent.</summary>
public sealed class MessageRoundTripTests
{
    public static TheoryData<Type> Structures => [.. MessageSamples.Structures];

    public static TheoryData<Type> Messages => [.. MessageSamples.Structures.Where(IsMessage)];

    [Theory]
    [MemberData(nameof(Structures))]
    public void A_structure_comes_back_and_nothing_is_left_over(Type type)
    {
        var random = new Random(type.Name.Length);
        for (var round = 0; round < 25; round++)
        {
            var bytes = MessageSamples.Encode(MessageSamples.Random(type, random));
            var (decoded, remaining) = MessageSamples.Decode(type, bytes);
            Assert.Equal(0, remaining);
            Assert.Equal(bytes, MessageSamples.Encode(decoded));
        }
    }

    // The smallest size decides how many elements a received array may claim: too large refuses good messages, too small costs memory.
    [Theory]
    [MemberData(nameof(Structures))]
    public void The_smallest_size_of_a_structure_is_that_of_its_empty_form(Type type) =>
        Assert.Equal(MessageSamples.Encode(Activator.CreateInstance(type)!).Length, MessageSamples.EncodedSizeMin(type));

    [Theory]
    [MemberData(nameof(Messages))]
    public void No_prefix_of_a_message_is_a_message(Type type)
    {
        var bytes = MessageSamples.Encode(MessageSamples.Random(type, new Random(7)));
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<ProtocolViolation>(() => MessageSamples.Decode(type, bytes[..length]));
        }
    }

    [Fact]
    public void Encoding_ids_are_unique()
    {
        var ids = MessageSamples.Structures.Where(type => MessageSamples.Implements(type, typeof(IEncodedStructure<>)))
            .Select(MessageSamples.EncodingId).ToList();
        Assert.True(ids.Count >= 45);
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Fact]
    public void Secrets_do_not_appear_in_the_text_of_a_message()
    {
        const string Secret = "4711-secret";
        var token = NodeId.Text(0, Secret);
        Assert.DoesNotContain(Secret, new ReadRequest { Header = new() { AuthenticationToken = token } }.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, new CreateSessionResponse { AuthenticationToken = token }.ToString(), StringComparison.Ordinal);
        var user = new UserNameIdentityToken { UserName = "edge", Password = System.Text.Encoding.UTF8.GetBytes(Secret) };
        Assert.Equal("user edge by policy ", user.ToString());
    }

    [Fact]
    public void A_fault_is_told_from_a_response_and_from_a_stranger()
    {
        var encoder = new BinaryEncoder();
        ServiceMessage.Write(encoder, new ServiceFault { Header = new() { RequestHandle = 9, ServiceResult = StatusCodes.BadSessionIdInvalid } });
        Assert.Null(ServiceMessage.ReadResponse<ReadResponse>(encoder.WrittenMemory, DecodingLimits.Default, out var header));
        Assert.Equal((9u, StatusCodes.BadSessionIdInvalid), (header.RequestHandle, header.ServiceResult));

        encoder.Clear();
        ServiceMessage.Write(encoder, new ReadResponse { Results = [new DataValue(Variant.From(5))] });
        var response = ServiceMessage.ReadResponse<ReadResponse>(encoder.WrittenMemory, DecodingLimits.Default, out _);
        Assert.Equal(Variant.From(5), Assert.Single(response!.Results).Value);

        var violation = Assert.Throws<ProtocolViolation>(
            () => ServiceMessage.ReadResponse<PublishResponse>(encoder.WrittenMemory, DecodingLimits.Default, out _));
        Assert.Equal(StatusCodes.BadUnknownResponse, violation.Status);
    }

    private static bool IsMessage(Type type) => MessageSamples.Implements(type, typeof(IServiceMessage<>));
}
