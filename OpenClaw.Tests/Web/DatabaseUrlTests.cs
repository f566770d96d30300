using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Npgsql;
using OpenClaw.Web.Hosting;

namespace OpenClaw.Tests.Web;

/// <summary>Databases' URLs as consoles of providers, ORMs and people write them.</summary>
public sealed class DatabaseUrlTests
{
    private const string Secret = "s3cr3t";

    [TestCase("postgresql://me:pw@ep-x-pooler.eu.example/app?sslmode=require&channel_binding=require", "ep-x-pooler.eu.example", 5432, "app")]
    [TestCase("postgres://me:pw@db.example:6543/postgres?pgbouncer=true&connection_limit=1", "db.example", 6543, "postgres")]
    [TestCase("\"postgresql://me:pw@db.example/app\"", "db.example", 5432, "app")]
    [TestCase("postgresql+asyncpg://me:pw@db.example/app", "db.example", 5432, "app")]
    [TestCase("pgsql://me:pw@db.example/app/", "db.example", 5432, "app")]
    [TestCase("postgis://me:pw@db.example/app?", "db.example", 5432, "app")]
    [TestCase("jdbc:postgresql://db.example:5433/app?user=me&password=pw", "db.example", 5433, "app")]
    [TestCase("POSTGRES://me:pw@bücher.example/app", "xn--bcher-kva.example", 5432, "app")]
    [TestCase("postgresql://me:pw@my_database:5433/app", "my_database", 5433, "app")]
    [TestCase("postgresql://me:pw@[2001:db8::1]:5433/app", "2001:db8::1", 5433, "app")]
    [TestCase("postgresql://me:pw@/app?host=/cloudsql/p:r:i", "/cloudsql/p:r:i", 5432, "app")]
    [TestCase("postgresql://me:pw@127.0.0.1:1/app?host=/var/run/postgresql", "/var/run/postgresql", 1, "app")]
    [TestCase("postgresql://me:pw@%2Fvar%2Frun%2Fpostgresql/app", "/var/run/postgresql", 5432, "app")]
    [TestCase("postgresql://me:pw@one.example,two.example/app", "one.example,two.example", 5432, "app")]
    [TestCase("postgresql://me:pw@127.0.0.1:1,127.0.0.2:2/app", "127.0.0.1:1,127.0.0.2:2", 5432, "app")]
    [TestCase("postgresql://me:pw@[::1]:1,two.example:2/app", "[::1]:1,two.example:2", 5432, "app")]
    [TestCase("postgresql:///app?host=one.example,two.example&port=5433&user=me&password=pw", "one.example,two.example", 5433, "app")]
    public void What_people_paste_is_understood(string url, string host, int port, string database)
    {
        var connection = Parsed(url);

        Assert.That((connection.Host, connection.Port, connection.Database, connection.Username, connection.Password), Is.EqualTo((host, port, database, "me", "pw")));
    }

    [TestCase("postgresql:///app?host=/var/run/postgresql", "/var/run/postgresql", "app")]
    [TestCase("postgresql://localhost/app", "localhost", "app")]
    [TestCase("postgresql:///app", "localhost", "app")]
    public void User_and_password_may_be_left_to_the_machine(string url, string host, string database)
    {
        var connection = Parsed(url);

        Assert.That((connection.Host, connection.Database, connection.Username, connection.Password), Is.EqualTo((host, database, (string?)null, (string?)null)));
    }

    [TestCase("me:p@ss/w#rd@127.0.0.1:1/app", "p@ss/w#rd")]
    [TestCase("me:p:a:s:s@127.0.0.1:1/app", "p:a:s:s")]
    [TestCase("me:100%@127.0.0.1:1/app", "100%")]
    [TestCase("me:p%40ss%2Fw%23rd%3F@127.0.0.1:1/app?sslmode=require", "p@ss/w#rd?")]
    [TestCase("me:a;b='c\"d@127.0.0.1:1/app", "a;b='c\"d")]
    public void Everything_up_to_the_last_at_sign_is_user_and_password(string rest, string password)
    {
        var connection = Parsed("postgresql://" + rest);

        Assert.That((connection.Password, connection.Host, connection.Database), Is.EqualTo((password, "127.0.0.1", "app")));
    }

