using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Security;
using EdgeAlarm.OpcUa.Services;
using EdgeAlarm.OpcUa.Tests.BinaryEncoding;

namespace EdgeAlarm.OpcUa.Tests.Services;

/// <summary>Whole message bodies, written by hand from the field lists of OPC 10000-6 Annex A, in both directions.</summary>
public sealed class MessageGoldenTests
{
    private const long NewYear2024 = 638_396_640_000_000_000;

    private const string RequestHeaderBytes =
        """
        01 01 07 00              # authentication token ns=1;i=7
        00 C0 89 76 45 3C DA 01  # 2024-01-01
        05 00 00 00              # request handle
        00 00 00 00              # no diagnostics
        FF FF FF FF              # no audit entry
        10 27 00 00              # 10,000 ms
        00 00 00                 # no additional header
        """;

    private const string ResponseHeaderBytes =
        """
        00 C0 89 76 45 3C DA 01  # 2024-01-01
        05 00 00 00              # request handle
        00 00 00 00              # Good
        00                       # no diagnostics
        00 00 00 00              # no strings
        00 00 00                 # no additional header
        """;

    private static readonly RequestHeader Request = new()
    {
        AuthenticationToken = NodeId.Numeric(1, 7), TimestampTicks = NewYear2024, RequestHandle = 5, TimeoutHintMs = 10_000,
    };

    private static readonly ResponseHeader Response = new() { TimestampTicks = NewYear2024, RequestHandle = 5 };

    [Fact]
    public void Call_request() => Holds(
        "01 00 C8 02 # i=712\n" + RequestHeaderBytes +
        """

        01 00 00 00           # one method
        01 00 CD 08           # object i=2253
        01 00 E4 2C           # method i=11492
        01 00 00 00           # one argument
        07 2A 00 00 00        # UInt32 42
        """,
        new CallRequest { Header = Request, MethodsToCall = [new() { ObjectId = StandardNodes.Server, MethodId = StandardNodes.GetMonitoredItems, InputArguments = [Variant.From(42u)] }] });

    [Fact]
    public void Call_response() => Holds(
        "01 00 CB 02 # i=715\n" + ResponseHeaderBytes +
        """

        01 00 00 00           # one result
        00 00 00 00           # Good
        01 00 00 00 00 00 00 00  # one argument, Good
        00 00 00 00           # no diagnostics
        02 00 00 00           # two outputs
        87 02 00 00 00 01 00 00 00 02 00 00 00  # UInt32[] 1, 2
        87 01 00 00 00 09 00 00 00              # UInt32[] 9
        00 00 00 00           # no diagnostics
        """,
        new CallResponse
        {
            Header = Response,
            Results = [new() { InputArgumentResults = [StatusCodes.Good], OutputArguments = [Variant.FromArray<uint>([1, 2]), Variant.FromArray<uint>([9])] }],
        });

    [Fact]
    public void OpenSecureChannel_request() => Holds(
        "01 00 BE 01 # i=446\n" + RequestHeaderBytes +
        """

        00 00 00 00           # protocol version
        01 00 00 00           # renew
        03 00 00 00           # sign and encrypt
        02 00 00 00 AB CD     # nonce
        80 EE 36 00           # 3,600,000 ms
        """,
        new OpenSecureChannelRequest
        {
            Header = Request,
            RequestType = SecurityTokenRequestType.Renew,
            SecurityMode = MessageSecurityMode.SignAndEncrypt,
            ClientNonce = [0xAB, 0xCD],
            RequestedLifetimeMs = 3_600_000,
        });

    [Fact]
    public void ActivateSession_request_with_user_name() => Holds(
        "01 00 D3 01 # i=467\n" + RequestHeaderBytes +
        """

        01 00 00 00 61 01 00 00 00 05  # client signature: algorithm "a", one byte
        00 00 00 00                    # no software certificates
        01 00 00 00 02 00 00 00 65 6E  # locales: "en"
        01 00 44 01                    # i=324 user name token
        01                             # binary body
        16 00 00 00                    # 22 bytes
        01 00 00 00 70                 # policy "p"
        01 00 00 00 75                 # user "u"
        04 00 00 00 01 02 03 04        # encrypted password
        00 00 00 00                    # encryption algorithm, empty
        FF FF FF FF FF FF FF FF        # no token signature
        """,
        new ActivateSessionRequest
        {
            Header = Request,
            ClientSignature = new() { Algorithm = "a", Signature = [5] },
            LocaleIds = ["en"],
            UserIdentityToken = ExtensionObject.From(
                new UserNameIdentityToken { PolicyId = "p", UserName = "u", Password = [1, 2, 3, 4], EncryptionAlgorithm = "" }),
        });

