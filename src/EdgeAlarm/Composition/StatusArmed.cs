using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Alarming;
using EdgeAlarm.Gateway.Outbox;
using EdgeAlarm.Gateway.Uplink;

namespace EdgeAlarm.Composition;

/// <summary>
/// The gateway as the outermost node of all its alarms, as two facts: whether it can make alarms (they are recorded), and whether they reach the centre. Neither says anything of the other.
/// </summary>
/// <param name="Armed">Whether the gateway itself keeps no alarm from being made and recorded.</param>
/// <param name="NotArmed">Why not; null where it is.</param>
/// <param name="ReachesCentre">Whether what happens now reaches the centre.</param>
/// <param name="NotReaching">Why not; null where it does.</param>
internal sealed record StatusArmed(bool Armed, string? NotArmed, bool ReachesCentre, string? NotReaching)
{
    // what keeps events from the centre, the cause before its consequence
    private static readonly string[] Stops =
        [UplinkConditions.Down, UplinkConditions.SecondGateway, UplinkConditions.HistorianRestored, UplinkConditions.ReceiptMissing, OutboxConditions.Failed, OutboxConditions.Hole, OutboxConditions.Backlog];

    /// <summary>Puts it together.</summary>
    public static StatusArmed Of(GatewayState state, UplinkState uplink)
    {
        var unrecorded = state.Conditions.FirstOrDefault(condition => condition.Name == GatewayConditions.Unrecorded)?.Detail;
        var stop = Stops.Select(name => state.Conditions.FirstOrDefault(condition => condition.Name == name)).FirstOrDefault(condition => condition is not null)?.Detail;
        var notReaching = stop ?? uplink.Problem ?? (uplink.IsConnected ? null : "not connected with the broker");
        return new(unrecorded is null, unrecorded, notReaching is null, notReaching);
    }
}
