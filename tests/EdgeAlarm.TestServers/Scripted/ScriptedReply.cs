using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.TestServers.Scripted;

/// <summary>What a <see cref="ScriptedServer"/> does about a request.</summary>
public sealed class ScriptedReply
{
    /// <summary>What a well-behaved server does.</summary>
    public static readonly ScriptedReply Polite = new(null);

    /// <summary>No answer; the test may give one later with <see cref="ScriptedServer.Answer"/>.</summary>
    public static readonly ScriptedReply Silence = new(null);

    /// <summary>The connection is reset.</summary>
    public static readonly ScriptedReply Cut = new(null);

    private ScriptedReply(Action<BinaryEncoder>? write) => Write = write;

    internal Action<BinaryEncoder>? Write { get; }

    /// <summary>This message, right or wrong.</summary>
    public static ScriptedReply Of<T>(T message)
        where T : IServiceMessage<T> => new(encoder => ServiceMessage.Write(encoder, message));

    /// <summary>A ServiceFault.</summary>
    public static ScriptedReply Fault(StatusCode status) => Of(new ServiceFault { Header = new() { ServiceResult = status } });
}
