using System.Collections.Frozen;

namespace OpenClaw.Jobs.Engine.Definitions;

/// <summary>All workflow definitions of this build, by name and version.</summary>
public sealed class WorkflowCatalog(IEnumerable<WorkflowDefinition> definitions)
{
    private readonly FrozenDictionary<(string Name, int Version), WorkflowDefinition> _definitions =
        definitions.ToFrozenDictionary(definition => (definition.Name, definition.Version));

    public IEnumerable<WorkflowDefinition> All => _definitions.Values;

    /// <summary>Null when this build doesn't know it.</summary>
    public WorkflowDefinition? Find(string name, int version) => _definitions.GetValueOrDefault((name, version));

    /// <summary>The newest version of that name; null when this build knows none.</summary>
    public WorkflowDefinition? FindLatest(string name) =>
        _definitions.Values.Where(definition => definition.Name == name).MaxBy(definition => definition.Version);

    /// <summary>The version that new runs are started with.</summary>
    /// <exception cref="ArgumentException">No workflow has that name.</exception>
    public WorkflowDefinition Latest(string name) =>
        FindLatest(name)
        ?? throw new ArgumentException($"No workflow is named '{name}'.", nameof(name));
}
