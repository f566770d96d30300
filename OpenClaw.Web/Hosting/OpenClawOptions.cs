using OpenClaw.Jobs.Channels.WhatsApp;
using OpenClaw.Jobs.Monitoring;
using OpenClaw.Jobs.Subscriptions.Mail;
using OpenClaw.Web.Gateway.Http;
using OpenClaw.Web.Hosting.Tls;
using OpenClaw.Web.Security.People;

namespace OpenClaw.Web.Hosting;

/// <summary>Every setting of the service. Each is an environment variable, or a key of the same name in appsettings.</summary>
public sealed class OpenClawOptions
{
    /// <summary><c>PORT</c>: TCP port of everything we serve; 0 takes any free one. Default 18789.</summary>
    public int Port { get; init; } = 18789;

    /// <summary><c>HOST</c>: an IP address, <c>localhost</c>, or <c>*</c> for all addresses. Default 127.0.0.1.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary><c>TLS_CERT</c>, <c>TLS_KEY</c>: PEM files with which <see cref="Port"/> speaks https. Unset: it speaks http.</summary>
    public TlsFiles? Tls { get; init; }

    /// <summary><c>AUTH_TOKEN</c>: what callers and people sign in with. Unset on loopback: one is made and kept in <see cref="DataDirectory"/>.</summary>
    public string? AuthToken { get; init; }

    /// <summary><c>OIDC_…</c>: by whom people sign in, beside the token. Unset: by the token alone.</summary>
    public OidcSettings Oidc { get; init; } = new();

    /// <summary><c>REQUIRE_DEVICE</c>: true lets nobody into the gateway's WebSocket by the token alone: a device must prove its key, and off this machine somebody must have approved it. Default false.</summary>
    public bool RequireDevice { get; init; }

    /// <summary><c>STRANGER_REQUESTS_PER_MINUTE</c>: requests that one address may send without a good token, key or session; 0 for any number. Default 600.</summary>
    public int StrangerRequestsPerMinute { get; init; } = 600;

    /// <summary><c>KEY_REQUESTS_PER_MINUTE</c>: requests of a key that has no <c>requests_per_minute</c> of its own; 0 for any number. Default 30000.</summary>
    public int KeyRequestsPerMinute { get; init; } = 30_000;

    /// <summary><c>KEY_REQUESTS_AT_ONCE</c>: requests of one key that may be under way at a time, those that wait among them; 0 for any number. Default 256.</summary>
    public int KeyRequestsAtOnce { get; init; } = 256;

    /// <summary><c>ALLOW_PLAIN_HTTP</c>: true lets keys and tokens go to other machines by http:// and ws://, in clear. Default false.</summary>
    public bool AllowPlainHttp { get; init; }

    /// <summary><c>LOG_LEVEL</c>: the least level that is logged: trace, debug, info, warn, error. Default info.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary><c>HEALTH_CHECK_INTERVAL</c>, in milliseconds: how often the health of what we depend on is looked at. Default 30000.</summary>
    public TimeSpan HealthCheckInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary><c>OPENCLAW_DATA_DIR</c>: files of this node, such as the generated token. Default <c>.data</c> in the current directory.</summary>
    public string DataDirectory { get; init; } = ".data";

    /// <summary><c>DATABASE_URL</c> as an Npgsql connection string. Required.</summary>
    public string DatabaseConnection { get; init; } = "";

    /// <summary><c>DATABASE_DIRECT_URL</c>: the same database past a pooler in transaction mode. Default: <c>DATABASE_URL</c>.</summary>
    public string DatabaseDirectConnection { get; init; } = "";

    /// <summary><c>DATABASE_MIGRATION_URL</c>: the same database as a role that may change its schemas, where that of <c>DATABASE_URL</c> may not. Default: <c>DATABASE_DIRECT_URL</c>.</summary>
    public string DatabaseMigrationConnection { get; init; } = "";

    /// <summary>
    /// <c>DATABASE_URL</c> is declared to go through a pooler in transaction mode (PgBouncer and its like): by a
    /// <c>DATABASE_DIRECT_URL</c> that differs, or by <c>pgbouncer=true</c>. Undeclared it is found out at start (<see cref="DatabaseTopology"/>).
    /// </summary>
    public bool DatabaseIsPooled { get; init; }

    /// <summary>What the two URLs say and nothing acts on, for the log. None holds a secret.</summary>
    public IReadOnlyList<string> DatabaseWarnings { get; init; } = [];

    /// <summary><c>DATABASE_POOL_SIZE</c>: connections of this process in all. Default 20.</summary>
    public int DatabasePoolSize { get; init; } = 20;

    /// <summary><c>OPENCLAW_GATEWAY_URL</c>: ws(s):// of the OpenClaw gateway that <c>openclaw/…</c> agents run on. Unset: there is none.</summary>
    public Uri? GatewayUrl { get; init; }

