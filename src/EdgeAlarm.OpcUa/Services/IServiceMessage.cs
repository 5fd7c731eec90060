namespace EdgeAlarm.OpcUa.Services;

/// <summary>A request or response; <see cref="ServiceMessage"/> puts the id of its encoding before the fields.</summary>
public interface IServiceMessage<TSelf> : IEncodedStructure<TSelf>
    where TSelf : IServiceMessage<TSelf>;
