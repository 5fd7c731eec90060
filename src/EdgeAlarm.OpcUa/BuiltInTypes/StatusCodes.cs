namespace EdgeAlarm.OpcUa.BuiltInTypes;

#pragma warning disable CA1707 // the names are the standard's, underscores and all

/// <summary>The status codes that the standard names, with its own descriptions (OPC 10000-6 Annex A.2, StatusCode.csv).</summary>
public static class StatusCodes
{
    /// <summary>The operation succeeded.</summary>
    public static readonly StatusCode Good = new(0x00000000);

    /// <summary>The operation was uncertain.</summary>
    public static readonly StatusCode Uncertain = new(0x40000000);

    /// <summary>The operation failed.</summary>
    public static readonly StatusCode Bad = new(0x80000000);

    /// <summary>An unexpected error occurred.</summary>
    public static readonly StatusCode BadUnexpectedError = new(0x80010000);

    /// <summary>An internal error occurred as a result of a programming or configuration error.</summary>
    public static readonly StatusCode BadInternalError = new(0x80020000);

    /// <summary>Not enough memory to complete the operation.</summary>
    public static readonly StatusCode BadOutOfMemory = new(0x80030000);

    /// <summary>An operating system resource is not available.</summary>
    public static readonly StatusCode BadResourceUnavailable = new(0x80040000);

    /// <summary>A low level communication error occurred.</summary>
    public static readonly StatusCode BadCommunicationError = new(0x80050000);

    /// <summary>Encoding halted because of invalid data in the objects being serialized.</summary>
    public static readonly StatusCode BadEncodingError = new(0x80060000);

    /// <summary>Decoding halted because of invalid data in the stream.</summary>
    public static readonly StatusCode BadDecodingError = new(0x80070000);

    /// <summary>The message encoding/decoding limits imposed by the stack have been exceeded.</summary>
    public static readonly StatusCode BadEncodingLimitsExceeded = new(0x80080000);

    /// <summary>The request message size exceeds limits set by the server.</summary>
    public static readonly StatusCode BadRequestTooLarge = new(0x80B80000);

    /// <summary>The response message size exceeds limits set by the client or server.</summary>
    public static readonly StatusCode BadResponseTooLarge = new(0x80B90000);

    /// <summary>An unrecognized response was received from the server.</summary>
    public static readonly StatusCode BadUnknownResponse = new(0x80090000);

    /// <summary>The operation timed out.</summary>
    public static readonly StatusCode BadTimeout = new(0x800A0000);

    /// <summary>The server does not support the requested service.</summary>
    public static readonly StatusCode BadServiceUnsupported = new(0x800B0000);

    /// <summary>The operation was cancelled because the application is shutting down.</summary>
    public static readonly StatusCode BadShutdown = new(0x800C0000);

    /// <summary>The operation could not complete because the client is not connected to the server.</summary>
    public static readonly StatusCode BadServerNotConnected = new(0x800D0000);

    /// <summary>The server has stopped and cannot process any requests.</summary>
    public static readonly StatusCode BadServerHalted = new(0x800E0000);

    /// <summary>No processing could be done because there was nothing to do.</summary>
    public static readonly StatusCode BadNothingToDo = new(0x800F0000);

    /// <summary>The request could not be processed because it specified too many operations.</summary>
    public static readonly StatusCode BadTooManyOperations = new(0x80100000);

    /// <summary>The request could not be processed because there are too many monitored items in the subscription.</summary>
    public static readonly StatusCode BadTooManyMonitoredItems = new(0x80DB0000);

    /// <summary>The extension object cannot be (de)serialized because the data type id is not recognized.</summary>
    public static readonly StatusCode BadDataTypeIdUnknown = new(0x80110000);

    /// <summary>The certificate provided as a parameter is not valid.</summary>
    public static readonly StatusCode BadCertificateInvalid = new(0x80120000);

    /// <summary>An error occurred verifying security.</summary>
    public static readonly StatusCode BadSecurityChecksFailed = new(0x80130000);

    /// <summary>The certificate does not meet the requirements of the security policy.</summary>
    public static readonly StatusCode BadCertificatePolicyCheckFailed = new(0x81140000);

    /// <summary>The certificate has expired or is not yet valid.</summary>
    public static readonly StatusCode BadCertificateTimeInvalid = new(0x80140000);

    /// <summary>An issuer certificate has expired or is not yet valid.</summary>
    public static readonly StatusCode BadCertificateIssuerTimeInvalid = new(0x80150000);

    /// <summary>The HostName used to connect to a server does not match a HostName in the certificate.</summary>
    public static readonly StatusCode BadCertificateHostNameInvalid = new(0x80160000);

    /// <summary>The URI specified in the ApplicationDescription does not match the URI in the certificate.</summary>
    public static readonly StatusCode BadCertificateUriInvalid = new(0x80170000);

    /// <summary>The certificate may not be used for the requested operation.</summary>
    public static readonly StatusCode BadCertificateUseNotAllowed = new(0x80180000);

    /// <summary>The issuer certificate may not be used for the requested operation.</summary>
    public static readonly StatusCode BadCertificateIssuerUseNotAllowed = new(0x80190000);

    /// <summary>The certificate is not trusted.</summary>
    public static readonly StatusCode BadCertificateUntrusted = new(0x801A0000);

