namespace EdgeAlarm.OpcUa.Client;

/// <summary>The certificates of both sides of a session.</summary>
/// <param name="EndpointUrl">The server's URL, as it was configured.</param>
/// <param name="ServerSubject">Subject of the server's certificate; foreign text.</param>
/// <param name="ServerThumbprint">SHA-1 in hexadecimal.</param>
/// <param name="ServerEnd">When it ends.</param>
/// <param name="OwnThumbprint">SHA-1 of ours in hexadecimal.</param>
/// <param name="OwnEnd">When ours ends.</param>
/// <param name="IsOwnPrevious">True where the server took only our certificate of before its renewal.</param>
public sealed record SessionCertificates(
    Uri EndpointUrl, string ServerSubject, string ServerThumbprint, DateTimeOffset ServerEnd, string OwnThumbprint, DateTimeOffset OwnEnd, bool IsOwnPrevious);
