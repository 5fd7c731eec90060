using Microsoft.Extensions.Logging;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>Tells what the addresses of a source's tags turned out to be: each problem by name, once.</summary>
internal static class TagProblems
{
    private const int ByNameMax = 20;

    /// <summary>Tells what is new since the last time.</summary>
    public static void Tell(string source, IReadOnlyList<MonitoredTag> tags, ILogger logger)
    {
        var fresh = tags.Where(tag => tag.Target.Problem is { } problem && !string.Equals(problem, tag.ToldProblem, StringComparison.Ordinal)).ToArray();
        foreach (var tag in fresh.Take(ByNameMax))
        {
            logger.TagUnusable(source, tag.Tag.Name, tag.Tag.Address, tag.Target.Problem!); // filtered above
        }
        if (fresh.Length > ByNameMax)
        {
            logger.TagsUnusable(source, fresh.Length - ByNameMax);
        }
        foreach (var tag in tags)
        {
            tag.ToldProblem = tag.Target.Problem;
        }
        var parts = tags.Where(tag => tag.Target is { Member: not null, Status.IsBad: false }).ToArray();
        if (parts.Length > 0)
        {
            logger.PartsRead(source, parts.Length, parts[0].Tag.Name, parts[0].Target.Path.ToString(), parts[0].Target.Node.ToString());
        }
    }
}
