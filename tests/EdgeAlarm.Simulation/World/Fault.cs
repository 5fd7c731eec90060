namespace EdgeAlarm.Simulation.World;

/// <summary>A class of faults; each may be off.</summary>
public enum Fault
{
    GatewayKilled,
    PowerCut,
    DiskDead,
    ImageRestored,
    ClockSet,
    PlcCut,
    HistorianKilled,
    DatabaseFails,
    DatabaseRestored,
    BrokerKilled,
    BrokerFrozen,
    BrokerLies,
    BrokerRefuses,
    CableCut,
    CableSilent,
    CentreAway,
}
