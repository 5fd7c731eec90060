namespace EdgeAlarm.OpcUa.DataTypes;

/// <summary>One step into a value.</summary>
public abstract record ValueStep
{
    private protected ValueStep()
    {
    }
}
