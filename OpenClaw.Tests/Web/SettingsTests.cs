using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using OpenClaw.Tests.Web.Support;
using OpenClaw.Web.Hosting;

namespace OpenClaw.Tests.Web;

public sealed class SettingsTests
{
    private const string Database = "postgresql://openclaw@localhost/openclaw";

    [Test]
    public void Without_settings_but_the_database_everything_has_its_default()
    {
        var options = Read(("DATABASE_URL", Database), ("AUTH_TOKEN", " "));

        Assert.Multiple(() =>
        {
            Assert.That(options.Port, Is.EqualTo(18789));
            Assert.That(options.Host, Is.EqualTo("127.0.0.1"));
            Assert.That(options.AuthToken, Is.Null);
            Assert.That(options.LogLevel, Is.EqualTo(LogLevel.Information));
            Assert.That(options.HealthCheckInterval, Is.EqualTo(TimeSpan.FromSeconds(30)));
            Assert.That(options.DatabasePoolSize, Is.EqualTo(20));
            Assert.That(options.DatabaseDirectConnection, Is.EqualTo(options.DatabaseConnection));
        });
    }

    [Test]
    public void All_problems_are_told_at_once_each_with_its_variable_and_what_is_allowed()
    {
        var problems = Problems(
            ("PORT", "70000"), ("HOST", "example.org"), ("LOG_LEVEL", "loud"), ("DATABASE_POOL_SIZE", "1"), ("OPENCLAW_GATEWAY_URL", "http://gateway"),
            ("WHATSAPP_ALLOW_FROM", "+491701234567,12"), ("TWILIO_AUTH_TOKEN", "secret"));

        Assert.That(problems, Is.EqualTo(new[]
        {
            "DATABASE_URL is not set. Allowed: postgresql://user:password@host:port/database, with special characters in user and password percent-encoded. scripts/run starts a database of its own and sets it.",
            "PORT is \"70000\", which is not a whole number from 0 to 65535.",
            "HOST is \"example.org\", which is not an IP address, localhost, or * for all addresses.",
            "LOG_LEVEL is \"loud\", which is not one of trace, debug, info, warn, error.",
            "DATABASE_POOL_SIZE is \"1\", which is not a whole number from 10 to 1000.",
            "OPENCLAW_GATEWAY_URL is \"http://gateway\", which is not a URL that begins with ws:// or wss://.",
            "WHATSAPP_ALLOW_FROM is \"12\", which is not a phone number such as +491701234567, or NUMBER=OWNER for another owner than the house.",
            "TWILIO_ACCOUNT_SID is not set, but another of Twilio's is. Set all of TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, TWILIO_WHATSAPP_FROM, or none.",
            "TWILIO_WHATSAPP_FROM is not set, but another of Twilio's is. Set all of TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, TWILIO_WHATSAPP_FROM, or none.",
        }));
    }

    [TestCase("postgresql://openclaw@localhost/openclaw", null, false)]
    [TestCase("postgresql://openclaw@localhost/openclaw", "postgresql://openclaw@localhost/openclaw", false)]
    [TestCase("postgresql://openclaw@localhost:6432/openclaw", null, false)]
    [TestCase("postgresql://openclaw@localhost/openclaw?pgbouncer=true", null, true)]
    [TestCase("postgresql://openclaw@pooler/openclaw", "postgresql://openclaw@localhost/openclaw", true)]
    public void A_pooler_is_declared_by_a_direct_url_or_in_the_url_and_not_guessed_from_a_port(string database, string? direct, bool pooled) =>
        Assert.That(Read(("DATABASE_URL", database), ("DATABASE_DIRECT_URL", direct ?? "")).DatabaseIsPooled, Is.EqualTo(pooled));

    [TestCase("0.0.0.0")]
    [TestCase("*")]
    [TestCase("::")]
    [TestCase("192.168.1.7")]
    public void A_host_that_others_reach_needs_a_token(string host)
    {
        Assert.That(Problems(("DATABASE_URL", Database), ("HOST", host)), Has.One.Contains("AUTH_TOKEN is not set"));
        Assert.That(Problems(("DATABASE_URL", Database), ("HOST", host), ("AUTH_TOKEN", "twenty-three-characters")), Has.One.EqualTo(
            "AUTH_TOKEN has 23 characters, and others can reach the service. Set one of 24 or more, such as `openssl rand -hex 32` makes."));
        Assert.That(Read(("DATABASE_URL", Database), ("HOST", host), ("AUTH_TOKEN", "twenty-four-characters-x")).Host, Is.EqualTo(host));
    }

