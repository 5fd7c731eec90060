namespace EdgeAlarm.PlantSimulator;

/// <summary>The simulator cannot start; the message names the thing and the next step.</summary>
public sealed class PlantServerException : Exception
{
    /// <summary>With a message for people.</summary>
    public PlantServerException(string message)
        : base(message)
    {
    }

    /// <summary>With a message for people and what lies behind it.</summary>
    public PlantServerException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
