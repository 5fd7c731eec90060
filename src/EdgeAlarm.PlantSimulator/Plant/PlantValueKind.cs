namespace EdgeAlarm.PlantSimulator.Plant;

/// <summary>The OPC UA type that a tag's value has on the wire.</summary>
public enum PlantValueKind
{
    /// <summary>Boolean; 1 is true, 0 is false wherever values are numbers.</summary>
    Boolean,

    /// <summary>Int32.</summary>
    Int32,

    /// <summary>Double.</summary>
    Double,
}
