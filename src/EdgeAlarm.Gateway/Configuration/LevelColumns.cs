using EdgeAlarm.Engine;

namespace EdgeAlarm.Gateway.Configuration;

/// <summary>
/// Reads the levels of an alarm of the type Limits, one column each: HiHi, Hi, LoLo, Lo. <c>95 critical 2s: T-101 about to overflow</c> is the limit, and where they are not the row's,
/// priority, on-delay and message of the level.
/// </summary>
/// <param name="row">The row.</param>
/// <param name="tags">All tags.</param>
/// <param name="tag">Index of the tag that the row watches; -1 where it names none.</param>
internal sealed class LevelColumns(TableRow row, TagTable tags, int tag)
{
    private const int LevelsLeast = 2;

    // the worse before the milder, the high side first: the order that the engine wants
    private static readonly AlarmLevel[] Order = [AlarmLevel.HiHi, AlarmLevel.Hi, AlarmLevel.LoLo, AlarmLevel.Lo];
    private static readonly AlarmLevel[] Downwards = [AlarmLevel.HiHi, AlarmLevel.Hi, AlarmLevel.Lo, AlarmLevel.LoLo];
    private static readonly string[] Priorities = Enum.GetNames<AlarmPriority>();

    /// <summary>The columns that it reads.</summary>
    public static IReadOnlyList<string> Columns { get; } = ["HiHi", "Hi", "Lo", "LoLo"];

    /// <summary>Tells a row of another type that it has levels.</summary>
    public static void Refuse(TableRow row, ConditionType type)
    {
        foreach (var column in Columns)
        {
            if (row.Text(column).Length > 0)
            {
                row.Fault(column, $"is only read where Type is Limits, not {type}; leave it blank.");
            }
        }
    }

    /// <summary>The levels of the row, for an alarm with all its other settings; faults are told at the row.</summary>
    public EquatableArray<LevelDefinition> Read(AlarmDefinition alarm)
    {
        if (row.Text("Setpoint").Length > 0)
        {
            row.Fault("Setpoint", "has no meaning for Limits; write the limits into HiHi, Hi, Lo and LoLo.");
        }

        var levels = Order.Where(level => row.Text(level.ToString()).Length > 0).Select(level => ReadLevel(level, alarm)).ToList();
        if (levels.Count < LevelsLeast)
        {
            row.Fault("Type", "has at least two of the levels HiHi, Hi, Lo and LoLo; an alarm of one level has its name as Type, and its limit as Setpoint.");
        }

        CheckOrder([.. Downwards.SelectMany(level => levels.Where(each => each.Level == level))], alarm);
        return new([.. levels]);
    }

    private LevelDefinition ReadLevel(AlarmLevel level, AlarmDefinition alarm)
    {
        var column = level.ToString();
        var parts = row.Text(column).Split(':', 2, StringSplitOptions.TrimEntries);
        var words = parts[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var beyond = level is AlarmLevel.HiHi or AlarmLevel.Hi ? '>' : '<';
        var isExclusive = words.Length > 0 && words[0][0] == beyond;
        var limit = words.Length == 0 ? "" : isExclusive ? words[0][1..] : words[0];
        var definition = new LevelDefinition(level, new SetpointText(row, tags, tag).ReadPoint(column, limit), isExclusive, alarm.OnDelay, alarm.Priority, alarm.Message);
        var (hasPriority, hasDelay) = (false, false);
        foreach (var word in words.Skip(1))
        {
            if (!hasPriority && Array.Exists(Priorities, name => string.Equals(name, word, StringComparison.OrdinalIgnoreCase)))
            {
                (definition, hasPriority) = (definition with { Priority = Enum.Parse<AlarmPriority>(word, ignoreCase: true) }, true);
            }
            else if (!hasDelay && Duration.TryParse(word, out var delay) && delay <= AlarmTable.DelayMax)
            {
                (definition, hasDelay) = (definition with { OnDelay = delay }, true);
            }
            else
            {
                row.Fault(column, $"\"{word}\" is neither a priority (critical, high, medium, low, journal) nor an on-delay, one of each, of at most {AlarmTable.DelayMax.TotalHours:0}h; write it as 95 critical 2s: message.");
            }
        }

        if (definition.Priority == AlarmPriority.Critical && alarm.BadQuality == BadQualityPolicy.Inhibit)
        {
            row.Fault("BadQuality", "a critical level may not go quiet because its measurement failed; allowed: hold, alarm.");
        }

        return parts.Length == 1 ? definition : definition with { Message = AlarmTable.CheckMessage(row, column, parts[1]) };
    }

    // from the highest to the lowest
    private void CheckOrder(IReadOnlyList<LevelDefinition> levels, AlarmDefinition alarm)
    {
        for (var index = 1; index < levels.Count; index++)
        {
            var (above, below) = (levels[index - 1], levels[index]);
            if (above.Setpoint <= below.Setpoint)
            {
                row.Fault(above.Level.ToString(), FormattableString.Invariant($"is to lie above {below.Level}, at {below.Setpoint}."));
            }
            else if (alarm.Deadband >= above.Setpoint - below.Setpoint)
            {
                row.Fault("Deadband", FormattableString.Invariant($"is as large as the distance of {above.Level} and {below.Level}: the one would stand still where the other has returned."));
            }
        }

        foreach (var (worse, milder) in (ReadOnlySpan<(AlarmLevel, AlarmLevel)>)[(AlarmLevel.HiHi, AlarmLevel.Hi), (AlarmLevel.LoLo, AlarmLevel.Lo)])
        {
            var (bad, good) = (levels.FirstOrDefault(level => level.Level == worse), levels.FirstOrDefault(level => level.Level == milder));
            if (bad is not null && good is not null && bad.Priority > good.Priority)
            {
                row.Fault(worse.ToString(), $"is worse than {milder}, and has a lower priority ({bad.Priority} below {good.Priority}).");
            }
        }
    }
}