    [Fact]
    public void Read_request() => Holds(
        "01 00 77 02 # i=631\n" + RequestHeaderBytes +
        """

        00 00 00 00 00 00 00 00  # max age 0
        02 00 00 00              # both timestamps
        01 00 00 00              # one node
        01 00 D2 08              # i=2258 CurrentTime
        0D 00 00 00              # attribute 13 Value
        FF FF FF FF              # no index range
        00 00 FF FF FF FF        # default encoding
        """,
        new ReadRequest
        {
            Header = Request,
            TimestampsToReturn = TimestampsToReturn.Both,
            NodesToRead = [new() { NodeId = StandardNodes.ServerStatusCurrentTime, AttributeId = AttributeIds.Value }],
        });

    [Fact]
    public void Browse_response() => Holds(
        "01 00 12 02 # i=530\n" + ResponseHeaderBytes +
        """

        01 00 00 00           # one result
        00 00 00 00           # Good
        01 00 00 00 09        # continuation point
        01 00 00 00           # one reference
        00 23                 # Organizes
        01                    # forward
        03 02 00 01 00 00 00 78  # ns=2;s=x
        02 00 01 00 00 00 78  # browse name 2:x
        02 01 00 00 00 58     # display name "X"
        02 00 00 00           # variable
        00 3F                 # type i=63
        00 00 00 00           # no diagnostics
        """,
        new BrowseResponse
        {
            Header = Response,
            Results =
            [
                new()
                {
                    ContinuationPoint = [9],
                    References =
                    [
                        new()
                        {
                            ReferenceTypeId = StandardNodes.Organizes,
                            IsForward = true,
                            NodeId = new ExpandedNodeId(NodeId.Text(2, "x")),
                            BrowseName = new QualifiedName(2, "x"),
                            DisplayName = new LocalizedText("X"),
                            NodeClass = NodeClass.Variable,
                            TypeDefinition = new ExpandedNodeId(StandardNodes.BaseDataVariableType),
                        },
                    ],
                },
            ],
        });

    [Fact]
    public void CreateSubscription_request() => Holds(
        "01 00 13 03 # i=787\n" + RequestHeaderBytes +
        """

        00 00 00 00 00 40 6F 40  # 250.0 ms
        58 02 00 00              # lifetime 600
        14 00 00 00              # keep-alive 20
        00 00 00 00              # no limit of notifications
        01                       # publishing enabled
        C8                       # priority 200
        """,
        new CreateSubscriptionRequest
        {
            Header = Request,
            RequestedPublishingIntervalMs = 250,
            RequestedLifetimeCount = 600,
            RequestedMaxKeepAliveCount = 20,
            PublishingEnabled = true,
            Priority = 200,
        });

    [Fact]
    public void CreateMonitoredItems_request_with_a_filter() => Holds(
        "01 00 EF 02 # i=751\n" + RequestHeaderBytes +
        """

        2A 00 00 00              # subscription 42
        02 00 00 00              # both timestamps
        01 00 00 00              # one item
        03 02 00 01 00 00 00 78  # ns=2;s=x
        0D 00 00 00              # attribute 13 Value
        FF FF FF FF              # no index range
        00 00 FF FF FF FF        # default encoding
        02 00 00 00              # reporting
        07 00 00 00              # client handle 7
        00 00 00 00 00 00 59 40  # sampling 100.0 ms
        01 00 D4 02              # i=724 data change filter
        01                       # binary body
        10 00 00 00              # 16 bytes
        01 00 00 00              # trigger: status or value
        00 00 00 00              # no deadband
        00 00 00 00 00 00 00 00  # deadband 0.0
        1E 00 00 00              # queue 30
        01                       # discard the oldest
        """,
        new CreateMonitoredItemsRequest
        {
            Header = Request,
            SubscriptionId = 42,
            TimestampsToReturn = TimestampsToReturn.Both,
            ItemsToCreate =
            [
                new()
                {
                    ItemToMonitor = new() { NodeId = NodeId.Text(2, "x"), AttributeId = AttributeIds.Value },
                    MonitoringMode = MonitoringMode.Reporting,
                    RequestedParameters = new()
                    {
                        ClientHandle = 7,
                        SamplingIntervalMs = 100,
                        Filter = ExtensionObject.From(new DataChangeFilter { Trigger = DataChangeTrigger.StatusValue }),
                        QueueSize = 30,
                        DiscardOldest = true,
                    },
                },
            ],
        });

