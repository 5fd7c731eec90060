namespace EdgeAlarm.Engine;

/// <summary>The alarms of one priority, and how fast they were acknowledged.</summary>
/// <param name="Priority">The priority at annunciation.</param>
/// <param name="Annunciated">How many were annunciated.</param>
/// <param name="Percent">Of all that were; null for none at all.</param>
/// <param name="PercentRecommended">What it should be.</param>
/// <param name="Responses">How many were acknowledged.</param>
/// <param name="ResponseMean">From annunciation to acknowledgement; exact.</param>
/// <param name="ResponseMedian">Half of them were faster; exact to the second below 32 s, at most a sixteenth too long above.</param>
/// <param name="ResponseP95">Nineteen of twenty were faster; as exact.</param>
public sealed record KpiPriority(
    AlarmPriority Priority,
    long Annunciated,
    double? Percent,
    double PercentRecommended,
    long Responses,
    TimeSpan? ResponseMean,
    TimeSpan? ResponseMedian,
    TimeSpan? ResponseP95);
