namespace EdgeAlarm.Engine;

/// <summary>What an alarm looks for in a word of a PLC.</summary>
/// <param name="Mask">The bits that count; not 0.</param>
/// <param name="Pattern">How they are to be; no bit outside of the mask.</param>
/// <param name="Differs">Whether the alarm is abnormal while they are otherwise.</param>
public readonly record struct BitPattern(ulong Mask, ulong Pattern, bool Differs)
{
    /// <summary>Whether a word is abnormal.</summary>
    /// <param name="word">A signed integer counts with its sign in all higher bits.</param>
    public bool IsAbnormal(ulong word) => ((word & Mask) == Pattern) != Differs;
}
