namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>A value of a notification message whose bytes are none.</summary>
/// <param name="Handle">Our number of the item whose value it is; <see cref="NoHandle"/> where not even that could be read.</param>
/// <param name="IsRestLost">Whether other values stood behind it, which nobody can find now.</param>
/// <param name="Problem">What is wrong with it, for people.</param>
internal readonly record struct UnreadableValue(uint Handle, bool IsRestLost, string Problem)
{
    /// <summary>No item has it.</summary>
    public const uint NoHandle = 0;
}
