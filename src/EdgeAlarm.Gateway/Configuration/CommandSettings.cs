namespace EdgeAlarm.Gateway.Configuration;

/// <summary>Who may send commands over MQTT; without these settings nobody may, and the gateway does not listen.</summary>
/// <param name="Principals">1 to <see cref="PrincipalsMax"/>, by unique names.</param>
/// <param name="PerMinute">Commands of one principal in one minute, 1 to <see cref="PerMinuteMax"/>. Too few, and an operator who acknowledges a flood is refused; what is above is refused and told.</param>
public sealed record CommandSettings(IReadOnlyList<CommandPrincipal> Principals, int PerMinute)
{
    /// <summary>Most principals; with <see cref="PerMinuteMax"/> it bounds the memory for answers that are given again.</summary>
    public const int PrincipalsMax = 16;

    /// <summary>Largest <see cref="PerMinute"/>.</summary>
    public const int PerMinuteMax = 600;

    /// <summary><see cref="PerMinute"/> where it is not set.</summary>
    public const int PerMinuteDefault = 120;
}