    /// <summary>It was not possible to determine if the certificate has been revoked.</summary>
    public static readonly StatusCode BadCertificateRevocationUnknown = new(0x801B0000);

    /// <summary>It was not possible to determine if the issuer certificate has been revoked.</summary>
    public static readonly StatusCode BadCertificateIssuerRevocationUnknown = new(0x801C0000);

    /// <summary>The certificate has been revoked.</summary>
    public static readonly StatusCode BadCertificateRevoked = new(0x801D0000);

    /// <summary>The issuer certificate has been revoked.</summary>
    public static readonly StatusCode BadCertificateIssuerRevoked = new(0x801E0000);

    /// <summary>The certificate chain is incomplete.</summary>
    public static readonly StatusCode BadCertificateChainIncomplete = new(0x810D0000);

    /// <summary>User does not have permission to perform the requested operation.</summary>
    public static readonly StatusCode BadUserAccessDenied = new(0x801F0000);

    /// <summary>The user identity token is not valid.</summary>
    public static readonly StatusCode BadIdentityTokenInvalid = new(0x80200000);

    /// <summary>The user identity token is valid but the server has rejected it.</summary>
    public static readonly StatusCode BadIdentityTokenRejected = new(0x80210000);

    /// <summary>The specified secure channel is no longer valid.</summary>
    public static readonly StatusCode BadSecureChannelIdInvalid = new(0x80220000);

    /// <summary>The timestamp is outside the range allowed by the server.</summary>
    public static readonly StatusCode BadInvalidTimestamp = new(0x80230000);

    /// <summary>The nonce does appear to be not a random value or it is not the correct length.</summary>
    public static readonly StatusCode BadNonceInvalid = new(0x80240000);

    /// <summary>The session id is not valid.</summary>
    public static readonly StatusCode BadSessionIdInvalid = new(0x80250000);

    /// <summary>The session was closed by the client.</summary>
    public static readonly StatusCode BadSessionClosed = new(0x80260000);

    /// <summary>The session cannot be used because ActivateSession has not been called.</summary>
    public static readonly StatusCode BadSessionNotActivated = new(0x80270000);

    /// <summary>The subscription id is not valid.</summary>
    public static readonly StatusCode BadSubscriptionIdInvalid = new(0x80280000);

    /// <summary>The header for the request is missing or invalid.</summary>
    public static readonly StatusCode BadRequestHeaderInvalid = new(0x802A0000);

    /// <summary>The timestamps to return parameter is invalid.</summary>
    public static readonly StatusCode BadTimestampsToReturnInvalid = new(0x802B0000);

    /// <summary>The request was cancelled by the client.</summary>
    public static readonly StatusCode BadRequestCancelledByClient = new(0x802C0000);

    /// <summary>Too many arguments were provided.</summary>
    public static readonly StatusCode BadTooManyArguments = new(0x80E50000);

    /// <summary>The server requires a license to operate in general or to perform a service or operation, but existing license is expired.</summary>
    public static readonly StatusCode BadLicenseExpired = new(0x810E0000);

    /// <summary>The server has limits on number of allowed operations / objects, based on installed licenses, and these limits where exceeded.</summary>
    public static readonly StatusCode BadLicenseLimitsExceeded = new(0x810F0000);

    /// <summary>The server does not have a license which is required to operate in general or to perform a service or operation.</summary>
    public static readonly StatusCode BadLicenseNotAvailable = new(0x81100000);

    /// <summary>The Server does not have the resources to process the request at this time.</summary>
    public static readonly StatusCode BadServerTooBusy = new(0x80EE0000);

    /// <summary>The log-on for the user succeeded but the user is required to change the password.</summary>
    public static readonly StatusCode GoodPasswordChangeRequired = new(0x00EF0000);

    /// <summary>The subscription was transferred to another session.</summary>
    public static readonly StatusCode GoodSubscriptionTransferred = new(0x002D0000);

    /// <summary>The processing will complete asynchronously.</summary>
    public static readonly StatusCode GoodCompletesAsynchronously = new(0x002E0000);

    /// <summary>Sampling has slowed down due to resource limitations.</summary>
    public static readonly StatusCode GoodOverload = new(0x002F0000);

    /// <summary>The value written was accepted but was clamped.</summary>
    public static readonly StatusCode GoodClamped = new(0x00300000);

    /// <summary>Communication with the data source is defined, but not established, and there is no last known value available.</summary>
    public static readonly StatusCode BadNoCommunication = new(0x80310000);

    /// <summary>Waiting for the server to obtain values from the underlying data source.</summary>
    public static readonly StatusCode BadWaitingForInitialData = new(0x80320000);

    /// <summary>The syntax the node id is not valid or refers to a node that is not valid for the operation.</summary>
    public static readonly StatusCode BadNodeIdInvalid = new(0x80330000);

    /// <summary>The node id refers to a node that does not exist in the server address space.</summary>
    public static readonly StatusCode BadNodeIdUnknown = new(0x80340000);

    /// <summary>The attribute is not supported for the specified Node.</summary>
    public static readonly StatusCode BadAttributeIdInvalid = new(0x80350000);

    /// <summary>The syntax of the index range parameter is invalid.</summary>
    public static readonly StatusCode BadIndexRangeInvalid = new(0x80360000);

    /// <summary>No data exists within the range of indexes specified.</summary>
    public static readonly StatusCode BadIndexRangeNoData = new(0x80370000);

