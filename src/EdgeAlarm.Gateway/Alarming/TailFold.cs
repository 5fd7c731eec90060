using System.Text;
using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Recorder;

namespace EdgeAlarm.Gateway.Alarming;

/// <summary>
/// Folds recorded inputs and compares what comes of them with the recorded events, byte for byte. An input whose fold fails twice is left out from then on (rule R8).
/// </summary>
internal sealed class TailFold
{
    private const int FailuresMax = 2;

    private readonly List<StoredEvent> _recorded = [];

    private TailFold(EngineFold fold) => Fold = fold;

    /// <summary>The state at the end.</summary>
    public EngineFold Fold { get; }

    /// <summary>The inputs behind the last commit; what comes of them is in <see cref="EngineFold.Derived"/>.</summary>
    public List<JournalRecord> Uncommitted { get; } = [];

    /// <summary>What became of the commands behind the last commit.</summary>
    public Dictionary<Guid, CommandOutcome> Outcomes { get; } = [];

    /// <summary>The first event that differs from the recorded one; null if none does.</summary>
    public ReplayDifference? FirstDifference { get; private set; }

    /// <summary>Inputs whose fold failed twice, and which are not yet recorded as skipped.</summary>
    public List<PoisonFound> Poison { get; } = [];

    /// <summary>Inputs that were folded.</summary>
    public long Inputs { get; private set; }

    /// <summary>Samples that were folded.</summary>
    public long Samples { get; private set; }

    /// <summary>Recorded events that were compared.</summary>
    public long Events { get; private set; }

    /// <summary>Events that differ.</summary>
    public long Differences { get; private set; }

    /// <summary>Folds a tail.</summary>
    /// <param name="start">Makes the state that the tail is folded onto; called again after a failure.</param>
    /// <param name="records">The tail; enumerated again after a failure.</param>
    /// <param name="skipped">Positions to leave out; those of new poison are added.</param>
    /// <param name="failedBefore">An input that failed once already, live.</param>
    public static TailFold Run(Func<EngineFold> start, IEnumerable<JournalRecord> records, HashSet<long> skipped, PoisonFound? failedBefore = null)
    {
        var failures = new Dictionary<long, int>();
        var poison = new List<PoisonFound>();
        if (failedBefore is not null)
        {
            failures[failedBefore.Position] = 1;
        }

        while (true)
        {
            var tail = new TailFold(start());
            try
            {
                foreach (var record in records)
                {
                    tail.Take(record, skipped);
                }

                tail.Poison.AddRange(poison);
                return tail;
            }
            catch (PoisonFound found)
            {
                failures[found.Position] = failures.GetValueOrDefault(found.Position) + 1;
                if (failures[found.Position] >= FailuresMax)
                {
                    skipped.Add(found.Position);
                    poison.Add(found);
                }
            }
        }
    }

    private void Take(in JournalRecord record, HashSet<long> skipped)
    {
        switch (record)
        {
            case { Type: RecordType.Event }:
                _recorded.Add(record.Event);
                break;
            case { Type: RecordType.Commit }:
                Compare(record.Position);
                _recorded.Clear();
                Fold.Derived.Clear();
                Uncommitted.Clear();
                Outcomes.Clear();
                break;
            case { Input: { } input }:
                Inputs++;
                Samples += record.Samples.Length;
                Uncommitted.Add(record);
                var outcome = Fold.Step(record.Position, input, record.Samples.Span, skipped);
                Fold.Observe(input, record.Samples.Span);
                if (input is OperatorCommand command)
                {
                    Outcomes[command.CommandId] = outcome;
                }

                break;
            default:
                break;
        }
    }

    private void Compare(long position)
    {
        Events += _recorded.Count;
        for (var i = 0; i < Math.Max(_recorded.Count, Fold.Derived.Count); i++)
        {
            var recorded = i < _recorded.Count ? _recorded[i] : default;
            var derived = i < Fold.Derived.Count ? Fold.Derived[i] : default;
            if (recorded.Epoch != derived.Epoch || recorded.Seq != derived.Seq || !recorded.Payload.Span.SequenceEqual(derived.Payload.Span))
            {
                Differences++;
                FirstDifference ??= new(position, recorded.Payload.IsEmpty ? derived.Seq : recorded.Seq, Text(recorded), Text(derived));
            }
        }
    }

    private static string? Text(in StoredEvent stored) => stored.Payload.IsEmpty ? null : Encoding.UTF8.GetString(stored.Payload.Span);
}
