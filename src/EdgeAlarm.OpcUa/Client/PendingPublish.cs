using System.Threading.Channels;
using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.Buffers;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.OpcUa.Client;

/// <summary>A Publish request; its answer goes to the pump's arrivals in the order of the socket. Acknowledgements are taken as late as possible.</summary>
internal sealed class PendingPublish(Func<RequestHeader> header, AcknowledgementQueue acknowledgements, ChannelWriter<PublishArrival> arrivals, TimeProvider time, TimeSpan timeout)
    : PendingRequest(timeout)
{
    private const int AcknowledgementsMax = 1000;

    public override void Write(BinaryEncoder encoder) => ServiceMessage.Write(encoder, new PublishRequest
    {
        Header = header(),
        SubscriptionAcknowledgements = acknowledgements.Take(AcknowledgementsMax),
    });

    public override void Complete(ReadOnlyMemory<byte> body, Func<Lease<byte>> keep, long timestamp)
    {
        try
        {
            var response = ServiceMessage.ReadResponse<PublishResponse>(body, DecodingLimits.Default, out var answered);
            arrivals.TryWrite(response is null || answered.ServiceResult.IsBad
                ? new(null, null, UaClientException.Answered(answered.ServiceResult, "Publish"), timestamp, PostedAt)
                : new(response, keep(), null, timestamp, PostedAt));
        }
        catch (ProtocolViolation violation)
        {
            arrivals.TryWrite(new(null, null, new(UaFailure.Protocol, violation.Status, $"a notification message is malformed: {violation.Message}", violation), timestamp, PostedAt));
        }
    }

    public override void Fail(UaClientException error) => arrivals.TryWrite(new(null, null, error, time.GetTimestamp(), PostedAt));
}
