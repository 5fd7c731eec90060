using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.PlantSimulator.Subscriptions;

/// <summary>What counts as a change (OPC 10000-4 §7.22.2).</summary>
/// <param name="Trigger">Status, value or timestamp.</param>
/// <param name="Deadband">Absolute deadband in the value's unit; 0 is none.</param>
internal readonly record struct DataChange(DataChangeTrigger Trigger, double Deadband)
{
    internal static DataChange Default { get; } = new(DataChangeTrigger.StatusValue, 0);

    internal bool IsNews(in DataValue last, in DataValue now)
    {
        if (last.Status != now.Status)
        {
            return true;
        }

        return Trigger switch
        {
            DataChangeTrigger.Status => false,
            DataChangeTrigger.StatusValue => Differs(last.Value, now.Value),
            DataChangeTrigger.StatusValueTimestamp => last.SourceTicks != now.SourceTicks || Differs(last.Value, now.Value),
        };
    }

    /// <summary>A deadband concerns numbers; anything else, and a number that is none, differs as it differs.</summary>
    private bool Differs(in Variant last, in Variant now)
    {
        var distance = Deadband > 0 ? Math.Abs(now.AsDouble() - last.AsDouble()) : double.NaN;
        return double.IsNaN(distance) ? last != now : distance > Deadband;
    }
}
