namespace EdgeAlarm.Benchmarks;

/// <summary>One measured figure beside the limit that was measured in the same run.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Value">The figure.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Limit">The peer's or the bare medium's figure, if there is one.</param>
/// <param name="LimitName">What the limit is.</param>
internal sealed record Figure(string Name, double Value, string Unit, double? Limit = null, string? LimitName = null)
{
    /// <summary>Value over limit; the figure that decides, since machines differ.</summary>
    public double? Ratio => Limit is > 0 ? Value / Limit : null;
}
