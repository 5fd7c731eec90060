namespace EdgeAlarm.Engine;

/// <summary>The quality of a value as an OPC UA StatusCode (OPC 10000-4 §7.39). Unknown severities count as Bad.</summary>
/// <param name="Code">The 32 bits as received, InfoBits included.</param>
public readonly record struct Quality(uint Code)
{
    /// <summary>Good, with no sub-code and no InfoBits.</summary>
    public static readonly Quality Good;

    private const uint SeverityMask = 0xC000_0000;
    private const uint CodeMask = 0xFFFF_0000;
    private const uint OverflowMask = 0x0000_0C80;
    private const uint OverflowBits = 0x0000_0480;

    /// <summary>Whether the severity is Good, whatever the sub-code.</summary>
    public bool IsGood => (Code & SeverityMask) == 0;

    /// <summary>Good with a non-zero sub-code (GoodOverload, GoodLocalOverride, GoodClamped): usable, but not armed.</summary>
    public bool IsDegraded => IsGood && (Code & CodeMask) != 0;

    /// <summary>Whether the severity is Uncertain.</summary>
    public bool IsUncertain => (Code & SeverityMask) == 0x4000_0000;

    /// <summary>Whether the severity is Bad or the reserved one.</summary>
    public bool IsBad => (Code & 0x8000_0000) != 0;

    /// <summary>The server's queue lost samples of this item before or at this one (OPC 10000-4 §7.39.1, Overflow).</summary>
    public bool HasOverflow => (Code & OverflowMask) == OverflowBits;
}
