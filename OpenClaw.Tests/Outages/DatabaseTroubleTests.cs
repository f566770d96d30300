using System.Net.Sockets;
using System.Transactions;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using OpenClaw.Data;
using OpenClaw.Jobs.Outages;

namespace OpenClaw.Tests.Outages;

/// <summary>What is wrong with a database, by what can be done about it.</summary>
public sealed class DatabaseTroubleTests
{
    [TestCase("57P01", DatabaseTrouble.Away)]
    [TestCase("57P02", DatabaseTrouble.Away)]
    [TestCase("57P05", DatabaseTrouble.Away)]
    [TestCase("08006", DatabaseTrouble.Away)]
    [TestCase("08P01", DatabaseTrouble.Away)]
    [TestCase("XX000", DatabaseTrouble.Away)]
    [TestCase("58030", DatabaseTrouble.Away)]
    [TestCase("57P03", DatabaseTrouble.Starting)]
    [TestCase("25006", DatabaseTrouble.ReadOnly)]
    [TestCase("53100", DatabaseTrouble.Full)]
    [TestCase("53300", DatabaseTrouble.Crowded)]
    [TestCase("53400", DatabaseTrouble.Crowded)]
    [TestCase("53200", DatabaseTrouble.Crowded)]
    [TestCase("42501", DatabaseTrouble.Forbidden)]
    [TestCase("28P01", DatabaseTrouble.Refused)]
    [TestCase("28000", DatabaseTrouble.Refused)]
    [TestCase("3D000", DatabaseTrouble.Refused)]
    [TestCase("25P02", DatabaseTrouble.Contended)]
    [TestCase("40001", DatabaseTrouble.Contended)]
    [TestCase("40P01", DatabaseTrouble.Contended)]
    public void An_answer_of_a_server_or_a_proxy_is_told_by_its_code(string code, DatabaseTrouble trouble)
    {
        var answer = new PostgresException("said so", "FATAL", "FATAL", code);

        Assert.That(DatabaseOutage.Of(answer), Is.EqualTo(trouble));
        Assert.That(DatabaseOutage.Of(new DbUpdateException("by EF", answer)), Is.EqualTo(trouble));
        Assert.That(DatabaseOutage.Of(new InvalidOperationException("by Hangfire", new AggregateException(answer))), Is.EqualTo(trouble));
    }

    [TestCase("22021")]
    [TestCase("22P05")]
    [TestCase("23505")]
    [TestCase("42P01")]
    [TestCase("42P05")]
    [TestCase("57014")]
    public void A_mistake_in_what_was_asked_is_none(string code) => Assert.That(DatabaseOutage.Of(new PostgresException("no", "ERROR", "ERROR", code)), Is.Null);

    [TestCase("08P01")]
    [TestCase("XX000")]
    public void A_bug_that_the_server_itself_finds_is_none(string code) =>
        Assert.That(DatabaseOutage.Of(new PostgresException("no", "ERROR", "ERROR", code, file: "postgres.c", line: "1", routine: "exec")), Is.Null);

    [Test]
    public void What_the_client_says_is_told_too() => Assert.Multiple(() =>
    {
        Assert.That(DatabaseOutage.Of(new NpgsqlException("broken", new IOException())), Is.EqualTo(DatabaseTrouble.Away));
        Assert.That(DatabaseOutage.Of(new NpgsqlException("the pool is exhausted", new TimeoutException())), Is.EqualTo(DatabaseTrouble.Away));
        Assert.That(DatabaseOutage.Of(new NpgsqlException("no host", new AggregateException(new ReadOnlyServerException(), new SocketException()))), Is.EqualTo(DatabaseTrouble.ReadOnly));
        Assert.That(DatabaseOutage.Of(new ReadOnlyServerException()), Is.EqualTo(DatabaseTrouble.ReadOnly));
        Assert.That(DatabaseOutage.Of(new TransactionInDoubtException()), Is.EqualTo(DatabaseTrouble.Away));
        Assert.That(DatabaseOutage.Of(new HttpRequestException("a model", new SocketException())), Is.Null);
        Assert.That(DatabaseOutage.Of(new TimeoutException()), Is.Null);
    });

    [TestCase("Host=127.0.0.1;Port=1")]
    [TestCase("Host=127.0.0.1:1,127.0.0.1:2;Target Session Attributes=read-write")]
    [TestCase("Host=nowhere.invalid")]
    [TestCase("Host=/is/not/there")]
    public void A_server_that_is_not_there_is_away(string place)
    {
        using var source = NpgsqlDataSource.Create($"{place};Timeout=5;Username=me");

        var exception = Assert.CatchAsync(async () => await source.OpenConnectionAsync());

        Assert.That(DatabaseOutage.Of(exception!), Is.EqualTo(DatabaseTrouble.Away), exception!.ToString());
    }

    [Test]
    public void Each_is_told_in_words_of_its_own_and_with_a_time_to_come_back()
    {
        var troubles = Enum.GetValues<DatabaseTrouble>();

        Assert.That(troubles.Select(trouble => trouble.Name()), Is.Unique.And.All.StartsWith("The database"));
        Assert.That(troubles.Select(trouble => trouble.RetryAfter()), Is.All.InRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30)));
    }
}
