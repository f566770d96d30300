using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using OpenClaw.Jobs.Channels.WhatsApp;
using OpenClaw.Jobs.Monitoring;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Jobs.Subscriptions.Mail;
using OpenClaw.Web.Gateway.Http;
using OpenClaw.Web.Hosting.Tls;
using OpenClaw.Web.Security.Keys;
using OpenClaw.Web.Security.People;

namespace OpenClaw.Web.Hosting;

/// <summary>Which variable becomes which option, and what it may hold.</summary>
internal static partial class OpenClawOptionsReader
{
    private const string Proxy = "an IP address, a network such as 10.0.0.0/8, loopback, or none";
    private const string ContentSid = "the SID of a content template, HX and 32 hexadecimal digits";
    private const string PhoneNumber = "a phone number such as +491701234567";
    private const string Model = "a model as provider/name, for example openai/gpt-5";

    private static readonly Dictionary<string, LogLevel> LogLevels = new(StringComparer.OrdinalIgnoreCase)
    {
        ["trace"] = LogLevel.Trace,
        ["debug"] = LogLevel.Debug,
        ["info"] = LogLevel.Information,
        ["warn"] = LogLevel.Warning,
        ["error"] = LogLevel.Error,
    };

    private static readonly Dictionary<string, bool> Switch = new(StringComparer.OrdinalIgnoreCase) { ["true"] = true, ["false"] = false };

    /// <exception cref="OptionsValidationException">Holds all problems at once.</exception>
    public static OpenClawOptions Read(IConfiguration configuration)
    {
        var settings = new SettingsReader(configuration);
        var options = Read(settings);
        var combined = new OpenClawOptionsValidator().Validate(name: null, options);
        // One that is wrong by itself is not there to be joined with others.
        var wrong = settings.Problems.Select(NameOf).ToHashSet();
        string[] problems = [.. settings.Problems, .. (combined.Failures ?? []).Where(problem => !wrong.Contains(NameOf(problem)))];
        return problems.Length == 0 ? options : throw new OptionsValidationException(Options.DefaultName, typeof(OpenClawOptions), problems);
    }

    // Each problem begins with its setting.
    private static string NameOf(string problem) => problem.Split([' ', ':'], 2)[0];

