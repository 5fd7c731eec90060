using EdgeAlarm.Engine;
using EdgeAlarm.PlantSimulator.Scenarios;

namespace EdgeAlarm.RuleTests;

/// <summary>What an operator does to an alarm, understood.</summary>
/// <param name="Verb">One of <c>ack reset shelve unshelve remove return</c>.</param>
/// <param name="Alarm">Id of the alarm.</param>
/// <param name="By">Who.</param>
/// <param name="For">For how long, where that belongs to it.</param>
/// <param name="IsOneShot">Whether a shelving ends with the return.</param>
/// <param name="Reason">Note or reason; empty where none is said.</param>
/// <param name="ApprovedBy">The second person; empty where none is said.</param>
internal sealed record OperatorAction(string Verb, string Alarm, string By, TimeSpan For, bool IsOneShot, string Reason, string ApprovedBy)
{
    private const string OperatorUnnamed = "operator";

    /// <summary>
    /// Reads <c>ack ALARM by NAME because "..."</c>, <c>shelve ALARM for 10m [once] by NAME because "..."</c>, <c>remove ALARM for 8h by NAME approved NAME because "..."</c>; null where the
    /// reader has a fault.
    /// </summary>
    public static OperatorAction? Parse(WordReader words, OperatorStep step, RuleNames names)
    {
        if (step.Action.Text is "suppress" or "unsuppress")
        {
            words.Fail(step.Action, "nothing of this kind by hand: suppression by design follows the column SuppressWhen; an operator shelves, or removes from service");
            return null;
        }

        var duration = TimeSpan.Zero;
        var (by, reason, approved) = (OperatorUnnamed, "", "");
        var alarm = words.Peek.Text;
        var isTimed = step.Action.Text is "shelve" or "remove";
        if (!words.TakeName(names.Alarms, "an alarm of the list", out _) || (isTimed && !(words.Expect("for") && words.TakeDuration(out duration))))
        {
            return null;
        }

        var once = step.Action.Text is "shelve" && words.TakeIf("once");
        var isWhole = (!words.TakeIf("by") || words.TakeText("a name", out by))
            && (!words.TakeIf("approved") || words.TakeText("the name of the second person", out approved))
            && (!words.TakeIf("because") || words.TakeText("words in quotes", out reason))
            && words.ExpectEnd();
        return isWhole ? new(step.Action.Text, alarm, by, duration, once, reason, approved) : null;
    }

    /// <summary>The engine's input.</summary>
    /// <param name="at">Plant time.</param>
    /// <param name="id">Identity of the command.</param>
    /// <param name="shown">The occurrence that the operator sees.</param>
    public Input Input(PlantTime at, Guid id, OccurrenceId shown) => Verb switch
    {
        "ack" => new AcknowledgeCommand(at, id, Alarm, shown, By, Reason),
        "reset" => new ResetCommand(at, id, Alarm, By, Reason),
        "shelve" => new ShelveCommand(at, id, Alarm, For, IsOneShot, By, Reason),
        "unshelve" => new UnshelveCommand(at, id, Alarm, By, Reason),
        "remove" => new RemoveFromServiceCommand(at, id, Alarm, For, By, Reason, ApprovedBy),
        "return" => new ReturnToServiceCommand(at, id, Alarm, By, Reason),
        _ => throw new InvalidOperationException($"'{Verb}' is no action of an operator"),
    };
}