    /// <summary>The written data does not match the IndexRange specified.</summary>
    public static readonly StatusCode BadIndexRangeDataMismatch = new(0x80EA0000);

    /// <summary>The data encoding is invalid.</summary>
    public static readonly StatusCode BadDataEncodingInvalid = new(0x80380000);

    /// <summary>The server does not support the requested data encoding for the node.</summary>
    public static readonly StatusCode BadDataEncodingUnsupported = new(0x80390000);

    /// <summary>The access level does not allow reading or subscribing to the Node.</summary>
    public static readonly StatusCode BadNotReadable = new(0x803A0000);

    /// <summary>The access level does not allow writing to the Node.</summary>
    public static readonly StatusCode BadNotWritable = new(0x803B0000);

    /// <summary>The value was out of range.</summary>
    public static readonly StatusCode BadOutOfRange = new(0x803C0000);

    /// <summary>The requested operation is not supported.</summary>
    public static readonly StatusCode BadNotSupported = new(0x803D0000);

    /// <summary>A requested item was not found or a search operation ended without success.</summary>
    public static readonly StatusCode BadNotFound = new(0x803E0000);

    /// <summary>The object cannot be used because it has been deleted.</summary>
    public static readonly StatusCode BadObjectDeleted = new(0x803F0000);

    /// <summary>Requested operation is not implemented.</summary>
    public static readonly StatusCode BadNotImplemented = new(0x80400000);

    /// <summary>The monitoring mode is invalid.</summary>
    public static readonly StatusCode BadMonitoringModeInvalid = new(0x80410000);

    /// <summary>The monitoring item id does not refer to a valid monitored item.</summary>
    public static readonly StatusCode BadMonitoredItemIdInvalid = new(0x80420000);

    /// <summary>The monitored item filter parameter is not valid.</summary>
    public static readonly StatusCode BadMonitoredItemFilterInvalid = new(0x80430000);

    /// <summary>The server does not support the requested monitored item filter.</summary>
    public static readonly StatusCode BadMonitoredItemFilterUnsupported = new(0x80440000);

    /// <summary>A monitoring filter cannot be used in combination with the attribute specified.</summary>
    public static readonly StatusCode BadFilterNotAllowed = new(0x80450000);

    /// <summary>A mandatory structured parameter was missing or null.</summary>
    public static readonly StatusCode BadStructureMissing = new(0x80460000);

    /// <summary>The event filter is not valid.</summary>
    public static readonly StatusCode BadEventFilterInvalid = new(0x80470000);

    /// <summary>The content filter is not valid.</summary>
    public static readonly StatusCode BadContentFilterInvalid = new(0x80480000);

    /// <summary>An unrecognized operator was provided in a filter.</summary>
    public static readonly StatusCode BadFilterOperatorInvalid = new(0x80C10000);

    /// <summary>A valid operator was provided, but the server does not provide support for this filter operator.</summary>
    public static readonly StatusCode BadFilterOperatorUnsupported = new(0x80C20000);

    /// <summary>The number of operands provided for the filter operator was less then expected for the operand provided.</summary>
    public static readonly StatusCode BadFilterOperandCountMismatch = new(0x80C30000);

    /// <summary>The operand used in a content filter is not valid.</summary>
    public static readonly StatusCode BadFilterOperandInvalid = new(0x80490000);

    /// <summary>The referenced element is not a valid element in the content filter.</summary>
    public static readonly StatusCode BadFilterElementInvalid = new(0x80C40000);

    /// <summary>The referenced literal is not a valid value.</summary>
    public static readonly StatusCode BadFilterLiteralInvalid = new(0x80C50000);

    /// <summary>The continuation point provide is longer valid.</summary>
    public static readonly StatusCode BadContinuationPointInvalid = new(0x804A0000);

    /// <summary>The operation could not be processed because all continuation points have been allocated.</summary>
    public static readonly StatusCode BadNoContinuationPoints = new(0x804B0000);

    /// <summary>The reference type id does not refer to a valid reference type node.</summary>
    public static readonly StatusCode BadReferenceTypeIdInvalid = new(0x804C0000);

    /// <summary>The browse direction is not valid.</summary>
    public static readonly StatusCode BadBrowseDirectionInvalid = new(0x804D0000);

    /// <summary>The node is not part of the view.</summary>
    public static readonly StatusCode BadNodeNotInView = new(0x804E0000);

    /// <summary>The number was not accepted because of a numeric overflow.</summary>
    public static readonly StatusCode BadNumericOverflow = new(0x81120000);

    /// <summary>The locale in the requested write operation is not supported.</summary>
    public static readonly StatusCode BadLocaleNotSupported = new(0x80ED0000);

    /// <summary>The variable has no default value and no initial value.</summary>
    public static readonly StatusCode BadNoValue = new(0x80F00000);

    /// <summary>The ServerUri is not a valid URI.</summary>
    public static readonly StatusCode BadServerUriInvalid = new(0x804F0000);

    /// <summary>No ServerName was specified.</summary>
    public static readonly StatusCode BadServerNameMissing = new(0x80500000);

    /// <summary>No DiscoveryUrl was specified.</summary>
    public static readonly StatusCode BadDiscoveryUrlMissing = new(0x80510000);

    /// <summary>The semaphore file specified by the client is not valid.</summary>
    public static readonly StatusCode BadSempahoreFileMissing = new(0x80520000);

