using EdgeAlarm.Gateway.Configuration;

namespace EdgeAlarm.Gateway.Uplink;

/// <summary>Settings of the uplink. Beyond the first five nothing needs changing at a plant.</summary>
public sealed record UplinkOptions
{
    /// <summary>Site id; one topic level.</summary>
    public required string Site { get; init; }

    /// <summary>Gateway id; one topic level. Site and gateway make the MQTT client id, so that two machines under one name evict each other and are noticed.</summary>
    public required string Gateway { get; init; }

    /// <summary>The broker.</summary>
    public required MqttSettings Mqtt { get; init; }

    /// <summary>What lets an event leave the outbox.</summary>
    public required ReceiptMode Receipt { get; init; }

    /// <summary>Version of this software, for the status message.</summary>
    public required string Version { get; init; }

    /// <summary>Who may send commands; null where nobody may, and the gateway then does not subscribe to any.</summary>
    public CommandSettings? Commands { get; init; }

    /// <summary>When the gateway started, UTC; null for when the uplink is made. A command that was sent before is refused: it may have had its effect.</summary>
    public DateTime? CommandsStartedAt { get; init; }

    /// <summary>Most events published and not receipted, default 10,000. It bounds what waits in the broker for a historian that is away: brokers drop beyond their queue and still acknowledge.</summary>
    public int UnconfirmedMax { get; init; } = 10_000;

    /// <summary>How long the oldest publish may wait for its PUBACK before the connection is dropped, default 10 s; MQTTnet itself would wait for ever. Too low drops slow links, too high hides a frozen broker.</summary>
    public TimeSpan HeadTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>MQTT keep-alive, default 15 s, never 0.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Longest wait for connection, TLS and CONNACK, and for each answer before the drain; default 10 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a new connection waits for the retained receipt before it sends, default 1 s.</summary>
    public TimeSpan ReceiptWait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Time without a new receipt after which everything unreceipted is sent again, default 2 s; doubles with each time in vain.</summary>
    public TimeSpan StallAfter { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Longest such time, default 60 s.</summary>
    public TimeSpan StallAfterMax { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Time without a new receipt after which SYS_RECEIPT_MISSING is raised, default 60 s.</summary>
    public TimeSpan ReceiptMissingAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Time without a working connection after which SYS_UPLINK_DOWN is raised, default 10 s.</summary>
    public TimeSpan DownAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>First wait before a new connection, default 500 ms; doubles, with jitter, while nothing is delivered.</summary>
    public TimeSpan ReconnectAfter { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest such wait, default 30 s.</summary>
    public TimeSpan ReconnectAfterMax { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a new alarm waits for its turn in the ordered lane before it is published ahead of it on <c>live</c>, default 250 ms.</summary>
    public TimeSpan LiveAfter { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Most alarms remembered for <c>live</c>, default 1,000.</summary>
    public int LiveMax { get; init; } = 1_000;

    /// <summary>How often the retained range of the outbox is published at most, default 5 s.</summary>
    public TimeSpan RangeEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the status is published again, default 30 s. The centre takes long silence for a gateway that is away; a short time costs a message each.</summary>
    public TimeSpan StatusEvery { get; init; } = TimeSpan.FromSeconds(30);
}
