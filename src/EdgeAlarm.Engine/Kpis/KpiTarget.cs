namespace EdgeAlarm.Engine;

/// <summary>What a figure should be, for one operator position. The numbers are guidance, not law.</summary>
/// <param name="Target">Very likely acceptable up to here.</param>
/// <param name="Limit">Beyond it is more than can be managed; null where the standard sets none: then beyond the target is amber.</param>
/// <param name="IsBelow">Whether it has to stay below the target and not only at it.</param>
/// <param name="Clause">Where the numbers come from.</param>
public sealed record KpiTarget(double Target, double? Limit, bool IsBelow, string Clause)
{
    /// <summary>Grades a value.</summary>
    /// <param name="value">The value; null where there is none.</param>
    public KpiGrade Grade(double? value) => value is not { } known ? KpiGrade.None
        : IsBelow ? known < Target ? KpiGrade.Green : Beyond(known)
        : known <= Target ? KpiGrade.Green : Beyond(known);

    private KpiGrade Beyond(double value) => Limit is { } limit && value > limit ? KpiGrade.Red : KpiGrade.Amber;
}
