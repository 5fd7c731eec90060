using EdgeAlarm.Evaluation;

namespace EdgeAlarm.Tests.Evaluation;

/// <summary>The judge is judged: a clean run is clean, and each kind of fault, planted alone, is found.</summary>
public sealed class EvaluatorTests
{
    private static readonly DateTime Begin = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly Guid Epoch = new("01890000-0000-7000-8000-000000000001");
    private static readonly AlarmRule HighLevel = new("LT101_HI", "LT101", TimeSpan.FromSeconds(1), value => value >= 90);

    // LT101 is above 90 from 10 s to 20 s and, for a bare moment, at 30 s
    private static readonly LoggedValue[] Log = [At(0, 50), At(10, 95), At(20, 50), At(30, 95), At(30.5, 50), At(60, 50)];

    private static readonly StoredFact[] CleanRun =
    [
        new(Epoch, 1, "EpochStarted", null, null, Time(0)),
        new(Epoch, 2, "Activated", "LT101_HI", "o1", Time(11)),
        new(Epoch, 3, "Acknowledged", "LT101_HI", "o1", Time(12)),
        new(Epoch, 4, "Returned", "LT101_HI", "o1", Time(20)),
    ];

    [Fact]
    public void A_clean_run_is_clean()
    {
        var verdict = Judge(Log, CleanRun);

        Assert.True(verdict.IsClean);
        Assert.Equal((6, 1, 4, 4, 1), (verdict.Samples, verdict.Raised, verdict.Published, verdict.Receipted, verdict.MustAlarm));
    }

    [Fact]
    public void A_deleted_row_is_lost()
    {
        var verdict = Judge(Log, [.. CleanRun.Where(fact => fact.Seq != 3)]);

        Assert.Equal((1, 0, 0), (verdict.Lost, verdict.Duplicates, verdict.Missed.Count));
    }

    [Fact]
    public void An_alarm_that_never_came_is_missed_though_every_row_is_there()
    {
        var verdict = Judge(Log, [CleanRun[0], .. CleanRun[1..].Select(fact => fact with { Kind = "ConfigurationChanged", Alarm = null })]);

        Assert.Equal(Time(10), Assert.Single(verdict.Missed).Start);
        Assert.Equal(0, verdict.Lost);
    }

    [Fact]
    public void An_alarm_that_returned_too_early_is_missed()
    {
        var verdict = Judge(Log, [CleanRun[0], CleanRun[1] with { Time = Time(2) }, CleanRun[2], CleanRun[3] with { Time = Time(3) }]);

        Assert.Single(verdict.Missed);
    }

    [Fact]
    public void The_same_transition_under_another_key_is_a_duplicate()
    {
        var verdict = Judge(Log, [.. CleanRun, CleanRun[1] with { Seq = 5 }]);

        Assert.Equal(1, verdict.Duplicates);
    }

    [Fact]
    public void A_second_occurrence_without_a_return_between_is_a_duplicate()
    {
        var verdict = Judge(Log, [CleanRun[0], CleanRun[1], CleanRun[1] with { Seq = 3, Occurrence = "o2" }, CleanRun[3]]);

        Assert.Equal(1, verdict.Duplicates);
    }

    [Fact]
    public void A_recorded_gap_excuses_what_it_covers_and_nothing_else()
    {
        StoredFact[] gapOnly = [CleanRun[0], new(Epoch, 2, "Gap", null, null, Time(21), null, Time(9), Time(21))];
        StoredFact[] elsewhere = [CleanRun[0], new(Epoch, 2, "Gap", null, null, Time(41), null, Time(39), Time(41))];
        StoredFact[] otherTag = [CleanRun[0], new(Epoch, 2, "Gap", null, null, Time(21), "LT102", Time(9), Time(21))];

        Assert.Equal((0, 1), (Judge(Log, gapOnly).Missed.Count, (int)Judge(Log, gapOnly).InGap));
        Assert.Single(Judge(Log, elsewhere).Missed);
        Assert.Single(Judge(Log, otherTag).Missed);
    }

    [Fact]
    public void Bad_quality_ends_what_is_certain()
    {
        LoggedValue[] log = [At(0, 50), At(10, 95), At(10.5, 95) with { IsBad = true }, At(20, 50)];

        Assert.Equal(0, Judge(log, [CleanRun[0]]).MustAlarm);
    }

    private static Verdict Judge(LoggedValue[] log, StoredFact[] stored)
    {
        var last = stored.Max(fact => fact.Seq);
        var seqs = new Dictionary<Guid, long> { [Epoch] = last };
        return new Evaluator([HighLevel], TimeSpan.FromMilliseconds(500)).Judge(log, stored, seqs, seqs, Begin, Time(60));
    }

    private static DateTime Time(double seconds) => Begin.AddSeconds(seconds);

    private static LoggedValue At(double seconds, double value) => new(Time(seconds), "LT101", value, IsBad: false);
}
