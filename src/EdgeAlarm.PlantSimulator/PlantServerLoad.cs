namespace EdgeAlarm.PlantSimulator;

/// <summary>What the server has to do with its clients.</summary>
/// <param name="Connections">Open connections.</param>
/// <param name="Sessions">Sessions, with and without a connection.</param>
/// <param name="Subscriptions">Subscriptions, with and without a session.</param>
/// <param name="MonitoredItems">Items of all subscriptions.</param>
/// <param name="ValuesLost">Values lost in the queues of these items.</param>
/// <param name="ValuesLogged">Lines of the value log.</param>
public readonly record struct PlantServerLoad(int Connections, int Sessions, int Subscriptions, int MonitoredItems, long ValuesLost, long ValuesLogged);
