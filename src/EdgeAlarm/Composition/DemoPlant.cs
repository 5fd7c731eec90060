using EdgeAlarm.PlantSimulator;
using EdgeAlarm.PlantSimulator.Scenarios;
using Microsoft.Extensions.Logging;

namespace EdgeAlarm.Composition;

/// <summary>The simulated plant of the demo.</summary>
internal static class DemoPlant
{
    /// <summary>The user that the gateway logs in as.</summary>
    public const string User = "edge";

    /// <summary>Opens the plant's server on a free port; it stands still until it runs.</summary>
    /// <exception cref="InvalidDataException">The scenario has faults; the message has them all.</exception>
    public static PlantServer Open(string scenarioFile, string folder, string password, TimeProvider time, ILoggerFactory log)
    {
        var reading = ScenarioText.Read(scenarioFile, File.ReadAllText(scenarioFile));
        if (reading.Scenario is null)
        {
            throw new InvalidDataException(string.Join(Environment.NewLine, reading.Faults));
        }

        return new PlantServer(
            new PlantServerOptions
            {
                Port = 0,
                CertificateFolder = Path.Combine(folder, "certs"),
                Users = new Dictionary<string, string>(StringComparer.Ordinal) { [User] = password },
                Scenario = reading.Scenario,
                ValueLog = ValueLog(folder),
            },
            time,
            log.CreateLogger<PlantServer>());
    }

    /// <summary>Where the plant writes down what it set.</summary>
    public static string ValueLog(string folder) => Path.Combine(folder, "values.csv");
}