    [TestCase("https://claw.example", false)]
    [TestCase("http://localhost:18789", true)]
    [TestCase("", true)]
    public void A_short_token_is_for_this_machine_alone(string published, bool isTaken) => Assert.That(
        Problems(("DATABASE_URL", Database), ("AUTH_TOKEN", "short"), ("PUBLIC_BASE_URL", published)), isTaken ? Is.Empty : Has.One.StartsWith("AUTH_TOKEN has 5 characters"));

    [TestCase("OPENAI_BASE_URL", "http://models.example/v1", "OPENAI_API_KEY")]
    [TestCase("ANTHROPIC_BASE_URL", "http://192.168.1.7:8080", "ANTHROPIC_API_KEY")]
    [TestCase("OPENCLAW_GATEWAY_URL", "ws://gateway.example:18789", "OPENCLAW_AUTH_TOKEN")]
    public void No_secret_goes_to_another_machine_in_clear(string address, string given, string secret)
    {
        Assert.That(Problems(("DATABASE_URL", Database), (address, given), (secret, "hush")), Has.One.StartsWith($"{address} begins with ").And.One.Contains(secret).And.None.Contains("hush"));
        Assert.That(Problems(("DATABASE_URL", Database), (address, given)), Is.Empty, "Without a secret there is nothing to see.");
        Assert.That(Problems(("DATABASE_URL", Database), (address, given), (secret, "hush"), ("ALLOW_PLAIN_HTTP", "true")), Is.Empty);
        var here = given.Replace(new Uri(given).Host, "127.0.0.1", StringComparison.Ordinal);
        Assert.That(Problems(("DATABASE_URL", Database), (address, here), (secret, "hush")), Is.Empty);
        Assert.That(Problems(("DATABASE_URL", Database), (address, given.Insert(given.IndexOf(':', StringComparison.Ordinal), "s")), (secret, "hush")), Is.Empty);
    }

    [Test]
    public void Secrets_come_from_files_too()
    {
        var folder = Directory.CreateTempSubdirectory("openclaw-settings-").FullName;
        var (token, database, empty) = (Write("token", "a-token-of-24-characters\n"), Write("database", Database), Write("empty", "\n"));

        var options = Read(("DATABASE_URL_FILE", database), ("AUTH_TOKEN_FILE", token), ("OPENAI_API_KEY_FILE", token));
        Assert.That((options.AuthToken, options.OpenAiApiKey, options.DatabaseConnection), Is.EqualTo(("a-token-of-24-characters", "a-token-of-24-characters", Read(("DATABASE_URL", Database)).DatabaseConnection)));

        Assert.That(Problems(("DATABASE_URL", Database), ("AUTH_TOKEN", "hush"), ("AUTH_TOKEN_FILE", token)), Is.EqualTo(new[] { "AUTH_TOKEN and AUTH_TOKEN_FILE are both set. Set one of them." }));
        Assert.That(Problems(("DATABASE_URL", Database), ("AUTH_TOKEN_FILE", empty)), Is.EqualTo(new[] { $"AUTH_TOKEN_FILE: in {empty} there is nothing." }));
        Assert.That(Problems(("DATABASE_URL", Database), ("AUTH_TOKEN_FILE", $"{token}s")), Has.One.StartsWith($"AUTH_TOKEN_FILE is \"{token}s\", which cannot be read"));
        Directory.Delete(folder, recursive: true);

        string Write(string name, string text)
        {
            var path = Path.Combine(folder, name);
            File.WriteAllText(path, text);
            return path;
        }
    }

    [TestCase("127.0.0.1")]
    [TestCase("::1")]
    [TestCase("localhost")]
    public void A_loopback_host_does_not(string host) => Assert.That(Read(("DATABASE_URL", Database), ("HOST", host)).Host, Is.EqualTo(host));

    [TestCase("", "127.0.0.0/8, ::1/128")]
    [TestCase("none", "none")]
    [TestCase("10.0.0.3", "10.0.0.3/32")]
    [TestCase("loopback, 10.0.0.0/8,2001:db8::/32,::ffff:192.0.2.1", "127.0.0.0/8, ::1/128, 10.0.0.0/8, 2001:db8::/32, 192.0.2.1/32")]
    public void Proxies_are_trusted_by_address_and_network_and_loopback_by_default(string given, string trusted) =>
        Assert.That(Read(("DATABASE_URL", Database), ("TRUSTED_PROXIES", given)).TrustedProxies.ToString(), Is.EqualTo(trusted));

