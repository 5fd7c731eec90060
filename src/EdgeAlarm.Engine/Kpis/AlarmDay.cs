namespace EdgeAlarm.Engine;

/// <summary>One alarm on one day.</summary>
internal struct AlarmDay
{
    /// <summary>How often it was annunciated.</summary>
    public int Annunciated;

    /// <summary>How often it was fleeting.</summary>
    public int Fleeting;

    /// <summary>How often it began to chatter.</summary>
    public int Chattering;

    /// <summary>Whether nothing was counted.</summary>
    public readonly bool IsEmpty => Annunciated == 0 && Fleeting == 0 && Chattering == 0;
}
