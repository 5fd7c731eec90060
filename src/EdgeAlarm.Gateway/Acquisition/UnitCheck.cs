using System.Globalization;
using EdgeAlarm.Engine;
using EdgeAlarm.OpcUa.Client;
using Microsoft.Extensions.Logging;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>
/// Compares units and ranges of the configuration with what the server says of its nodes, and tells each difference once: a limit in percent of another range, or in
/// another unit, fires at the wrong value. Once a session, shortly after it is live, for it can wait.
/// </summary>
internal sealed class UnitCheck(OpcUaPlcOptions options, IReadOnlyList<TagSubscription> parts, PlantClock clock, ILogger logger) : IChore
{
    private const double Tolerance = 1e-6;
    private static readonly TimeSpan After = TimeSpan.FromSeconds(1);
    private readonly HashSet<(int Tag, string What, string Told)> _told = [];
    private UaSession? _session;
    private MonitoredTag[] _asked = [];
    private IReadOnlyList<NodeDescription> _described = [];

    /// <inheritdoc />
    public PlantTime DueAt { get; private set; } = PlantTime.Never;

    /// <summary>A feed begins; a session that was checked is not checked again.</summary>
    public void Begin(UaSession session)
    {
        if (_session != session)
        {
            (_session, DueAt) = (session, clock.Now + After);
        }
    }

    /// <inheritdoc />
    public async Task AskAsync(CancellationToken cancellationToken)
    {
        // units and ranges belong to whole values
        _asked = [.. parts.SelectMany(part => part.Tags.All)
            .Where(tag => (tag.Tag.Unit.Length > 0 || tag.Tag.Range is not null) && tag.Target is { Status.IsBad: false, Path.Steps.IsEmpty: true })];
        if (_asked.Length > 0)
        {
            var namespaces = await _session!.ReadNamespacesAsync(cancellationToken); // a feed has begun
            _described = await NodeDescriptionReader.ReadAsync(_session, [.. _asked.Select(tag => tag.Target.Node)], namespaces, cancellationToken);
        }
    }

    /// <inheritdoc />
    public async Task<FeedEnd?> TakeAsync(Task asked, CancellationToken cancellationToken)
    {
        DueAt = PlantTime.Never;
        try
        {
            await asked;
            foreach (var (tag, node) in _asked.Zip(_described))
            {
                Compare(tag.Tag, node);
            }
        }
        catch (UaClientException)
        {
            // checked in the next session; a broken connection is found by the feed
        }
        return null;
    }

    private void Compare(PlcTag tag, NodeDescription node)
    {
        if (tag.Unit.Length > 0 && node.Unit?.DisplayName.Text is { Length: > 0 } unit && !string.Equals(unit.Trim(), tag.Unit, StringComparison.OrdinalIgnoreCase))
        {
            Tell(tag, "unit", tag.Unit, unit);
        }
        if (tag.Range is { } range && node.Range is { } told && (Differs(range.Low, told.Low, range) || Differs(range.High, told.High, range)))
        {
            Tell(tag, "range", Words(range.Low, range.High), Words(told.Low, told.High));
        }
    }

    // a range of floats is not exactly what people wrote
    private static bool Differs(double configured, double told, (double Low, double High) range) => Math.Abs(configured - told) > Tolerance * (range.High - range.Low);

    private static string Words(double low, double high) => string.Create(CultureInfo.InvariantCulture, $"{low} to {high}");

    private void Tell(PlcTag tag, string what, string configured, string told)
    {
        if (_told.Add((tag.Index, what, told)))
        {
            logger.UnitDiffers(options.Source, tag.Name, what, configured, told);
        }
    }
}
