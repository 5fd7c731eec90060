using EdgeAlarm.OpcUa.Client;
using EdgeAlarm.OpcUa.Services;
using Microsoft.Extensions.Logging;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>Follows state, clock and restarts of a server from what it says of itself.</summary>
internal sealed class ServerWatch(string source, PlantClock clock, ILogger logger)
{
    private static readonly TimeSpan StartTimeTolerance = TimeSpan.FromSeconds(2);
    private readonly ServerClock _serverClock = new();
    private ServerState _state = ServerState.Running;

    /// <summary>How well the server last said that it can do its work.</summary>
    public byte ServiceLevel { get; private set; } = byte.MaxValue;

    /// <summary>The last measured time from a question to its answer.</summary>
    public TimeSpan RoundTrip { get; set; }

    /// <summary>Whether the server started anew since it was last remembered: whatever it calls a subscription of ours is not ours (F-17).</summary>
    public static bool IsAnotherLife(SourceMemory memory, in UaServerStatus status) =>
        memory.ServerStartTicks != 0 && status.StartTimeTicks != 0 && TimeSpan.FromTicks(status.StartTimeTicks - memory.ServerStartTicks).Duration() > StartTimeTolerance;

    /// <summary>
    /// Whether a server in this state gives the plant's values. In any other state its values may rest while keep-alives go on (F-20), and silence would be taken
    /// for calm.
    /// </summary>
    public static bool IsServing(ServerState state) => state is ServerState.Running or ServerState.Test or ServerState.Unknown;

    /// <summary>Tells the sink what changed.</summary>
    public async Task TakeAsync(UaServerStatus status, IPlcSink sink, CancellationToken cancellationToken)
    {
        ServiceLevel = status.ServiceLevel;
        if (status.State != _state)
        {
            _state = status.State;
            logger.ServerState(source, status.State.ToString());
        }
        if (_serverClock.Measure(clock.At(status.SentAt).Ticks, clock.At(status.ReceivedAt).Ticks, status.CurrentTimeTicks))
        {
            logger.ClockOffset(source, _serverClock.Offset.TotalMilliseconds, _serverClock.Synchronised);
            await sink.ClockMeasuredAsync(_serverClock.Offset, _serverClock.Synchronised, cancellationToken);
        }
    }
}
