using System.Globalization;
using Newtonsoft.Json;

namespace Hangfire.Common;

/// <summary>
/// Internal data is written without the user's settings, so that changing these never makes stored jobs unreadable.
/// </summary>
public static class SerializationHelper
{
    private static readonly JsonSerializer Internal = JsonSerializer.Create(CreateTypedSettings());
    private static readonly JsonSerializer Plain = JsonSerializer.Create(new JsonSerializerSettings());
    private static readonly JsonSerializer LegacyTyped = JsonSerializer.Create(new JsonSerializerSettings
    {
        TypeNameHandling = TypeNameHandling.Objects,
        SerializationBinder = new TypeHelperBinder(),
    });

    internal static JsonSerializerSettings? UserSettings { get; set; }

    public static string? Serialize<T>(T value) => Serialize(value, SerializationOption.Internal);

    public static string? Serialize<T>(T value, SerializationOption option) => Serialize(value, typeof(T), option);

    public static string? Serialize(object? value, Type? type, SerializationOption option)
    {
        if (value is null)
            return null;
        if (option == SerializationOption.User)
            return JsonConvert.SerializeObject(value, type, UserSettings);

        var modern = GlobalConfiguration.HasCompatibilityLevel(CompatibilityLevel.Version_170);
        var serializer = (option, modern) switch
        {
            (SerializationOption.TypedInternal, false) => LegacyTyped,
            (_, true) => Internal,
            _ => Plain,
        };
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var writer = new JsonTextWriter(text))
            serializer.Serialize(writer, value, type);
        return text.ToString();
    }

    public static T? Deserialize<T>(string? value) => Deserialize<T>(value, SerializationOption.Internal);

    public static T? Deserialize<T>(string? value, SerializationOption option) =>
        value is null ? default : (T?)Deserialize(value, typeof(T), option);

    public static object? Deserialize(string? value, Type type) => Deserialize(value, type, SerializationOption.Internal);

    public static object? Deserialize(string? value, Type type, SerializationOption option)
    {
        if (value is null)
            return null;
        if (option == SerializationOption.User)
            return JsonConvert.DeserializeObject(value, type, UserSettings);
        using var reader = new JsonTextReader(new StringReader(value));
        return Internal.Deserialize(reader, type);
    }

    internal static JsonSerializerSettings CreateTypedSettings() => new()
    {
        TypeNameHandling = TypeNameHandling.Auto,
        TypeNameAssemblyFormatHandling = TypeNameAssemblyFormatHandling.Simple,
        DefaultValueHandling = DefaultValueHandling.IgnoreAndPopulate,
        NullValueHandling = NullValueHandling.Ignore,
        CheckAdditionalContent = true,
        SerializationBinder = new TypeHelperBinder(),
    };

    /// <summary>Names types "Full.Name, Assembly" and resolves them the way jobs are resolved.</summary>
    private sealed class TypeHelperBinder : Newtonsoft.Json.Serialization.ISerializationBinder
    {
        public Type BindToType(string? assemblyName, string typeName) =>
            TypeHelper.CurrentTypeResolver(assemblyName is null ? typeName : $"{typeName}, {assemblyName}");

        public void BindToName(Type serializedType, out string? assemblyName, out string? typeName)
        {
            var name = TypeHelper.SimpleAssemblyTypeSerializer(serializedType);
            var comma = name.LastIndexOf(", ", StringComparison.Ordinal);
            assemblyName = name[(comma + 2)..];
            typeName = name[..comma];
        }
    }
}
