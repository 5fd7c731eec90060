namespace EdgeAlarm.Engine;

/// <summary>The names that OPC 10000-4 §7.39.2 and OPC 10000-8 §6.3 give to the StatusCodes that PLC data comes with. An operator reads a name, never a number alone.</summary>
internal static class StatusNames
{
    private const uint WithoutInfoBits = 0xFFFF_0000;

    /// <summary><c>BadSensorFailure</c>; the number for a code that PLCs do not send as a rule.</summary>
    public static string Of(uint code) => (code & WithoutInfoBits) switch
    {
        0x002F_0000 => "GoodOverload",
        0x0030_0000 => "GoodClamped",
        0x0096_0000 => "GoodLocalOverride",
        0x00EB_0000 => "GoodSubNormal",
        0x4000_0000 => "Uncertain",
        0x408F_0000 => "UncertainNoCommunicationLastUsableValue",
        0x4090_0000 => "UncertainLastUsableValue",
        0x4091_0000 => "UncertainSubstituteValue",
        0x4092_0000 => "UncertainInitialValue",
        0x4093_0000 => "UncertainSensorNotAccurate",
        0x4094_0000 => "UncertainEngineeringUnitsExceeded",
        0x4095_0000 => "UncertainSubNormal",
        0x4208_0000 => "UncertainTransducerInManual",
        0x4209_0000 => "UncertainSimulatedValue",
        0x420A_0000 => "UncertainSensorCalibration",
        0x8000_0000 => "Bad",
        0x8003_0000 => "BadOutOfMemory",
        0x8004_0000 => "BadResourceUnavailable",
        0x8007_0000 => "BadDecodingError",
        0x800A_0000 => "BadTimeout",
        0x800C_0000 => "BadShutdown",
        0x800D_0000 => "BadServerNotConnected",
        0x800E_0000 => "BadServerHalted",
        0x801F_0000 => "BadUserAccessDenied",
        0x8031_0000 => "BadNoCommunication",
        0x8032_0000 => "BadWaitingForInitialData",
        0x8033_0000 => "BadNodeIdInvalid",
        0x8034_0000 => "BadNodeIdUnknown",
        0x803A_0000 => "BadNotReadable",
        0x803C_0000 => "BadOutOfRange",
        0x803F_0000 => "BadObjectDeleted",
        0x8044_0000 => "BadMonitoredItemFilterUnsupported",
        0x8045_0000 => "BadFilterNotAllowed",
        0x8074_0000 => "BadTypeMismatch",
        0x8089_0000 => "BadConfigurationError",
        0x808A_0000 => "BadNotConnected",
        0x808B_0000 => "BadDeviceFailure",
        0x808C_0000 => "BadSensorFailure",
        0x808D_0000 => "BadOutOfService",
        0x809B_0000 => "BadNoData",
        0x809D_0000 => "BadDataLost",
        0x809E_0000 => "BadDataUnavailable",
        0x80DB_0000 => "BadTooManyMonitoredItems",
        _ => FormattableString.Invariant($"0x{code:X8}"),
    };
}
