namespace EdgeAlarm.Engine;

/// <summary>A 64-bit fingerprint (FNV-1a) of all that evaluation depends on. It finds a mix-up, not an attack: the configuration's own hash is for that.</summary>
internal static class ConfigurationFingerprint
{
    private const ulong OffsetBasis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>The fingerprint; any change of a source, tag or condition, or of their order, gives another.</summary>
    public static long Of(AlarmConfiguration configuration)
    {
        var hash = Add(Add(Add(OffsetBasis, configuration.Sources.Length), configuration.Tags.Length), configuration.Alarms.Length);
        foreach (var source in configuration.Sources)
        {
            hash = Add(hash, source.Name);
        }

        foreach (var tag in configuration.Tags)
        {
            hash = Add(Add(Add(hash, tag.Name), tag.Source), tag.StaleAfter.Ticks);
        }

        foreach (var alarm in configuration.Alarms)
        {
            hash = Add(Add(Add(hash, alarm.Id), alarm.Tag), (long)alarm.Type);
            hash = Add(hash, BitConverter.DoubleToInt64Bits(alarm.Setpoint));
            hash = Add(hash, BitConverter.DoubleToInt64Bits(alarm.Deadband));
            hash = Add(Add(hash, alarm.OnDelay.Ticks), alarm.OffDelay.Ticks);
            hash = Add(Add(hash, (long)alarm.BadQuality), alarm.AckRequired ? 1 : 0);
            hash = Add(Add(Add(hash, alarm.SetpointTag ?? -1), alarm.IsExclusive ? 1 : 0), alarm.CountsUncertain ? 1 : 0);
            hash = Add(Add(Add(hash, unchecked((long)alarm.Bits.Mask)), unchecked((long)alarm.Bits.Pattern)), alarm.Bits.Differs ? 1 : 0);
            hash = Add(hash, alarm.Window.Ticks);
            hash = alarm.Expression is { } expression ? Add(hash, expression) : Add(hash, 0);
            hash = Add(hash, alarm.Set.Span.Length);
            foreach (var value in alarm.Set.Span)
            {
                hash = Add(hash, BitConverter.DoubleToInt64Bits(value));
            }

            foreach (var level in alarm.Levels.Span)
            {
                hash = Add(Add(Add(hash, (long)level.Level), BitConverter.DoubleToInt64Bits(level.Setpoint)), (level.IsExclusive ? 1 : 0) + level.OnDelay.Ticks);
            }

            hash = Add(hash, alarm.Handling);
        }

        foreach (var group in configuration.SuppressionGroups)
        {
            hash = Add(hash, group);
        }

        foreach (var group in configuration.FirstOutGroups)
        {
            hash = Add(hash, group);
        }

        return unchecked((long)hash);
    }

    private static ulong Add(ulong hash, Expression expression)
    {
        foreach (ref readonly var step in expression.Steps.Span)
        {
            hash = Add(Add(Add(hash, (long)step.Operator), step.Operand), BitConverter.DoubleToInt64Bits(step.Number));
        }

        foreach (var tag in expression.Tags.Span)
        {
            hash = Add(hash, tag);
        }

        return hash;
    }

    private static ulong Add(ulong hash, AlarmHandling handling)
    {
        hash = Add(Add(Add(hash, (long)handling.Latch), handling.LatchFor.Ticks), handling.ReAlarm.Ticks);
        hash = Add(Add(hash, handling.ShelveMax.Ticks), handling.OutOfServiceMax.Ticks);
        hash = Add(hash, (handling.IsNoteRequired ? 1 : 0) | (handling.IsHighlyManaged ? 2 : 0));
        hash = Add(Add(hash, handling.ChatterWithin.Ticks), handling.FleetingWithin.Ticks);
        return Add(Add(hash, handling.SuppressionGroup), handling.FirstOutGroup);
    }

    private static ulong Add(ulong hash, SuppressionGroupDefinition group)
    {
        hash = Add(Add(Add(Add(hash, group.Name), group.Entry.Ticks), group.Exit.Ticks), group.Max.Ticks);
        return group.Trigger switch
        {
            SuppressionTrigger.Holds holds => Add(hash, holds.Expression),
            SuppressionTrigger.AlarmActive alarm => Add(hash, ~alarm.Alarm),
            _ => throw new InvariantViolation($"{group.Name} has a trigger that this engine does not know."),
        };
    }

    private static ulong Add(ulong hash, string text)
    {
        hash = Add(hash, text.Length);
        foreach (var unit in text)
        {
            hash = unchecked((hash ^ unit) * Prime);
        }

        return hash;
    }

    private static ulong Add(ulong hash, long number)
    {
        var rest = unchecked((ulong)number);
        for (var index = 0; index < sizeof(long); index++)
        {
            hash = unchecked((hash ^ (rest & 0xFF)) * Prime);
            rest >>= 8;
        }

        return hash;
    }
}
