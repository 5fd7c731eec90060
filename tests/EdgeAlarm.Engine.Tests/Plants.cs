namespace EdgeAlarm.Engine.Tests;

/// <summary>Configurations for tests.</summary>
internal static class Plants
{
    public static AlarmDefinition Alarm(
        string id = "A0",
        int tag = 0,
        ConditionType type = ConditionType.Hi,
        double setpoint = 90,
        double deadband = 5,
        double onDelay = 0,
        double offDelay = 0,
        bool ackRequired = true,
        AlarmHandling? handling = null) => new(
            id,
            tag,
            "Area 1",
            "Level high",
            type,
            setpoint,
            deadband,
            TimeSpan.FromSeconds(onDelay),
            TimeSpan.FromSeconds(offDelay),
            BadQualityPolicy.Hold,
            AlarmPriority.High,
            "process",
            ackRequired)
        {
            Handling = handling ?? AlarmHandling.Default,
        };

    public static AlarmConfiguration With(params AlarmDefinition[] alarms)
    {
        var tags = alarms.Max(alarm => alarm.Tag) + 1;
        return new(
            [new SourceDefinition("PLC1")],
            [.. Enumerable.Range(0, tags).Select(tag => new TagDefinition($"T{tag}", 0, "%"))],
            [.. alarms]);
    }

    /// <summary>Two sources, three tags (two on the first), one alarm on each tag.</summary>
    public static AlarmConfiguration TwoSources() => new(
        [new SourceDefinition("PLC1"), new SourceDefinition("PLC2")],
        [new TagDefinition("T0", 0, "%"), new TagDefinition("T1", 0, "%"), new TagDefinition("T2", 1, "%")],
        [Alarm("A0", 0, onDelay: 15), Alarm("A1", 1, onDelay: 10), Alarm("A2", 2, onDelay: 5)]);
}
