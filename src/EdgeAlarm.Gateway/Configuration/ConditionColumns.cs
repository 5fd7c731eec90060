using System.Globalization;
using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Configuration.Expressions;

namespace EdgeAlarm.Gateway.Configuration;

/// <summary>Reads what a row of the master alarm list says of its condition: Setpoint and Deadband, by the row's Type.</summary>
/// <param name="row">The row.</param>
/// <param name="tags">All tags.</param>
/// <param name="tag">Index of the tag that the row watches; -1 where it names none.</param>
internal sealed class ConditionColumns(TableRow row, TagTable tags, int tag)
{
    private const int BitCount = 64;

    /// <summary>The definition with its condition; faults are told at the row.</summary>
    public AlarmDefinition ReadInto(AlarmDefinition alarm)
    {
        if (alarm.Type is not (ConditionType.Expression or ConditionType.CountInTime or ConditionType.TimeAbnormal) && row.Text("Expression").Length > 0)
        {
            row.Fault("Expression", $"is only read where Type is Expression, CountInTime or TimeAbnormal, not {alarm.Type}; leave it blank.");
        }

        if (!WindowColumns.MayHaveWindow(alarm.Type) && row.Text("Window") is { Length: > 0 } text && text is not "0")
        {
            row.Fault("Window", $"has no meaning for {alarm.Type}; leave it blank.");
        }

        if (alarm.Type != ConditionType.Limits)
        {
            LevelColumns.Refuse(row, alarm.Type);
        }

        return ReadCondition(alarm);
    }

    private AlarmDefinition ReadCondition(AlarmDefinition alarm) => alarm.Type switch
    {
        ConditionType.HiHi or ConditionType.Hi => ReadLimit(alarm, ">"),
        ConditionType.Lo or ConditionType.LoLo => ReadLimit(alarm, "<"),
        ConditionType.Limits => ReadLevels(alarm),
        ConditionType.Equal or ConditionType.NotEqual => ReadState(alarm),
        ConditionType.InSet => ReadSet(alarm),
        ConditionType.Bit => ReadBit(alarm),
        ConditionType.Mask => ReadMask(alarm),
        ConditionType.BadQuality => ReadMeasurement(alarm),
        ConditionType.Expression => ReadExpression(alarm),
        ConditionType.DevHi => ReadDeviation(alarm, sign: 1),
        ConditionType.DevLo => ReadDeviation(alarm, sign: -1),
        ConditionType.RateUp or ConditionType.RateDown or ConditionType.Discrepancy or ConditionType.Stale or ConditionType.Flatline or ConditionType.Heartbeat
            or ConditionType.CountInTime or ConditionType.TimeAbnormal => new WindowColumns(row, tags, tag).ReadInto(alarm),
    };

    private AlarmDefinition ReadLimit(AlarmDefinition alarm, string beyond)
    {
        var text = row.Required("Setpoint");
        var isInclusive = text.StartsWith(beyond + "=", StringComparison.Ordinal);
        var isExclusive = !isInclusive && text.StartsWith(beyond, StringComparison.Ordinal);
        var setpoint = new SetpointText(row, tags, tag).Read(text[(isInclusive ? 2 : isExclusive ? 1 : 0)..].Trim());
        var deadband = ReadDeadband();
        return alarm with { Setpoint = setpoint.Number, SetpointTag = setpoint.Tag, IsExclusive = isExclusive, Deadband = deadband };
    }

    private AlarmDefinition ReadLevels(AlarmDefinition alarm)
    {
        var read = alarm with { Deadband = ReadDeadband() };
        return read with { Levels = new LevelColumns(row, tags, tag).Read(read) };
    }

    private AlarmDefinition ReadState(AlarmDefinition alarm)
    {
        RefuseDeadband(alarm.Type);
        var text = row.Required("Setpoint");
        if (text is "true" or "false")
        {
            return alarm with { Setpoint = text is "true" ? 1 : 0 };
        }

        var setpoint = new SetpointText(row, tags, tag).Read(text);
        return alarm with { Setpoint = setpoint.Number, SetpointTag = setpoint.Tag };
    }

    private AlarmDefinition ReadSet(AlarmDefinition alarm)
    {
        RefuseDeadband(alarm.Type);
        var values = row.Required("Setpoint").Split('|', StringSplitOptions.TrimEntries).Where(text => text.Length > 0).Select(text => row.ParseNumber("Setpoint", text) ?? 0).ToList();
        if (values.Distinct().Count() != values.Count)
        {
            row.Fault("Setpoint", "names a value twice; write each abnormal value once, as 3|5|7.");
        }

        return alarm with { Set = new([.. values.Order()]) };
    }

