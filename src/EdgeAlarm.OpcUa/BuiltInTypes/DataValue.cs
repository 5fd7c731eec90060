namespace EdgeAlarm.OpcUa.BuiltInTypes;

/// <summary>
/// A value that is never without its status and times (OPC 10000-4 §7.11). Ticks are 100 ns since 0001-01-01T00:00:00Z, the same as
/// <see cref="System.DateTime.Ticks"/>; 0 means absent. Equality is bit equality, so that NaN equals NaN.
/// </summary>
/// <param name="Value">The value; the null Variant where the status is bad and the server sent none.</param>
/// <param name="Status">The quality; absent on the wire means Good.</param>
/// <param name="SourceTicks">When the source saw the value.</param>
/// <param name="ServerTicks">When the server saw the value.</param>
/// <param name="SourcePicoseconds">Refines <paramref name="SourceTicks"/> in steps of 10 ps, 0..9999.</param>
/// <param name="ServerPicoseconds">Refines <paramref name="ServerTicks"/> in steps of 10 ps, 0..9999.</param>
public readonly record struct DataValue(
    Variant Value,
    StatusCode Status = default,
    long SourceTicks = 0,
    long ServerTicks = 0,
    ushort SourcePicoseconds = 0,
    ushort ServerPicoseconds = 0);