    [Test]
    public void Parameters_that_are_known_are_used()
    {
        var connection = Parsed(
            "postgresql://me@db/app?application_name=mine&connect_timeout=7&options=-c%20geqo%3Doff&sslmode=verify-full&sslrootcert=system&channel_binding=require"
            + "&gssencmode=disable&require_auth=scram-sha-256&keepalives=1&keepalives_idle=30&keepalives_interval=10&target_session_attrs=read-write");

        Assert.Multiple(() =>
        {
            Assert.That((connection.ApplicationName, connection.Timeout, connection.Options), Is.EqualTo(("mine", 7, "-c geqo=off")));
            Assert.That((connection.SslMode, connection.ChannelBinding, connection.GssEncryptionMode), Is.EqualTo((SslMode.VerifyFull, ChannelBinding.Require, GssEncryptionMode.Disable)));
            Assert.That(connection.RequireAuth, Is.EqualTo("ScramSHA256"));
            Assert.That((connection.TcpKeepAlive, connection.TcpKeepAliveTime, connection.TcpKeepAliveInterval), Is.EqualTo((true, 30, 10)));
        });
    }

    [TestCase("scram-sha-256,md5", "ScramSHA256,MD5")]
    [TestCase("!password,!md5", "!Password,!MD5")]
    public void Ways_to_sign_in_are_named_as_libpq_does(string methods, string required) =>
        Assert.That(Parsed($"postgresql://me@db/app?require_auth={methods}").RequireAuth, Is.EqualTo(required));

    [TestCase("ssl=true", SslMode.Require)]
    [TestCase("sslMode=require", SslMode.Require)]
    [TestCase("sslmode=no-verify", SslMode.Require)]
    [TestCase("sslmode=verify-full&ssl=true", SslMode.VerifyFull)]
    [TestCase("ssl=false", SslMode.Disable)]
    [TestCase("ssl=require", SslMode.Require)]
    [TestCase("ssl=verify-full", SslMode.VerifyFull)]
    [TestCase("ssl=no-verify&uselibpqcompat=true", SslMode.Require)]
    [TestCase("sslmode=require&sslaccept=strict", SslMode.VerifyFull)]
    [TestCase("sslmode=require&sslaccept=accept_invalid_certs", SslMode.Require)]
    [TestCase("sslrootcert=system", SslMode.VerifyFull)]
    public void Encryption_is_never_less_than_what_was_asked_for(string query, SslMode mode) => Assert.That(Parsed($"postgresql://me@db/app?{query}").SslMode, Is.EqualTo(mode));

    [TestCase("me@db.example/app", SslMode.VerifyFull)]
    [TestCase("me@10.0.0.5/app?application_name=x", SslMode.VerifyFull)]
    [TestCase("me@127.0.0.1,db.example/app", SslMode.VerifyFull)]
    [TestCase("me@/app?host=db.example", SslMode.VerifyFull)]
    [TestCase("me@db.example/app?sslmode=disable", SslMode.Disable)]
    [TestCase("me@db.example/app?ssl=false", SslMode.Disable)]
    [TestCase("me@localhost/app", SslMode.Prefer)]
    [TestCase("me@127.0.0.1,[::1]:5433/app", SslMode.Prefer)]
    [TestCase("me@/app?host=/var/run/postgresql", SslMode.Prefer)]
    [TestCase("me@/app", SslMode.Prefer)]
    public void Off_this_machine_a_connection_is_encrypted_and_checked_unless_the_URL_says_otherwise(string rest, SslMode mode) =>
        Assert.That(Parsed($"postgresql://{rest}").SslMode, Is.EqualTo(mode));

    [Test]
    public void Of_several_hosts_the_one_that_can_write_is_asked_for() =>
        Assert.That(Parsed("postgresql://me@one,two/app?target_session_attrs=any").TargetSessionAttributes, Is.EqualTo("read-write"));

    [TestCase("pgbouncer=true", true)]
    [TestCase("pgbouncer=false", false)]
    [TestCase("pgbouncer=1", true)]
    [TestCase("sslmode=prefer", false)]
    public void A_pooler_can_be_declared(string query, bool pooler)
    {
        Assert.That(DatabaseUrl.TryParse($"postgresql://me@db/app?{query}", out var address, out _), Is.True);
        Assert.That(address!.DeclaresPooler, Is.EqualTo(pooler));
    }

    [TestCase("schema=public", "schemas of its own")]
    [TestCase("currentSchema=x", "schemas of its own")]
    [TestCase("connection_limit=5", "DATABASE_POOL_SIZE")]
    [TestCase("prepareThreshold=0", "ignored")]
    [TestCase("statement_cache_size=0", "ignored")]
    [TestCase("colour=red", "ignored")]
    public void Parameters_of_others_are_ignored_with_a_warning_that_names_them(string query, string said)
    {
        Assert.That(DatabaseUrl.TryParse($"postgresql://me:{Secret}@db/app?{query}", out var address, out _), Is.True);
        Assert.That(address!.Warnings, Has.One.Contains($"\"{query.Split('=')[0]}\"").And.Contains(said));
    }

