using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;
using OpenClaw.Web.Api.Binding;
using OpenClaw.Web.Dashboard.Parts;
using OpenClaw.Web.Hosting;
using OpenClaw.Web.Security;

namespace OpenClaw.Web.Dashboard.Pages;

/// <summary>A setting as it is in effect.</summary>
/// <param name="Name">The variable.</param>
/// <param name="Value">For people; a secret's value is never among them.</param>
/// <param name="Source">Where it came from.</param>
public sealed record EffectiveSetting(string Name, string Value, string Source);

/// <summary>What the service runs with, and where each value came from.</summary>
internal static class EffectiveSettings
{
    private const string Unset = "not set";

    public static IReadOnlyList<EffectiveSetting> Of(OpenClawOptions options, DatabaseTopology topology, IConfiguration configuration, AuthToken token) =>
    [
        .. Values(options, topology, token).Select(setting => new EffectiveSetting(setting.Name, setting.Value ?? Unset, SourceOf(setting.Name, configuration))),
    ];

    private static (string Name, string? Value)[] Values(OpenClawOptions options, DatabaseTopology topology, AuthToken token) =>
    [
        ("PORT", $"{options.Port}"),
        ("HOST", options.Host),
        ("TLS_CERT", options.Tls?.Certificate),
        ("TLS_KEY", options.Tls?.Key),
        ("PUBLIC_BASE_URL", Address(options.PublicBaseUrl)),
        ("TRUSTED_PROXIES", options.TrustedProxies.ToString()),
        ("ALLOWED_HOSTS", options.AllowedHosts.Count == 0 ? null : string.Join(", ", options.AllowedHosts)),
        ("CORS_ORIGINS", options.CorsOrigins.Count == 0 ? null : string.Join(", ", options.CorsOrigins)),
        ("HOOKS_FILE", options.HooksFile),
        ("AUTH_TOKEN", $"a secret: {token.Source}"),
        ("OIDC_ISSUER", Address(options.Oidc.Issuer)),
        ("OIDC_CLIENT_ID", options.Oidc.ClientId),
        ("OIDC_CLIENT_SECRET", Secret(options.Oidc.ClientSecret)),
        ("OIDC_SCOPES", options.Oidc.IsOn ? string.Join(' ', options.Oidc.AskedScopes) : null),
        ("OIDC_GROUPS_CLAIM", options.Oidc.AskedClaim),
        ("OIDC_VIEWERS", Listed(options.Oidc.Viewers)),
        ("OIDC_OPERATORS", Listed(options.Oidc.Operators)),
        ("OIDC_ADMINS", Listed(options.Oidc.Admins)),
        ("REQUIRE_DEVICE", options.RequireDevice ? "true" : "false"),
        ("STRANGER_REQUESTS_PER_MINUTE", Limit(options.StrangerRequestsPerMinute)),
        ("KEY_REQUESTS_PER_MINUTE", Limit(options.KeyRequestsPerMinute)),
        ("KEY_REQUESTS_AT_ONCE", Limit(options.KeyRequestsAtOnce)),
        ("LOG_LEVEL", options.LogLevel.ToString().ToLowerInvariant()),
        ("HEALTH_CHECK_INTERVAL", Say.Duration(options.HealthCheckInterval)),
        ("OPENCLAW_DATA_DIR", options.DataDirectory),
        ("DATABASE_URL", Database(options.DatabaseConnection)),
        ("DATABASE_DIRECT_URL", Database(options.DatabaseDirectConnection)),
        ("DATABASE_MIGRATION_URL", Database(options.DatabaseMigrationConnection)),
        ("DATABASE_POOL_SIZE", $"{options.DatabasePoolSize}{(topology.IsPooled ? ", through a pooler in transaction mode" : "")}"),
        ("RETENTION_HEARTBEATS", IntervalText.Write(options.Retention.Heartbeats)),
        ("RETENTION_ENDED", IntervalText.Write(options.Retention.Ended)),
        ("RETENTION_FAILED", IntervalText.Write(options.Retention.Failed)),
        ("RETENTION_RUN_LOG", IntervalText.Write(options.Retention.RunLog)),
        ("RETENTION_AUDIT", IntervalText.Write(options.Retention.Audit)),
        ("OPENCLAW_GATEWAY_URL", Address(options.GatewayUrl)),
        ("OPENCLAW_AUTH_TOKEN", Secret(options.GatewayToken)),
        ("ROUTING_CHECK_PAID", options.RoutingCheckPaid ? "true" : "false"),
        ("OPENAI_BASE_URL", Address(options.OpenAiBaseUrl)),
        ("OPENAI_API_KEY", Secret(options.OpenAiApiKey)),
        ("ANTHROPIC_API_KEY", Secret(options.AnthropicApiKey)),
        ("ANTHROPIC_BASE_URL", Address(options.AnthropicBaseUrl)),
        ("MODEL_CONCURRENCY", $"{options.ModelConcurrency}"),
        ("MODEL_IDLE_TIMEOUT", Say.Duration(options.ModelIdleTimeout)),
        ("GATE_FILES", options.GateFiles),
        ("GATE_DATABASE_URL", options.GateDatabaseConnection.Length == 0 ? null : Database(options.GateDatabaseConnection)),
        ("GATE_HOSTS", Listed(options.GateHosts)),
        ("WEBHOOK_HOSTS", Listed(options.WebhookHosts)),
        ("SMTP_URL", options.Mail?.Server.ToString()),
        ("SMTP_FROM", options.SmtpFrom),
        ("ALERT_EMAIL_TO", Listed(options.AlertEmailTo)),
        ("COMMAND_MODEL", options.CommandModel),
        ("WORK_MODEL", options.WorkModel),
        ("TWILIO_ACCOUNT_SID", Secret(options.TwilioAccountSid)),
        ("TWILIO_AUTH_TOKEN", Secret(options.TwilioAuthToken)),
        ("TWILIO_WHATSAPP_FROM", options.TwilioWhatsAppFrom),
        ("TWILIO_CONTENT_SID", options.TwilioContentSid),
        ("TWILIO_2_CHOICES_CONTENT_SID", options.Twilio2ChoicesContentSid),
        ("TWILIO_3_CHOICES_CONTENT_SID", options.Twilio3ChoicesContentSid),
        ("TWILIO_API_BASE_URL", Address(options.TwilioApiBaseUrl)),
        ("WHATSAPP_ALLOW_FROM", options.WhatsAppAllowFrom.Count == 0 ? null : string.Join(", ", options.WhatsAppAllowFrom)),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", Address(options.OtlpEndpoint)),
    ];

    private static string? Listed(IReadOnlyList<string> values) => values.Count == 0 ? null : string.Join(", ", values);

    private static string Limit(int most) => most == 0 ? "0, no limit" : $"{most}";

    private static string? Secret(string? value) => value is null ? null : "a secret: set";

    // A URL may carry a name and password before its @, and keys behind its ?.
    private static string? Address(Uri? url) => url?.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    private static string Database(string connection)
    {
        var parts = new Npgsql.NpgsqlConnectionStringBuilder(connection);
        return $"{parts.Username} on {DatabaseUrl.Hosts(parts)}, database {parts.Database}";
    }

    private static string SourceOf(string name, IConfiguration configuration)
    {
        if (configuration is not IConfigurationRoot root || string.IsNullOrWhiteSpace(configuration[name]))
        {
            return "default";
        }

        return root.Providers.Last(provider => provider.TryGet(name, out _)) switch
        {
            EnvironmentVariablesConfigurationProvider => "environment",
            JsonConfigurationProvider json => json.Source.Path ?? "a JSON file",
            _ => "given at start",
        };
    }
}
