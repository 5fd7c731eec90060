using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.Services;
using EdgeAlarm.PlantSimulator.Sessions;

namespace EdgeAlarm.PlantSimulator.Server;

/// <summary>Where a request came from and where its answer goes.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="RequestId">The request's id on the channel.</param>
/// <param name="Now">The present time.</param>
/// <param name="Output">Receives the body of the response.</param>
internal readonly record struct RequestContext(ServerChannel Channel, uint RequestId, long Now, BinaryEncoder Output)
{
    /// <summary>Serves the request if it is a <typeparamref name="TRequest"/>.</summary>
    internal bool Serve<TRequest, TResponse>(uint typeId, ref BinaryDecoder decoder, Func<TRequest, TResponse> serve)
        where TRequest : IServiceRequest<TRequest, TResponse>
        where TResponse : IServiceResponse<TResponse>
    {
        if (typeId != TRequest.EncodingId)
        {
            return false;
        }

        var request = TRequest.Decode(ref decoder);
        var response = serve(request).WithHeader(new ResponseHeader { TimestampTicks = Now, RequestHandle = request.Header.RequestHandle });
        ServiceMessage.Write(Output, response);
        return true;
    }
}
