using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.TestServers.Scripted;

/// <summary>A request that came to a <see cref="ScriptedServer"/>.</summary>
public sealed class ScriptedRequest
{
    private readonly byte[] body;

    internal ScriptedRequest(ScriptedConnection connection, uint requestId, byte[] body)
    {
        this.body = body;
        (Connection, RequestId) = (connection, requestId);
        var decoder = new BinaryDecoder(body, DecodingLimits.Default);
        TypeId = ServiceMessage.ReadTypeId(ref decoder);
    }

    /// <summary>Number of the connection it came on, from 1.</summary>
    public int ConnectionNumber => Connection.Number;

    /// <summary>Its id on the channel.</summary>
    public uint RequestId { get; }

    /// <summary>Number of its encoding.</summary>
    public uint TypeId { get; }

    internal ScriptedConnection Connection { get; }

    /// <summary>Reads it.</summary>
    public T Read<T>()
        where T : IServiceMessage<T> => ServiceMessage.Read<T>(body, DecodingLimits.Default);
}
