using System.Globalization;
using EdgeAlarm.Composition;

namespace EdgeAlarm.Verbs;

/// <summary>What <c>edgealarm status</c> prints, folded to the width of the terminal.</summary>
internal static class StatusPage
{
    private const int NamedMax = 12;
    private const string Indent = "          ";

    /// <summary>The lines.</summary>
    /// <param name="report">The status.</param>
    /// <param name="isRunning">Whether its gateway runs.</param>
    /// <param name="width">Columns of a line; a word that is longer stands alone.</param>
    public static IEnumerable<string> Lines(StatusReport report, bool isRunning, int width) => Whole(report, isRunning).SelectMany(line => Folded(line, width));

    private static IEnumerable<string> Whole(StatusReport report, bool isRunning)
    {
        yield return $"{report.Site}/{report.Gateway}  EdgeAlarm {report.Version}  "
            + (isRunning ? $"running, process {report.ProcessId}" : $"NOT RUNNING: its last sign of life is {Local(report.At.UtcDateTime, "yyyy-MM-dd HH:mm:ss")}");
        if (!isRunning)
        {
            yield return $"armed     NONE of {report.Alarms} alarms; what follows is its last word, not the present";
        }
        yield return $"journal   {report.LastSeq} events, {report.Samples} samples since the start, epoch {report.Epoch}";
        if (report.Disk is { } disk)
        {
            yield return $"disk      {disk.Text}";
        }
        yield return $"outbox    {report.Outbox.Waiting} wait for their receipt{(report.Outbox.Refilling ? ", refilling from the journal" : "")}";
        yield return $"uplink    {(report.Uplink.Connected ? "connected" : "NOT CONNECTED")}, receipted through {report.Uplink.Through}{(report.Uplink.Problem is { } problem && problem != report.Armed.NotReaching ? $": {problem}" : "")}";
        foreach (var line in report.Sources.SelectMany(Source))
        {
            yield return line;
        }
        yield return report.Armed.Armed ? "gateway   armed: it records what happens" : $"gateway   NOT ARMED: {report.Armed.NotArmed}";
        yield return report.Armed.ReachesCentre ? "centre    reached: what happens now gets there" : $"centre    NOT REACHED: {report.Armed.NotReaching}";
        yield return $"armed     {report.Alarms - report.NotArmedCount} of {report.Alarms} alarms{(isRunning ? "" : " then")}";
        foreach (var reason in report.NotArmed)
        {
            yield return $"{Indent}NOT ARMED, {reason.Reason}: {Named(reason.Alarms, reason.Count)}";
        }
        if (report.NotArmedReasons > report.NotArmed.Count)
        {
            yield return $"{Indent}NOT ARMED, for {report.NotArmedReasons - report.NotArmed.Count} further reasons: {report.NotArmedCount - report.NotArmed.Sum(reason => reason.Count)} alarms";
        }
        foreach (var condition in report.Conditions)
        {
            yield return $"condition {Local(condition.Since, "yyyy-MM-dd HH:mm:ss")}  {condition.Name}  {condition.Detail}";
        }
        if (report.ConditionCount > report.Conditions.Count)
        {
            yield return $"condition and {report.ConditionCount - report.Conditions.Count} more";
        }
        foreach (var alarm in report.Standing)
        {
            yield return $"alarm     {Local(alarm.Since, "HH:mm:ss")}  {alarm.Priority,-8}  {alarm.State,-22}  {alarm.Id}  {alarm.Message}";
        }
        if (report.StandingCount > report.Standing.Count)
        {
            yield return $"alarm     and {report.StandingCount - report.Standing.Count} more";
        }
        foreach (var line in report.Kpis is { } kpis ? KpiLines.Of(kpis) : [])
        {
            yield return line;
        }
    }

    private static IEnumerable<string> Source(StatusSource source)
    {
        yield return $"source    {source.Name}  {(source.Reason.Length == 0 ? source.State : $"{source.State}: {source.Reason}")}, {source.Server}, "
            + $"{source.Items} of {source.Tags} tags in {source.Subscriptions} of {source.SubscriptionsWanted} subscriptions, "
            + string.Create(CultureInfo.InvariantCulture, $"{source.PublishOutstanding} of {source.PublishLimit} Publish requests outstanding, round trip {source.RoundTripMs:0.0} ms, ")
            + $"{source.Reconnects} reconnects, {source.Recreations} subscriptions made anew, {source.Renewals} token renewals";
        foreach (var refused in source.NotMonitored)
        {
            yield return $"{Indent}NOT MONITORED, {refused.Status}: {Named(refused.Tags, refused.Count)}";
        }
    }

    // the names are the first of so many
    private static string Named(IReadOnlyList<string> names, int count)
    {
        var named = Math.Min(names.Count, NamedMax);
        return $"{string.Join(", ", names.Take(named))}{(count > named ? $" and {count - named} more" : "")}";
    }

    private static string Local(DateTime utc, string format) => utc.ToLocalTime().ToString(format, CultureInfo.InvariantCulture);

    private static IEnumerable<string> Folded(string line, int width)
    {
        while (line.Length > width)
        {
            var at = line.LastIndexOf(' ', width);
            at = at > Indent.Length ? at : line.IndexOf(' ', width);
            if (at < 0)
            {
                break;
            }
            yield return line[..at].TrimEnd();
            line = Indent + line[at..].TrimStart();
        }
        yield return line;
    }
}