    /// <summary>The security token request type is not valid.</summary>
    public static readonly StatusCode BadRequestTypeInvalid = new(0x80530000);

    /// <summary>The security mode does not meet the requirements set by the server.</summary>
    public static readonly StatusCode BadSecurityModeRejected = new(0x80540000);

    /// <summary>The security policy does not meet the requirements set by the server.</summary>
    public static readonly StatusCode BadSecurityPolicyRejected = new(0x80550000);

    /// <summary>The server has reached its maximum number of sessions.</summary>
    public static readonly StatusCode BadTooManySessions = new(0x80560000);

    /// <summary>The user token signature is missing or invalid.</summary>
    public static readonly StatusCode BadUserSignatureInvalid = new(0x80570000);

    /// <summary>The signature generated with the client certificate is missing or invalid.</summary>
    public static readonly StatusCode BadApplicationSignatureInvalid = new(0x80580000);

    /// <summary>The client did not provide at least one software certificate that is valid and meets the profile requirements for the server.</summary>
    public static readonly StatusCode BadNoValidCertificates = new(0x80590000);

    /// <summary>The server does not support changing the user identity assigned to the session.</summary>
    public static readonly StatusCode BadIdentityChangeNotSupported = new(0x80C60000);

    /// <summary>The request was cancelled by the client with the Cancel service.</summary>
    public static readonly StatusCode BadRequestCancelledByRequest = new(0x805A0000);

    /// <summary>The parent node id does not to refer to a valid node.</summary>
    public static readonly StatusCode BadParentNodeIdInvalid = new(0x805B0000);

    /// <summary>The reference could not be created because it violates constraints imposed by the data model.</summary>
    public static readonly StatusCode BadReferenceNotAllowed = new(0x805C0000);

    /// <summary>The requested node id was reject because it was either invalid or server does not allow node ids to be specified by the client.</summary>
    public static readonly StatusCode BadNodeIdRejected = new(0x805D0000);

    /// <summary>The requested node id is already used by another node.</summary>
    public static readonly StatusCode BadNodeIdExists = new(0x805E0000);

    /// <summary>The node class is not valid.</summary>
    public static readonly StatusCode BadNodeClassInvalid = new(0x805F0000);

    /// <summary>The browse name is invalid.</summary>
    public static readonly StatusCode BadBrowseNameInvalid = new(0x80600000);

    /// <summary>The browse name is not unique among nodes that share the same relationship with the parent.</summary>
    public static readonly StatusCode BadBrowseNameDuplicated = new(0x80610000);

    /// <summary>The node attributes are not valid for the node class.</summary>
    public static readonly StatusCode BadNodeAttributesInvalid = new(0x80620000);

    /// <summary>The type definition node id does not reference an appropriate type node.</summary>
    public static readonly StatusCode BadTypeDefinitionInvalid = new(0x80630000);

    /// <summary>The source node id does not reference a valid node.</summary>
    public static readonly StatusCode BadSourceNodeIdInvalid = new(0x80640000);

    /// <summary>The target node id does not reference a valid node.</summary>
    public static readonly StatusCode BadTargetNodeIdInvalid = new(0x80650000);

    /// <summary>The reference type between the nodes is already defined.</summary>
    public static readonly StatusCode BadDuplicateReferenceNotAllowed = new(0x80660000);

    /// <summary>The server does not allow this type of self reference on this node.</summary>
    public static readonly StatusCode BadInvalidSelfReference = new(0x80670000);

    /// <summary>The reference type is not valid for a reference to a remote server.</summary>
    public static readonly StatusCode BadReferenceLocalOnly = new(0x80680000);

    /// <summary>The server will not allow the node to be deleted.</summary>
    public static readonly StatusCode BadNoDeleteRights = new(0x80690000);

    /// <summary>The server was not able to delete all target references.</summary>
    public static readonly StatusCode UncertainReferenceNotDeleted = new(0x40BC0000);

    /// <summary>The server index is not valid.</summary>
    public static readonly StatusCode BadServerIndexInvalid = new(0x806A0000);

    /// <summary>The view id does not refer to a valid view node.</summary>
    public static readonly StatusCode BadViewIdUnknown = new(0x806B0000);

    /// <summary>The view timestamp is not available or not supported.</summary>
    public static readonly StatusCode BadViewTimestampInvalid = new(0x80C90000);

    /// <summary>The view parameters are not consistent with each other.</summary>
    public static readonly StatusCode BadViewParameterMismatch = new(0x80CA0000);

    /// <summary>The view version is not available or not supported.</summary>
    public static readonly StatusCode BadViewVersionInvalid = new(0x80CB0000);

    /// <summary>The list of references may not be complete because the underlying system is not available.</summary>
    public static readonly StatusCode UncertainNotAllNodesAvailable = new(0x40C00000);

    /// <summary>The server should have followed a reference to a node in a remote server but did not. The result set may be incomplete.</summary>
    public static readonly StatusCode GoodResultsMayBeIncomplete = new(0x00BA0000);

    /// <summary>The provided Nodeid was not a type definition nodeid.</summary>
    public static readonly StatusCode BadNotTypeDefinition = new(0x80C80000);

    /// <summary>One of the references to follow in the relative path references to a node in the address space in another server.</summary>
    public static readonly StatusCode UncertainReferenceOutOfServer = new(0x406C0000);

