namespace EdgeAlarm.OpcUa.Services;

/// <summary>A request, which knows the type of its response.</summary>
public interface IServiceRequest<TSelf, TResponse> : IServiceMessage<TSelf>
    where TSelf : IServiceRequest<TSelf, TResponse>
    where TResponse : IServiceResponse<TResponse>
{
    /// <summary>The header of the request.</summary>
    RequestHeader Header { get; }

    /// <summary>The same request under another header.</summary>
    TSelf WithHeader(RequestHeader header);
}
