namespace EdgeAlarm.Engine;

/// <summary>The Good and Uncertain codes that a value may come with by the standard (OPC 10000-4 §7.39.2, OPC 10000-8 §6.3, OPC 10000-11 §6.8). Bad ones need no list: Bad is Bad.</summary>
internal static class KnownCodes
{
    /// <summary>Whether a code without InfoBits is Bad, or one of them.</summary>
    public static bool Has(uint code) => code >= 0x8000_0000 || code is
        0x0000_0000 or 0x002F_0000 or 0x0030_0000 or 0x0096_0000 or 0x00EB_0000 or (>= 0x00A2_0000 and <= 0x00AA_0000) or 0x00BA_0000 or 0x00D9_0000 or 0x00DC_0000
        or 0x00DD_0000 or 0x00E0_0000 or 0x0116_0000 or 0x0117_0000 or 0x0118_0000 or (>= 0x0401_0000 and <= 0x0404_0000) or (>= 0x0407_0000 and <= 0x0409_0000)
        or 0x4000_0000 or (>= 0x408F_0000 and <= 0x4095_0000) or 0x40A4_0000 or 0x40DE_0000 or 0x40E2_0000 or (>= 0x4208_0000 and <= 0x420A_0000) or 0x420F_0000;
}
