using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Alarming;
using EdgeAlarm.Gateway.Configuration;

namespace EdgeAlarm.Composition;

/// <summary>
/// What an operator at the gateway's terminal can do, as lines of words: <c>ack LT101_HI valve checked</c>, <c>shelve LT101_HI 30m calibration</c>. Every line has an answer
/// that says what became of it or how to say it.
/// </summary>
/// <param name="send">Where commands go: given what makes one of its plant time and identity, it answers with the outcome.</param>
/// <param name="state">The gateway at this moment.</param>
/// <param name="by">Who, as claimed.</param>
internal sealed class OperatorDesk(Func<Func<PlantTime, Guid, OperatorCommand>, CancellationToken, Task<CommandOutcome>> send, Func<GatewayState> state, string by)
{
    /// <summary>What can be said.</summary>
    public const string Words =
        """
        ack ALARM [note]                acknowledge what it shows now
        reset ALARM [note]              reset its latch
        shelve ALARM 30m REASON         shelve it; "once" instead of a time: until its condition returns
        unshelve ALARM [note]
        remove ALARM 2h REASON [approved by NAME]     take it out of service; a highly managed alarm needs the second name
        return ALARM PROOF              put it in service again, with how it was proved
        """;

    /// <summary>Does what a line says.</summary>
    /// <returns>The answer in words; null where the line is none of these.</returns>
    public async Task<string?> DoAsync(string line, CancellationToken cancellationToken)
    {
        var words = line.Split(' ', 3, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 2 || Find(words[0]) is not { } make)
        {
            return null;
        }

        var (command, hint) = make(words[1], words.Length > 2 ? words[2] : string.Empty);
        return command is null ? hint : $"{words[1]}: {OutcomeWords.Of(await send(command, cancellationToken))}";
    }

    private Func<string, string, (Func<PlantTime, Guid, OperatorCommand>? Command, string Hint)>? Find(string verb) => verb.ToLowerInvariant() switch
    {
        "ack" => Acknowledge,
        "reset" => (alarm, note) => ((at, id) => new ResetCommand(at, id, alarm, by, note), string.Empty),
        "shelve" => Shelve,
        "unshelve" => (alarm, note) => ((at, id) => new UnshelveCommand(at, id, alarm, by, note), string.Empty),
        "remove" => Remove,
        "return" => (alarm, proof) => ((at, id) => new ReturnToServiceCommand(at, id, alarm, by, proof), string.Empty),
        _ => null,
    };

    private (Func<PlantTime, Guid, OperatorCommand>? Command, string Hint) Acknowledge(string alarm, string note)
    {
        var shown = state().Alarms.FirstOrDefault(each => string.Equals(each.Definition.Id, alarm, StringComparison.Ordinal))?.State.Occurrence ?? OccurrenceId.None;
        return ((at, id) => new AcknowledgeCommand(at, id, alarm, shown, by, note), string.Empty);
    }

    private (Func<PlantTime, Guid, OperatorCommand>? Command, string Hint) Shelve(string alarm, string rest)
    {
        var (time, reason) = Cut(rest);
        if (string.Equals(time, "once", StringComparison.OrdinalIgnoreCase))
        {
            return ((at, id) => new ShelveCommand(at, id, alarm, TimeSpan.Zero, IsOneShot: true, by, reason), string.Empty);
        }

        return Duration.TryParse(time, out var duration) && duration > TimeSpan.Zero
            ? ((at, id) => new ShelveCommand(at, id, alarm, duration, IsOneShot: false, by, reason), string.Empty)
            : (null, $"For how long? \"shelve {alarm} 30m REASON\", or \"once\" until its condition returns; {Duration.Allowed}");
    }

    private (Func<PlantTime, Guid, OperatorCommand>? Command, string Hint) Remove(string alarm, string rest)
    {
        const string Approval = "approved by ";
        var (time, reason) = Cut(rest);
        var approval = reason.LastIndexOf(Approval, StringComparison.OrdinalIgnoreCase);
        var approvedBy = approval < 0 ? string.Empty : reason[(approval + Approval.Length)..].Trim();
        // whoever sits at the terminal is no second person under the bare name either
        approvedBy = by.EndsWith($":{approvedBy}", StringComparison.OrdinalIgnoreCase) ? by : approvedBy;
        var why = (approval < 0 ? reason : reason[..approval]).Trim();
        return Duration.TryParse(time, out var duration) && duration > TimeSpan.Zero
            ? ((at, id) => new RemoveFromServiceCommand(at, id, alarm, duration, by, why, approvedBy), string.Empty)
            : (null, $"For how long? \"remove {alarm} 2h REASON\"; {Duration.Allowed}");
    }

    private static (string Time, string Reason) Cut(string rest)
    {
        var space = rest.IndexOf(' ', StringComparison.Ordinal);
        return space < 0 ? (rest, string.Empty) : (rest[..space], rest[(space + 1)..].Trim());
    }
}
