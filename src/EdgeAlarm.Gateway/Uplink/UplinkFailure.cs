namespace EdgeAlarm.Gateway.Uplink;

/// <summary>A reason why nothing is delivered at present. Caught once, in the uplink's loop, and turned into health, log and schedule.</summary>
internal sealed class UplinkFailure : Exception
{
    /// <param name="message">What happened, naming the broker and its reason.</param>
    /// <param name="nextStep">What a person can do about it.</param>
    /// <param name="inner">What was thrown below, if anything was.</param>
    internal UplinkFailure(string message, string nextStep, Exception? inner = null)
        : base(message, inner) => NextStep = nextStep;

    /// <summary>What a person can do about it.</summary>
    internal string NextStep { get; }

    /// <summary>Whether another client took over the connection.</summary>
    internal bool IsTakeover { get; init; }
}
