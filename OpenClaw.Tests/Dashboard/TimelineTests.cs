using OpenClaw.Data.Workflows;
using OpenClaw.Web.Dashboard.Pages;
using OpenClaw.Web.Dashboard.Parts;
using OpenClaw.Web.Dashboard.Parts.Charts;

namespace OpenClaw.Tests.Dashboard;

/// <summary>What pages work out for themselves before they draw it.</summary>
public sealed class TimelineTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public void Time_in_which_nobody_resumed_a_run_is_folded_and_is_none_of_its_own()
    {
        var step = new WorkflowStep { WorkflowUuid = Guid.Empty, FunctionId = 0, FunctionName = "validate", StartedAt = After(661), CompletedAt = After(662) };

        var timeline = Timeline.Of(new(new(Run(), null, null), [step], [Event(1, WorkflowEventKind.StepFailed), Event(1, WorkflowEventKind.Failed), Event(661, WorkflowEventKind.Resumed)]), After(700));

        Assert.That(timeline.Length, Is.EqualTo(TimeSpan.FromSeconds(2)));
        Assert.That(timeline.Idle, Is.EqualTo(TimeSpan.FromSeconds(660)));
        Assert.That(timeline.At(After(1)), Is.EqualTo(0.48).Within(0.01));
        Assert.That(timeline.At(After(661)), Is.EqualTo(0.52).Within(0.01));
        Assert.That(timeline.At(After(662)), Is.EqualTo(1));
        Assert.That(timeline.Lanes.Single().Spans.Select(span => (span.State, span.Length.TotalSeconds)), Is.EqualTo(new[] { (Span.Failed, 1.0), (Span.Success, 1.0) }));
    }

    [TestCase("Ada has no 3 of 5 keys", "Ada", "Bob has no 4 of 5 keys", "Bob", true)]
    [TestCase("Run 0190d1c6-7a5b-7c3d-8e4f-5a6b7c8d9e0f is gone", null, "Run 0190d1c6-7a5b-7c3d-8e4f-5a6b7c8d9e00 is gone", null, true)]
    [TestCase("The model 'a/b' cannot be used", "Ada", "The model 'a/c' cannot be used", "Ada", false)]
    public void Causes_are_alike_but_for_names_and_numbers(string one, string? name, string other, string? otherName, bool alike) =>
        Assert.That(TroubleGroups.Cause(one, name) == TroubleGroups.Cause(other, otherName), Is.EqualTo(alike));

    [TestCase(0, 1)]
    [TestCase(1, 1)]
    [TestCase(3, 5)]
    [TestCase(72, 100)]
    [TestCase(1_200, 2_000)]
    public void An_axis_ends_at_a_round_number(long most, long end) => Assert.That(Scale.Round(most), Is.EqualTo(end));

    [Test]
    public void The_first_line_of_our_own_code_is_told_from_the_rest()
    {
        var lines = StackLines.Of("Boom: no\r\n   at System.A.B()\n   at OpenClaw.Jobs.C.D() in C.cs:line 3\n   at OpenClaw.Jobs.E.F()").ToList();

        Assert.That(lines.Select(line => (line.IsOwn, line.IsFirstOwn)), Is.EqualTo(new[] { (false, false), (false, false), (true, true), (true, false) }));
    }

    private static DateTimeOffset After(int seconds) => Start.AddSeconds(seconds);

    private static Workflow Run() => new()
    {
        WorkflowUuid = Guid.Empty,
        Name = "provision_agent",
        Version = 1,
        Mode = WorkflowMode.Chained,
        Status = WorkflowStatus.Success,
        Owner = "admin",
        Request = "{}",
        CreatedAt = Start,
        CompletedAt = After(662),
    };

    private static WorkflowEvent Event(int seconds, string kind) =>
        new() { WorkflowUuid = Guid.Empty, Seq = seconds, Kind = kind, Step = "validate", Actor = "a test", CreatedAt = After(seconds) };
}
