namespace EdgeAlarm.Gateway.Outbox;

/// <summary>One named condition of the gateway itself, told on its edges only. One thread.</summary>
/// <param name="name">Its stable name.</param>
/// <param name="report">Takes name, active and detail.</param>
internal sealed class SystemCondition(string name, Action<string, bool, string> report)
{
    internal bool IsActive { get; private set; }

    /// <summary>Begins or ends; nothing if it is so already.</summary>
    internal void Set(bool active, string detail)
    {
        if (active != IsActive)
        {
            IsActive = active;
            report(name, active, detail);
        }
    }
}
