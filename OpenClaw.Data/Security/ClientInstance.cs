using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenClaw.Data.Security;

/// <summary>An instance of a gateway client that came with a key first: its inbox is that key's.</summary>
public sealed class ClientInstance
{
    public required string InstanceId { get; init; }

    public required string KeyId { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}

internal sealed class ClientInstanceConfiguration : IEntityTypeConfiguration<ClientInstance>
{
    public void Configure(EntityTypeBuilder<ClientInstance> builder)
    {
        builder.ToTable("client_instances");
        builder.HasKey(instance => instance.InstanceId);
        builder.HasOne<ApiKey>().WithMany().HasForeignKey(instance => instance.KeyId).OnDelete(DeleteBehavior.NoAction);
        builder.Property(instance => instance.CreatedAt).HasDefaultValueSql("now()");
    }
}
