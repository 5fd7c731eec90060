using System.Security.Cryptography;
using EdgeAlarm.Gateway.Alarming;
using EdgeAlarm.Wire;

namespace EdgeAlarm.Simulation.World;

/// <summary>Holds the run to its promises, by what the plant saw, what was told, and what stands in the centre's database; it shares no code with what it judges but the message formats.</summary>
internal sealed class Judge(GatewayWatch watch, SimulatedPlc plc, SimulatedDatabase database)
{
    private const string OfEpoch = " WHERE epoch = @epoch";

    /// <summary>Receipts that were found true.</summary>
    public int Receipts { get; private set; }

    /// <summary>The historian sends a receipt. It is true: everything that it covers is committed, or is known to be lost.</summary>
    public void Hear(Receipt receipt)
    {
        (string, object) epoch = ("@epoch", receipt.Epoch.ToString("D"));
        var stored = database.Ask("SELECT seq FROM alarm_event" + OfEpoch, row => row.GetInt64(0), epoch).ToHashSet();
        var lost = database.Ask("SELECT first_seq, last_seq FROM event_loss" + OfEpoch, row => (First: row.GetInt64(0), Last: row.GetInt64(1)), epoch);
        for (var seq = 1L; seq <= receipt.Through; seq++)
        {
            Assert.True(stored.Contains(seq) || lost.Exists(range => range.First <= seq && seq <= range.Last), $"receipt {receipt} is not true: {seq} is not committed");
        }

        Receipts++;
    }

    /// <summary>
    /// Everything has drained. What an older image of the disk told under keys that the centre knew otherwise goes to the centre on the broker's word, and is held to no more; what the new epoch tells is.
    /// </summary>
    public void Check(GatewayProcess process)
    {
        var rows = database.Ask(
            "SELECT epoch, seq, payload, content_hash FROM alarm_event",
            row => (Key: (Guid.Parse(row.GetString(0)), row.GetInt64(1)), Payload: row.GetString(2), Hash: row.GetFieldValue<byte[]>(3))).ToDictionary(row => row.Key);
        var conflicts = database.Ask("SELECT epoch, seq, content_hash FROM event_conflict", row => (Guid.Parse(row.GetString(0)), row.GetInt64(1), Convert.ToHexString(row.GetFieldValue<byte[]>(2)))).ToHashSet();
        Assert.True(conflicts.Count == 0 || watch.Images > 0, $"there are conflicts, and nobody restored an image: {string.Join(", ", conflicts)}");
        foreach (var (key, versions) in watch.TheTold)
        {
            foreach (var bytes in versions.Skip(watch.Excused.GetValueOrDefault(key)))
            {
                var hash = SHA256.HashData(bytes);
                var isThere = (rows.TryGetValue(key, out var row) && row.Hash.AsSpan().SequenceEqual(hash)) || conflicts.Contains((key.Epoch, key.Seq, Convert.ToHexString(hash)));
                Assert.True(isThere || IsForked(key.Epoch), $"{key} was told and is not at the centre: {System.Text.Encoding.UTF8.GetString(bytes)}");
            }
        }

        var journal = process.Pump.Reader.Epochs().SelectMany(range => process.Pump.Reader.ReadEvents(range.Epoch, 1)).ToDictionary(stored => (stored.Epoch, stored.Seq));
        foreach (var (key, payload, hash) in rows.Values)
        {
            var isKnown = watch.TheTold.TryGetValue(key, out var versions) && versions.Exists(bytes => hash.AsSpan().SequenceEqual(SHA256.HashData(bytes)));
            isKnown |= journal.TryGetValue(key, out var recorded) && hash.AsSpan().SequenceEqual(SHA256.HashData(recorded.Payload.Span));
            isKnown |= watch.Recorded.Contains((key.Item1, key.Item2, Convert.ToHexString(hash)));
            Assert.True(isKnown, $"nobody told {key}, told were {versions?.Count}: {payload}");
        }

        foreach (var (key, recorded) in journal)
        {
            Assert.True(rows.ContainsKey(key) || IsForked(key.Epoch), $"{key} is in the journal and not at the centre: {System.Text.Encoding.UTF8.GetString(recorded.Payload.Span)}");
        }

        bool IsForked(Guid epoch) => watch.Images > 0 && epoch != process.Pump.State.Epoch;

        Assert.True(watch.Images > 0 || watch.WasInMemory || rows.Keys.DistinctBy(key => key.Item1).Count() == 1, "an epoch began without a reason");
        CheckLosses();
        // what came twice with different content is kept beside
        var payloads = rows.Values.Select(row => row.Payload).Concat(database.Ask("SELECT payload FROM event_conflict", row => row.GetString(0)));
        CheckPlant([.. payloads.Select(payload => EventJson.Parse(System.Text.Encoding.UTF8.GetBytes(payload)))], process);
        CheckStates(process);
    }

