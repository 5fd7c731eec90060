namespace EdgeAlarm.Engine;

/// <summary>Whether an alarm can be made at this moment, with the reason when it cannot. Derived from the states of its tags, their sources and the gateway.</summary>
/// <param name="Reason"><see cref="ArmedReason.None"/> when armed.</param>
/// <param name="Text">The reason in words for people; null when armed.</param>
public readonly record struct ArmedState(ArmedReason Reason, string? Text)
{
    /// <summary>Armed.</summary>
    public static readonly ArmedState Armed;

    /// <summary>Whether it can be made.</summary>
    public bool IsArmed => Reason == ArmedReason.None;
}
