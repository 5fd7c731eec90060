namespace EdgeAlarm.OpcUa.Services;

/// <summary>Whether a SecureChannel is opened or its token renewed (OPC 10000-4 §5.6.2).</summary>
public enum SecurityTokenRequestType
{
    /// <summary>A new channel.</summary>
    Issue = 0,

    /// <summary>A new token for the existing channel.</summary>
    Renew = 1,
}
