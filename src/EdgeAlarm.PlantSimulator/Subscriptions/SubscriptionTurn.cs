namespace EdgeAlarm.PlantSimulator.Subscriptions;

/// <summary>What a publishing cycle came to.</summary>
internal enum SubscriptionTurn
{
    /// <summary>Nothing to send.</summary>
    Quiet,

    /// <summary>A message is due: notifications or a keep-alive.</summary>
    MessageDue,

    /// <summary>Nobody asked for so long that it is deleted.</summary>
    Expired,
}
