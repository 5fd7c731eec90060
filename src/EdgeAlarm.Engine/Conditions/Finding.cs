namespace EdgeAlarm.Engine;

/// <summary>
/// What the condition of one alarm says at one moment: the seam between conditions, which know samples and time, and handling, which knows delays, lifecycle and operators.
/// </summary>
/// <param name="Truth">What it says. Unknown leaves the alarm and its running delay as they are until it is known again; the unknown time does not count.</param>
/// <param name="Time">ConditionTime at which it came to be so.</param>
/// <param name="Flags">Circumstances of the values that decided.</param>
/// <param name="Before">What lies between this finding and the one before.</param>
/// <param name="IsLate">Whether it speaks of a moment at which the alarm stood, though it has been told since that it is gone.</param>
/// <param name="IsLater">Whether it came with a sample that is younger than the one before of its tag: a clock of the PLC that stands still says nothing of when.</param>
internal readonly record struct Finding(Truth Truth, PlantTime Time, EventFlags Flags, Discontinuity Before, bool IsLate, bool IsLater);
