namespace EdgeAlarm.Historian.Intake;

/// <summary>Connects to the broker.</summary>
/// <param name="options">Settings.</param>
/// <param name="session">The session of this historian.</param>
/// <param name="time">The clock.</param>
/// <param name="cancellationToken">Ends the attempt.</param>
/// <exception cref="BrokerException">It did not work out.</exception>
internal delegate Task<IBrokerLink> BrokerOpening(HistorianOptions options, string session, TimeProvider time, CancellationToken cancellationToken);
