using Microsoft.Extensions.Time.Testing;

namespace EdgeAlarm.Gateway.Tests.Alarming;

/// <summary>Virtual time whose wall clock can step against the monotonic one.</summary>
internal sealed class SteppedTime(DateTimeOffset start) : FakeTimeProvider(start)
{
    public TimeSpan Step { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Step;

    public override long GetTimestamp() => base.GetUtcNow().UtcTicks;
}
