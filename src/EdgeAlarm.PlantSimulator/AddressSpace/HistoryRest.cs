using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.PlantSimulator.AddressSpace;

/// <summary>What a HistoryRead result had no room for.</summary>
/// <param name="Values">All values of the result.</param>
/// <param name="Given">How many the client has.</param>
internal sealed record HistoryRest(DataValue[] Values, int Given);
