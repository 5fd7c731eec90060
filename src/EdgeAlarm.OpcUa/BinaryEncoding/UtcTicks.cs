namespace EdgeAlarm.OpcUa.BinaryEncoding;

/// <summary>
/// DateTime on the wire: 100 ns ticks since 1601-01-01T00:00:00Z, clamped at both ends (OPC 10000-6 §5.2.2.5). In memory: .NET ticks,
/// 0 for "absent". A PLC with a dead battery sends nonsense; a timestamp is never a reason to throw.
/// </summary>
internal static class UtcTicks
{
    /// <summary>1601-01-01T00:00:00Z in .NET ticks.</summary>
    internal const long Epoch1601 = 504_911_232_000_000_000;

    /// <summary>9999-12-31T23:59:59Z in .NET ticks: from here on the wire says Int64.MaxValue.</summary>
    internal const long EndOfTime = 3_155_378_975_990_000_000;

    /// <summary>The last tick that .NET can hold.</summary>
    internal const long Max = 3_155_378_975_999_999_999;

    internal static long ToWire(long ticks) => ticks switch
    {
        <= Epoch1601 => 0,
        >= EndOfTime => long.MaxValue,
        _ => ticks - Epoch1601,
    };

    internal static long FromWire(long wire) => wire switch
    {
        <= 0 => 0,
        > Max - Epoch1601 => Max,
        _ => wire + Epoch1601,
    };
}
