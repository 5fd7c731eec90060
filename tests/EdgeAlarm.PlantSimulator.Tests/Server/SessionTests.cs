using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Services;
using EdgeAlarm.PlantSimulator.Server;

namespace EdgeAlarm.PlantSimulator.Tests.Server;

public class SessionTests
{
    private static readonly ReadRequest ReadLevel = new() { TimestampsToReturn = TimestampsToReturn.Both, NodesToRead = [new ReadValueId { NodeId = VirtualServer.Tag("LT101"), AttributeId = AttributeIds.Value }] };

    [Fact]
    public void Without_a_session_there_are_endpoints_and_nothing_else()
    {
        var server = new VirtualServer();
        Assert.Equal("opc.tcp://127.0.0.1:4840", Assert.Single(server.Call<GetEndpointsRequest, GetEndpointsResponse>(new GetEndpointsRequest()).Endpoints).EndpointUrl);
        Assert.Equal(StatusCodes.BadSessionIdInvalid, server.Refusal<ReadRequest, ReadResponse>(ReadLevel));
        Assert.Equal(StatusCodes.BadServiceUnsupported, server.Refusal<WriteRequest, WriteResponse>(new WriteRequest()));
    }

    [Fact]
    public void A_session_is_bound_to_its_channel_until_it_is_activated_on_another()
    {
        var server = new VirtualServer();
        server.Login();
        var first = server.Channel;
        server.Activate(VirtualServer.NewChannel(2));
        Assert.Single(server.Call<ReadRequest, ReadResponse>(ReadLevel).Results);
        server.Activate(first);
        server.Activate(VirtualServer.NewChannel(3));
        Assert.Single(server.Call<ReadRequest, ReadResponse>(ReadLevel).Results);
    }

