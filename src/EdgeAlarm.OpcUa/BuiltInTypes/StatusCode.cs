using System.Globalization;

namespace EdgeAlarm.OpcUa.BuiltInTypes;

/// <summary>
/// The outcome of an operation or the quality of a value: severity in bits 31-30, sub-code in bits 27-16, flags and info bits below
/// (OPC 10000-4 §7.39). The default value is Good.
/// </summary>
/// <param name="Code">All 32 bits as they stand on the wire.</param>
public readonly record struct StatusCode(uint Code)
{
    private const uint SeverityMask = 0xC000_0000;
    private const uint UncertainSeverity = 0x4000_0000;
    private const uint BadBit = 0x8000_0000;
    private const uint InfoTypeMask = 0x0000_0C00;
    private const uint DataValueInfo = 0x0000_0400;
    private const uint OverflowBit = 0x0000_0080;

    /// <summary>Severity 00. A Good with a sub-code (GoodOverload, GoodClamped ...) is Good here; <see cref="SubCode"/> tells it apart.</summary>
    public bool IsGood => (Code & SeverityMask) == 0;

    /// <summary>Severity 01.</summary>
    public bool IsUncertain => (Code & SeverityMask) == UncertainSeverity;

    /// <summary>Severity 10, and the reserved 11, which the standard tells receivers to take as bad.</summary>
    public bool IsBad => (Code & BadBit) != 0;

    /// <summary>The code without structure, semantics and info bits: what <see cref="StatusCodes"/> names.</summary>
    public StatusCode WithoutInfoBits => new(Code & 0xFFFF_0000);

    /// <summary>Bits 27-16, 0 for plain Good, Uncertain or Bad.</summary>
    public int SubCode => (int)((Code >> 16) & 0x0FFF);

    /// <summary>
    /// Bit 7 under InfoType DataValue: the server's queue for this item lost values next to this one (OPC 10000-4 §7.39.2).
    /// It travels in values that are otherwise Good.
    /// </summary>
    public bool IsOverflow => (Code & (InfoTypeMask | OverflowBit)) == (DataValueInfo | OverflowBit);

    /// <summary>Bits 9-8 under InfoType DataValue: 0 none, 1 low, 2 high, 3 constant; 0 under any other InfoType.</summary>
    public int LimitBits => (Code & InfoTypeMask) == DataValueInfo ? (int)((Code >> 8) & 0x3) : 0;

    /// <summary>Bit 15: the structure of the value changed.</summary>
    public bool IsStructureChanged => (Code & 0x8000) != 0;

    /// <summary>Bit 14: the meaning of the value (unit, range) changed.</summary>
    public bool IsSemanticsChanged => (Code & 0x4000) != 0;

    /// <summary>The same code with the Overflow bit and InfoType DataValue set: Good becomes 0x00000480.</summary>
    public StatusCode WithOverflow() => new((Code & ~InfoTypeMask) | DataValueInfo | OverflowBit);

    /// <summary>The standard's name and the number, as in <c>BadNodeIdUnknown (0x80340000)</c>; the number alone where no name is known.</summary>
    public override string ToString()
    {
        var number = string.Create(CultureInfo.InvariantCulture, $"0x{Code:X8}");
        return StatusCodeNames.Find(Code & 0xFFFF_0000) is { } name ? $"{name} ({number})" : number;
    }
}
