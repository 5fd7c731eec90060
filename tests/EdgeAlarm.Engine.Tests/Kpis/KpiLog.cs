using EdgeAlarm.Engine.Tests.Properties;

namespace EdgeAlarm.Engine.Tests.Kpis;

/// <summary>What figures are made of, in its order: events, and signs of life without an event.</summary>
internal sealed record KpiLog(IReadOnlyList<string> Sources, IReadOnlyList<object> Steps)
{
    /// <summary>The fold over it.</summary>
    public AlarmKpis Fold()
    {
        var kpis = new AlarmKpis();
        kpis.Configure(Sources);
        foreach (var step in Steps)
        {
            Take(kpis, step);
        }

        return kpis;
    }

    public static void Take(AlarmKpis kpis, object step)
    {
        if (step is KpiEvent told)
        {
            kpis.Take(in told);
        }
        else
        {
            kpis.Advance((PlantTime)step);
        }
    }

    public override string ToString() => string.Join('\n', Steps.Select(StoryWords.Of));
}
