namespace EdgeAlarm.Wire;

/// <summary>Bounds of every message between plant and centre. A writer keeps within them, a parser refuses what is beyond.</summary>
public static class WireLimits
{
    /// <summary>Longest message in bytes; an event at every other limit stays below it.</summary>
    public const int MessageLengthMax = 256 * 1024;

    /// <summary>Longest text member in UTF-16 units. A longer one is cut by the writer, with an ellipsis as its last character.</summary>
    public const int TextLengthMax = 2048;

    /// <summary>Most entries in <c>flags</c>.</summary>
    public const int FlagCountMax = 32;

    /// <summary>Longest flag in UTF-16 units.</summary>
    public const int FlagLengthMax = 64;
}