    private AlarmDefinition ReadBit(AlarmDefinition alarm)
    {
        RefuseDeadband(alarm.Type);
        var text = row.Required("Setpoint");
        var isClear = text.StartsWith("not ", StringComparison.Ordinal);
        if (int.TryParse(isClear ? text[4..].Trim() : text, NumberStyles.None, CultureInfo.InvariantCulture, out var bit) && bit < BitCount)
        {
            var mask = 1UL << bit;
            return alarm with { Setpoint = bit, Bits = new(mask, isClear ? 0 : mask, Differs: false) };
        }

        if (text.Length > 0)
        {
            row.Fault("Setpoint", $"is no bit: write 5 for \"bit 5 is set\" or not 5 for \"bit 5 is clear\", 0 to {BitCount - 1}.");
        }

        return alarm;
    }

    private AlarmDefinition ReadMask(AlarmDefinition alarm)
    {
        RefuseDeadband(alarm.Type);
        var text = row.Required("Setpoint");
        var differs = text.Contains("!=", StringComparison.Ordinal);
        var parts = text.Split(differs ? "!=" : "=", StringSplitOptions.TrimEntries);
        if (parts.Length <= 2 && TryWord(parts[0], out var mask) && mask != 0)
        {
            if (parts.Length == 1)
            {
                return alarm with { Bits = new(mask, 0, Differs: true) };
            }

            if (TryWord(parts[1], out var pattern) && (pattern & ~mask) == 0)
            {
                return alarm with { Setpoint = pattern, Bits = new(mask, pattern, differs) };
            }
        }

        if (text.Length > 0)
        {
            row.Fault("Setpoint", "is no mask: write 0x0F for \"any of these bits\", 0x0F=0x03 for \"these bits are so\" or 0x0F!=0x03; the pattern has no bit outside of the mask.");
        }

        return alarm;
    }

    private AlarmDefinition ReadMeasurement(AlarmDefinition alarm)
    {
        RefuseDeadband(alarm.Type);
        if (row.Text("BadQuality").Length > 0)
        {
            row.Fault("BadQuality", $"has no meaning for {alarm.Type}, which is about bad quality; leave it blank.");
        }

        return alarm with { CountsUncertain = row.Choice("Setpoint", "bad", ["bad", "uncertain"]) is "uncertain" };
    }

    private AlarmDefinition ReadExpression(AlarmDefinition alarm)
    {
        RefuseDeadband(alarm.Type);
        if (row.Text("Setpoint").Length > 0)
        {
            row.Fault("Setpoint", "has no meaning for Expression; write the limits into the expression.");
        }

        return row.Required("Expression").Length == 0 ? alarm : alarm with { Expression = ReadExpression(row, tags, tag) };
    }

    /// <summary>The expression of a row; null where it is faulty, which is told.</summary>
    public static Expression? ReadExpression(TableRow row, TagTable tags, int tag)
    {
        var expression = ExpressionCompiler.Compile(row.Text("Expression"), tags, out var faults);
        foreach (var (at, words) in faults)
        {
            row.Fault("Expression", $"at character {at}: {words}");
        }

        if (expression is not null && tag >= 0 && !expression.Tags.Items.Contains(tag))
        {
            row.Fault("Expression", $"does not read {tags.Settings[tag].Name}, the tag that this row watches; name one of its tags in the column Tag.");
        }

        return expression;
    }

    // The offset belongs to the side: a DevHi below its setpoint would stand for ever.
    private AlarmDefinition ReadDeviation(AlarmDefinition alarm, int sign)
    {
        var setpoint = new SetpointText(row, tags, tag).Read(row.Required("Setpoint"));
        var deadband = ReadDeadband();
        if (row.Text("Setpoint").Length > 0 && (setpoint.Tag is null || setpoint.Number * sign <= 0))
        {
            row.Fault("Setpoint", $"names the tag that holds the setpoint and how far the value may be {(sign > 0 ? "above it, as FIC101_SP+5" : "below it, as FIC101_SP-5")}.");
        }
        else if (deadband >= Math.Abs(setpoint.Number) && deadband > 0)
        {
            row.Fault("Deadband", "is as large as the offset: the alarm would not return where the value is back at its setpoint.");
        }

        return alarm with { Setpoint = setpoint.Number, SetpointTag = setpoint.Tag, Deadband = deadband, Window = new WindowColumns(row, tags, tag).ReadWindow(alarm.Type) };
    }

    private double ReadDeadband()
    {
        var text = row.Text("Deadband");
        var deadband = text.Length == 0 ? 0 : new SetpointText(row, tags, tag).ReadDistance("Deadband", text);
        if (deadband >= 0)
        {
            return deadband;
        }

        row.Fault("Deadband", "is at least 0.");
        return 0;
    }

    private void RefuseDeadband(ConditionType type)
    {
        if (row.Text("Deadband") is { Length: > 0 } text && text is not "0")
        {
            row.Fault("Deadband", $"has no meaning for {type}; leave it blank.");
        }
    }

    private static bool TryWord(string text, out ulong word) => text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
        ? ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out word)
        : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out word);
}
