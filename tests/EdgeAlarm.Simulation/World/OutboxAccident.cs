namespace EdgeAlarm.Simulation.World;

/// <summary>What a power cut leaves of the outbox, whose files are never synced while they are in use: anything at all.</summary>
internal static class OutboxAccident
{
    public static void LosePower(string folder, Random random)
    {
        foreach (var path in Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.db").Order(StringComparer.Ordinal).ToArray() : [])
        {
            switch (random.Next(4))
            {
                case 0:
                    File.Delete(path);
                    break;
                case 1:
                    Tear(path, random);
                    break;
                case 2:
                    using (var file = File.Open(path, FileMode.Open))
                    {
                        file.SetLength(random.NextInt64(file.Length + 1));
                    }

                    break;
                default:
                    break;
            }
        }
    }

    private static void Tear(string path, Random random)
    {
        using var file = File.Open(path, FileMode.Open);
        var nothing = new byte[512];
        for (var sectors = file.Length / 512; sectors > 0; sectors--)
        {
            if (random.Next(4) == 0)
            {
                file.Position = random.NextInt64(file.Length);
                file.Write(nothing, 0, (int)Math.Min(512, file.Length - file.Position));
            }
        }
    }
}
