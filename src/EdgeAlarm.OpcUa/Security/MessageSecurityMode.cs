namespace EdgeAlarm.OpcUa.Security;

/// <summary>How the messages of a SecureChannel are protected. Int32 on the wire. OPC 10000-4 §7.20.</summary>
public enum MessageSecurityMode
{
    /// <summary>Not a mode; the default of a field nobody set. Refused wherever it arrives.</summary>
    Invalid = 0,

    /// <summary>Neither signed nor encrypted; only with the policy None.</summary>
    None = 1,

    /// <summary>Each chunk carries an HMAC; the contents can be read by anybody on the wire.</summary>
    Sign = 2,

    /// <summary>Each chunk is signed, then encrypted.</summary>
    SignAndEncrypt = 3,
}
