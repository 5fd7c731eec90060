using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.Buffers;

namespace EdgeAlarm.OpcUa.Client;

/// <summary>Asks the channel's writer to renew the token; answered within the conversation.</summary>
internal sealed class PendingRenewal(TimeSpan timeout) : PendingRequest(timeout)
{
    public override void Write(BinaryEncoder encoder)
    {
    }

    public override void Complete(ReadOnlyMemory<byte> body, Func<Lease<byte>> keep, long timestamp)
    {
    }

    public override void Fail(UaClientException error)
    {
    }
}
