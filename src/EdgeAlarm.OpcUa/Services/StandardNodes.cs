using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>Nodes of namespace 0 that every server has, and types to build an address space from (OPC 10000-6 Annex A.3, NodeIds.csv).</summary>
public static class StandardNodes
{
    /// <summary>The root of the address space: i=84.</summary>
    public static readonly NodeId RootFolder = NodeId.Numeric(0, 84);

    /// <summary>The folder under which the plant is found: i=85.</summary>
    public static readonly NodeId ObjectsFolder = NodeId.Numeric(0, 85);

    /// <summary>The folder of types: i=86.</summary>
    public static readonly NodeId TypesFolder = NodeId.Numeric(0, 86);

    /// <summary>The folder of views: i=87.</summary>
    public static readonly NodeId ViewsFolder = NodeId.Numeric(0, 87);

    /// <summary>Any reference: i=31.</summary>
    public static readonly NodeId References = NodeId.Numeric(0, 31);

    /// <summary>Any reference that builds the tree: i=33.</summary>
    public static readonly NodeId HierarchicalReferences = NodeId.Numeric(0, 33);

    /// <summary>A folder and what is in it: i=35.</summary>
    public static readonly NodeId Organizes = NodeId.Numeric(0, 35);

    /// <summary>A type and the types under it: i=45.</summary>
    public static readonly NodeId HasSubtype = NodeId.Numeric(0, 45);

    /// <summary>A node and its type: i=40.</summary>
    public static readonly NodeId HasTypeDefinition = NodeId.Numeric(0, 40);

    /// <summary>A node and its property: i=46.</summary>
    public static readonly NodeId HasProperty = NodeId.Numeric(0, 46);

    /// <summary>A whole and its part: i=47.</summary>
    public static readonly NodeId HasComponent = NodeId.Numeric(0, 47);

    /// <summary>The type of plain objects: i=58.</summary>
    public static readonly NodeId BaseObjectType = NodeId.Numeric(0, 58);

    /// <summary>The type of folders: i=61.</summary>
    public static readonly NodeId FolderType = NodeId.Numeric(0, 61);

    /// <summary>The type of plain variables: i=63.</summary>
    public static readonly NodeId BaseDataVariableType = NodeId.Numeric(0, 63);

    /// <summary>The type of properties: i=68.</summary>
    public static readonly NodeId PropertyType = NodeId.Numeric(0, 68);

    /// <summary>The type of variables with unit and range: i=2368.</summary>
    public static readonly NodeId AnalogItemType = NodeId.Numeric(0, 2368);

    /// <summary>The type of the Server object: i=2004.</summary>
    public static readonly NodeId ServerType = NodeId.Numeric(0, 2004);

    /// <summary>The Server object: i=2253.</summary>
    public static readonly NodeId Server = NodeId.Numeric(0, 2253);

    /// <summary>URIs of servers; ExpandedNodeIds index into it: i=2254.</summary>
    public static readonly NodeId ServerArray = NodeId.Numeric(0, 2254);

    /// <summary>URIs of namespaces; NodeIds index into it: i=2255.</summary>
    public static readonly NodeId NamespaceArray = NodeId.Numeric(0, 2255);

    /// <summary>A ServerStatusDataType: i=2256.</summary>
    public static readonly NodeId ServerStatus = NodeId.Numeric(0, 2256);

    /// <summary>When the server started; a change shows a restart: i=2257.</summary>
    public static readonly NodeId ServerStatusStartTime = NodeId.Numeric(0, 2257);

    /// <summary>The clock of the server: i=2258.</summary>
    public static readonly NodeId ServerStatusCurrentTime = NodeId.Numeric(0, 2258);

    /// <summary>A ServerState: i=2259.</summary>
    public static readonly NodeId ServerStatusState = NodeId.Numeric(0, 2259);

    /// <summary>A BuildInfo: i=2260.</summary>
    public static readonly NodeId BuildInfo = NodeId.Numeric(0, 2260);

    /// <summary>Name of the server's product: i=2261.</summary>
    public static readonly NodeId BuildInfoProductName = NodeId.Numeric(0, 2261);

    /// <summary>URI of the server's product: i=2262.</summary>
    public static readonly NodeId BuildInfoProductUri = NodeId.Numeric(0, 2262);

    /// <summary>Who made the server: i=2263.</summary>
    public static readonly NodeId BuildInfoManufacturerName = NodeId.Numeric(0, 2263);

    /// <summary>Version of the server's software: i=2264.</summary>
    public static readonly NodeId BuildInfoSoftwareVersion = NodeId.Numeric(0, 2264);

    /// <summary>0..255, how well the server can do its work: i=2267.</summary>
    public static readonly NodeId ServiceLevel = NodeId.Numeric(0, 2267);

    /// <summary>What the server can: i=2268.</summary>
    public static readonly NodeId ServerCapabilities = NodeId.Numeric(0, 2268);

    /// <summary>Fastest sampling in milliseconds: i=2272.</summary>
    public static readonly NodeId MinSupportedSampleRate = NodeId.Numeric(0, 2272);

    /// <summary>Browses that may be open at once: i=2735.</summary>
    public static readonly NodeId MaxBrowseContinuationPoints = NodeId.Numeric(0, 2735);

    /// <summary>Readings of history that may be open at once: i=2737.</summary>
    public static readonly NodeId MaxHistoryContinuationPoints = NodeId.Numeric(0, 2737);

    /// <summary>The limits below: i=11704.</summary>
    public static readonly NodeId OperationLimits = NodeId.Numeric(0, 11704);

    /// <summary>Nodes in one Read, 0 for no limit: i=11705.</summary>
    public static readonly NodeId MaxNodesPerRead = NodeId.Numeric(0, 11705);

    /// <summary>Nodes in one Browse, 0 for no limit: i=11710.</summary>
    public static readonly NodeId MaxNodesPerBrowse = NodeId.Numeric(0, 11710);

    /// <summary>Paths in one translation, 0 for no limit: i=11712.</summary>
    public static readonly NodeId MaxNodesPerTranslateBrowsePathsToNodeIds = NodeId.Numeric(0, 11712);

    /// <summary>Items in one CreateMonitoredItems, 0 for no limit: i=11714.</summary>
    public static readonly NodeId MaxMonitoredItemsPerCall = NodeId.Numeric(0, 11714);

    /// <summary>Nodes in one HistoryRead of values, 0 for no limit: i=12165.</summary>
    public static readonly NodeId MaxNodesPerHistoryReadData = NodeId.Numeric(0, 12165);

    /// <summary>Items in one subscription, 0 for no limit: i=24104.</summary>
    public static readonly NodeId MaxMonitoredItemsPerSubscription = NodeId.Numeric(0, 24104);

    /// <summary>Method of the Server object: the items of a subscription of the session, server's and client's numbers: i=11492.</summary>
    public static readonly NodeId GetMonitoredItems = NodeId.Numeric(0, 11492);
}
