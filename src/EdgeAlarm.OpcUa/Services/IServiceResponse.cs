namespace EdgeAlarm.OpcUa.Services;

/// <summary>A response.</summary>
public interface IServiceResponse<TSelf> : IServiceMessage<TSelf>
    where TSelf : IServiceResponse<TSelf>
{
    /// <summary>The header of the response; its ServiceResult says whether the rest counts.</summary>
    ResponseHeader Header { get; }

    /// <summary>The same response under another header.</summary>
    TSelf WithHeader(ResponseHeader header);
}
