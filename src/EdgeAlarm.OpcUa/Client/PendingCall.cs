using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.Buffers;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.OpcUa.Client;

/// <summary>A request whose answer one caller awaits.</summary>
internal sealed class PendingCall<TRequest, TResponse>(TRequest request, TimeSpan timeout) : PendingRequest(timeout)
    where TRequest : IServiceRequest<TRequest, TResponse>
    where TResponse : class, IServiceResponse<TResponse>
{
    private readonly TaskCompletionSource<UaAnswer<TResponse>> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends with the answer, or with a <see cref="UaClientException"/>.</summary>
    public Task<UaAnswer<TResponse>> Answer => _answer.Task;

    public override void Write(BinaryEncoder encoder) => ServiceMessage.Write(encoder, request);

    public override void Complete(ReadOnlyMemory<byte> body, Func<Lease<byte>> keep, long timestamp)
    {
        try
        {
            // the response may hold views of the body and has no owner who would give a lease back
            var response = ServiceMessage.ReadResponse<TResponse>(body.ToArray(), DecodingLimits.Default, out var header);
            if (response is null || header.ServiceResult.IsBad)
            {
                Fail(UaClientException.Answered(header.ServiceResult, Name, header.ServiceDiagnostics?.AdditionalInfo));
                return;
            }
            _answer.TrySetResult(new(response, timestamp));
        }
        catch (ProtocolViolation violation)
        {
            Fail(new(UaFailure.Protocol, violation.Status, $"the server's answer to {Name} is malformed: {violation.Message}", violation));
        }
    }

    public override void Fail(UaClientException error) => _answer.TrySetException(error);

    private static string Name => typeof(TRequest).Name.Replace("Request", "", StringComparison.Ordinal);
}
