namespace EdgeAlarm.OpcUa.Services;

/// <summary>A structure that travels with the id of its encoding: a message, or the body of an ExtensionObject.</summary>
public interface IEncodedStructure<TSelf> : IStructure<TSelf>
    where TSelf : IEncodedStructure<TSelf>
{
    /// <summary>The numeric id of the DefaultBinary encoding in namespace 0 (OPC 10000-6 Annex A.3), not of the data type.</summary>
    static abstract ushort EncodingId { get; }
}