    [TestCase("TRUSTED_PROXIES", "proxy.example")]
    [TestCase("TRUSTED_PROXIES", "10.0.0.0/33")]
    [TestCase("PUBLIC_BASE_URL", "https://claw.example/a//b")]
    [TestCase("PUBLIC_BASE_URL", "https://claw.example/a%20b")]
    [TestCase("PUBLIC_BASE_URL", "https://claw.example/a;b")]
    public void What_a_proxy_cannot_be_is_refused(string name, string value) =>
        Assert.That(Problems(("DATABASE_URL", Database), (name, value)), Has.One.StartsWith(name));

    [TestCase("", "")]
    [TestCase("http://localhost:3000", "http://localhost:3000")]
    [TestCase(" https://Claw.Example:443 , http://[::1]:8080,http://localhost:3000,http://LOCALHOST:3000", "https://claw.example http://[::1]:8080 http://localhost:3000")]
    [TestCase("https://bücher.example", "https://xn--bcher-kva.example")]
    public void Origins_are_kept_as_browsers_write_them(string given, string kept) =>
        Assert.That(string.Join(' ', Read(("DATABASE_URL", Database), ("CORS_ORIGINS", given)).CorsOrigins), Is.EqualTo(kept));

    [TestCase("*")]
    [TestCase("null")]
    [TestCase("localhost:3000")]
    [TestCase("//localhost:3000")]
    [TestCase("http://localhost:3000/")]
    [TestCase("http://localhost:3000/api/v1")]
    [TestCase("http://*.claw.example")]
    [TestCase("http://me:hush@claw.example")]
    [TestCase("http://claw.example?x=hush")]
    [TestCase("http://claw.example#")]
    [TestCase("http://claw.example:99999")]
    [TestCase("http://claw example")]
    [TestCase("ws://claw.example")]
    [TestCase("https://claw.example,https://two.example/")]
    public void What_is_more_or_less_than_an_origin_is_refused_with_what_one_looks_like(string given) => Assert.That(
        Problems(("DATABASE_URL", Database), ("CORS_ORIGINS", given)),
        Has.One.Matches<string>(problem => problem.StartsWith("CORS_ORIGINS is ", StringComparison.Ordinal) && problem.Contains("an origin such as http://localhost:3000", StringComparison.Ordinal)));

    [TestCase("AUTH_TOKEN", "hush hush")]
    [TestCase("DATABASE_URL", "postgresql://me:hush#hush@localhost/db/more")]
    [TestCase("DATABASE_DIRECT_URL", "mysql://me:hush@localhost/db")]
    [TestCase("OPENAI_BASE_URL", "ftp://me:hush@localhost")]
    [TestCase("OPENAI_BASE_URL", "sk-hush-abcdefgh01234567")]
    [TestCase("OPENCLAW_GATEWAY_URL", "hush")]
    [TestCase("PUBLIC_BASE_URL", "hush0123")]
    [TestCase("COMMAND_MODEL", "hush")]
    [TestCase("HOST", "ghp_hushabcdefgh01234567")]
    [TestCase("WHATSAPP_ALLOW_FROM", "0123456789abcdefhush0123456789ab")]
    public void No_problem_shows_a_secret(string name, string value)
    {
        var problems = Problems(("DATABASE_URL", Database), (name, value));

        Assert.That(problems, Has.One.StartsWith(name).And.None.Contains("hush"));
    }

