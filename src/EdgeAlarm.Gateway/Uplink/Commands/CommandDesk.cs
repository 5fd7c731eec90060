using System.Collections.Concurrent;
using System.Globalization;
using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Outbox;
using EdgeAlarm.Wire;
using Microsoft.Extensions.Logging;

namespace EdgeAlarm.Gateway.Uplink.Commands;

/// <summary>
/// Commands from the centre on their way to the engine, and their answers on the way back. A command that comes twice has one effect and the same answer. One loop turns it;
/// only <see cref="Arrived"/> may be called by any thread.
/// </summary>
internal sealed class CommandDesk
{
    /// <summary>Commands that may wait to be looked at; the rate of each principal is bounded apart from that.</summary>
    internal const int ArrivalsMax = 256;

    /// <summary>Answers that may wait for the broker.</summary>
    internal const int AnswersMax = 256;

    /// <summary>How long a command is remembered: well beyond the age at which its second coming is refused.</summary>
    private static readonly TimeSpan RememberFor = TimeSpan.FromMinutes(2);

    /// <summary>How long SYS_COMMAND_REFUSED stays after the last refusal.</summary>
    private static readonly TimeSpan RefusalMemory = TimeSpan.FromMinutes(10);

    private readonly ConcurrentQueue<ArrivedCommand> _arrivals = new();
    private readonly Dictionary<(string Principal, Guid Id), TakenCommand> _taken = [];
    private readonly Queue<TakenCommand> _byAge = new();
    private readonly List<TakenCommand> _unanswered = [];
    private readonly Queue<CommandAnswer> _answers = new();
    private readonly CommandGate _gate;
    private readonly CommandDispatch _send;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Action _wake;
    private readonly SystemCondition _refusals;
    private readonly long _start;
    private TimeSpan _refusedAt;
    private int _refusedCount;
    private int _arrivalsLost;

    /// <summary>Prepares it.</summary>
    /// <param name="gate">Judges.</param>
    /// <param name="send">Takes commands to the engine.</param>
    /// <param name="time">Where time comes from.</param>
    /// <param name="log">Takes its messages.</param>
    /// <param name="report">Takes the condition of <see cref="UplinkConditions.CommandRefused"/>.</param>
    /// <param name="wake">Makes the loop turn.</param>
    internal CommandDesk(CommandGate gate, CommandDispatch send, TimeProvider time, ILogger log, Action<string, bool, string> report, Action wake)
    {
        (_gate, _send, _time, _log, _wake) = (gate, send, time, log, wake);
        _refusals = new(UplinkConditions.CommandRefused, report);
        _start = time.GetTimestamp();
    }

    private TimeSpan Now => _time.GetElapsedTime(_start);

    private DateTime WallClock => _time.GetUtcNow().UtcDateTime;

    /// <summary>A command came. Any thread; does not wait.</summary>
    internal void Arrived(ArrivedCommand command)
    {
        if (_arrivals.Count >= ArrivalsMax)
        {
            Interlocked.Increment(ref _arrivalsLost);
        }
        else
        {
            _arrivals.Enqueue(command);
        }

        _wake();
    }

    /// <summary>Looks at what came, and at what became of what went to the engine.</summary>
    internal async Task TurnAsync(CancellationToken cancellationToken)
    {
        Forget();
        while (_arrivals.TryDequeue(out var arrived))
        {
            Take(arrived, cancellationToken);
        }

        if (Interlocked.Exchange(ref _arrivalsLost, 0) is > 0 and var lost)
        {
            Refused(new(CommandRefusal.TooMany, string.Create(CultureInfo.InvariantCulture, $"{lost} commands came while {ArrivalsMax} waited and were thrown away unread.")), "several", "?");
        }

        foreach (var taken in _unanswered.Where(taken => taken.Outcome.IsCompleted).ToArray())
        {
            _unanswered.Remove(taken);
            taken.Answer = await taken.Outcome;
            Answer(taken.Answer);
        }

        if (_refusals.IsActive && Now - _refusedAt >= RefusalMemory)
        {
            _refusals.Set(active: false, string.Create(CultureInfo.InvariantCulture, $"No command has been refused for ten minutes; {_refusedCount} were before."));
            _refusedCount = 0;
        }
    }

