using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Recorder;
using EdgeAlarm.Wire;

namespace EdgeAlarm.Gateway.Alarming;

/// <summary>
/// The figures up to a position of the journal: as they were written aside, or counted again from the events that are still recorded. Figures never keep a gateway from starting:
/// what cannot be read is not counted, and the coverage says so.
/// </summary>
internal static class KpiHistory
{
    // a start must not wait for minutes until gigabytes of samples are read for the sake of figures
    private const long BytesMax = 1L << 30;

    /// <summary>The figures of a snapshot.</summary>
    public static AlarmKpis Of(DataFolder folder, Snapshot snapshot, ConfigurationStore configurations) =>
        AlarmKpis.Restore(snapshot.Kpis.Span) ?? Before(folder, snapshot.Position, configurations.Load(snapshot.ConfigurationHash).Alarms);

    /// <summary>Counts again what was recorded before a position.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="position">Behind the last turn to count.</param>
    /// <param name="configuration">The configuration in force there: its sources are what can be seen.</param>
    public static AlarmKpis Before(DataFolder folder, long position, AlarmConfiguration configuration)
    {
        var kpis = new AlarmKpis();
        kpis.Configure([.. configuration.Sources.Select(source => source.Name)]);
        try
        {
            foreach (var turn in new JournalReader(folder).ReadTurns(position, BytesMax))
            {
                foreach (var stored in turn.Events)
                {
                    if (KpiEvents.Of(EventJson.Parse(stored.Payload.Span)) is { } told)
                    {
                        kpis.Take(in told);
                    }
                }

                if (turn.Lived is { } lived)
                {
                    kpis.Advance(lived);
                }
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException or JournalDamage or WireFormatException)
        {
            // what was counted so far stands
        }

        return kpis;
    }
}
