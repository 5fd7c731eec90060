namespace EdgeAlarm.Engine;

/// <summary>What a condition over time remembers, as part of a situation: its words with their times as distances from the present. It knows the words as the conditions describe them.</summary>
internal static class RememberedSituation
{
    /// <summary>Writes what the condition of a definition remembers.</summary>
    public static void Write(ref SituationWriter writer, ReadOnlySpan<long> words, AlarmDefinition alarm)
    {
        if (words.IsEmpty)
        {
            return;
        }

        switch (alarm.Type)
        {
            case ConditionType.DevHi or ConditionType.DevLo:
                writer.Time(words[0], writer.Now);
                Extremes(ref writer, words[1..], alarm.Window, writer.Now);
                break;
            case ConditionType.RateUp or ConditionType.RateDown:
                Rate(ref writer, words, alarm.Window);
                break;
            case ConditionType.Stale:
                writer.Time(words[0], writer.Now);
                break;
            case ConditionType.Discrepancy:
                After(ref writer, words[Clock(ref writer, words, out var now)], now);
                break;
            case ConditionType.Flatline:
                var first = Clock(ref writer, words, out now);
                writer.Time(words[first], now);
                Extremes(ref writer, words[(first + 1)..], alarm.Window, now);
                break;
            case ConditionType.Heartbeat:
                first = Clock(ref writer, words, out now);
                writer.Time(words[first], now);
                writer.Bits(words[first + 1]);
                break;
            case ConditionType.CountInTime:
                Counted(ref writer, words[Clock(ref writer, words, out now)..], (int)alarm.Setpoint, now);
                break;
            case ConditionType.TimeAbnormal:
                Timed(ref writer, words[Clock(ref writer, words, out now)..], alarm.Window, now);
                break;
        }
    }

    // the clock's time that did not count is in what it shows now
    private static int Clock(ref SituationWriter writer, ReadOnlySpan<long> words, out long now)
    {
        now = writer.Now - words[0];
        After(ref writer, words[1], writer.Now);
        After(ref writer, words[2], now);
        return WindowClock.Length;
    }

    // a time that is kept one higher, 0 for none
    private static void After(ref SituationWriter writer, long word, long now)
    {
        writer.Byte(word == 0 ? 0 : 1);
        if (word != 0)
        {
            writer.Time(word - 1, now);
        }
    }

    private static void Extremes(ref SituationWriter writer, ReadOnlySpan<long> words, TimeSpan window, long now)
    {
        const int Parts = Engine.Extremes.Parts;
        var isNear = Grid(ref writer, words[0] - 1, words[0] == 0, window.Ticks / Parts, now);
        writer.Bits(words[1]);
        for (var each = words[0] - 1 - Parts; isNear && each < words[0]; each++)
        {
            var place = 2 + (2 * PartRing.PlaceOf(each, Parts));
            writer.Bits(words[place]);
            writer.Bits(words[place + 1]);
        }
    }

    private static void Rate(ref SituationWriter writer, ReadOnlySpan<long> words, TimeSpan window)
    {
        const int Parts = Engine.Rate.Parts;
        writer.Time(words[0], writer.Now);
        writer.Byte((int)words[1]);
        var isNear = Grid(ref writer, words[2] - 1, words[2] == 0, window.Ticks / Parts, writer.Now);
        writer.Bits(words[3]);
        for (var each = words[2] - 1 - Parts; isNear && each < words[2]; each++)
        {
            writer.Bits(words[4 + PartRing.PlaceOf(each, Parts)]);
        }
    }

    private static void Counted(ref SituationWriter writer, ReadOnlySpan<long> words, int often, long now)
    {
        var count = Math.Min(words[1], often);
        writer.Byte((int)words[0]);
        writer.Byte((int)count);
        for (var back = count; back > 0; back--)
        {
            writer.Time(words[2 + (int)((words[1] - back) % often)], now);
        }
    }

    private static void Timed(ref SituationWriter writer, ReadOnlySpan<long> words, TimeSpan window, long now)
    {
        const int Parts = TimeAbnormal.Parts;
        writer.Byte((int)words[0]);
        var isNear = Grid(ref writer, words[1], isNone: false, window.Ticks / Parts, now);
        for (var each = words[1] - Parts; isNear && each <= words[1]; each++)
        {
            writer.Number(words[2 + PartRing.PlaceOf(each, Parts)]);
        }
    }

    // Where the present stands on the grid of parts, and how far back the running part lies. What lies so far back that it has left the window counts no more.
    private static bool Grid(ref SituationWriter writer, long running, bool isNone, long part, long now)
    {
        var isNear = !isNone && !writer.IsLongAgo(writer.Now - (now - (running * part)));
        writer.Number(now % part);
        writer.Byte(isNone ? 0 : isNear ? 1 : 2);
        if (isNear)
        {
            writer.Number((now / part) - running);
        }

        return isNear;
    }
}
