using FsCheck;
using FsCheck.Fluent;
using Hangfire;
using Hangfire.States;
using Hangfire.Storage;

namespace OpenClaw.Tests.Compat.Engine;

/// <summary>Whatever a job and a state carry comes back from the tables as it was.</summary>
[Parallelizable(ParallelScope.Self)]
public sealed class RoundTripTests : EngineFixture
{
    private static readonly Gen<string> Piece = Gen.Frequency(
        (3, ArbMap.Default.GeneratorFor<char>().Where(c => c != '\0' && !char.IsSurrogate(c)).Select(c => c.ToString())),
        (1, Gen.Elements("😀", "𝄞", "\u2028", "\"", "\\", "\\u0000", "\u0001", "'", "{}", "\ufffe", "e\u0301")));

    private static readonly Gen<string> Text = Piece.ArrayOf().Select(string.Concat);

    private string _job = "";

    [OneTimeSetUp]
    public void CreateJob() =>
        _job = Host.Client.Schedule<TestJobs>(j => j.Echo("a"), TimeSpan.FromDays(1))!;

    [Test]
    public void Any_arguments() =>
        Prop.ForAll(Text.OrNull().ToArbitrary(), ArbMap.Default.ArbFor<int>(), ArbMap.Default.ArbFor<bool>(), Survive).QuickCheckThrowOnFailure();

    [Test]
    public void Arguments_with_the_character_that_text_in_the_database_cannot_hold() =>
        Prop.ForAll(WithNul().ToArbitrary(), text => Survive(text, 0, false)).QuickCheckThrowOnFailure();

    [Test]
    public void Any_state_data() => Prop.ForAll(Data(Text).ToArbitrary(), d => Stored(d).SequenceEqual(d.OrderBy(e => e.Key))).QuickCheckThrowOnFailure();

    [Test]
    public void State_data_but_for_the_character_that_the_database_cannot_hold() =>
        Prop.ForAll(
            Data(WithNul()).ToArbitrary(),
            d => Stored(d).SequenceEqual(d.OrderBy(e => e.Key).Select(e => KeyValuePair.Create(e.Key, e.Value.Replace("\0", "")))))
        .QuickCheckThrowOnFailure();

    private static Gen<string> WithNul() => Gen.OneOf(Piece, Gen.Constant("\0")).ArrayOf().Select(string.Concat);

    private static Gen<Dictionary<string, string>> Data(Gen<string> value) =>
        Gen.Zip(Text, value).ArrayOf().Select(pairs => pairs.DistinctBy(p => p.Item1).ToDictionary(p => p.Item1, p => p.Item2));

    private bool Survive(string? text, int number, bool flag)
    {
        var id = Host.Client.Create<ArgumentJobs>(j => j.Take(text, number, flag, default), new ScheduledState(TimeSpan.FromDays(1)));
        using var connection = Host.Storage.GetConnection();
        var job = connection.GetJobData(id!)!.Job!;
        var again = InvocationData.SerializeJob(job);
        return job.Args.Take(3).SequenceEqual(new object?[] { text, number, flag })
            && InvocationData.DeserializePayload(again.SerializePayload()).Arguments == again.Arguments;
    }

    private IEnumerable<KeyValuePair<string, string>> Stored(Dictionary<string, string> data)
    {
        using var connection = Host.Storage.GetConnection();
        using var transaction = connection.CreateWriteTransaction();
        transaction.SetJobState(_job, new DataState(data));
        transaction.Commit();
        return connection.GetStateData(_job)!.Data.OrderBy(e => e.Key);
    }

    private sealed class DataState(Dictionary<string, string> data) : IState
    {
        public string Name => "Data";

        public string? Reason => null;

        public bool IsFinal => false;

        public bool IgnoreJobLoadException => false;

        public Dictionary<string, string> SerializeData() => data;
    }

    public sealed class ArgumentJobs
    {
#pragma warning disable CA1822 // Jobs are instance methods here.
        public void Take(string? text, int number, bool flag, CancellationToken cancellationToken)
        {
        }
    }
}
