using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Services;
using EdgeAlarm.PlantSimulator.Plant;
using EdgeAlarm.PlantSimulator.Server;
using Range = EdgeAlarm.OpcUa.Services.Range;

namespace EdgeAlarm.PlantSimulator.AddressSpace;

/// <summary>All nodes of the server: the standard's Server object, and the folder of the plant with a variable for each tag.</summary>
internal sealed class PlantAddressSpace
{
    internal const string PlantNamespaceUri = "urn:edgealarm:plant";
    internal const ushort PlantNamespace = 2;

    private static readonly NodeId String = NodeId.Numeric(0, 12);
    private static readonly NodeId UtcTime = NodeId.Numeric(0, 294);
    private static readonly NodeId UInt32 = NodeId.Numeric(0, 7);
    private static readonly NodeId UInt16 = NodeId.Numeric(0, 5);
    private static readonly NodeId Double = NodeId.Numeric(0, 11);
    private static readonly NodeId ReferenceType = NodeId.Numeric(0, 31);
    private static readonly BuildInfo Build = new() { ProductUri = "urn:edgealarm:simulator", ManufacturerName = "EdgeAlarm", ProductName = "EdgeAlarm plant simulator", SoftwareVersion = "0.1.0" };

    private readonly Dictionary<NodeId, Node> _nodes = [];
    private readonly string _applicationUri;
    private readonly long _start;

    internal PlantAddressSpace(SimulatedPlant plant, PlantServerLimits limits, string applicationUri, long start)
    {
        (_applicationUri, _start) = (applicationUri, start);
        var root = Folder(null, StandardNodes.RootFolder, new QualifiedName(0, "Root"));
        var objects = Folder(root, StandardNodes.ObjectsFolder, new QualifiedName(0, "Objects"));
        var types = Folder(root, StandardNodes.TypesFolder, new QualifiedName(0, "Types"));
        Folder(root, StandardNodes.ViewsFolder, new QualifiedName(0, "Views"));
        AddServer(objects, limits);

        var farm = Folder(objects, NodeId.Text(PlantNamespace, "Plant"), new QualifiedName(PlantNamespace, "Plant"));
        foreach (var cell in plant.Cells)
        {
            AddTag(farm, cell);
        }

        new PlantDataTypes(this).AddTo(types, Folder(objects, NodeId.Text(PlantNamespace, "Programs"), new QualifiedName(PlantNamespace, "Programs")), plant);
    }

    internal string[] Namespaces => ["http://opcfoundation.org/UA/", _applicationUri, PlantNamespaceUri];

    internal Node? Find(NodeId id) => _nodes.GetValueOrDefault(id);

    private static bool IsReferenceType(NodeId type, NodeId wanted, bool includeSubtypes) =>
        type == wanted || (includeSubtypes && (wanted == ReferenceType
            || (wanted == StandardNodes.HierarchicalReferences && type != StandardNodes.HasTypeDefinition)
            || (wanted == NodeId.Numeric(0, 34) && (type == StandardNodes.HasComponent || type == StandardNodes.HasProperty))
            || (wanted == NodeId.Numeric(0, 44) && (type == StandardNodes.HasComponent || type == StandardNodes.HasProperty))
            || (wanted == NodeId.Numeric(0, 32) && type == StandardNodes.HasTypeDefinition)));

    /// <summary>The references of a node that a browse or a path element asks for. A null reference type is any.</summary>
    internal static IEnumerable<NodeReference> References(Node node, BrowseDirection direction, NodeId type, bool includeSubtypes) =>
        node.References.Where(reference => direction switch
        {
            BrowseDirection.Forward => reference.IsForward,
            BrowseDirection.Inverse => !reference.IsForward,
            BrowseDirection.Both => true,
            BrowseDirection.Invalid => false,
        } && (type.IsNull || IsReferenceType(reference.Type, type, includeSubtypes)));

    /// <summary>What the server says of itself.</summary>
    internal ServerState State { get; set; } = ServerState.Running;

