using Serilog.Core;
using Serilog.Events;

namespace EdgeAlarm.Composition;

/// <summary>Gives the number of a log message a property of its own, so that a line shows <c>1002</c> and not a structure.</summary>
internal sealed class EventNumber : ILogEventEnricher
{
    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
    {
        if (logEvent.Properties.TryGetValue("EventId", out var found)
            && found is StructureValue structure
            && structure.Properties.FirstOrDefault(property => property.Name is "Id") is { } id)
        {
            logEvent.AddPropertyIfAbsent(new LogEventProperty(nameof(EventNumber), id.Value));
        }
    }
}
