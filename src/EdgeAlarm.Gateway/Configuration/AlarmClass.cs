using EdgeAlarm.Engine;

namespace EdgeAlarm.Gateway.Configuration;

/// <summary>A class of alarms: what its alarms have in common where their rows say nothing else.</summary>
/// <param name="Name">Unique name.</param>
/// <param name="ShelveMax">Longest shelving; zero: never.</param>
/// <param name="OutOfServiceMax">Longest time out of service; zero: never.</param>
/// <param name="NeedsNote">Whether an acknowledgement needs a note.</param>
/// <param name="IsHighlyManaged">Whether its alarms are highly managed: never shelved nor suppressed by design, and out of service only with a second person's approval.</param>
public sealed record AlarmClass(string Name, TimeSpan ShelveMax, TimeSpan OutOfServiceMax, bool NeedsNote, bool IsHighlyManaged)
{
    /// <summary>What bad quality does to its alarms where their rows say nothing.</summary>
    public BadQualityPolicy BadQuality { get; init; } = BadQualityPolicy.Hold;

    /// <summary>Three activations of one of its alarms within so long are chattering.</summary>
    public TimeSpan ChatterWithin { get; init; } = AlarmHandling.ChatterWithinDefault;

    /// <summary>An occurrence of one of its alarms that stood no longer, and that nobody acted on, is fleeting.</summary>
    public TimeSpan FleetingWithin { get; init; } = AlarmHandling.FleetingWithinDefault;

    /// <summary>The class of a row that names none.</summary>
    public const string DefaultName = "process";

    /// <summary>The longest that any alarm may be shelved at once, half a day, the longest shift: whoever comes next has to decide anew.</summary>
    public static readonly TimeSpan ShelveMost = TimeSpan.FromHours(12);

    /// <summary>A class of which the settings say nothing.</summary>
    public static AlarmClass Unsaid(string name) => new(name, AlarmHandling.ShelveMaxDefault, AlarmHandling.OutOfServiceMaxDefault, NeedsNote: false, IsHighlyManaged: false);
}
