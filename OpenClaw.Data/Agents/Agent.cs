using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenClaw.Data.Conventions;

namespace OpenClaw.Data.Agents;

/// <summary>An agent that we keep alive.</summary>
public sealed class Agent
{
    public const int MaxNameLength = 255;

    /// <summary>A property that only queries have: name and model in lower case, a line each.</summary>
    public const string SearchProperty = "Search";

    public required Guid Id { get; init; }

    public required string Name { get; set; }

    public string? Persona { get; set; }

    /// <summary><c>provider/name</c>; the provider picks the runtime.</summary>
    public required string Model { get; set; }

    /// <summary>Who owns the agent.</summary>
    public required string UserId { get; init; }

    public required AgentStatus Status { get; set; }

    /// <summary>The lifecycle operation under way, null when there is none. At most one at a time.</summary>
    public AgentOperation? Operation { get; set; }

    /// <summary>The workflow that carries <see cref="Operation"/> out, or carried the last one out.</summary>
    public Guid? OperationWorkflow { get; set; }

    /// <summary><c>agent:web:{slug}</c>, unique.</summary>
    public required string OpenclawSessionKey { get; init; }

    /// <summary>The name by which the runtime knows the agent.</summary>
    public string? OpenclawAgentId { get; set; }

    public bool HeartbeatEnabled { get; set; }

    public TimeSpan HeartbeatInterval { get; set; }

    public required List<string> HeartbeatChecklist { get; set; }

    /// <summary>Null: always.</summary>
    public ActiveHours? HeartbeatActiveHours { get; set; }

    public DateTimeOffset? LastHeartbeatAt { get; set; }

    public DateTimeOffset? NextHeartbeatAt { get; set; }

    /// <summary>A scheduled beat is under way; until then no other is started. Null when none is.</summary>
    public DateTimeOffset? HeartbeatClaimedUntil { get; set; }

    /// <summary>Beats in a row that failed.</summary>
    public int HeartbeatFailures { get; set; }

    /// <summary>Since when so many beats in a row have failed that its owner was told; null when it is well.</summary>
    public DateTimeOffset? DegradedAt { get; set; }

    /// <summary>A JSON object that the runtime understands.</summary>
    public JsonElement Configuration { get; set; }

    public string? ErrorMessage { get; set; }

    public int ErrorCount { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }

    public DateTimeOffset? ProvisionedAt { get; set; }

    public DateTimeOffset? PausedAt { get; set; }

    public DateTimeOffset? StoppedAt { get; set; }
}

internal sealed class AgentConfiguration : IEntityTypeConfiguration<Agent>
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public void Configure(EntityTypeBuilder<Agent> builder)
    {
        builder.ToTable("agents");
        builder.HasKey(agent => agent.Id);
        builder.Property(agent => agent.Status).IsLowerText();
        builder.Property(agent => agent.Operation).IsLowerText();
        builder.Property(agent => agent.HeartbeatActiveHours).HasColumnType("jsonb")
            .HasConversion(hours => Write(hours), json => Read(json));

        // The value that stands for none: the default of its type has no text, which the compiled model would need.
        builder.Property(agent => agent.Configuration).HasColumnType("jsonb").HasSentinel(JsonElement.Parse("{}"));
        builder.Property<string>(Agent.SearchProperty).HasComputedColumnSql(@"lower(name || E'\n' || model)", stored: true);
        builder.Property<uint>("xmin").IsRowVersion();
    }

    // Methods, because the compiled model calls what it can see.
    internal static string Write(ActiveHours? hours) => JsonSerializer.Serialize(hours, Json);

    internal static ActiveHours? Read(string json) => JsonSerializer.Deserialize<ActiveHours>(json, Json);
}