    private static OpenClawOptions Read(SettingsReader settings)
    {
        var defaults = new OpenClawOptions();
        var database = settings.Database("DATABASE_URL", fallback: null);
        var directDatabase = settings.Database("DATABASE_DIRECT_URL", fallback: database);
        var migration = settings.Database("DATABASE_MIGRATION_URL", fallback: directDatabase);
        return new OpenClawOptions
        {
            Port = settings.Number("PORT", defaults.Port, 0, IPEndPoint.MaxPort),
            Host = settings.Text("HOST", "an IP address, localhost, or * for all addresses", ListenAddress.IsValid) ?? defaults.Host,
            Tls = TlsFiles.Read(settings),
            AuthToken = settings.Secret("AUTH_TOKEN", "visible ASCII characters without spaces", value => value.All(c => c is > ' ' and <= '~')),
            Oidc = OidcSettings.Read(settings),
            RequireDevice = settings.OneOf("REQUIRE_DEVICE", Switch) ?? defaults.RequireDevice,
            StrangerRequestsPerMinute = settings.Number("STRANGER_REQUESTS_PER_MINUTE", defaults.StrangerRequestsPerMinute, 0, KeyDraft.MostRequestsPerMinute),
            KeyRequestsPerMinute = settings.Number("KEY_REQUESTS_PER_MINUTE", defaults.KeyRequestsPerMinute, 0, KeyDraft.MostRequestsPerMinute),
            KeyRequestsAtOnce = settings.Number("KEY_REQUESTS_AT_ONCE", defaults.KeyRequestsAtOnce, 0, 1_000_000),
            AllowPlainHttp = settings.OneOf("ALLOW_PLAIN_HTTP", Switch) ?? defaults.AllowPlainHttp,
            LogLevel = settings.OneOf("LOG_LEVEL", LogLevels) ?? defaults.LogLevel,
            HealthCheckInterval = TimeSpan.FromMilliseconds(settings.Number("HEALTH_CHECK_INTERVAL", (int)defaults.HealthCheckInterval.TotalMilliseconds, 1_000, 3_600_000)),
            DataDirectory = Path.GetFullPath(settings.Text("OPENCLAW_DATA_DIR") ?? defaults.DataDirectory),
            DatabaseConnection = database.ConnectionString,
            DatabaseDirectConnection = directDatabase.ConnectionString,
            DatabaseMigrationConnection = migration.ConnectionString,
            DatabaseIsPooled = database.DeclaresPooler || directDatabase.ConnectionString != database.ConnectionString,
            DatabaseWarnings = [.. settings.Warnings],
            DatabasePoolSize = settings.Number("DATABASE_POOL_SIZE", defaults.DatabasePoolSize, 10, 1_000),
            GatewayUrl = settings.Url("OPENCLAW_GATEWAY_URL", "ws", "wss"),
            GatewayToken = settings.Secret("OPENCLAW_AUTH_TOKEN"),
            RoutingCheckPaid = settings.OneOf("ROUTING_CHECK_PAID", Switch) ?? defaults.RoutingCheckPaid,
            OpenAiApiKey = settings.Secret("OPENAI_API_KEY"),
            OpenAiBaseUrl = settings.Url("OPENAI_BASE_URL", "http", "https"),
            AnthropicApiKey = settings.Secret("ANTHROPIC_API_KEY"),
            AnthropicBaseUrl = settings.Url("ANTHROPIC_BASE_URL", "http", "https"),
            ModelConcurrency = settings.Number("MODEL_CONCURRENCY", defaults.ModelConcurrency, 1, 100_000),
            GateFiles = settings.Text("GATE_FILES", "a folder that there is", Directory.Exists),
            GateDatabaseConnection = settings.Database("GATE_DATABASE_URL", new DatabaseAddress("", DeclaresPooler: false, [])).ConnectionString,
            GateHosts = settings.List("GATE_HOSTS", "a host's name or an address, without a port", value => Uri.CheckHostName(value) is not UriHostNameType.Unknown),
            WebhookHosts = settings.List("WEBHOOK_HOSTS", "a host's name or an address, without a port", value => Uri.CheckHostName(value) is not UriHostNameType.Unknown),
            Smtp = settings.Secret("SMTP_URL", SmtpServer.Allowed, value => SmtpServer.Parse(value) is not null) is { } smtp ? SmtpServer.Parse(smtp) : null,
            SmtpFrom = settings.Text("SMTP_FROM", "an address such as claw@example.com, or Claw <claw@example.com>", MailSettings.IsSender),
            AlertEmailTo = settings.List("ALERT_EMAIL_TO", "an address alone, such as ops@example.com", MailSettings.IsAddress),
            ModelIdleTimeout = settings.Duration("MODEL_IDLE_TIMEOUT", defaults.ModelIdleTimeout, most: TurnLimits.Default.Longest),
            CommandModel = settings.Text("COMMAND_MODEL", Model, IsModel),
            WorkModel = settings.Text("WORK_MODEL", Model, IsModel),
            TwilioAccountSid = settings.Text("TWILIO_ACCOUNT_SID"),
            TwilioAuthToken = settings.Secret("TWILIO_AUTH_TOKEN"),
            TwilioWhatsAppFrom = settings.Text("TWILIO_WHATSAPP_FROM", PhoneNumber, IsPhoneNumber),
            TwilioContentSid = settings.Text("TWILIO_CONTENT_SID", ContentSid, IsContentSid),
            Twilio2ChoicesContentSid = settings.Text("TWILIO_2_CHOICES_CONTENT_SID", ContentSid, IsContentSid),
            Twilio3ChoicesContentSid = settings.Text("TWILIO_3_CHOICES_CONTENT_SID", ContentSid, IsContentSid),
            TwilioApiBaseUrl = settings.Url("TWILIO_API_BASE_URL", "http", "https"),
            WebhookPort = settings.Number("WEBHOOK_PORT", 1, IPEndPoint.MaxPort),
            WhatsAppAllowFrom = settings.List("WHATSAPP_ALLOW_FROM", $"{PhoneNumber}, or NUMBER=OWNER for another owner than the house", value => AllowedNumber.Parse(value) is not null),
            HooksFile = settings.Text("HOOKS_FILE"),
            HookMappings = settings.File("HOOKS_FILE", HookMappings.Parse) ?? HookMappings.None,
            PublicBaseUrl = settings.Url("PUBLIC_BASE_URL", "http", "https"),
            TrustedProxies = ReadProxies(settings.List("TRUSTED_PROXIES", Proxy, item => TrustedProxies.TryParse(item, out _))) ?? defaults.TrustedProxies,
            CorsOrigins = [.. settings.List("CORS_ORIGINS", PageOrigin.Allowed, value => PageOrigin.Parse(value) is not null).Select(PageOrigin.Parse).OfType<string>().Distinct()],
            AllowedHosts = settings.List("ALLOWED_HOSTS", "a host's name such as claw.example, *.example for all below it, or * for any", value => HostPattern().IsMatch(value)),
            Retention = new RetentionPolicy
            {
                Heartbeats = settings.Duration("RETENTION_HEARTBEATS", defaults.Retention.Heartbeats),
                Ended = settings.Duration("RETENTION_ENDED", defaults.Retention.Ended),
                Failed = settings.Duration("RETENTION_FAILED", defaults.Retention.Failed),
                RunLog = settings.Duration("RETENTION_RUN_LOG", defaults.Retention.RunLog),
                Audit = settings.Duration("RETENTION_AUDIT", defaults.Retention.Audit),
            },
            OtlpEndpoint = settings.Url("OTEL_EXPORTER_OTLP_ENDPOINT", "http", "https"),
        };
    }

    private static TrustedProxies? ReadProxies(IReadOnlyList<string> items) => items.Count == 0
        ? null
        : TrustedProxies.Of(items.Select(item => TrustedProxies.TryParse(item, out var proxies) ? proxies : null).OfType<TrustedProxies>());

    private static bool IsModel(string value) => value.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash && slash < value.Length - 1;

    private static bool IsContentSid(string value) => ContentSidPattern().IsMatch(value);

    private static bool IsPhoneNumber(string value) => PhoneNumberPattern().IsMatch(value);

    [GeneratedRegex(@"\A(\*|(\*\.)?[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?)\z")]
    private static partial Regex HostPattern();

    [GeneratedRegex("^HX[0-9a-fA-F]{32}$")]
    private static partial Regex ContentSidPattern();

    [GeneratedRegex(@"^(whatsapp:)?\+[1-9][0-9]{6,14}$", RegexOptions.ECMAScript)]
    private static partial Regex PhoneNumberPattern();
}
