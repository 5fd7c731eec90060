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
    private const ulong CurrentWrite = 2;
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
        var values = await session.ReadEachAsync([.. readable.Select(tag => new ReadValueId { NodeId = tag.Target.Node, AttributeId = AttributeIds.Value })], session.Limits, cancellationToken);
        var heartbeat = options.Heartbeat is { } beat ? await HeartbeatFaultAsync(options.Source, beat, session, cancellationToken) : null;
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
            Faults = [.. SourceFaults(options, profile, tags, offset), .. heartbeat is null ? Array.Empty<string>() : [heartbeat]],
            Tags = [.. tags.All.Select(tag => Prove(options.Source, tag, read.TryGetValue(tag, out var value) ? value : null, queues[tag.Handle]))],
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

    // what the gateway may not write the control room never sees
    private static async Task<string?> HeartbeatFaultAsync(string source, HeartbeatOptions heartbeat, UaSession session, CancellationToken cancellationToken)
    {
        var words = $"its heartbeat {heartbeat.Address}";
        var namespaces = await session.ReadNamespacesAsync(cancellationToken);
        if (!ExpandedNodeId.TryParse(heartbeat.Address, out var address) || !address.TryResolve(namespaces, out var node))
        {
            return $"{words} is in a namespace that the server does not have; it has {string.Join(", ", namespaces)}";
        }
        var told = await session.ReadAsync(
            [new() { NodeId = node, AttributeId = AttributeIds.Value }, new() { NodeId = node, AttributeId = AttributeIds.UserAccessLevel }], cancellationToken);
        return (told[0], told[1]) switch
        {
            ({ Status: { IsBad: true } status }, _) when TagResolver.IsNotThere(status) => $"{words} is not there: {status}; correct sources[].heartbeat.node{Browse(source)}",
            (_, { Status.IsGood: true } access) when access.Value.TryGetUInt64(out var level) && (level & CurrentWrite) == 0 => $"{words} may not be written by this user; grant it at the server, or name another variable",
            ({ Status.IsBad: false } value, _) when !HeartbeatWriter.Counts(value.Value.Type) => $"{words} is a {value.Value.Type}, and a heartbeat counts in an integer; name another variable",
            _ => null,
        };
    }

    private static string Browse(string source) => $"; 'edgealarm browse --source {source}' shows what there is";

    private static TagProof Prove(string source, MonitoredTag tag, DataValue? whole, uint queue)
    {
        var faults = new List<string>();
        var value = whole is { } known && tag.Target.Member is { } member ? member.Read(known) : whole;
        if (tag.Status.IsBad)
        {
            faults.Add(tag.Target.Problem ?? $"the server does not monitor it: {tag.Status}; correct the address, or the server{(TagResolver.IsNotThere(tag.Status) ? Browse(source) : "")}");
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
