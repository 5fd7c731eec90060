using Microsoft.Extensions.Logging;

namespace EdgeAlarm.Gateway.Uplink;

/// <summary>Whether events are delivered, told to people once when it ends, once when the reason changes, and once when it is well again.</summary>
internal sealed class UplinkHealth(UplinkOptions options, TimeProvider time, ILogger log, Action<string, bool, string> report)
{
    private readonly Outbox.SystemCondition _down = new(UplinkConditions.Down, report);
    private readonly Outbox.SystemCondition _secondGateway = new(UplinkConditions.SecondGateway, report);
    private long _downSince;
    private long _takenOverAt;
    private int _attempts;
    private TimeSpan _wait = options.ReconnectAfter;

    /// <summary>What is wrong, with the next step; null if all is well.</summary>
    internal string? Problem { get; private set; }

    /// <summary>How long SYS_SECOND_GATEWAY stays after the last takeover.</summary>
    private static TimeSpan TakeoverMemory => TimeSpan.FromMinutes(10);

    /// <summary>Nothing is delivered. Returns how long to wait before the next attempt.</summary>
    /// <param name="failure">Why.</param>
    /// <param name="jitter">0 to 1: spreads the return of many gateways to one broker.</param>
    internal TimeSpan Failed(UplinkFailure failure, double jitter)
    {
        if (Problem is null)
        {
            (_downSince, _attempts, _wait) = (time.GetTimestamp(), 0, options.ReconnectAfter);
        }

        _attempts++;
        var problem = $"{failure.Message} {failure.NextStep}";
        if (!string.Equals(problem, Problem, StringComparison.Ordinal))
        {
            Problem = problem;
            UplinkLog.Down(log, failure.Message, failure.NextStep);
        }

        if (failure.IsTakeover)
        {
            TakenOver(failure);
        }

        Watch();
        var wait = _wait * (0.5 + (0.5 * jitter));
        _wait = _wait * 2 < options.ReconnectAfterMax ? _wait * 2 : options.ReconnectAfterMax;

        // Two machines under one name would evict each other in a tight circle.
        return failure.IsTakeover ? wait + options.DownAfter : wait;
    }

    /// <summary>A second gateway was seen under our name.</summary>
    internal void TakenOver(UplinkFailure sign)
    {
        _takenOverAt = time.GetTimestamp();
        if (!_secondGateway.IsActive)
        {
            UplinkLog.SecondGateway(log, sign.Message, sign.NextStep);
        }

        _secondGateway.Set(active: true, $"{sign.Message} {sign.NextStep}");
    }

    /// <summary>An event was delivered, or a connection stands and nothing waits.</summary>
    internal void Well()
    {
        if (Problem is null)
        {
            return;
        }

        Problem = null;
        UplinkLog.Up(log, BrokerRefusal.Name(options.Mqtt), time.GetElapsedTime(_downSince), _attempts);
        _down.Set(active: false, $"The broker {BrokerRefusal.Name(options.Mqtt)} takes events again.");
    }

    /// <summary>Time has passed.</summary>
    internal void Watch()
    {
        if (Problem is not null && time.GetElapsedTime(_downSince) >= options.DownAfter)
        {
            _down.Set(active: true, Problem);
        }

        if (_secondGateway.IsActive && time.GetElapsedTime(_takenOverAt) >= TakeoverMemory)
        {
            _secondGateway.Set(active: false, "No other client has taken our connection over for ten minutes.");
        }
    }
}
