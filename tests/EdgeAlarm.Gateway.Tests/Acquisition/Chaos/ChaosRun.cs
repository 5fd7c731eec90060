using EdgeAlarm.Gateway.Acquisition;
using EdgeAlarm.TestServers;

namespace EdgeAlarm.Gateway.Tests.Acquisition.Chaos;

/// <summary>A client, a cable and a plant; the cable suffers faults drawn from a seed, one after the other, each followed by recovery; then the delivery is audited.</summary>
internal sealed class ChaosRun(IChaosPlant plant, Random random, bool secure, Func<OpcUaPlcOptions, OpcUaPlcOptions> adapt)
{
    private static readonly TimeSpan RecoveryMax = TimeSpan.FromSeconds(60);
    private readonly List<Break> _breaks = [];

    /// <summary>The faults of the run so far, for the message of a failure.</summary>
    public string Story => string.Join("; ", _breaks.Select(suffered => FormattableString.Invariant($"{suffered.Fault} {suffered.Duration.TotalMilliseconds:F0} ms")));

    /// <summary>Suffers so many faults.</summary>
    /// <returns>The audit, which found nothing wrong.</returns>
    public async Task<DeliveryAudit> SufferAsync(int faults)
    {
        await using var cable = new KillableProxy(plant.Port);
        var options = adapt(plant.Options(cable.Port));
        await using var plc = new RunningPlc(options);
        await plc.Sink.UntilAsync(sink => sink.Samples.Select(sample => sample.Tag).Distinct().Count() == options.Tags.Count, "the first sample of every tag", RecoveryMax);
        for (var fault = 0; fault < faults; fault++)
        {
            await SufferOneAsync(cable, plc, options.Tags.Count);
        }

        var log = await plant.StandStillAsync();
        var end = log.GroupBy(value => value.Tag, StringComparer.Ordinal).ToDictionary(tag => tag.Key, tag => tag.Last().Ticks, StringComparer.Ordinal);
        await plc.Sink.UntilAsync(sink => options.Tags.All(tag => sink.LatestSource(tag.Index) >= end[tag.Name]), "the last value of every tag", RecoveryMax);
        var entries = plc.Sink.Entries;
        var audit = DeliveryAudit.Of(log, options.Tags, entries);
        Assert.True(audit.Faults.Count == 0, $"{audit.Faults.Count} faults: {string.Join('\n', audit.Faults.Take(10))}");
        AssertGapsLieInBreaks(entries, options.Publishing);
        return audit;
    }

    private async Task SufferOneAsync(KillableProxy cable, RunningPlc plc, int tags)
    {
        var enough = plc.Sink.Samples.Count + (tags * random.Next(1, 8));
        await plc.Sink.UntilAsync(sink => sink.Samples.Count > enough, "samples between two faults", RecoveryMax);
        var fault = Draw();
        // the plant goes on for so long behind the fault; queues of the server hold about a second
        var duration = TimeSpan.FromMilliseconds(fault switch
        {
            CableFault.Reset or CableFault.EndInOrder or CableFault.ReplayToClient or CableFault.ReplayToServer or CableFault.FlippedBit => random.Next(1, 250),
            CableFault.Absent or CableFault.DeafClient or CableFault.DeafServer or CableFault.Hang or CableFault.Slow or CableFault.Pieces or CableFault.LostMessage =>
                random.Next(3) == 0 ? random.Next(900, 3500) : random.Next(20, 900),
        });
        var before = plc.Sink.Entries.Count;
        Begin(fault, cable);
        await Task.Delay(duration, TimeProvider.System);
        cable.Mend();
        var ended = TimeProvider.System.GetUtcNow().UtcTicks;
        await plc.Sink.UntilAsync(sink => Enumerable.Range(0, tags).All(tag => sink.LatestSource(tag) > ended), $"recovery from {fault} of {duration.TotalMilliseconds} ms after {Story}", RecoveryMax);
        _breaks.Add(new(fault, duration, before));
    }

    private CableFault Draw()
    {
        var faults = Enum.GetValues<CableFault>();
        var fault = faults[random.Next(faults.Length)];
        return fault == CableFault.FlippedBit && !secure ? CableFault.Reset : fault;
    }

    private void Begin(CableFault fault, KillableProxy cable)
    {
        switch (fault)
        {
            case CableFault.Reset:
                cable.Cut();
                break;
            case CableFault.EndInOrder:
                cable.CutInOrder();
                break;
            case CableFault.Absent:
                cable.Break();
                break;
            case CableFault.DeafClient:
                cable.ToClient.Swallow();
                break;
            case CableFault.DeafServer:
                cable.ToServer.Swallow();
                break;
            case CableFault.Hang:
                cable.ToClient.Hold();
                cable.ToServer.Hold();
                break;
            case CableFault.Slow:
                cable.ToClient.Delay(TimeSpan.FromMilliseconds(random.Next(10, 400)));
                break;
            case CableFault.Pieces:
                cable.ToClient.Split(random.Next());
                cable.ToServer.Split(random.Next());
                break;
            case CableFault.ReplayToClient:
                cable.ToClient.ReplayNext();
                break;
            case CableFault.ReplayToServer:
                cable.ToServer.ReplayNext();
                break;
            case CableFault.LostMessage:
                cable.ToClient.DropOneLargerThan(200);
                break;
            case CableFault.FlippedBit:
                cable.ToClient.CorruptNext(random.Next());
                break;
        }
    }

    // a gap is as long as what happened, not longer: it stands behind the beginning of a fault, though what was swallowed may show late, and reaches no further back than two
    // messages before it
    private void AssertGapsLieInBreaks(IReadOnlyList<object> entries, TimeSpan publishing)
    {
        for (var at = 0; at < entries.Count; at++)
        {
            if (entries[at] is not RecordingSink.Gap gap)
            {
                continue;
            }

            var position = at;
            var suffered = _breaks.FindLast(suffered => suffered.Before <= position);
            Assert.True(suffered is not null, $"{gap} was recorded though nothing had happened");
            var earlier = entries.Take(suffered.Before).OfType<PlcNotification>().TakeLast(2).First().PlantTime;
            Assert.True(gap.Start + publishing >= earlier, $"{gap} begins {(earlier - gap.Start).TotalMilliseconds} ms before the fault {suffered}");
            var later = entries.Skip(at).OfType<PlcNotification>().First().PlantTime;
            Assert.True(gap.End <= later + publishing, $"{gap} ends {(gap.End - later).TotalMilliseconds} ms after the message that follows it");
        }
    }

    private sealed record Break(CableFault Fault, TimeSpan Duration, int Before);
}
