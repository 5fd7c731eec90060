namespace EdgeAlarm.OpcUa.Services;

/// <summary>How a user is identified (OPC 10000-4 §7.42).</summary>
public enum UserTokenType
{
    /// <summary>No user.</summary>
    Anonymous = 0,

    /// <summary>User name and password.</summary>
    UserName = 1,

    /// <summary>An X.509 certificate.</summary>
    Certificate = 2,

    /// <summary>A token of an authorization service.</summary>
    IssuedToken = 3,
}