    /// <summary><c>OPENCLAW_AUTH_TOKEN</c>: token for that gateway.</summary>
    public string? GatewayToken { get; init; }

    /// <summary><c>ROUTING_CHECK_PAID</c>: true has the routing check also ask runtimes for which each question costs money. Default false.</summary>
    public bool RoutingCheckPaid { get; init; }

    /// <summary><c>OPENAI_API_KEY</c>: key for <c>openai/…</c> agents.</summary>
    public string? OpenAiApiKey { get; init; }

    /// <summary><c>OPENAI_BASE_URL</c>: any OpenAI-compatible endpoint. Unset: OpenAI's own.</summary>
    public Uri? OpenAiBaseUrl { get; init; }

    /// <summary><c>ANTHROPIC_API_KEY</c>: key for <c>anthropic/…</c> agents.</summary>
    public string? AnthropicApiKey { get; init; }

    /// <summary><c>ANTHROPIC_BASE_URL</c>: an endpoint that speaks Anthropic's protocol. Unset: Anthropic's own.</summary>
    public Uri? AnthropicBaseUrl { get; init; }

    /// <summary><c>MODEL_CONCURRENCY</c>: turns of one provider that may be under way in this process. Default 16.</summary>
    public int ModelConcurrency { get; init; } = 16;

    /// <summary><c>MODEL_IDLE_TIMEOUT</c>: a model that shows no sign of life for so long is given up. Up to 1h, which a turn may take. Default 2m.</summary>
    public TimeSpan ModelIdleTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary><c>GATE_FILES</c>: the folder whose files gates of beats may look at. Unset: none.</summary>
    public string? GateFiles { get; init; }

    /// <summary><c>GATE_DATABASE_URL</c> as an Npgsql connection string: where gates of beats run their queries, read-only. Unset: nowhere.</summary>
    public string GateDatabaseConnection { get; init; } = "";

    /// <summary><c>GATE_HOSTS</c>: names and addresses in a network of one's own that gates of beats may ask. Others there are not asked.</summary>
    public IReadOnlyList<string> GateHosts { get; init; } = [];

    /// <summary><c>WEBHOOK_HOSTS</c>: names and addresses in a network of one's own that events may be sent to, also without TLS. Others there are told nothing.</summary>
    public IReadOnlyList<string> WebhookHosts { get; init; } = [];

    /// <summary><c>SMTP_URL</c>: the mail server that letters about incidents are handed to. Unset: none are written.</summary>
    public SmtpServer? Smtp { get; init; }

    /// <summary><c>SMTP_FROM</c>: the address that they come from, with or without a name.</summary>
    public string? SmtpFrom { get; init; }

    /// <summary><c>ALERT_EMAIL_TO</c>: addresses that they go to, up to 10, separated by commas.</summary>
    public IReadOnlyList<string> AlertEmailTo { get; init; } = [];

    /// <summary>The three of them together; null when they are not set.</summary>
    internal MailSettings? Mail => Smtp is { } server && SmtpFrom is { } from ? new MailSettings(server with { MayBePlain = server.MayBePlain || AllowPlainHttp }, from, AlertEmailTo) : null;

    /// <summary><c>COMMAND_MODEL</c>: a model, as provider/name, that reads commands in free language. Unset: none.</summary>
    public string? CommandModel { get; init; }

    /// <summary><c>WORK_MODEL</c>: a model, as provider/name, for agents that are made to work on an issue. Unset: as other agents for which nobody names a model.</summary>
    public string? WorkModel { get; init; }

    /// <summary><c>TWILIO_ACCOUNT_SID</c>: needed with the other two of Twilio's to send WhatsApp messages.</summary>
    public string? TwilioAccountSid { get; init; }

    /// <summary><c>TWILIO_AUTH_TOKEN</c>: also checks the signature of what Twilio sends us.</summary>
    public string? TwilioAuthToken { get; init; }

    /// <summary><c>TWILIO_WHATSAPP_FROM</c>: our own number, as +491701234567.</summary>
    public string? TwilioWhatsAppFrom { get; init; }

    /// <summary><c>TWILIO_CONTENT_SID</c>: an approved template whose variable 1 is the text, for messages outside of the 24-hour window. Unset: there is none.</summary>
    public string? TwilioContentSid { get; init; }

    /// <summary><c>TWILIO_2_CHOICES_CONTENT_SID</c>: a template with two buttons, for questions within the 24-hour window. Unset: their choices are numbered.</summary>
    public string? Twilio2ChoicesContentSid { get; init; }

    /// <summary><c>TWILIO_3_CHOICES_CONTENT_SID</c>: the same with three.</summary>
    public string? Twilio3ChoicesContentSid { get; init; }

