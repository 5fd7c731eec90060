namespace EdgeAlarm.Simulation.World;

/// <summary>What a client says when it connects.</summary>
internal sealed record BrokerClient(string Id, Life Life, TimeSpan KeepAlive, int ReceiveMaximum, Action<string, byte[], bool> Arrived, Action<string> Closed)
{
    public string WillTopic { get; init; } = "";

    public byte[]? Will { get; init; }
}
