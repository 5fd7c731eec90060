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
        yield return $"outbox    {report.Outbox.Waiting} wait for their receipt{(report.Outbox.Refilling ? ", refilling from the journal" : "")}";
        yield return $"uplink    {(report.Uplink.Connected ? "connected" : "NOT CONNECTED")}, receipted through {report.Uplink.Through}{(report.Uplink.Problem is { } problem ? $": {problem}" : "")}";
        foreach (var line in report.Sources.SelectMany(Source))
        {
            yield return line;
        }
        yield return $"armed     {report.Alarms - report.NotArmedCount} of {report.Alarms} alarms{(isRunning ? "" : " then")}";
        foreach (var reason in report.NotArmed.GroupBy(entry => entry.Reason, StringComparer.Ordinal))
        {
            yield return $"{Indent}NOT ARMED, {reason.Key}: {Named([.. reason.Select(entry => entry.Alarm)])}";
        }
        foreach (var condition in report.Conditions)
        {
            yield return $"condition {Local(condition.Since, "yyyy-MM-dd HH:mm:ss")}  {condition.Name}  {condition.Detail}";
        }
        foreach (var alarm in report.Standing)
        {
            yield return $"alarm     {Local(alarm.Since, "HH:mm:ss")}  {alarm.Priority,-8}  {alarm.State,-22}  {alarm.Id}  {alarm.Message}";
        }
    }

    private static IEnumerable<string> Source(StatusSource source)
    {
        yield return $"source    {source.Name}  {(source.Reason.Length == 0 ? source.State : $"{source.State}: {source.Reason}")}, {source.Server}, "
            + $"{source.Items} of {source.Tags} tags in {source.Subscriptions} of {source.SubscriptionsWanted} subscriptions, "
            + string.Create(CultureInfo.InvariantCulture, $"{source.PublishOutstanding} of {source.PublishLimit} Publish requests outstanding, round trip {source.RoundTripMs:0.0} ms, ")
            + $"{source.Reconnects} reconnects, {source.Recreations} subscriptions made anew, {source.Renewals} token renewals";
        foreach (var status in source.NotMonitored.GroupBy(tag => tag.Status, StringComparer.Ordinal))
        {
            yield return $"{Indent}NOT MONITORED, {status.Key}: {Named([.. status.Select(tag => tag.Tag)])}";
        }
    }

    private static string Named(IReadOnlyList<string> names) => $"{string.Join(", ", names.Take(NamedMax))}{(names.Count > NamedMax ? $" and {names.Count - NamedMax} more" : "")}";

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
