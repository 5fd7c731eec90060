using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.Buffers;

namespace EdgeAlarm.OpcUa.Client;

/// <summary>A request on its way, until exactly one of <see cref="Complete"/> and <see cref="Fail"/> is called.</summary>
/// <param name="timeout">How long to wait for the answer, counted from the posting.</param>
internal abstract class PendingRequest(TimeSpan timeout)
{
    /// <summary>How long to wait for the answer.</summary>
    public TimeSpan Timeout { get; } = timeout;

    /// <summary>Reading of the TimeProvider when it was posted.</summary>
    public long PostedAt { get; set; }

    /// <summary>Writes the body; called by the channel's writer, right before sealing.</summary>
    public abstract void Write(BinaryEncoder encoder);

    /// <summary>Takes the answer.</summary>
    /// <param name="body">Its body, valid during the call.</param>
    /// <param name="keep">Makes the body valid for longer: until the lease is disposed.</param>
    /// <param name="timestamp">Reading of the TimeProvider right after the socket read that completed it.</param>
    public abstract void Complete(ReadOnlyMemory<byte> body, Func<Lease<byte>> keep, long timestamp);

    /// <summary>There will be no answer.</summary>
    public abstract void Fail(UaClientException error);
}