    /// <summary><c>TWILIO_API_BASE_URL</c>: unset, Twilio's own.</summary>
    public Uri? TwilioApiBaseUrl { get; init; }

    /// <summary><c>WEBHOOK_PORT</c>: a TCP port on <see cref="Host"/> that has Twilio's webhooks alone. Unset: they are on <see cref="Port"/> alone.</summary>
    public int? WebhookPort { get; init; }

    /// <summary><c>WHATSAPP_ALLOW_FROM</c>: numbers, or WhatsApp's ids of people who hide theirs, that may give commands, separated by commas; <c>NUMBER=OWNER</c> acts for another owner than the house. Unset: none.</summary>
    public IReadOnlyList<string> WhatsAppAllowFrom { get; init; } = [];

    /// <summary><c>HOOKS_FILE</c>: a JSON file with hooks that have names of their own. Unset: none beside <c>wake</c> and <c>agent</c>.</summary>
    public string? HooksFile { get; init; }

    /// <summary>What <see cref="HooksFile"/> holds.</summary>
    internal HookMappings HookMappings { get; init; } = HookMappings.None;

    /// <summary>
    /// <c>PUBLIC_BASE_URL</c>: where the world reaches us, past a proxy. With https, cookies are marked secure; its path is
    /// the sub-path that all links, redirects and cookies begin with.
    /// </summary>
    public Uri? PublicBaseUrl { get; init; }

    /// <summary><c>TRUSTED_PROXIES</c>: whose X-Forwarded headers are believed: addresses and networks, or none. Default loopback.</summary>
    public TrustedProxies TrustedProxies { get; init; } = TrustedProxies.Loopback;

    /// <summary><c>CORS_ORIGINS</c>: the origins whose pages may call the REST API from a browser, separated by commas. Unset: none.</summary>
    public IReadOnlyList<string> CorsOrigins { get; init; } = [];

    /// <summary>
    /// <c>ALLOWED_HOSTS</c>: names under which requests come, beside localhost, addresses, this machine's name and the host of
    /// <see cref="PublicBaseUrl"/>, separated by commas; <c>*.example.com</c> is every name below, <c>*</c> any. Unset: no others.
    /// </summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Where keys and tokens go, each with the settings of both.</summary>
    internal IEnumerable<(string Name, Uri? Url, string SecretName, bool HasSecret)> SecretsSent =>
    [
        ("OPENCLAW_GATEWAY_URL", GatewayUrl, "OPENCLAW_AUTH_TOKEN", GatewayToken is not null),
        ("OPENAI_BASE_URL", OpenAiBaseUrl, "OPENAI_API_KEY", OpenAiApiKey is not null),
        ("ANTHROPIC_BASE_URL", AnthropicBaseUrl, "ANTHROPIC_API_KEY", AnthropicApiKey is not null),
        ("TWILIO_API_BASE_URL", TwilioApiBaseUrl, "TWILIO_AUTH_TOKEN", TwilioAuthToken is not null),
        ("OIDC_ISSUER", Oidc.Issuer, "OIDC_CLIENT_SECRET", Oidc.ClientSecret is not null),
    ];

    /// <summary>The settings of WhatsApp as what sends and receives takes them.</summary>
    public WhatsAppOptions WhatsApp => new()
    {
        Account = TwilioAccountSid is { } sid && TwilioAuthToken is { } token && PhoneNumbers.Parse(TwilioWhatsAppFrom) is { } from
            ? new TwilioAccount(sid, token, from, TwilioContentSid, TwilioApiBaseUrl)
            {
                QuestionContentSids = new[] { (2, Twilio2ChoicesContentSid), (QuestionButtons.Most, Twilio3ChoicesContentSid) }.Where(one => one.Item2 is not null).ToDictionary(one => one.Item1, one => one.Item2!),
            }
            : null,
        PublicBaseUrl = PublicBaseUrl,
        AllowFrom = [.. WhatsAppAllowFrom.Select(AllowedNumber.Parse).OfType<AllowedNumber>()],
        MediaDirectory = Path.Combine(DataDirectory, "media"),
    };

    /// <summary><c>RETENTION_HEARTBEATS</c>, <c>RETENTION_ENDED</c>, <c>RETENTION_FAILED</c>, <c>RETENTION_RUN_LOG</c>, <c>RETENTION_AUDIT</c>: how long what has ended is kept. Default 24h, 720h, 2160h, 24h, 8760h.</summary>
    public RetentionPolicy Retention { get; init; } = new();

    /// <summary><c>OTEL_EXPORTER_OTLP_ENDPOINT</c>: where traces and metrics go. Unset: nowhere.</summary>
    public Uri? OtlpEndpoint { get; init; }
}