    /// <summary>The requested operation has too many matches to return.</summary>
    public static readonly StatusCode BadTooManyMatches = new(0x806D0000);

    /// <summary>The requested operation requires too many resources in the server.</summary>
    public static readonly StatusCode BadQueryTooComplex = new(0x806E0000);

    /// <summary>The requested operation has no match to return.</summary>
    public static readonly StatusCode BadNoMatch = new(0x806F0000);

    /// <summary>The max age parameter is invalid.</summary>
    public static readonly StatusCode BadMaxAgeInvalid = new(0x80700000);

    /// <summary>The operation is not permitted over the current secure channel.</summary>
    public static readonly StatusCode BadSecurityModeInsufficient = new(0x80E60000);

    /// <summary>The history details parameter is not valid.</summary>
    public static readonly StatusCode BadHistoryOperationInvalid = new(0x80710000);

    /// <summary>The server does not support the requested operation.</summary>
    public static readonly StatusCode BadHistoryOperationUnsupported = new(0x80720000);

    /// <summary>The defined timestamp to return was invalid.</summary>
    public static readonly StatusCode BadInvalidTimestampArgument = new(0x80BD0000);

    /// <summary>The server does not support writing the combination of value, status and timestamps provided.</summary>
    public static readonly StatusCode BadWriteNotSupported = new(0x80730000);

    /// <summary>The value supplied for the attribute is not of the same type as the attribute's value.</summary>
    public static readonly StatusCode BadTypeMismatch = new(0x80740000);

    /// <summary>The method id does not refer to a method for the specified object.</summary>
    public static readonly StatusCode BadMethodInvalid = new(0x80750000);

    /// <summary>The client did not specify all of the input arguments for the method.</summary>
    public static readonly StatusCode BadArgumentsMissing = new(0x80760000);

    /// <summary>The executable attribute does not allow the execution of the method.</summary>
    public static readonly StatusCode BadNotExecutable = new(0x81110000);

    /// <summary>The server has reached its maximum number of subscriptions.</summary>
    public static readonly StatusCode BadTooManySubscriptions = new(0x80770000);

    /// <summary>The server has reached the maximum number of queued publish requests.</summary>
    public static readonly StatusCode BadTooManyPublishRequests = new(0x80780000);

    /// <summary>There is no subscription available for this session.</summary>
    public static readonly StatusCode BadNoSubscription = new(0x80790000);

    /// <summary>The sequence number is unknown to the server.</summary>
    public static readonly StatusCode BadSequenceNumberUnknown = new(0x807A0000);

    /// <summary>The Server does not support retransmission queue and acknowledgement of sequence numbers is not available.</summary>
    public static readonly StatusCode GoodRetransmissionQueueNotSupported = new(0x00DF0000);

    /// <summary>The requested notification message is no longer available.</summary>
    public static readonly StatusCode BadMessageNotAvailable = new(0x807B0000);

    /// <summary>The client of the current session does not support one or more Profiles that are necessary for the subscription.</summary>
    public static readonly StatusCode BadInsufficientClientProfile = new(0x807C0000);

    /// <summary>The sub-state machine is not currently active.</summary>
    public static readonly StatusCode BadStateNotActive = new(0x80BF0000);

    /// <summary>An equivalent rule already exists.</summary>
    public static readonly StatusCode BadAlreadyExists = new(0x81150000);

    /// <summary>The server cannot process the request because it is too busy.</summary>
    public static readonly StatusCode BadTcpServerTooBusy = new(0x807D0000);

    /// <summary>The type of the message specified in the header invalid.</summary>
    public static readonly StatusCode BadTcpMessageTypeInvalid = new(0x807E0000);

    /// <summary>The SecureChannelId and/or TokenId are not currently in use.</summary>
    public static readonly StatusCode BadTcpSecureChannelUnknown = new(0x807F0000);

    /// <summary>The size of the message chunk specified in the header is too large.</summary>
    public static readonly StatusCode BadTcpMessageTooLarge = new(0x80800000);

    /// <summary>There are not enough resources to process the request.</summary>
    public static readonly StatusCode BadTcpNotEnoughResources = new(0x80810000);

    /// <summary>An internal error occurred.</summary>
    public static readonly StatusCode BadTcpInternalError = new(0x80820000);

    /// <summary>The server does not recognize the QueryString specified.</summary>
    public static readonly StatusCode BadTcpEndpointUrlInvalid = new(0x80830000);

    /// <summary>The request could not be sent because of a network interruption.</summary>
    public static readonly StatusCode BadRequestInterrupted = new(0x80840000);

    /// <summary>Timeout occurred while processing the request.</summary>
    public static readonly StatusCode BadRequestTimeout = new(0x80850000);

    /// <summary>The secure channel has been closed.</summary>
    public static readonly StatusCode BadSecureChannelClosed = new(0x80860000);

    /// <summary>The token has expired or is not recognized.</summary>
    public static readonly StatusCode BadSecureChannelTokenUnknown = new(0x80870000);

    /// <summary>The sequence number is not valid.</summary>
    public static readonly StatusCode BadSequenceNumberInvalid = new(0x80880000);

    /// <summary>The applications do not have compatible protocol versions.</summary>
    public static readonly StatusCode BadProtocolVersionUnsupported = new(0x80BE0000);

    /// <summary>There is a problem with the configuration that affects the usefulness of the value.</summary>
    public static readonly StatusCode BadConfigurationError = new(0x80890000);

