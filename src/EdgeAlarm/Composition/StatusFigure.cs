using EdgeAlarm.Engine;

namespace EdgeAlarm.Composition;

/// <summary>A figure with its target, its limit, where those come from, and how it stands: green, amber, red, or nothing.</summary>
internal sealed record StatusFigure(string Name, double? Value, string Unit, double? Target, double? Limit, string? Clause, string Grade)
{
    /// <summary>Puts it together.</summary>
    public static StatusFigure Of(KpiFigure figure) => new(
        figure.Name, StatusKpis.Rounded(figure.Value), figure.Unit, figure.Target?.Target, figure.Target?.Limit, figure.Target?.Clause, figure.Grade == KpiGrade.None ? "" : figure.Grade.ToString().ToLowerInvariant());
}
