using EdgeAlarm.OpcUa.Buffers;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.OpcUa.Client;

/// <summary>The answer to a Publish request, or why there is none.</summary>
/// <param name="Response">The answer; null where <paramref name="Error"/> is set.</param>
/// <param name="Body">The memory that the answer's notifications are views of; null where there is no answer. The taker disposes it.</param>
/// <param name="Error">Why there is none; null where there is one.</param>
/// <param name="Timestamp">Reading of the TimeProvider right after the socket read that completed it.</param>
/// <param name="SentAt">Reading of the TimeProvider when the request was posted.</param>
public readonly record struct PublishArrival(PublishResponse? Response, Lease<byte>? Body, UaClientException? Error, long Timestamp, long SentAt);
