namespace EdgeAlarm.Historian.Intake;

/// <summary>Where a historian stands.</summary>
public enum HistorianPhase
{
    /// <summary>Not run yet, or ended.</summary>
    Stopped,

    /// <summary>Opens the store, or waits for it to be back.</summary>
    WaitsForStore,

    /// <summary>Another historian of the group is active.</summary>
    Standby,

    /// <summary>Active at the store; the broker is away.</summary>
    WaitsForBroker,

    /// <summary>Takes events and sends receipts.</summary>
    Active,
}
