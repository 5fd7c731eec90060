using System.Threading.Channels;
using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Recorder;
using Microsoft.Extensions.Logging;

namespace EdgeAlarm.Gateway.Alarming;

/// <summary>Snapshots and retention, beside the pump: a slow disk delays them, never a turn.</summary>
internal sealed class Maintenance : IDisposable
{
    private readonly Channel<Snapshot> _snapshots = Channel.CreateBounded<Snapshot>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
    private readonly SnapshotStore _store;
    private readonly Retention _retention;
    private readonly SpaceKeeper? _space;
    private readonly TurnRecorder _recorder;
    private readonly ILogger _logger;
    private readonly TimeSpan _interval;
    private PlantTime _lastOffer;
    private int _failures;

    /// <param name="start">What the start made.</param>
    /// <param name="report">Takes system conditions (name, active, detail); must not wait.</param>
    /// <param name="logger">Takes messages.</param>
    public Maintenance(PumpStart start, Action<string, bool, string> report, ILogger logger)
    {
        _store = start.Snapshots;
        _retention = new(start.Folder, start.Options.Recorder, _store, start.Options.Journal.PacksSealed, damage => AlarmingLog.SegmentSetAside(logger, damage.Message));
        _space = start.Options.Space is { } space ? new(start.Folder, space, start.Options.Recorder, _retention, report) : null;
        _recorder = start.Recorder;
        _recorder.MakeRoom = _space is null ? null : _space.MakeRoom;
        _logger = logger;
        _interval = start.Options.SnapshotInterval;
        _lastOffer = start.Clock.Now;
    }

    public bool IsSnapshotDue(PlantTime now) => now - _lastOffer >= _interval;

    /// <summary>Hands over a snapshot; it is written once the journal is flushed up to it. A newer one replaces one that still waits.</summary>
    public void Offer(Snapshot snapshot)
    {
        _lastOffer = snapshot.At;
        _snapshots.Writer.TryWrite(snapshot);
    }

    /// <summary>The space on the disk; null where nobody watches it, or before the first look.</summary>
    public SpaceState? Space => _space?.State;

    public void Receipted(Guid epoch, long through) => _retention.Receipted(epoch, through);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var snapshot = await _snapshots.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                await _recorder.Journal.FlushedAsync(snapshot.Position).WaitAsync(cancellationToken).ConfigureAwait(false);
                TurnOnce(snapshot);
            }
            catch (JournalFailure)
            {
                // it stands at a commit that the disk never got; the pump goes on in memory
            }
        }
    }

    /// <summary>Writes the snapshot that waits, if it may be written; for those who run no loops.</summary>
    public void TurnOnce()
    {
        if (_snapshots.Reader.TryRead(out var snapshot) && snapshot.Position <= _recorder.Journal.FlushedPosition)
        {
            TurnOnce(snapshot);
        }
    }

    public void Dispose() => _snapshots.Writer.TryComplete();

    private void TurnOnce(Snapshot snapshot)
    {
        try
        {
            // before anything is written, so that it finds room
            _space?.TurnOnce(snapshot.At);
            _store.Save(snapshot);
            _retention.TurnOnce(snapshot.At);
            if (_failures > 0)
            {
                AlarmingLog.MaintenanceRecovered(_logger, _failures);
                _failures = 0;
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JournalDamage)
        {
            if (_failures++ == 0)
            {
                AlarmingLog.MaintenanceFailed(_logger, failure.Message, _interval);
            }
        }
    }
}
