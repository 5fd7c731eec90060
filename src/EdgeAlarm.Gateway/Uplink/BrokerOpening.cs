using EdgeAlarm.Gateway.Uplink.Commands;

namespace EdgeAlarm.Gateway.Uplink;

/// <summary>Connects to the broker and subscribes to what comes back from the centre.</summary>
/// <param name="options">Settings.</param>
/// <param name="inbox">Takes what comes back.</param>
/// <param name="commands">Takes commands; null where nobody may send any.</param>
/// <param name="will">What the broker says of us when the connection ends without a goodbye.</param>
/// <param name="wake">Called when something came or was answered.</param>
/// <param name="cancellationToken">Ends the attempt.</param>
/// <exception cref="UplinkFailure">The broker cannot be reached or refuses.</exception>
internal delegate Task<IBrokerLink> BrokerOpening(UplinkOptions options, ReceiptInbox inbox, CommandDesk? commands, byte[] will, Action wake, CancellationToken cancellationToken);
