using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenClaw.Data.Scheduling;

internal sealed class ScheduledPromptConfiguration : IEntityTypeConfiguration<ScheduledPrompt>
{
    public void Configure(EntityTypeBuilder<ScheduledPrompt> builder)
    {
        builder.ToTable("scheduled_prompts");
        builder.HasKey(prompt => prompt.Id);
        builder.ComplexProperty(
            prompt => prompt.Schedule,
            schedule =>
            {
                schedule.Property(when => when.Cron).HasColumnName("cron");
                schedule.Property(when => when.TimeZone).HasColumnName("time_zone");
                schedule.Property(when => when.Every).HasColumnName("every");
                schedule.Property(when => when.At).HasColumnName("run_at");
            });
    }
}
