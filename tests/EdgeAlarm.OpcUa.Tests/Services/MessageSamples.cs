using System.Collections.Concurrent;
using System.Reflection;
using CsCheck;
using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Services;
using EdgeAlarm.OpcUa.Tests.BinaryEncoding;

namespace EdgeAlarm.OpcUa.Tests.Services;

/// <summary>
/// Every structure of the protocol, found by reflection so that none is forgotten, each with random fields. The field order is not taken
/// from here: that is what the golden bytes are for.
/// </summary>
internal static class MessageSamples
{
    internal static readonly IReadOnlyList<Type> Structures =
    [
        .. typeof(ServiceMessage).Assembly.GetTypes()
            .Where(type => !type.IsInterface && Implements(type, typeof(IStructure<>)))
            .OrderBy(type => type.Name, StringComparer.Ordinal),
    ];

    private static readonly ConcurrentDictionary<Type, MethodInfo> Generics = new();

    internal static bool Implements(Type type, Type openInterface) =>
        type.GetInterfaces().Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == openInterface);

    internal static object Random(Type type, Random random) => Structure(type, random);

    internal static byte[] Encode(object structure)
    {
        var encoder = new BinaryEncoder();
        Generic(structure.GetType(), nameof(EncodeAs)).Invoke(null, [structure, encoder]);
        return encoder.WrittenSpan.ToArray();
    }

    /// <summary>Decodes and says how many bytes were left; what the decoder throws comes out as it is.</summary>
    internal static (object Structure, int Remaining) Decode(Type type, byte[] bytes) =>
        Generic(type, nameof(DecodeAs)).CreateDelegate<Func<byte[], (object, int)>>()(bytes);

    internal static int EncodedSizeMin(Type type) => (int)Generic(type, nameof(SizeOf)).Invoke(null, [])!;

    internal static ushort EncodingId(Type type) => (ushort)type.GetProperty("EncodingId")!.GetValue(null)!;

    private static MethodInfo Generic(Type type, string name) => name == nameof(DecodeAs)
        ? Generics.GetOrAdd(type, static t => Make(t, nameof(DecodeAs)))
        : Make(type, name);

    private static MethodInfo Make(Type type, string name) =>
        typeof(MessageSamples).GetMethod(name, BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(type);

    private static void EncodeAs<T>(T structure, BinaryEncoder encoder)
        where T : IStructure<T> => structure.Encode(encoder);

    private static (object Structure, int Remaining) DecodeAs<T>(byte[] bytes)
        where T : IStructure<T>
    {
        var decoder = new BinaryDecoder(bytes.AsMemory(), DecodingLimits.Default);
        return (T.Decode(ref decoder), decoder.Remaining);
    }

    private static int SizeOf<T>()
        where T : IStructure<T> => T.EncodedSizeMin;

    private static object Structure(Type type, Random random)
    {
        var structure = Activator.CreateInstance(type)!;
        foreach (var property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(found => found.CanWrite))
        {
            property.SetValue(structure, Value(property.PropertyType, property.Name, random));
        }

        return structure;
    }

    private static object? Value(Type type, string name, Random random) => type switch
    {
        _ when type == typeof(string) => Draw(BuiltInTypeGenerators.TextOrNull, random),
        _ when type == typeof(byte[]) => Draw(BuiltInTypeGenerators.BytesOrNull, random),
        _ when type == typeof(uint) => (uint)random.NextInt64(uint.MaxValue + 1L),
        _ when type == typeof(int) => random.Next(int.MinValue, int.MaxValue),
        _ when type == typeof(byte) => (byte)random.Next(256),
        _ when type == typeof(bool) => random.Next(2) == 0,
        _ when type == typeof(double) => random.NextDouble(),
        _ when type == typeof(long) && name.EndsWith("Ticks", StringComparison.Ordinal) => Draw(BuiltInTypeGenerators.Ticks, random),
        _ when type == typeof(long) => random.NextInt64(long.MinValue, long.MaxValue),
        _ when type == typeof(NodeId) => Draw(BuiltInTypeGenerators.Node, random),
        _ when type == typeof(ExpandedNodeId) => Draw(BuiltInTypeGenerators.Expanded, random),
        _ when type == typeof(QualifiedName) => Draw(BuiltInTypeGenerators.Name, random),
        _ when type == typeof(LocalizedText) => Draw(BuiltInTypeGenerators.Localized, random),
        _ when type == typeof(StatusCode) => Draw(BuiltInTypeGenerators.Status, random),
        _ when type == typeof(DiagnosticInfo) => Draw(BuiltInTypeGenerators.Diagnostics, random),
        _ when type == typeof(ExtensionObject) => Draw(BuiltInTypeGenerators.Extension, random),
        _ when type == typeof(DataValue) => Draw(BuiltInTypeGenerators.Value, random),
        _ when type == typeof(Variant) => Draw(BuiltInTypeGenerators.AnyVariant, random),
        { IsEnum: true } => Enum.GetValues(type).GetValue(random.Next(Enum.GetValues(type).Length)),
        { IsArray: true } => Elements(type.GetElementType()!, name, random),
        _ => Structure(type, random),
    };

    private static Array Elements(Type type, string name, Random random)
    {
        var elements = Array.CreateInstance(type, random.Next(4));
        for (var index = 0; index < elements.Length; index++)
        {
            elements.SetValue(Value(type, name, random), index);
        }

        return elements;
    }

    private static T Draw<T>(Gen<T> values, Random random) => values.Generate(new PCG((uint)random.Next(), (ulong)random.NextInt64()), null, out _);
}
