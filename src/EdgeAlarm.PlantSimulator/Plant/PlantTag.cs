namespace EdgeAlarm.PlantSimulator.Plant;

/// <summary>A variable of the simulated PLC.</summary>
/// <param name="Name">Unique name; the identifier of its node, <c>nsu=urn:edgealarm:plant;s=NAME</c>.</param>
/// <param name="Description">For people.</param>
/// <param name="Unit">Engineering unit; empty where there is none.</param>
/// <param name="Low">Lower end of its range, in the unit.</param>
/// <param name="High">Upper end of its range, in the unit.</param>
/// <param name="Kind">The type of its value.</param>
/// <param name="Initial">Its value before the process first runs.</param>
public sealed record PlantTag(string Name, string Description, string Unit, double Low, double High, PlantValueKind Kind, double Initial);
