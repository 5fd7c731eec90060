using System.Globalization;
using EdgeAlarm.Engine;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Client;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.Gateway.Acquisition.Proof;

/// <summary>
/// Proves a source against its real server: connects as the gateway will, makes the same items in a subscription of its own, reads each tag once and takes everything down again.
/// Nothing is guessed: what the server revises and answers is what counts.
/// </summary>
public static class SourceProver
{
    private static readonly TimeSpan ClockOffsetMax = TimeSpan.FromSeconds(5);

    /// <summary>Proves a source. Operating errors are its result, never an exception.</summary>
    /// <param name="options">The source and its tags.</param>
    /// <param name="time">Where time comes from.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<SourceProof> ProveAsync(OpcUaPlcOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var dead = new List<string>();
        foreach (var server in (Uri[])[options.Client.EndpointUrl, .. options.OtherServers])
        {
            try
            {
                var client = options.ClientOf(server) with { SessionName = $"{options.Client.SessionName} check" };
                await using var session = await UaSession.ConnectAsync(client, time, cancellationToken);
                var proof = await ProveAsync(options, session, time, cancellationToken);
                return proof with { Faults = [.. dead, .. proof.Faults] };
            }
            catch (Exception failed) when (failed is UaClientException or IOException or UnauthorizedAccessException)
            {
                dead.Add(failed.Message);
            }
        }
        return new() { Source = options.Source, Failure = string.Join("; ", dead) };
    }

    private static async Task<SourceProof> ProveAsync(OpcUaPlcOptions options, UaSession session, TimeProvider time, CancellationToken cancellationToken)
    {
        await session.LearnAsync(options.Profile, cancellationToken);
        var profile = session.Profile;
        var status = await session.ReadServerStatusAsync(cancellationToken);
        var roundTrip = time.GetElapsedTime(status.SentAt, status.ReceivedAt);
        TimeSpan? offset = status.CurrentTimeTicks == 0
            ? null
            : TimeSpan.FromTicks(time.GetUtcNow().UtcTicks - status.CurrentTimeTicks) - time.GetElapsedTime(status.ReceivedAt) - (roundTrip / 2);
        var clock = new PlantClock(time, new(time.GetUtcNow().UtcTicks));
        var tags = new MonitoredTags(options, options.Tags, clock);
        var subscription = await UaSubscription.CreateAsync(session, options.Subscription, cancellationToken);
        var results = await tags.AskAllAsync(session, subscription, looksUp: true, cancellationToken);
        tags.TakeAll(results, subscription);
        var queues = results.ToDictionary(result => result.Handle, result => result.Queue);
        var readable = tags.All.Where(tag => !tag.Target.Node.IsNull).ToArray();
        var values = await session.ReadManyAsync([.. readable.Select(tag => new ReadValueId { NodeId = tag.Target.Node, AttributeId = AttributeIds.Value })], session.Limits, cancellationToken);
        var read = readable.Zip(values).ToDictionary(pair => pair.First, pair => pair.Second);
        return new()
        {
            Source = options.Source,
            Server = session.Product!.ToString(), // just learnt
            Profile = profile.Name,
            Remarks = [.. profile.Facts.Select(fact => $"{fact.Value} ({fact.Source})")],
            ClockOffset = offset,
            RoundTrip = roundTrip,
            Publishing = subscription.PublishingInterval,
            RidesOut = tags.RidesOut,
            Faults = [.. SourceFaults(options, profile, tags, offset)],
            Tags = [.. tags.All.Select(tag => Prove(tag, read.TryGetValue(tag, out var value) ? value : null, queues[tag.Handle]))],
        };
    }

    private static IEnumerable<string> SourceFaults(OpcUaPlcOptions options, ServerProfile profile, MonitoredTags tags, TimeSpan? offset)
    {
        // what is read in a cycle is not queued by anybody, and is meant so
        if (!options.ReadsCyclically && tags.RidesOut is { } rides && rides < options.RidesOut)
        {
            yield return Text($"its queues ride out {rides.TotalSeconds:0.0} s where {options.RidesOut.TotalSeconds:0.0} s are demanded: a longer break loses samples; sample more slowly, demand less, or let the server keep longer queues");
        }
        if (profile.ItemsMax is { } most && options.Tags.Count > most.Value)
        {
            yield return Text($"{options.Tags.Count} tags are configured, and a server of this make bears {most.Value} items of all clients together ({most.Source})");
        }
        if (offset is { } apart && apart.Duration() > ClockOffsetMax)
        {
            yield return Text($"its clock is {apart.Duration().TotalSeconds:0.0} s {(apart > TimeSpan.Zero ? "behind" : "ahead of")} this machine's: set both by NTP, or certificates and times of alarms will be disputed");
        }
    }

    private static TagProof Prove(MonitoredTag tag, DataValue? whole, uint queue)
    {
        var faults = new List<string>();
        var value = whole is { } known && tag.Target.Member is { } member ? member.Read(known) : whole;
        if (tag.Status.IsBad)
        {
            faults.Add(tag.Target.Problem ?? $"the server does not monitor it: {tag.Status}; correct the address, or the server");
        }
        else if (value is { Status.IsBad: true } bad)
        {
            faults.Add($"it reads {bad.Status}: its alarms would not be armed; look at the sensor, the PLC's program or the user's rights");
        }
        else if (value is { } read && TagValueReader.Read(read.Value) == TagValue.None)
        {
            faults.Add(Text($"it reads a {read.Value.Type}, which no alarm can compare; name a number, or an element or member that is one"));
        }
        if (tag.MissesPulses && tag.Tag.ShortestPulse is { } pulse)
        {
            faults.Add(Text($"{pulse.Alarm} must not miss pulses of {pulse.Length.TotalMilliseconds:0} ms, but only {tag.DetectablePulse.TotalMilliseconds:0} ms are certain to be seen; let the server sample faster, or latch the pulse in the PLC"));
        }
        var status = tag.Status.IsBad ? tag.Status : value?.Status ?? tag.Status;
        return new(tag.Tag.Index, tag.Tag.Name, value is { Status.IsBad: false } shown ? shown.Value.ToString() : "", status == StatusCodes.Good ? "Good" : status.ToString(), tag.Sampling, queue, tag.DetectablePulse, faults);
    }

    private static string Text(FormattableString words) => words.ToString(CultureInfo.InvariantCulture);
}
