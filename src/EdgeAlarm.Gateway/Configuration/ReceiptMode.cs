namespace EdgeAlarm.Gateway.Configuration;

/// <summary>What proves that the centre has an event.</summary>
public enum ReceiptMode
{
    /// <summary>The receipt that the historian sends after its commit.</summary>
    Historian,

    /// <summary>The broker's PUBACK: "handed to the broker", which is no proof of storage.</summary>
    Broker,
}
