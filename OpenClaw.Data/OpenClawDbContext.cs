using Microsoft.EntityFrameworkCore;
using OpenClaw.Data.Agents;
using OpenClaw.Data.Brakes;
using OpenClaw.Data.Commands;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.Conversations;
using OpenClaw.Data.Devices;
using OpenClaw.Data.Heartbeats;
using OpenClaw.Data.IssueWork;
using OpenClaw.Data.Messages;
using OpenClaw.Data.Monitoring;
using OpenClaw.Data.Notices;
using OpenClaw.Data.Questions;
using OpenClaw.Data.Runtimes;
using OpenClaw.Data.Schedules;
using OpenClaw.Data.Security;
using OpenClaw.Data.Spending;
using OpenClaw.Data.SqlDoor;
using OpenClaw.Data.Subscriptions;
using OpenClaw.Data.Upstream;
using OpenClaw.Data.WhatsApp;
using OpenClaw.Data.Workflows;

namespace OpenClaw.Data;

/// <summary>
/// The application's tables and the ledger. It opens its connection for each command and joins an ambient
/// <see cref="System.Transactions.TransactionScope"/>, together with Hangfire on the same data source.
/// </summary>
public sealed class OpenClawDbContext(DbContextOptions<OpenClawDbContext> options) : DbContext(options)
{
    public const string Schema = "openclaw";

    /// <summary>The schema whose four tables users of the DBOS version know.</summary>
    public const string SystemSchema = "openclaw_system";

    public DbSet<Agent> Agents => Set<Agent>();

    public DbSet<AgentCheckpoint> AgentCheckpoints => Set<AgentCheckpoint>();

    public DbSet<AuditEntry> AuditLog => Set<AuditEntry>();

    public DbSet<AuditSeal> AuditSeals => Set<AuditSeal>();

    public DbSet<UpstreamCommand> UpstreamCommands => Set<UpstreamCommand>();

    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    public DbSet<ClientInstance> ClientInstances => Set<ClientInstance>();

    public DbSet<Brake> Brakes => Set<Brake>();

    public DbSet<Budget> Budgets => Set<Budget>();

    public DbSet<BrowserSession> BrowserSessions => Set<BrowserSession>();

    public DbSet<CommandRecord> Commands => Set<CommandRecord>();

    public DbSet<Contact> Contacts => Set<Contact>();

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    public DbSet<DeviceRequest> DeviceRequests => Set<DeviceRequest>();

    public DbSet<Device> Devices => Set<Device>();

    public DbSet<DeviceSetup> DeviceSetups => Set<DeviceSetup>();

    public DbSet<DeviceToken> DeviceTokens => Set<DeviceToken>();

    public DbSet<EventPosition> EventPositions => Set<EventPosition>();

    public DbSet<Executor> Executors => Set<Executor>();

    public DbSet<HealthCheck> HealthChecks => Set<HealthCheck>();

    public DbSet<HealthTransition> HealthTransitions => Set<HealthTransition>();

    public DbSet<HeartbeatExecution> HeartbeatExecutions => Set<HeartbeatExecution>();

    public DbSet<IdempotencyKey> IdempotencyKeys => Set<IdempotencyKey>();

    public DbSet<Message> Messages => Set<Message>();

    public DbSet<MessageContext> MessageContexts => Set<MessageContext>();

    public DbSet<ModelPrice> ModelPrices => Set<ModelPrice>();

    public DbSet<NodeInvocation> NodeInvocations => Set<NodeInvocation>();

    public DbSet<NoticeRules> NoticeRules => Set<NoticeRules>();

    public DbSet<ProviderBreaker> ProviderBreakers => Set<ProviderBreaker>();

    public DbSet<Question> Questions => Set<Question>();

    public DbSet<RunLogEntry> RunLog => Set<RunLogEntry>();

    public DbSet<ScheduleRun> ScheduleRuns => Set<ScheduleRun>();

    public DbSet<AgentSchedule> ScheduledPrompts => Set<AgentSchedule>();

    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<SpendingEntry> Spending => Set<SpendingEntry>();

    public DbSet<SpendingReservation> SpendingReservations => Set<SpendingReservation>();

    public DbSet<SqlAsk> SqlAsks => Set<SqlAsk>();

    public DbSet<Subscription> Subscriptions => Set<Subscription>();

    public DbSet<WhatsAppMessage> WhatsAppMessages => Set<WhatsAppMessage>();

    public DbSet<WorkItem> WorkItems => Set<WorkItem>();

    public DbSet<WorkflowEvent> WorkflowEvents => Set<WorkflowEvent>();

    public DbSet<Workflow> Workflows => Set<Workflow>();

    public DbSet<WorkflowStep> WorkflowSteps => Set<WorkflowStep>();

    /// <summary>The database's clock, in queries.</summary>
    public static DateTimeOffset Now() => throw new InvalidOperationException("Only a query knows it.");

    /// <summary>Lower case as the database has it, in queries.</summary>
    public static string Lower(string text) => throw new InvalidOperationException("Only a query knows it.");

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(Schema).ApplyConfigurationsFromAssembly(typeof(OpenClawDbContext).Assembly);
        modelBuilder.HasDbFunction(() => Now()).HasName("now").IsBuiltIn();
        modelBuilder.HasDbFunction(() => Lower("")).HasName("lower").IsBuiltIn();
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.UseSnakeCaseNames();
}
