namespace EdgeAlarm.Gateway.Uplink;

/// <summary>Names of the system conditions that the uplink raises and clears.</summary>
public static class UplinkConditions
{
    /// <summary>The broker cannot be reached or refuses us.</summary>
    public const string Down = "SYS_UPLINK_DOWN";

    /// <summary>Events were published, and no receipt comes: they may not be stored at the centre.</summary>
    public const string ReceiptMissing = "SYS_RECEIPT_MISSING";

    /// <summary>Another client took our connection over: a second gateway runs under our name.</summary>
    public const string SecondGateway = "SYS_SECOND_GATEWAY";

    /// <summary>A command over MQTT was refused before the engine saw it: no right, too old, retained, too many.</summary>
    public const string CommandRefused = "SYS_COMMAND_REFUSED";

    /// <summary>The historian's receipts went back: its database was restored. The difference is sent again.</summary>
    public const string HistorianRestored = "SYS_HISTORIAN_RESTORED";
}