    [Fact]
    public void A_session_that_nobody_uses_ends_and_any_request_keeps_it()
    {
        var server = new VirtualServer();
        server.Login(timeoutMs: 10_000);
        server.Subscribe(lifetime: 1_000);
        for (var i = 0; i < 5; i++)
        {
            server.Advance(9_000);
            server.Call<ReadRequest, ReadResponse>(ReadLevel);
        }

        server.Advance(10_000);
        Assert.Equal(0, server.Core.SessionCount);
        Assert.Equal(StatusCodes.BadSessionIdInvalid, server.Refusal<ReadRequest, ReadResponse>(ReadLevel));

        // its subscription has a life of its own
        Assert.Equal(1, server.Core.Publishing.Count);
        server.Advance(500_000);
        Assert.Equal(0, server.Core.Publishing.Count);
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public void A_closed_session_takes_its_subscriptions_with_it_where_the_client_says_so(bool delete, int left)
    {
        var server = new VirtualServer();
        server.Login();
        server.Subscribe();
        server.Publish();
        server.Call<CloseSessionRequest, CloseSessionResponse>(new CloseSessionRequest { DeleteSubscriptions = delete });
        Assert.Equal(left, server.Core.Publishing.Count);
        Assert.Equal(StatusCodes.BadSessionClosed, Assert.Single(server.TakeReplies()).Fault);
    }

    [Fact]
    public void Sessions_beyond_the_limit_are_refused()
    {
        var server = new VirtualServer(new PlantServerLimits { SessionsMax = 2 });
        server.Login();
        server.Login();
        Assert.Equal(StatusCodes.BadTooManySessions, server.Refusal<CreateSessionRequest, CreateSessionResponse>(new CreateSessionRequest()));
    }

    [Fact]
    public void Attributes_and_limits_can_be_read_and_what_is_not_there_is_said_one_by_one()
    {
        var server = new VirtualServer(new PlantServerLimits { OperationsPerRequestMax = 8 });
        server.Login();
        var results = server.Call<ReadRequest, ReadResponse>(new ReadRequest
        {
            NodesToRead =
            [
                Of(VirtualServer.Tag("TT101"), AttributeIds.BrowseName),
                Of(VirtualServer.Tag("P101_RUN"), AttributeIds.Value),
                Of(VirtualServer.Tag("TAG00000"), AttributeIds.DataType),
                Of(StandardNodes.MaxMonitoredItemsPerCall, AttributeIds.Value),
                Of(StandardNodes.NamespaceArray, AttributeIds.Value),
                Of(VirtualServer.Tag("TT101"), 99),
                Of(VirtualServer.Tag("nothing"), AttributeIds.Value),
                Of(StandardNodes.ServerStatusCurrentTime, AttributeIds.Value),
            ],
        }).Results;
        Assert.Equal(Variant.From(new QualifiedName(2, "TT101")), results[0].Value);
        Assert.Equal(Variant.From(true), results[1].Value);
        Assert.Equal(Variant.From(NodeId.Numeric(0, 6)), results[2].Value);
        Assert.Equal(Variant.From(8u), results[3].Value);
        Assert.Equal("urn:edgealarm:plant", ((string?[])results[4].Value.Elements!)[2]);
        Assert.Equal([StatusCodes.BadAttributeIdInvalid, StatusCodes.BadNodeIdUnknown], results[5..7].Select(value => value.Status));
        Assert.Equal(Variant.FromDateTimeTicks(server.Now), results[7].Value);

        var tooMany = Enumerable.Repeat(Of(StandardNodes.Server, AttributeIds.NodeId), 9).ToArray();
        Assert.Equal(StatusCodes.BadTooManyOperations, server.Refusal<ReadRequest, ReadResponse>(new ReadRequest { NodesToRead = tooMany }));
        Assert.Equal(StatusCodes.BadNothingToDo, server.Refusal<ReadRequest, ReadResponse>(new ReadRequest()));
    }

    [Fact]
    public void A_browse_that_does_not_fit_goes_on_page_by_page_and_misses_nothing()
    {
        var server = new VirtualServer();
        server.Login();
        var names = new List<string?>();
        var page = Assert.Single(server.Call<BrowseRequest, BrowseResponse>(new BrowseRequest
        {
            RequestedMaxReferencesPerNode = 3,
            NodesToBrowse = [new BrowseDescription { NodeId = VirtualServer.Tag("Plant"), ReferenceTypeId = StandardNodes.HierarchicalReferences, IncludeSubtypes = true, ResultMask = 63 }],
        }).Results);
        for (names.AddRange(page.References.Select(reference => reference.BrowseName.Name)); page.ContinuationPoint is not null;)
        {
            Assert.Equal(3, page.References.Length);
            page = Assert.Single(server.Call<BrowseNextRequest, BrowseNextResponse>(new BrowseNextRequest { ContinuationPoints = [page.ContinuationPoint] }).Results);
            names.AddRange(page.References.Select(reference => reference.BrowseName.Name));
        }

        Assert.Equal(server.Plant.Cells.Select(cell => cell.Tag.Name), names);
        Assert.Equal(
            StatusCodes.BadContinuationPointInvalid,
            Assert.Single(server.Call<BrowseNextRequest, BrowseNextResponse>(new BrowseNextRequest { ContinuationPoints = [[1, 2, 3, 4]] }).Results).StatusCode);
    }

    [Fact]
    public void A_browse_path_leads_from_the_objects_folder_to_a_tag()
    {
        var server = new VirtualServer();
        server.Login();
        RelativePathElement Step(ushort space, string name) => new() { ReferenceTypeId = StandardNodes.HierarchicalReferences, IncludeSubtypes = true, TargetName = new QualifiedName(space, name) };
        BrowsePath Path(string tag) => new() { StartingNode = StandardNodes.ObjectsFolder, RelativePath = new RelativePath { Elements = [Step(2, "Plant"), Step(2, tag)] } };
        var results = server.Call<TranslateBrowsePathsToNodeIdsRequest, TranslateBrowsePathsToNodeIdsResponse>(
            new TranslateBrowsePathsToNodeIdsRequest { BrowsePaths = [Path("FT101"), Path("FT999")] }).Results;
        Assert.Equal(VirtualServer.Tag("FT101"), Assert.Single(results[0].Targets).TargetId.NodeId);
        Assert.Equal(StatusCodes.BadNoMatch, results[1].StatusCode);
    }

    [Fact]
    public void Any_request_body_is_answered_or_refused_and_never_breaks_the_server()
    {
        var server = new VirtualServer();
        server.Login();
        var subscription = server.Subscribe().SubscriptionId;
        server.Watch(subscription, "LT101");
        byte[][] valid =
        [
            server.Body<ReadRequest, ReadResponse>(ReadLevel),
            server.Body<BrowseRequest, BrowseResponse>(new BrowseRequest { NodesToBrowse = [new BrowseDescription { NodeId = StandardNodes.ObjectsFolder }] }),
            server.Body<BrowseNextRequest, BrowseNextResponse>(new BrowseNextRequest { ContinuationPoints = [[1, 0, 0, 0]] }),
            server.Body<PublishRequest, PublishResponse>(new PublishRequest { SubscriptionAcknowledgements = [new SubscriptionAcknowledgement(subscription, 1)] }),
            server.Body<RepublishRequest, RepublishResponse>(new RepublishRequest { SubscriptionId = subscription, RetransmitSequenceNumber = 1 }),
            server.Body<CreateSubscriptionRequest, CreateSubscriptionResponse>(new CreateSubscriptionRequest { RequestedPublishingIntervalMs = 100 }),
            server.Body<TransferSubscriptionsRequest, TransferSubscriptionsResponse>(new TransferSubscriptionsRequest { SubscriptionIds = [subscription] }),
            server.Body<CreateMonitoredItemsRequest, CreateMonitoredItemsResponse>(new CreateMonitoredItemsRequest
            {
                SubscriptionId = subscription,
                ItemsToCreate = [new MonitoredItemCreateRequest { ItemToMonitor = ReadLevel.NodesToRead[0], RequestedParameters = new MonitoringParameters { QueueSize = 10, Filter = ExtensionObject.From(new DataChangeFilter()) } }],
            }),
            server.Body<GetEndpointsRequest, GetEndpointsResponse>(new GetEndpointsRequest()),
            server.Body<CreateSessionRequest, CreateSessionResponse>(new CreateSessionRequest()),
            server.Body<ActivateSessionRequest, ActivateSessionResponse>(new ActivateSessionRequest { UserIdentityToken = ExtensionObject.From(new UserNameIdentityToken { PolicyId = "username", UserName = "edge", Password = [1, 2, 3] }) }),
        ];
        var random = new Random(20_261_123);
        var output = new BinaryEncoder();
        var good = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var body = valid[random.Next(valid.Length)].ToArray();
            for (var flips = random.Next(4); flips > 0; flips--)
            {
                body[random.Next(body.Length)] = (byte)random.Next(256);
            }

            output.Clear();
            var length = random.Next(4) == 0 ? random.Next(body.Length) : body.Length;
            if (server.Core.TryServe(server.Channel, (uint)i + 1_000, body.AsMemory(0, length), server.Now, output))
            {
                Assert.True(output.Length > 0);
                good++;
            }

            if (i % 100 == 0)
            {
                server.Advance(20);
            }
        }

        // most were answered at once, and the server is as good as before
        Assert.True(good > 10_000);
        server.Login();
        Assert.True(Assert.Single(server.Call<ReadRequest, ReadResponse>(ReadLevel).Results).Status.IsGood);
    }

    private static ReadValueId Of(NodeId node, uint attribute) => new() { NodeId = node, AttributeId = attribute };
}