    [Test]
    public void OpenID_Connect_is_set_whole_or_not_at_all()
    {
        const string Needed = "OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, or nothing that begins with OIDC_.";
        Assert.That(Read(("DATABASE_URL", Database)).Oidc.IsOn, Is.False);
        Assert.That(Problems(("DATABASE_URL", Database), ("OIDC_ADMINS", "rulers")), Is.EqualTo(new[]
        {
            $"OIDC_ISSUER is not set, but another of OpenID Connect's is. Set all of {Needed}",
            $"OIDC_CLIENT_ID is not set, but another of OpenID Connect's is. Set all of {Needed}",
            $"OIDC_CLIENT_SECRET is not set, but another of OpenID Connect's is. Set all of {Needed}",
        }));
        Assert.That(Oidc("https://sso.example"), Has.One.StartsWith("OIDC_VIEWERS, OIDC_OPERATORS and OIDC_ADMINS name no group"));
        Assert.That(Oidc("http://sso.example", ("OIDC_VIEWERS", "*")), Has.One.StartsWith("OIDC_ISSUER begins with http://, so OIDC_CLIENT_SECRET would go to sso.example in clear").And.None.Contains("hush"));
        Assert.That(Oidc("http://localhost:8080/realm", ("OIDC_VIEWERS", "*")), Is.Empty);
        foreach (var owner in new[] { "makers", "makers=", "=red", "makers=Red", "makers=a b", "makers=-red", $"makers={new string('a', 41)}" })
        {
            Assert.That(Oidc("https://sso.example", ("OIDC_VIEWERS", "*"), ("OIDC_OWNERS", owner)), Has.One.StartsWith("OIDC_OWNERS "), owner);
        }

        Assert.That(Oidc("https://sso.example/?realm=one", ("OIDC_VIEWERS", "*")), Has.One.StartsWith("OIDC_ISSUER has more than a host and a path"));
        Assert.That(Oidc("sso.example", ("OIDC_VIEWERS", "*")), Has.One.StartsWith("OIDC_ISSUER is \"sso.example\", which is not a URL that begins with https:// or http://"));
        Assert.That(Oidc("https://sso.example", ("OIDC_VIEWERS", "*"), ("OIDC_SCOPES", "a\"b")), Has.One.StartsWith("OIDC_SCOPES"));

        var folder = Directory.CreateTempSubdirectory("openclaw-settings-").FullName;
        var file = Path.Combine(folder, "secret");
        File.WriteAllText(file, "hush\n");
        var read = Read(("DATABASE_URL", Database), ("OIDC_ISSUER", "https://sso.example"), ("OIDC_CLIENT_ID", "claw"), ("OIDC_CLIENT_SECRET_FILE", file), ("OIDC_OPERATORS", "/makers, second shift"), ("OIDC_SCOPES", "groups, email")).Oidc;
        Directory.Delete(folder, recursive: true);
        Assert.That((read.ClientSecret, read.AskedClaim, string.Join(' ', read.AskedScopes), string.Join('|', read.Operators)), Is.EqualTo(("hush", "groups", "openid groups email", "/makers|second shift")));

        static IEnumerable<string> Oidc(string issuer, params (string Name, string Value)[] others) =>
            Problems([("DATABASE_URL", Database), ("OIDC_ISSUER", issuer), ("OIDC_CLIENT_ID", "claw"), ("OIDC_CLIENT_SECRET", "hush"), .. others]);
    }

    [Test]
    public void A_certificate_that_cannot_be_served_is_refused_at_the_start()
    {
        var (folder, one, other) = (Directory.CreateTempSubdirectory("openclaw-settings-").FullName, TestCertificate.Make(), TestCertificate.Make());
        var (certificate, key, foreign, locked) = (Write("crt", one.Chain), Write("key", one.Key), Write("foreign", other.Key), Write("locked", "-----BEGIN ENCRYPTED PRIVATE KEY-----"));

        Assert.That(Read(("DATABASE_URL", Database), ("TLS_CERT", certificate), ("TLS_KEY", key)).Tls?.Key, Is.EqualTo(key));
        Assert.That(Tls(certificate, ""), Is.EqualTo(new[] { "TLS_KEY is not set, but TLS_CERT is. Set both to PEM files, or neither." }));
        Assert.That(Tls("", key), Is.EqualTo(new[] { "TLS_CERT is not set, but TLS_KEY is. Set both to PEM files, or neither." }));
        Assert.That(Tls(certificate, foreign), Has.One.StartsWith("TLS_KEY holds no key in PEM that belongs to the first certificate of TLS_CERT."));
        Assert.That(Tls(certificate, locked), Has.One.StartsWith("TLS_KEY holds a key behind a passphrase"));
        Assert.That(Tls(key, key), Has.One.StartsWith("TLS_CERT holds no certificate in PEM"));
        Assert.That(Tls($"{certificate}s", key), Has.One.StartsWith($"TLS_CERT is \"{certificate}s\", which cannot be read"));
        Assert.That(Tls(certificate, one.Key), Has.One.EqualTo("TLS_CERT and TLS_KEY name files; one of them holds what belongs into its file.").And.None.Contains("PRIVATE"));
        Directory.Delete(folder, recursive: true);

        static IEnumerable<string> Tls(string certificate, string key) => Problems(("DATABASE_URL", Database), ("TLS_CERT", certificate), ("TLS_KEY", key));

        string Write(string name, string text)
        {
            var path = Path.Combine(folder, name);
            File.WriteAllText(path, text);
            return path;
        }
    }

