using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.PlantSimulator.Subscriptions;

/// <summary>The revised settings of a monitored item.</summary>
/// <param name="ClientHandle">The client's name for it.</param>
/// <param name="SamplingTicks">Time between two samples.</param>
/// <param name="Change">What counts as a change.</param>
/// <param name="QueueSize">Length of its queue, 1 or more.</param>
/// <param name="DiscardOldest">Which end a full queue loses.</param>
/// <param name="Timestamps">Which times its values carry.</param>
internal readonly record struct MonitoredItemSettings(
    uint ClientHandle, long SamplingTicks, DataChange Change, int QueueSize, bool DiscardOldest, TimestampsToReturn Timestamps);
