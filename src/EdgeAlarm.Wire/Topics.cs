namespace EdgeAlarm.Wire;

/// <summary>The MQTT topics of one gateway, below <c>edgealarm/v1/{site}/{gateway}/</c>.</summary>
/// <param name="Site">Site id; one topic level.</param>
/// <param name="Gateway">Gateway id; one topic level.</param>
public sealed record Topics(string Site, string Gateway)
{
    /// <summary>The common first levels of every topic.</summary>
    public const string Root = "edgealarm/v1";

    /// <summary>Filter that matches the events of every gateway.</summary>
    public const string AllEvents = Root + "/+/+/events";

    /// <summary>Filter that matches the live alarms of every gateway.</summary>
    public const string AllLive = Root + "/+/+/live";

    /// <summary>Filter that matches the status of every gateway.</summary>
    public const string AllStatus = Root + "/+/+/status";

    /// <summary>Filter that matches the outbox range of every gateway.</summary>
    public const string AllOutboxes = Root + "/+/+/outbox";

    /// <summary>Events in order of seq: QoS 1, not retained.</summary>
    public string Events => $"{Root}/{Site}/{Gateway}/events";

    /// <summary>New alarms ahead of their turn, while events wait: QoS 1, not retained; each comes again, with the same bytes, in <see cref="Events"/>.</summary>
    public string Live => $"{Root}/{Site}/{Gateway}/live";

    /// <summary>Birth and last will: QoS 1, retained.</summary>
    public string Status => $"{Root}/{Site}/{Gateway}/status";

    /// <summary>The historian's receipt: QoS 1, retained.</summary>
    public string Receipt => $"{Root}/{Site}/{Gateway}/receipt";

    /// <summary>The range of events that the gateway still holds: QoS 1, retained.</summary>
    public string Outbox => $"{Root}/{Site}/{Gateway}/outbox";

    /// <summary>Filter that matches the commands of every principal: QoS 1, never retained.</summary>
    public string Commands => Command("+");

    /// <summary>What became of commands: QoS 1, not retained.</summary>
    public string Response => $"{Root}/{Site}/{Gateway}/response";

    /// <summary>Where a principal, and by the broker's access list nobody else, sends its commands.</summary>
    /// <param name="principal">Its name; one topic level.</param>
    public string Command(string principal) => $"{Root}/{Site}/{Gateway}/command/{principal}";

    /// <summary>The principal whose command came on a topic; null where the topic is no command's of this gateway.</summary>
    public string? PrincipalOf(string topic)
    {
        var prefix = Command("");
        return topic.Length > prefix.Length && topic.StartsWith(prefix, StringComparison.Ordinal) && !topic.AsSpan(prefix.Length).Contains('/') ? topic[prefix.Length..] : null;
    }

    /// <summary>Reads the site and the gateway from a topic of this layout; null if it is another.</summary>
    public static Topics? Parse(string topic)
    {
        var levels = topic.Split('/');
        return levels.Length == 5 && topic.StartsWith(Root + "/", StringComparison.Ordinal) && levels[2].Length > 0 && levels[3].Length > 0
            ? new Topics(levels[2], levels[3])
            : null;
    }
}