    private void CheckLosses()
    {
        var losses = database.Ask("SELECT epoch, first_seq, last_seq, reason FROM event_loss", row => $"{row.GetString(0)} {row.GetInt64(1)}-{row.GetInt64(2)} {row.GetString(3)}");
        Assert.True(losses.Count == 0 || watch.Images + watch.DeathsInMemory > 0, $"written off, though the gateway had it: {string.Join(", ", losses)}");
    }

    // what the gateway said it has was told where it was an alarm
    private void CheckPlant(List<EventMessage> events, GatewayProcess process)
    {
        var activations = events.Where(message => message is { Kind: "Activated", Alarm: not null, SourceTime: not null }).Select(message => (message.Alarm!, message.SourceTime!.Value.Ticks)).ToList();
        var told = activations.ToHashSet();
        if (watch.Images > 0)
        {
            told.UnionWith(watch.TheTold.Values.SelectMany(versions => versions).Select(bytes => EventJson.Parse(bytes)).Where(message => message is { Kind: "Activated", Alarm: not null, SourceTime: not null })
                .Select(message => (message.Alarm!, message.SourceTime!.Value.Ticks)));
        }

        if (watch.Images + watch.DeathsInMemory == 0)
        {
            Assert.True(told.Count == activations.Count, $"told twice: {string.Join(", ", activations.GroupBy(each => each).Where(group => group.Count() > 1).Select(group => group.Key))}");
        }

        var last = new Dictionary<int, double>();
        for (var i = 0; i < plc.Acknowledged.Count; i++)
        {
            var sample = plc.Acknowledged[i];
            if (plc.Breaks.Contains(i))
            {
                last.Clear();
            }

            var isKnown = last.TryGetValue(sample.Tag, out var before);
            Assert.True(
                plc.Excused.Contains(i) || !(isKnown && before < Plant.Limit && sample.Value >= Plant.Limit) || told.Contains((Plant.AlarmOf(sample.Tag), sample.At)),
                $"{Plant.AlarmOf(sample.Tag)} was {sample.Value} at {new DateTime(sample.At):HH:mm:ss.fff}, the gateway said that it has this, and nobody was told. Told of it was:\n{Of(events, Plant.AlarmOf(sample.Tag), sample.At)}");
            last[sample.Tag] = sample.Value;
        }

        Assert.True(watch.Images > 0 || Replay.Run(process.Folder).IsIdentical, "the fold of the recording differs from what was recorded");
    }

    private static string Of(List<EventMessage> events, string alarm, long at) => string.Join('\n', events
        .Where(message => (message.Alarm == alarm || message.Alarm is null) && Math.Abs(message.PlantTime.Ticks - at) < TimeSpan.FromSeconds(60).Ticks)
        .OrderBy(message => message.PlantTime)
        .Select(message => FormattableString.Invariant($"{message.PlantTime:HH:mm:ss.fff} {message.Seq} {message.Alarm} {message.Kind} {message.State} {message.Value} {message.SourceTime:HH:mm:ss.fff} {message.Reason} {string.Join(' ', message.Flags)}")));

    // what the centre shows is what the gateway shows
    private void CheckStates(GatewayProcess process)
    {
        var shown = database.Ask("SELECT alarm, state FROM alarm_current", row => (Alarm: row.GetString(0), State: row.GetString(1))).ToDictionary(row => row.Alarm, row => row.State);
        foreach (var alarm in process.Pump.State.Alarms)
        {
            var state = alarm.State.Lifecycle.ToString();
            Assert.True(shown.GetValueOrDefault(alarm.Definition.Id, "Normal") == state, $"{alarm.Definition.Id} is {state}, the centre shows {shown.GetValueOrDefault(alarm.Definition.Id, "nothing")}");
        }

        Assert.True(process.Pump.State.Conditions.IsEmpty, $"all is well, and still stands: {string.Join("; ", process.Pump.State.Conditions.Select(condition => condition.Name + " " + condition.Detail))}");
    }
}