    [TestCase("not a url")]
    [TestCase("http://localhost/db")]
    [TestCase("Host=localhost;Database=app")]
    [TestCase("postgresql://localhost")]
    [TestCase("postgresql://me:s3cr3t/app")]
    [TestCase("postgresql://me:s3cr3t@db:70000/app")]
    [TestCase("postgresql://me:s3cr3t@d b/app")]
    [TestCase("postgresql://me:s3cr3t@db/app/more")]
    [TestCase("postgresql://me:s3cr3t?x=y@db/app")]
    [TestCase("postgresql://me:p@s?s3cr3t=y@db/app")]
    [TestCase("postgresql://me:s3cr3t@db/app?sslmode=perhaps")]
    [TestCase("postgresql://me:s3cr3t@db/app?sslmode")]
    [TestCase("postgresql://me:s3cr3t@db/app?connect_timeout=soon")]
    [TestCase("postgresql://me:s3cr3t@db/app?service=mine")]
    [TestCase("postgresql://me:s3cr3t@db/app?target_session_attrs=standby")]
    [TestCase("postgresql://me:s3cr3t@db/app?sslrootcert=/is/not/there")]
    [TestCase("postgresql://me:s3cr3t@db/app?require_auth=shouting")]
    [TestCase("postgresql://me:s3cr3t@db/app?require_auth=!md5,password")]
    [TestCase("postgresql://me:s3cr3t%00@db/app")]
    [TestCase("postgresql://me:s3cr3t@one,two/app?port=1,2,3")]
    [TestCase("postgresql://me:s3cr3t@/app?host=/a,/b&port=1,2")]
    public void What_cannot_be_read_or_would_not_be_given_is_refused_without_a_word_of_the_password(string url)
    {
        Assert.That(DatabaseUrl.TryParse(url, out _, out var problem), Is.False);
        Assert.That(problem, Does.EndWith(".").And.Not.Contain(Secret));
    }

    [Test]
    public void Whatever_a_password_holds_it_is_used_or_refused_and_never_shown() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(3_000),
        Prop.ForAll(
            Noise().SelectMany(_ => Noise(), (before, after) => (before, after)).SelectMany(_ => Gen.Elements("/app", "/app?sslmode=require", "/app?schema=x", "", "?user=me"), (around, rest) => (around.before, around.after, rest)).ToArbitrary(),
            made =>
            {
                var password = made.before + Secret + made.after;
                var read = DatabaseUrl.TryParse($"postgresql://me:{password}@db.example:5433{made.rest}", out var address, out var problem);
                return read
                    ? !string.Concat([DatabaseUrl.Place(address!.ConnectionString), .. address.Warnings]).Contains(Secret) && new NpgsqlConnectionStringBuilder(address.ConnectionString).Password!.Contains(Secret)
                    : !problem!.Contains(Secret);
            }));

    [Test]
    public void An_encoded_password_is_the_password() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(2_000),
        Prop.ForAll(
            Noise().Where(noise => noise.Length > 0).ToArbitrary(),
            password => Parsed($"postgresql://me:{Uri.EscapeDataString(password)}@db.example/app?sslmode=require").Password == password));

    [Test]
    public void Whatever_is_given_is_read_or_refused_in_a_sentence() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(5_000),
        Prop.ForAll(
            Gen.ListOf(Gen.OneOf(Pieces(), Noise())).Select(pieces => "postgresql://" + string.Concat(pieces)).ToArbitrary(),
            text => DatabaseUrl.TryParse(text, out var address, out var problem)
                ? DatabaseUrl.Place(address.ConnectionString).Length > 0
                : problem.Length is > 10 and < 400));

    private static Gen<string> Pieces() => Gen.Elements(
        "postgresql://", "me", ":", "@", "/", "?", "&", "=", ",", "[", "]", "[::1]", "%2F", "%00", "%", "#", ";", "host", "port", "5432", "99999", "sslmode", "require", "options", "-c x=y",
        "sslrootcert", "/dev/null", "keepalives", "require_auth", "none", "channel_binding", "sslnegotiation", "direct", "load_balance_hosts", "random", "target_session_attrs", "any", "ü", "\ud83d\ude00");

    // All that is hard in URLs and connection strings, and no control characters, which environments do not hold.
    private static Gen<string> Noise() => Gen.Elements("@", ":", "/", "?", "#", "%", "&", "=", "+", " x", ";", "'", "\"", ",", "[", "]", "{", "\\", "a", "9", "%4", "ß", "€", "\ud83d\ude00").ListOf(4)
        .Select(parts => parts.Aggregate(new StringBuilder(), (all, part) => all.Append(part)).ToString());

    private static NpgsqlConnectionStringBuilder Parsed(string url)
    {
        Assert.That(DatabaseUrl.TryParse(url, out var address, out var problem), Is.True, problem);
        return new NpgsqlConnectionStringBuilder(address!.ConnectionString);
    }
}
