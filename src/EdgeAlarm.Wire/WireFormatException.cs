namespace EdgeAlarm.Wire;

/// <summary>
/// Bytes from the network are not what this format says. The only exception that the parsers of this project throw. It is never transient: the same bytes fail
/// again.
/// </summary>
public sealed class WireFormatException : Exception
{
    /// <summary>Names the member that is wrong.</summary>
    /// <param name="member">Path of the member, e.g. <c>times.plant</c>; <c>$</c> for the whole message.</param>
    /// <param name="problem">What is wrong with it and what is allowed.</param>
    /// <param name="inner">What a reader below threw, if one did.</param>
    public WireFormatException(string member, string problem, Exception? inner = null)
        : base($"{member}: {problem}", inner) => Member = member;

    /// <summary>Path of the member that is wrong; <c>$</c> for the whole message.</summary>
    public string Member { get; }
}