    [Fact]
    public void Publish_request() => Holds(
        "01 00 3A 03 # i=826\n" + RequestHeaderBytes + "\n01 00 00 00  2A 00 00 00  FF FF FF FF # subscription 42, message 4294967295",
        new PublishRequest { Header = Request, SubscriptionAcknowledgements = [new(42, uint.MaxValue)] });

    [Fact]
    public void Publish_response_with_values() => Holds(
        "01 00 3D 03 # i=829\n" + ResponseHeaderBytes +
        """

        2A 00 00 00              # subscription 42
        01 00 00 00 03 00 00 00  # message 3 is available
        00                       # nothing more waits
        03 00 00 00              # message 3
        00 C0 89 76 45 3C DA 01  # published 2024-01-01
        01 00 00 00              # one notification
        01 00 2B 03              # i=811 data change
        01                       # binary body
        21 00 00 00              # 33 bytes
        02 00 00 00              # two values
        07 00 00 00              # client handle 7
        03 0B 00 00 00 00 00 00 F8 3F 80 04 00 00  # 1.5, Good with the Overflow bit
        08 00 00 00              # client handle 8
        01 01 01                 # true
        00 00 00 00              # no diagnostics of the values
        00 00 00 00              # no acknowledgement results
        00 00 00 00              # no diagnostics
        """,
        new PublishResponse
        {
            Header = Response,
            SubscriptionId = 42,
            AvailableSequenceNumbers = [3],
            NotificationMessage = new()
            {
                SequenceNumber = 3,
                PublishTimeTicks = NewYear2024,
                Notifications =
                [
                    ExtensionObject.From(
                        new DataChangeNotification
                        {
                            MonitoredItems =
                            [
                                new(7, new DataValue(Variant.From(1.5), new StatusCode(0x480))),
                                new(8, new DataValue(Variant.From(true))),
                            ],
                        }),
                ],
            },
        });

    [Fact]
    public void Service_fault() => Holds(
        "01 00 8D 01 # i=397\n" + ResponseHeaderBytes.Replace("00 00 00 00              # Good", "00 00 25 80", StringComparison.Ordinal),
        new ServiceFault { Header = Response with { ServiceResult = StatusCodes.BadSessionIdInvalid } });

    // Null arrays are what most servers send where they have nothing.
    [Fact]
    public void Null_arrays_are_read_as_empty()
    {
        var body = Golden.Bytes(
            "01 00 7A 02 # i=634\n" + ResponseHeaderBytes.Replace("00 00 00 00              # no strings", "FF FF FF FF", StringComparison.Ordinal)
            + "\nFF FF FF FF FF FF FF FF");
        var response = ServiceMessage.Read<ReadResponse>(body, DecodingLimits.Default);
        Assert.Empty(response.Results);
        Assert.Empty(response.DiagnosticInfos);
        Assert.Empty(response.Header.StringTable);
    }

    private static void Holds<T>(string annotated, T message)
        where T : IServiceMessage<T>
    {
        var bytes = Golden.Bytes(annotated);
        var encoder = new BinaryEncoder();
        ServiceMessage.Write(encoder, message);
        Assert.Equal(Convert.ToHexString(bytes), Convert.ToHexString(encoder.WrittenSpan));

        // and back: every field was read into its own place, or it would not be written to the same place again
        var decoded = ServiceMessage.Read<T>(bytes, DecodingLimits.Default);
        encoder.Clear();
        ServiceMessage.Write(encoder, decoded);
        Assert.Equal(Convert.ToHexString(bytes), Convert.ToHexString(encoder.WrittenSpan));
    }
}