    private void AddServer(Node objects, PlantServerLimits limits)
    {
        var server = Add(new Node(StandardNodes.Server, NodeClass.Object, new QualifiedName(0, "Server"), StandardNodes.ServerType));
        objects.Refer(StandardNodes.Organizes, server);
        Property(server, StandardNodes.ServerArray, "ServerArray", String, Variant.FromArray<string?>([_applicationUri]), rank: 1);
        Property(server, StandardNodes.NamespaceArray, "NamespaceArray", String, Variant.FromArray<string?>([.. Namespaces]), rank: 1);
        Property(server, StandardNodes.ServiceLevel, "ServiceLevel", NodeId.Numeric(0, 3), Variant.From((byte)255));

        var status = Variable(server, StandardNodes.ServerStatus, "ServerStatus", NodeId.Numeric(0, 862), NodeValue.Computed(Status));
        Variable(status, StandardNodes.ServerStatusStartTime, "StartTime", UtcTime, NodeValue.Constant(Variant.FromDateTimeTicks(_start), _start));
        Variable(status, StandardNodes.ServerStatusCurrentTime, "CurrentTime", UtcTime, NodeValue.Computed(Variant.FromDateTimeTicks));
        Variable(status, StandardNodes.ServerStatusState, "State", NodeId.Numeric(0, 852), NodeValue.Computed(_ => Variant.From((int)State)));
        var build = Variable(status, StandardNodes.BuildInfo, "BuildInfo", NodeId.Numeric(0, 338), NodeValue.Constant(Variant.From(ExtensionObject.From(Build)), _start));
        Variable(build, StandardNodes.BuildInfoManufacturerName, "ManufacturerName", String, NodeValue.Constant(Variant.From(Build.ManufacturerName), _start));
        Variable(build, StandardNodes.BuildInfoProductUri, "ProductUri", String, NodeValue.Constant(Variant.From(Build.ProductUri), _start));
        Variable(build, StandardNodes.BuildInfoProductName, "ProductName", String, NodeValue.Constant(Variant.From(Build.ProductName), _start));
        Variable(build, StandardNodes.BuildInfoSoftwareVersion, "SoftwareVersion", String, NodeValue.Constant(Variant.From(Build.SoftwareVersion), _start));

        var capabilities = Add(new Node(StandardNodes.ServerCapabilities, NodeClass.Object, new QualifiedName(0, "ServerCapabilities"), StandardNodes.BaseObjectType));
        server.Refer(StandardNodes.HasComponent, capabilities);
        Property(capabilities, StandardNodes.MinSupportedSampleRate, "MinSupportedSampleRate", Double, Variant.From(limits.SamplingIntervalMin.TotalMilliseconds));
        Property(capabilities, StandardNodes.MaxHistoryContinuationPoints, "MaxHistoryContinuationPoints", UInt16, Variant.From((ushort)limits.ContinuationPointsPerSessionMax));
        Property(capabilities, StandardNodes.MaxBrowseContinuationPoints, "MaxBrowseContinuationPoints", UInt16, Variant.From((ushort)limits.ContinuationPointsPerSessionMax));
        var operations = Add(new Node(StandardNodes.OperationLimits, NodeClass.Object, new QualifiedName(0, "OperationLimits"), StandardNodes.BaseObjectType));
        capabilities.Refer(StandardNodes.HasComponent, operations);
        var most = Variant.From((uint)limits.OperationsPerRequestMax);
        Property(operations, StandardNodes.MaxNodesPerRead, "MaxNodesPerRead", UInt32, most);
        Property(operations, StandardNodes.MaxNodesPerBrowse, "MaxNodesPerBrowse", UInt32, most);
        Property(operations, StandardNodes.MaxNodesPerTranslateBrowsePathsToNodeIds, "MaxNodesPerTranslateBrowsePathsToNodeIds", UInt32, most);
        Property(operations, StandardNodes.MaxMonitoredItemsPerCall, "MaxMonitoredItemsPerCall", UInt32, most);
        Property(operations, StandardNodes.MaxNodesPerHistoryReadData, "MaxNodesPerHistoryReadData", UInt32, most);
    }

    private void AddTag(Node folder, TagCell cell)
    {
        var tag = cell.Tag;
        var hasRange = tag.Kind == PlantValueKind.Double;
        var variable = Add(new Node(
            NodeId.Text(PlantNamespace, tag.Name),
            NodeClass.Variable,
            new QualifiedName(PlantNamespace, tag.Name),
            hasRange ? StandardNodes.AnalogItemType : StandardNodes.BaseDataVariableType)
        {
            Description = tag.Description,
            DataType = NodeId.Numeric(0, tag.Kind switch { PlantValueKind.Boolean => 1, PlantValueKind.Int32 => 6, PlantValueKind.Double => 11 }),
            Value = new NodeValue(_ => cell.Version, _ => cell.Reading, () => cell.IsMuted),
            History = cell.History,
        });
        folder.Refer(StandardNodes.HasComponent, variable);
        if (hasRange)
        {
            Property(variable, NodeId.Text(PlantNamespace, tag.Name + ".EURange"), "EURange", NodeId.Numeric(0, 884), Variant.From(ExtensionObject.From(new Range { Low = tag.Low, High = tag.High })));
            Property(variable, NodeId.Text(PlantNamespace, tag.Name + ".EngineeringUnits"), "EngineeringUnits", NodeId.Numeric(0, 887), Variant.From(ExtensionObject.From(new EUInformation
            {
                NamespaceUri = PlantNamespaceUri,
                UnitId = -1,
                DisplayName = new LocalizedText(tag.Unit),
                Description = new LocalizedText(tag.Unit),
            })));
        }
    }

    private Variant Status(long now) => Variant.From(ExtensionObject.From(new ServerStatusDataType
    {
        StartTimeTicks = _start,
        CurrentTimeTicks = now,
        State = State,
        BuildInfo = Build,
    }));

    internal Node Add(Node node)
    {
        _nodes.Add(node.Id, node);
        return node;
    }

    private Node Folder(Node? parent, NodeId id, QualifiedName name)
    {
        var folder = Add(new Node(id, NodeClass.Object, name, StandardNodes.FolderType));
        parent?.Refer(StandardNodes.Organizes, folder);
        return folder;
    }

    private Node Variable(Node parent, NodeId id, string name, NodeId dataType, NodeValue value)
    {
        var variable = Add(new Node(id, NodeClass.Variable, new QualifiedName(0, name), StandardNodes.BaseDataVariableType) { DataType = dataType, Value = value });
        parent.Refer(StandardNodes.HasComponent, variable);
        return variable;
    }

    private void Property(Node parent, NodeId id, string name, NodeId dataType, Variant value, int rank = -1)
    {
        var property = Add(new Node(id, NodeClass.Variable, new QualifiedName(0, name), StandardNodes.PropertyType)
        {
            DataType = dataType,
            ValueRank = rank,
            Value = NodeValue.Constant(value, _start),
        });
        parent.Refer(StandardNodes.HasProperty, property);
    }
}
