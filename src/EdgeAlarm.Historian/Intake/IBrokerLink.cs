using System.Threading.Channels;
using EdgeAlarm.Wire;

namespace EdgeAlarm.Historian.Intake;

/// <summary>One connection to the broker as the intake sees it, used once: over the network by <see cref="BrokerConnection"/>, or to a broker that is simulated.</summary>
internal interface IBrokerLink : IAsyncDisposable
{
    /// <summary>What came and is not acknowledged yet; completes when the connection is gone.</summary>
    ChannelReader<Arrival> Arrivals { get; }

    /// <summary>Asks for the messages of every gateway.</summary>
    /// <exception cref="BrokerException">The broker refuses, or is gone.</exception>
    Task SubscribeAsync(CancellationToken cancellationToken);

    /// <summary>Sends a receipt, retained.</summary>
    /// <returns>Null, or why the broker did not take it.</returns>
    /// <exception cref="BrokerException">The broker is gone.</exception>
    Task<string?> SendAsync(string gateway, Receipt receipt, CancellationToken cancellationToken);

    /// <summary>Sends the PUBACK of a message whose transaction is committed.</summary>
    /// <exception cref="BrokerException">The broker is gone.</exception>
    Task AcknowledgeAsync(Arrival arrival, CancellationToken cancellationToken);
}
