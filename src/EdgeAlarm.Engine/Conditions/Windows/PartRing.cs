namespace EdgeAlarm.Engine;

/// <summary>A window is remembered in parts, in a ring with room for one more than it has: the part that is entered never falls on one that still counts.</summary>
internal static class PartRing
{
    /// <summary>The place of a part in its ring.</summary>
    /// <param name="part">Number of the part since the beginning of time; at least -1.</param>
    /// <param name="parts">How many parts a window has.</param>
    public static int PlaceOf(long part, int parts) => (int)((part + parts + 1) % (parts + 1));
}