    /// <summary>The next answer to publish; null where none waits.</summary>
    internal CommandAnswer? NextAnswer() => _answers.TryDequeue(out var answer) ? answer : null;

    /// <summary>An answer to publish, perhaps again: the connection broke before the broker took it.</summary>
    internal void Answer(CommandAnswer? answer)
    {
        if (answer is null)
        {
            // the engine has not answered yet; it will
            return;
        }

        // The oldest goes: whoever waits for it asks again with the same id and gets the same answer.
        if (_answers.Count >= AnswersMax)
        {
            _answers.Dequeue();
        }

        _answers.Enqueue(answer);
    }

    private void Forget()
    {
        while (_byAge.TryPeek(out var oldest) && Now - oldest.TakenAt > RememberFor && oldest.Outcome.IsCompleted)
        {
            _byAge.Dequeue();
            _taken.Remove((oldest.Principal, oldest.Message.Id));
        }
    }

    private void Take(ArrivedCommand arrived, CancellationToken cancellationToken)
    {
        CommandMessage message;
        try
        {
            message = CommandMessage.Parse(arrived.Payload);
        }
        catch (WireFormatException fault)
        {
            Refused(new(CommandRefusal.Malformed, fault.Message), arrived.Principal, "?");
            return;
        }

        if (!arrived.IsRetained && _taken.TryGetValue((arrived.Principal, message.Id), out var known))
        {
            Again(known, message);
        }
        else if (_gate.Judge(arrived.Principal, arrived.IsRetained, message, WallClock, Now) is { } verdict)
        {
            Refuse(verdict, arrived.Principal, message);
        }
        else if (CommandTranslation.Translate(arrived.Principal, message, out var fault) is { } command)
        {
            var taken = new TakenCommand(arrived.Principal, message, Now) { Outcome = SendAsync(arrived.Principal, message, command, cancellationToken) };
            _taken.Add((arrived.Principal, message.Id), taken);
            _byAge.Enqueue(taken);
            _unanswered.Add(taken);
        }
        else
        {
            Refuse(new(CommandRefusal.Malformed, fault), arrived.Principal, message);
        }
    }

    private void Again(TakenCommand known, CommandMessage message)
    {
        if (message != known.Message)
        {
            Refuse(new(CommandRefusal.IdReused, "The id was that of another command; a new command has a new one."), known.Principal, message);
        }
        else
        {
            Answer(known.Answer);
        }
    }

    private async Task<CommandAnswer?> SendAsync(string principal, CommandMessage message, Func<PlantTime, OperatorCommand> command, CancellationToken cancellationToken)
    {
        try
        {
            var outcome = await _send((at, _) => command(at), cancellationToken);
            return new(message.Id, principal, outcome.ToString(), "", WallClock);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception failure)
        {
            return new(message.Id, principal, nameof(CommandRefusal.Failed), $"The gateway could not record it: {failure.Message} Look at the alarm before it is sent again.", WallClock);
        }
        finally
        {
            _wake();
        }
    }

    private void Refuse(CommandVerdict verdict, string principal, CommandMessage message)
    {
        Answer(new(message.Id, principal, verdict.Refusal.ToString(), verdict.Detail, WallClock));
        Refused(verdict, principal, $"{CommandWords.Of(message.Verb)} {message.Alarm}");
    }

    // Told once an episode: whoever may write the topic could fill log and journal otherwise.
    private void Refused(CommandVerdict verdict, string principal, string what)
    {
        _refusedAt = Now;
        _refusedCount++;
        if (!_refusals.IsActive)
        {
            UplinkLog.CommandRefused(_log, principal, what, verdict.Refusal, verdict.Detail);
            _refusals.Set(active: true, $"A command of {principal} over MQTT ({what}) was refused: {verdict.Refusal}. {verdict.Detail}");
        }
    }
}