    /// <summary>The variable should receive its value from another variable, but has never been configured to do so.</summary>
    public static readonly StatusCode BadNotConnected = new(0x808A0000);

    /// <summary>There has been a failure in the device/data source that generates the value that has affected the value.</summary>
    public static readonly StatusCode BadDeviceFailure = new(0x808B0000);

    /// <summary>There has been a failure in the sensor from which the value is derived by the device/data source.</summary>
    public static readonly StatusCode BadSensorFailure = new(0x808C0000);

    /// <summary>The source of the data is not operational.</summary>
    public static readonly StatusCode BadOutOfService = new(0x808D0000);

    /// <summary>The deadband filter is not valid.</summary>
    public static readonly StatusCode BadDeadbandFilterInvalid = new(0x808E0000);

    /// <summary>Communication to the data source has failed. The variable value is the last value that had a good quality.</summary>
    public static readonly StatusCode UncertainNoCommunicationLastUsableValue = new(0x408F0000);

    /// <summary>Whatever was updating this value has stopped doing so.</summary>
    public static readonly StatusCode UncertainLastUsableValue = new(0x40900000);

    /// <summary>The value is an operational value that was manually overwritten.</summary>
    public static readonly StatusCode UncertainSubstituteValue = new(0x40910000);

    /// <summary>The value is an initial value for a variable that normally receives its value from another variable.</summary>
    public static readonly StatusCode UncertainInitialValue = new(0x40920000);

    /// <summary>The value is at one of the sensor limits.</summary>
    public static readonly StatusCode UncertainSensorNotAccurate = new(0x40930000);

    /// <summary>The value is outside of the range of values defined for this parameter.</summary>
    public static readonly StatusCode UncertainEngineeringUnitsExceeded = new(0x40940000);

    /// <summary>The data value is derived from multiple sources and has less than the required number of Good sources.</summary>
    public static readonly StatusCode UncertainSubNormal = new(0x40950000);

    /// <summary>The value has been overridden.</summary>
    public static readonly StatusCode GoodLocalOverride = new(0x00960000);

    /// <summary>The value is derived from multiple sources and has the required number of Good sources, but less than the full number of Good sources.</summary>
    public static readonly StatusCode GoodSubNormal = new(0x00EB0000);

    /// <summary>This Condition refresh failed, a Condition refresh operation is already in progress.</summary>
    public static readonly StatusCode BadRefreshInProgress = new(0x80970000);

    /// <summary>This condition has already been disabled.</summary>
    public static readonly StatusCode BadConditionAlreadyDisabled = new(0x80980000);

    /// <summary>This condition has already been enabled.</summary>
    public static readonly StatusCode BadConditionAlreadyEnabled = new(0x80CC0000);

    /// <summary>Property not available, this condition is disabled.</summary>
    public static readonly StatusCode BadConditionDisabled = new(0x80990000);

    /// <summary>The specified event id is not recognized.</summary>
    public static readonly StatusCode BadEventIdUnknown = new(0x809A0000);

    /// <summary>The event cannot be acknowledged.</summary>
    public static readonly StatusCode BadEventNotAcknowledgeable = new(0x80BB0000);

    /// <summary>The dialog condition is not active.</summary>
    public static readonly StatusCode BadDialogNotActive = new(0x80CD0000);

    /// <summary>The response is not valid for the dialog.</summary>
    public static readonly StatusCode BadDialogResponseInvalid = new(0x80CE0000);

    /// <summary>The condition branch has already been acknowledged.</summary>
    public static readonly StatusCode BadConditionBranchAlreadyAcked = new(0x80CF0000);

    /// <summary>The condition branch has already been confirmed.</summary>
    public static readonly StatusCode BadConditionBranchAlreadyConfirmed = new(0x80D00000);

    /// <summary>The condition has already been shelved.</summary>
    public static readonly StatusCode BadConditionAlreadyShelved = new(0x80D10000);

    /// <summary>The condition is not currently shelved.</summary>
    public static readonly StatusCode BadConditionNotShelved = new(0x80D20000);

    /// <summary>The shelving time not within an acceptable range.</summary>
    public static readonly StatusCode BadShelvingTimeOutOfRange = new(0x80D30000);

    /// <summary>No data exists for the requested time range or event filter.</summary>
    public static readonly StatusCode BadNoData = new(0x809B0000);

    /// <summary>No data found to provide upper or lower bound value.</summary>
    public static readonly StatusCode BadBoundNotFound = new(0x80D70000);

    /// <summary>The server cannot retrieve a bound for the variable.</summary>
    public static readonly StatusCode BadBoundNotSupported = new(0x80D80000);

    /// <summary>Data is missing due to collection started/stopped/lost.</summary>
    public static readonly StatusCode BadDataLost = new(0x809D0000);

    /// <summary>Expected data is unavailable for the requested time range due to an un-mounted volume, an off-line archive or tape, or similar reason for temporary unavailability.</summary>
    public static readonly StatusCode BadDataUnavailable = new(0x809E0000);

    /// <summary>The data or event was not successfully inserted because a matching entry exists.</summary>
    public static readonly StatusCode BadEntryExists = new(0x809F0000);

    /// <summary>The data or event was not successfully updated because no matching entry exists.</summary>
    public static readonly StatusCode BadNoEntryExists = new(0x80A00000);