    [TestCase("SMTP_URL", "http://mail", "SMTP_FROM", "claw@example.org", "ALERT_EMAIL_TO", "me@example.org")]
    [TestCase("ALERT_EMAIL_TO", "nobody", "SMTP_URL", "smtp://127.0.0.1", "SMTP_FROM", "claw@example.org")]
    [TestCase("TWILIO_WHATSAPP_FROM", "me", "TWILIO_ACCOUNT_SID", "AC00000000000000000000000000000000", "TWILIO_AUTH_TOKEN", "00000000000000000000000000000000")]
    public void A_setting_that_is_wrong_is_not_called_missing_as_well(string wrong, string value, string second, string fine, string third, string alsoFine) =>
        Assert.That(Problems(("DATABASE_URL", Database), (wrong, value), (second, fine), (third, alsoFine)), Is.Not.Empty.And.None.Contains("is not set"));

    [TestCase("10m", 10)]
    [TestCase("PT1H", 60)]
    [TestCase("61m", null)]
    [TestCase("1d", null)]
    public void The_patience_with_a_silent_model_is_what_was_set_or_refused(string value, int? minutes)
    {
        if (minutes is { } taken)
        {
            Assert.That(Read(("DATABASE_URL", Database), ("MODEL_IDLE_TIMEOUT", value)).ModelIdleTimeout, Is.EqualTo(TimeSpan.FromMinutes(taken)));
        }
        else
        {
            Assert.That(Problems(("DATABASE_URL", Database), ("MODEL_IDLE_TIMEOUT", value)), Has.One.Contains("MODEL_IDLE_TIMEOUT").And.One.Contains("up to 1 h"));
        }
    }

    [TestCase("postgresql://me:p%40ss%2Fw%3Ard@db.example:6432/my%20db?sslmode=verify-full&application_name=x", "db.example", 6432, "me", "p@ss/w:rd", "my db")]
    [TestCase("postgres://me@[::1]/db", "::1", 5432, "me", null, "db")]
    [TestCase("postgresql:///db?host=%2Fvar%2Frun%2Fpostgresql&port=5433", "/var/run/postgresql", 5433, null, null, "db")]
    public void A_database_url_becomes_a_connection_string(string url, string host, int port, string? user, string? password, string database)
    {
        var connection = new NpgsqlConnectionStringBuilder(Read(("DATABASE_URL", url)).DatabaseConnection);

        Assert.That(
            (connection.Host, connection.Port, connection.Username, connection.Password, connection.Database),
            Is.EqualTo((host, port, user, password, database)));
        Assert.That(connection.SslMode, Is.EqualTo(url.Contains("verify-full") ? SslMode.VerifyFull : SslMode.Prefer));
    }

    [TestCase("not a url")]
    [TestCase("http://localhost/db")]
    [TestCase("postgresql://localhost")]
    [TestCase("postgresql://me@localhost/db?sslmode=perhaps")]
    public void A_database_url_that_cannot_be_read_is_refused(string url) =>
        Assert.That(Problems(("DATABASE_URL", url)), Has.One.StartsWith("DATABASE_URL:"));

    [Test]
    public void What_is_ignored_of_a_database_url_is_told_with_its_variable() => Assert.That(
        Read(("DATABASE_URL", $"{Database}?schema=public"), ("DATABASE_DIRECT_URL", $"{Database}?colour=red")).DatabaseWarnings,
        Has.One.StartsWith("DATABASE_URL: its parameter \"schema\" is ignored").And.One.StartsWith("DATABASE_DIRECT_URL: its parameter \"colour\" is ignored"));

    private static OpenClawOptions Read(params (string Name, string Value)[] settings) => OpenClawOptionsReader.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.GroupBy(setting => setting.Name).ToDictionary(group => group.Key, group => (string?)group.Last().Value)).Build());

    private static IEnumerable<string> Problems(params (string Name, string Value)[] settings)
    {
        try
        {
            Read(settings);
            return [];
        }
        catch (OptionsValidationException wrong)
        {
            return wrong.Failures;
        }
    }
}
