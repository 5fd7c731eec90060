using EdgeAlarm.OpcUa.BinaryEncoding;

namespace EdgeAlarm.OpcUa.Client;

/// <summary>Asks the channel's writer to renew the token; answered within the conversation.</summary>
internal sealed class PendingRenewal(TimeSpan timeout) : PendingRequest(timeout)
{
    public override void Write(BinaryEncoder encoder)
    {
    }

    public override void Complete(ReadOnlyMemory<byte> body, long timestamp)
    {
    }

    public override void Fail(UaClientException error)
    {
    }
}