    /// <summary>The Client requested history using a TimestampsToReturn the Server does not support.</summary>
    public static readonly StatusCode BadTimestampNotSupported = new(0x80A10000);

    /// <summary>The data or event was successfully inserted into the historical database.</summary>
    public static readonly StatusCode GoodEntryInserted = new(0x00A20000);

    /// <summary>The data or event field was successfully replaced in the historical database.</summary>
    public static readonly StatusCode GoodEntryReplaced = new(0x00A30000);

    /// <summary>The aggregate value is derived from multiple values and has less than the required number of Good values.</summary>
    public static readonly StatusCode UncertainDataSubNormal = new(0x40A40000);

    /// <summary>No data exists for the requested time range or event filter.</summary>
    public static readonly StatusCode GoodNoData = new(0x00A50000);

    /// <summary>More data is available in the time range beyond the number of values requested.</summary>
    public static readonly StatusCode GoodMoreData = new(0x00A60000);

    /// <summary>The requested number of Aggregates does not match the requested number of NodeIds.</summary>
    public static readonly StatusCode BadAggregateListMismatch = new(0x80D40000);

    /// <summary>The requested Aggregate is not support by the server.</summary>
    public static readonly StatusCode BadAggregateNotSupported = new(0x80D50000);

    /// <summary>The aggregate value could not be derived due to invalid data inputs.</summary>
    public static readonly StatusCode BadAggregateInvalidInputs = new(0x80D60000);

    /// <summary>The aggregate configuration is not valid for specified node.</summary>
    public static readonly StatusCode BadAggregateConfigurationRejected = new(0x80DA0000);

    /// <summary>The request specifies fields which are not valid for the EventType or cannot be saved by the historian.</summary>
    public static readonly StatusCode GoodDataIgnored = new(0x00D90000);

    /// <summary>The request was rejected by the server because it did not meet the criteria set by the server.</summary>
    public static readonly StatusCode BadRequestNotAllowed = new(0x80E40000);

    /// <summary>The request has not been processed by the server yet.</summary>
    public static readonly StatusCode BadRequestNotComplete = new(0x81130000);

    /// <summary>The operation is not allowed because a transaction is in progress.</summary>
    public static readonly StatusCode BadTransactionPending = new(0x80E80000);

    /// <summary>The device identity needs a ticket before it can be accepted.</summary>
    public static readonly StatusCode BadTicketRequired = new(0x811F0000);

    /// <summary>The device identity needs a ticket before it can be accepted.</summary>
    public static readonly StatusCode BadTicketInvalid = new(0x81200000);

    /// <summary>The requested operation is not allowed, because the Node is locked by a different application.</summary>
    public static readonly StatusCode BadLocked = new(0x80E90000);

    /// <summary>The requested operation is not allowed, because the Node is not locked by the application.</summary>
    public static readonly StatusCode BadRequiresLock = new(0x80EC0000);

    /// <summary>The value does not come from the real source and has been edited by the server.</summary>
    public static readonly StatusCode GoodEdited = new(0x00DC0000);

    /// <summary>There was an error in execution of these post-actions.</summary>
    public static readonly StatusCode GoodPostActionFailed = new(0x00DD0000);

    /// <summary>The related EngineeringUnit has been changed but the Variable Value is still provided based on the previous unit.</summary>
    public static readonly StatusCode UncertainDominantValueChanged = new(0x40DE0000);

    /// <summary>A dependent value has been changed but the change has not been applied to the device.</summary>
    public static readonly StatusCode GoodDependentValueChanged = new(0x00E00000);

    /// <summary>The related EngineeringUnit has been changed but this change has not been applied to the device. The Variable Value is still dependent on the previous unit but its status is currently Bad.</summary>
    public static readonly StatusCode BadDominantValueChanged = new(0x80E10000);

    /// <summary>A dependent value has been changed but the change has not been applied to the device. The quality of the dominant variable is uncertain.</summary>
    public static readonly StatusCode UncertainDependentValueChanged = new(0x40E20000);

    /// <summary>A dependent value has been changed but the change has not been applied to the device. The quality of the dominant variable is Bad.</summary>
    public static readonly StatusCode BadDependentValueChanged = new(0x80E30000);

    /// <summary>It is delivered with a dominant Variable value when a dependent Variable has changed but the change has not been applied.</summary>
    public static readonly StatusCode GoodEdited_DependentValueChanged = new(0x01160000);

    /// <summary>It is delivered with a dependent Variable value when a dominant Variable has changed but the change has not been applied.</summary>
    public static readonly StatusCode GoodEdited_DominantValueChanged = new(0x01170000);

    /// <summary>It is delivered with a dependent Variable value when a dominant or dependent Variable has changed but change has not been applied.</summary>
    public static readonly StatusCode GoodEdited_DominantValueChanged_DependentValueChanged = new(0x01180000);

    /// <summary>It is delivered with a Variable value when Variable has changed but the value is not legal.</summary>
    public static readonly StatusCode BadEdited_OutOfRange = new(0x81190000);

    /// <summary>It is delivered with a Variable value when a source Variable has changed but the value is not legal.</summary>
    public static readonly StatusCode BadInitialValue_OutOfRange = new(0x811A0000);

    /// <summary>It is delivered with a dependent Variable value when a dominant Variable has changed and the value is not legal.</summary>
    public static readonly StatusCode BadOutOfRange_DominantValueChanged = new(0x811B0000);

