namespace EdgeAlarm.Engine.Tests.Promises;

/// <summary>A run in which an alarm list broke what it promises.</summary>
public sealed class PromiseBroken(string promise) : Exception(promise);
