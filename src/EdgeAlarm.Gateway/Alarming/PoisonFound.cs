namespace EdgeAlarm.Gateway.Alarming;

/// <summary>The fold of one input failed (rule R8). Inside the pump only; it never leaves it.</summary>
internal sealed class PoisonFound(long position, int? tag, Exception cause)
    : Exception($"The input at position {position} cannot be folded: {cause.Message}", cause)
{
    /// <summary>Position of the input; of a sample, the position of its message + 1 + its index.</summary>
    public long Position { get; } = position;

    /// <summary>The tag, of a sample with an existing one.</summary>
    public int? Tag { get; } = tag;
}