    /// <summary>It is delivered with a dependent Variable value when a dominant Variable has changed, the value is not legal and the change has not been applied.</summary>
    public static readonly StatusCode BadEdited_OutOfRange_DominantValueChanged = new(0x811C0000);

    /// <summary>It is delivered with a dependent Variable value when a dominant or dependent Variable has changed and the value is not legal.</summary>
    public static readonly StatusCode BadOutOfRange_DominantValueChanged_DependentValueChanged = new(0x811D0000);

    /// <summary>It is delivered with a dependent Variable value when a dominant or dependent Variable has changed, the value is not legal and the change has not been applied.</summary>
    public static readonly StatusCode BadEdited_OutOfRange_DominantValueChanged_DependentValueChanged = new(0x811E0000);

    /// <summary>The communication layer has raised an event.</summary>
    public static readonly StatusCode GoodCommunicationEvent = new(0x00A70000);

    /// <summary>The system is shutting down.</summary>
    public static readonly StatusCode GoodShutdownEvent = new(0x00A80000);

    /// <summary>The operation is not finished and needs to be called again.</summary>
    public static readonly StatusCode GoodCallAgain = new(0x00A90000);

    /// <summary>A non-critical timeout occurred.</summary>
    public static readonly StatusCode GoodNonCriticalTimeout = new(0x00AA0000);

    /// <summary>One or more arguments are invalid.</summary>
    public static readonly StatusCode BadInvalidArgument = new(0x80AB0000);

    /// <summary>Could not establish a network connection to remote server.</summary>
    public static readonly StatusCode BadConnectionRejected = new(0x80AC0000);

    /// <summary>The server has disconnected from the client.</summary>
    public static readonly StatusCode BadDisconnect = new(0x80AD0000);

    /// <summary>The network connection has been closed.</summary>
    public static readonly StatusCode BadConnectionClosed = new(0x80AE0000);

    /// <summary>The operation cannot be completed because the object is closed, uninitialized or in some other invalid state.</summary>
    public static readonly StatusCode BadInvalidState = new(0x80AF0000);

    /// <summary>Cannot move beyond end of the stream.</summary>
    public static readonly StatusCode BadEndOfStream = new(0x80B00000);

    /// <summary>No data is currently available for reading from a non-blocking stream.</summary>
    public static readonly StatusCode BadNoDataAvailable = new(0x80B10000);

    /// <summary>The asynchronous operation is waiting for a response.</summary>
    public static readonly StatusCode BadWaitingForResponse = new(0x80B20000);

    /// <summary>The asynchronous operation was abandoned by the caller.</summary>
    public static readonly StatusCode BadOperationAbandoned = new(0x80B30000);

    /// <summary>The stream did not return all data requested (possibly because it is a non-blocking stream).</summary>
    public static readonly StatusCode BadExpectedStreamToBlock = new(0x80B40000);

    /// <summary>Non blocking behaviour is required and the operation would block.</summary>
    public static readonly StatusCode BadWouldBlock = new(0x80B50000);

    /// <summary>A value had an invalid syntax.</summary>
    public static readonly StatusCode BadSyntaxError = new(0x80B60000);

    /// <summary>The operation could not be finished because all available connections are in use.</summary>
    public static readonly StatusCode BadMaxConnectionsReached = new(0x80B70000);

    /// <summary>The value may not be accurate because the transducer is in manual mode.</summary>
    public static readonly StatusCode UncertainTransducerInManual = new(0x42080000);

    /// <summary>The value is simulated.</summary>
    public static readonly StatusCode UncertainSimulatedValue = new(0x42090000);

    /// <summary>The value may not be accurate due to a sensor calibration fault.</summary>
    public static readonly StatusCode UncertainSensorCalibration = new(0x420A0000);

    /// <summary>The value may not be accurate due to a configuration issue.</summary>
    public static readonly StatusCode UncertainConfigurationError = new(0x420F0000);

    /// <summary>The value source supports cascade handshaking and the value has been Initialized based on an initialization request from a cascade secondary.</summary>
    public static readonly StatusCode GoodCascadeInitializationAcknowledged = new(0x04010000);

    /// <summary>The value source supports cascade handshaking and is requesting initialization of a cascade primary.</summary>
    public static readonly StatusCode GoodCascadeInitializationRequest = new(0x04020000);

    /// <summary>The value source supports cascade handshaking, however, the source’s current state does not allow for cascade.</summary>
    public static readonly StatusCode GoodCascadeNotInvited = new(0x04030000);

    /// <summary>The value source supports cascade handshaking, however, the source has not selected the corresponding cascade primary for use.</summary>
    public static readonly StatusCode GoodCascadeNotSelected = new(0x04040000);

    /// <summary>There is a fault state condition active in the value source.</summary>
    public static readonly StatusCode GoodFaultStateActive = new(0x04070000);

    /// <summary>A fault state condition is being requested of the destination.</summary>
    public static readonly StatusCode GoodInitiateFaultState = new(0x04080000);

    /// <summary>The value is accurate, and the signal source supports cascade handshaking.</summary>
    public static readonly StatusCode GoodCascade = new(0x04090000);

    /// <summary>The DataSet specified for the DataSetWriter creation is invalid.</summary>
    public static readonly StatusCode BadDataSetIdInvalid = new(0x80E70000);
}
