using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Jobs.Runtimes.RunLogs;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Runtimes;

/// <summary>What is written of turns while they say something, and what that costs.</summary>
public sealed class RunLogWriterTests
{
    private readonly FakeTimeProvider _time = new();
    private TestDatabase _database = null!;
    private LiveReplies _replies = null!;
    private RunLogWriter _writer = null!;

    [SetUp]
    public async Task Start()
    {
        _database = await TestDatabase.CreateMigratedAsync();
        _replies = new LiveReplies(_time);
        _writer = new RunLogWriter(_replies, _database.DataSource, _time, NullLogger<RunLogWriter>.Instance);
        await _writer.StartAsync(default);
    }

    [TearDown]
    public async Task Stop()
    {
        await _writer.StopAsync(default);
        _writer.Dispose();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task A_thousand_turns_that_speak_at_once_are_written_with_a_statement_each_time()
    {
        // Of this database alone: services of other tests write as well.
        var (statements, database) = (0, await _database.TextAsync("SELECT current_database()"));
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => Interlocked.Add(ref statements, Equals(activity.GetTagItem("db.namespace"), database) && activity.TagObjects.Any(tag => tag.Value is string text && text.Contains("INSERT INTO openclaw.run_log", StringComparison.Ordinal)) ? 1 : 0),
        };
        ActivitySource.AddActivityListener(listener);
        var turns = Enumerable.Range(0, 1_000).Select(_ => _replies.Open(Guid.NewGuid(), Guid.CreateVersion7(), "run", "agent:a:main", "admin")).ToList();

        foreach (var round in new[] { 1, 2, 3 })
        {
            turns.ForEach(turn => turn.Report($"word {round} "));
            _time.Advance(LongerThan(RunLogWriter.Pace));
            await Eventually.That(() => _database.TextAsync("SELECT count(*) || ' ' || count(DISTINCT run_id) FROM openclaw.run_log"), Is.EqualTo($"{round * 1_000} 1000"));
        }

        Assert.That(statements, Is.InRange(1, 3));
        Assert.That(await _database.LinesAsync("""SELECT DISTINCT string_agg("offset" || ' ' || position || ' ' || text, '|' ORDER BY "offset") FROM openclaw.run_log GROUP BY run_id"""), Is.EqualTo(new[] { "1000001 0 word 1 |1000002 7 word 2 |1000003 14 word 3 " }));
        turns.ForEach(turn => turn.Dispose());
        await Eventually.That(
            () =>
            {
                _time.Advance(RunLogWriter.Pace);
                return _writer.Remembering;
            },
            Is.Zero);
    }

    [Test]
    public async Task Each_attempt_begins_behind_all_that_was_written_before_and_a_run_keeps_no_more_than_it_may()
    {
        var run = Guid.CreateVersion7();
        for (var attempt = 1; attempt <= 6; attempt++)
        {
            using (var turn = _replies.Open(Guid.NewGuid(), run, "run", "agent:a:main", "admin"))
            {
                turn.Report(new string('x', AgentReply.MaxLength - 1));
                await WriteAsync(attempt <= 4 ? attempt : 4);
            }

            await Eventually.That(
                () =>
                {
                    _time.Advance(RunLogWriter.Pace);
                    return _writer.Remembering;
                },
                Is.Zero);
        }

        Assert.That(await _database.TextAsync("SELECT sum(length(text)) FROM openclaw.run_log"), Is.EqualTo($"{4 * (AgentReply.MaxLength - 1)}"));

        Task WriteAsync(int attempts) => Eventually.That(
            () =>
            {
                _time.Advance(RunLogWriter.Pace);
                return _database.TextAsync("""SELECT count(*) FROM openclaw.run_log WHERE position = 0""");
            },
            Is.EqualTo($"{attempts}"));
    }

    [Test]
    public async Task A_reply_that_is_whole_before_it_is_written_is_not_written_and_the_rest_of_one_that_was_begun_is()
    {
        var (quick, slow) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        using (var begun = _replies.Open(Guid.NewGuid(), slow, "run", "agent:a:main", "admin"))
        {
            begun.Report("It ");
            _time.Advance(LongerThan(RunLogWriter.Pace));
            await Eventually.That(() => _database.TextAsync("SELECT count(*) FROM openclaw.run_log"), Is.EqualTo("1"));
            begun.Report("ends.");
            using var turn = _replies.Open(Guid.NewGuid(), quick, "run", "agent:a:main", "admin");
            turn.Report("At once.");
            _replies.Close(quick);
            _replies.Close(slow);
        }

        await Eventually.That(
            () =>
            {
                _time.Advance(RunLogWriter.Pace);
                return _database.LinesAsync("""SELECT run_id, text FROM openclaw.run_log ORDER BY "offset" """);
            },
            Is.EqualTo(new[] { $"{slow}|It ", $"{slow}|ends." }));
        await Eventually.That(() => _writer.Remembering, Is.Zero);
    }

    private static TimeSpan LongerThan(TimeSpan pace) => pace + TimeSpan.FromMilliseconds(1);
}
