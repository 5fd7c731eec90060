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
    private const uint ReservedMask = 0x3000_3000;
    private const uint InfoTypeMask = 0x0000_0C00;
    private const uint DataValueInfo = 0x0000_0400;
    private const uint InfoBitsMask = 0x0000_03FF;

    /// <summary>
    /// Whether no server that goes by the standard sends it: reserved bits are set, there are InfoBits without an InfoType (0x000000C0 is the "Good" of another protocol), or
    /// its Good or Uncertain sub-code is none of the standard's. It counts as Bad; nothing is guessed.
    /// </summary>
    public bool IsUnknown => Code != 0 && (HasStrayBits || !KnownCodes.Has(Code & CodeMask));

    /// <summary>Whether the severity is Good, whatever the known sub-code.</summary>
    public bool IsGood => (Code & SeverityMask) == 0 && !IsUnknown;

    /// <summary>Good with a non-zero sub-code (GoodOverload, GoodLocalOverride, GoodClamped): usable, but not armed.</summary>
    public bool IsDegraded => IsGood && (Code & CodeMask) != 0;

    /// <summary>Whether the severity is Uncertain.</summary>
    public bool IsUncertain => (Code & SeverityMask) == 0x4000_0000 && !IsUnknown;

    /// <summary>Whether the severity is Bad or the reserved one, or the code is not known.</summary>
    public bool IsBad => (Code & 0x8000_0000) != 0 || IsUnknown;

    /// <summary>The server's queue lost samples of this item before or at this one (OPC 10000-4 §7.39.1, Overflow).</summary>
    public bool HasOverflow => (Code & OverflowMask) == OverflowBits;

    // InfoBits have a meaning only with the InfoType DataValue (OPC 10000-4 §7.39.1, tables of the bit assignments)
    private bool HasStrayBits => (Code & ReservedMask) != 0 || (Code & InfoTypeMask) switch
    {
        0 => (Code & InfoBitsMask) != 0,
        DataValueInfo => false,
        _ => true,
    };
}
