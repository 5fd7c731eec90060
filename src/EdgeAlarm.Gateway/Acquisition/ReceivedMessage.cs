using EdgeAlarm.OpcUa.Buffers;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>A notification message on its way to the sink. One owner at a time, who disposes it when it was handed on or is not wanted.</summary>
/// <param name="Message">The message.</param>
/// <param name="Timestamp">Reading of the TimeProvider when it came.</param>
/// <param name="Body">The memory that its notifications are views of; null where that is nobody's to give back.</param>
internal readonly record struct ReceivedMessage(NotificationMessage Message, long Timestamp, Lease<byte>? Body) : IDisposable
{
    /// <summary>Gives the memory back; the notifications must not be read any more.</summary>
    public void Dispose() => Body?.Dispose();
}
