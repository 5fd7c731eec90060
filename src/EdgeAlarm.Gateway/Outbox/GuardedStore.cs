using Microsoft.Extensions.Logging;

namespace EdgeAlarm.Gateway.Outbox;

/// <summary>
/// The database behind a guard: whatever a use of it throws, its files are in doubt from then on, are set aside as a pair, and an empty database takes their place. Twice in
/// doubt within a short time means that the disk is to blame; then it stays closed for a while. Owner's thread.
/// </summary>
internal sealed class GuardedStore
{
    private readonly OutboxOptions _options;
    private readonly OutboxFiles _files;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Func<IReadOnlyList<OutboxMarker.Entry>> _entries;
    private readonly Action _forget;
    private readonly SystemCondition _rebuilding;
    private readonly SystemCondition _failed;
    private OutboxStore? _store;
    private readonly long _begin;
    private TimeSpan? _doubtedAt;

    /// <param name="options">Settings.</param>
    /// <param name="files">The files.</param>
    /// <param name="time">Where time comes from.</param>
    /// <param name="log">Takes its messages.</param>
    /// <param name="report">Takes the conditions.</param>
    /// <param name="entries">What the marker says of the epochs.</param>
    /// <param name="forget">Called when what the database held is gone.</param>
    internal GuardedStore(
        OutboxOptions options,
        OutboxFiles files,
        TimeProvider time,
        ILogger log,
        Action<string, bool, string> report,
        Func<IReadOnlyList<OutboxMarker.Entry>> entries,
        Action forget)
    {
        (_options, _files, _time, _log, _entries, _forget) = (options, files, time, log, entries, forget);
        _begin = time.GetTimestamp();
        _rebuilding = new(OutboxConditions.Rebuilding, report);
        _failed = new(OutboxConditions.Failed, report);
    }

    internal bool IsOpen => _store is not null;

    /// <summary>Why it is closed; null if it can be used.</summary>
    internal string? Failure { get; private set; }

    /// <summary>Time since the begin, on a clock that nobody sets.</summary>
    internal TimeSpan Now => _time.GetElapsedTime(_begin);

    /// <summary>When to try again after a failure, by <see cref="Now"/>.</summary>
    internal TimeSpan RetryAt { get; private set; }

    internal int SetAsideCount { get; private set; }

    /// <summary>Opens files that were closed in order.</summary>
    internal void OpenTrusted() => Guarded(Open);

    /// <summary>Uses the database; does nothing while it is closed.</summary>
    internal void Use(Action<OutboxStore> use)
    {
        if (_store is { } store)
        {
            Guarded(() => use(store));
        }
    }

    /// <summary>Sets the files aside and begins with empty ones, though there is nothing wrong with them.</summary>
    internal void Renew(string reason)
    {
        _doubtedAt = null;
        Doubt(new OutboxDoubt(reason));
        _doubtedAt = null;
    }

    /// <summary>Sets the files aside and begins with empty ones.</summary>
    internal void Doubt(Exception doubt)
    {
        _store?.Abandon();
        var isFirstUse = _store is null && _files.DataLength == 0;
        _store = null;
        _forget();
        try
        {
            if (!isFirstUse)
            {
                var aside = _files.SetAside();
                SetAsideCount++;
                OutboxLog.SetAside(_log, doubt.Message, aside);
                _rebuilding.Set(active: true, $"The outbox is filled again from the journal: {doubt.Message}");
            }

            var now = Now;
            if (now - _doubtedAt < _options.RetryAfter && !isFirstUse)
            {
                throw new IOException($"twice in doubt within {_options.RetryAfter}: {doubt.Message}", doubt);
            }

            _doubtedAt = isFirstUse ? _doubtedAt : now;
            OpenFresh();
        }
        catch (Exception failure)
        {
            _store?.Abandon();
            _store = null;
            Failure = failure.Message;
            RetryAt = Now + _options.RetryAfter;
            OutboxLog.Unusable(_log, _options.Folder, failure.Message, _options.RetryAfter);
            _failed.Set(active: true, $"The outbox in {_options.Folder} cannot be used ({failure.Message}); events are sent from the journal.");
        }
    }

    /// <summary>Tries again after a failure, when it is time.</summary>
    internal void ReopenIfDue()
    {
        if (_store is null && Now >= RetryAt)
        {
            Guarded(OpenFresh);
        }
    }

    /// <summary>It holds everything again.</summary>
    internal void Refilled() => _rebuilding.Set(active: false, "The outbox holds every event again that is not receipted.");

    /// <summary>Closes in order, so that the next start can trust the files. After a failure it leaves them marked as in use.</summary>
    internal void Close()
    {
        if (_store is not { } store)
        {
            return;
        }

        try
        {
            store.CloseInOrder();
            _files.SaveMarker(_entries(), clean: true, durable: true);
        }
        catch (Exception failure)
        {
            store.Abandon();
            OutboxLog.NotClosed(_log, _options.Folder, failure);
        }

        _store = null;
    }

    /// <summary>Lets go of the files as they are, marked as in use.</summary>
    internal void Abandon()
    {
        _store?.Abandon();
        _store = null;
    }

    private void Guarded(Action use)
    {
        try
        {
            use();
        }
        catch (Exception doubt)
        {
            Doubt(doubt);
        }
    }

    private void OpenFresh()
    {
        _files.SetAsideIfAny();
        Open();
    }

    private void Open()
    {
        Directory.CreateDirectory(_options.Folder);
        _files.SaveMarker(_entries(), clean: false, durable: true);
        _store = OutboxStore.Open(_options.Folder);
        Failure = null;
        _failed.Set(active: false, "The outbox can be used again.");
    }
}
