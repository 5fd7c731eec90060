using EdgeAlarm.Engine;

namespace EdgeAlarm.Simulation.World;

/// <summary>The plant of a run: some levels, each with a high alarm; one of them with delays.</summary>
internal static class Plant
{
    public const double Limit = 90;

    public static string AlarmOf(int tag) => $"T{tag}_HI";

    public static AlarmConfiguration Configure(int tags) => new(
        [new("PLC1")],
        [.. Enumerable.Range(0, tags).Select(tag => new TagDefinition($"T{tag}", 0, "%"))],
        [
            .. Enumerable.Range(0, tags).Select(tag => Alarm(AlarmOf(tag), tag, TimeSpan.Zero, TimeSpan.Zero)),
            Alarm("T0_HI_SLOW", 0, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(3)),
        ]);

    private static AlarmDefinition Alarm(string id, int tag, TimeSpan on, TimeSpan off) =>
        new(id, tag, "Tank farm", "Level high", ConditionType.Hi, Limit, 0, on, off, BadQualityPolicy.Hold, tag == 0 ? AlarmPriority.Critical : AlarmPriority.Medium, "process", true);
}
