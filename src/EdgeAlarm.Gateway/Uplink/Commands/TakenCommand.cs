using EdgeAlarm.Wire;

namespace EdgeAlarm.Gateway.Uplink.Commands;

/// <summary>A command that went to the engine, remembered for as long as it could come a second time.</summary>
/// <param name="Principal">Who sent it.</param>
/// <param name="Message">The command.</param>
/// <param name="TakenAt">Monotonic time.</param>
internal sealed record TakenCommand(string Principal, CommandMessage Message, TimeSpan TakenAt)
{
    /// <summary>Ends with what became of it; null where the gateway stopped before.</summary>
    internal required Task<CommandAnswer?> Outcome { get; init; }

    /// <summary>The answer that was given; null before.</summary>
    internal CommandAnswer? Answer { get; set; }
}
