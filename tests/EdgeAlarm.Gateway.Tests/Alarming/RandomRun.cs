using CsCheck;
using EdgeAlarm.Engine;

namespace EdgeAlarm.Gateway.Tests.Alarming;

/// <summary>Random stories of a plant, played on a pump in virtual time.</summary>
internal static class RandomRun
{
    /// <summary>What happens (0..8), to which tag, with which value, and how many milliseconds later.</summary>
    public static readonly Gen<(int What, int Tag, double Value, int Later)[]> Steps =
        Gen.Select(Gen.Int[0, 8], Gen.Int[0, 1], Gen.Double[80, 100], Gen.Int[0, 4000]).Array[5, 40];

    public static async Task PlayAsync(PumpFixture plant, (int What, int Tag, double Value, int Later)[] steps, bool withRestarts)
    {
        await plant.ConnectAsync();
        foreach (var (what, tag, value, later) in steps)
        {
            plant.Time.Advance(TimeSpan.FromMilliseconds(later));
            switch (what)
            {
                case 0:
                    await plant.Pump.Inbox.CreateSink(0).SourceDownAsync("cut", CancellationToken.None);
                    break;
                case 1:
                    await plant.ConnectAsync(SourceRecovery.Recreated);
                    break;
                case 2 when withRestarts:
                    await plant.RestartAsync(TimeSpan.FromSeconds(3));
                    await plant.ConnectAsync();
                    break;
                case 3:
                    _ = plant.Pump.Inbox.AcknowledgeAsync("LT101_HI", plant.Pump.State.Alarms[0].State.Occurrence, "operator1", "", CancellationToken.None);
                    break;
                case 4:
                    await plant.SendAsync(plant.SampleOf(tag, value) with { Quality = new(0x8000_0000) });
                    break;
                case 5:
                    // poison: no such tag
                    await plant.SendAsync(plant.SampleOf(tag, value), plant.SampleOf(77, value));
                    break;
                default:
                    await plant.SendAsync(tag, value);
                    break;
            }

            plant.Turn();
        }
    }
}
