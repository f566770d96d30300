using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using OpenClaw.Data.Agents;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.Heartbeats;
using OpenClaw.Data.Messages;
using OpenClaw.Data.Spending;
using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Notices;
using OpenClaw.Jobs.Spending;
using OpenClaw.Tests.Web.Support;
using OpenClaw.Web.Dashboard.Pages;

namespace OpenClaw.Tests.Dashboard;

/// <summary>Whatever stands in the query of a list: it is used, or refused in words that name it; and nothing breaks.</summary>
public sealed class QueryFuzzTests
{
    private const int AtOnce = 16;

    // Whether a value may be used, by the page or list and the name of the filter.
    private static readonly (string Path, string Name, Func<string, bool> IsRight)[] Doors =
    [
        ("/dashboard/agents", "q", IsText), ("/dashboard/agents", "status", IsOne<AgentStatus>), ("/dashboard/agents", "sort", IsOne<AgentSort>), ("/dashboard/agents", "page", value => IsNumber(value, 1, AgentList.LastPage)),
        ("/dashboard/agents", "order", value => value.Trim() == AgentList.Reversed), ("/dashboard/agents", "size", IsSize), ("/dashboard/workflows", "size", IsSize), ("/dashboard/messages", "size", IsSize),
        ("/dashboard/search", "q", IsText), ("/dashboard/workflows", "hour", IsHour), ("/dashboard/workflows", "minute", IsMinute), ("/dashboard/workflows", "beats", value => value.Trim() is WorkflowList.BeatsShown or WorkflowList.BeatsHidden), ("/dashboard/workflows", "q", IsText), ("/dashboard/workflows", "status", IsOne<WorkflowStanding>), ("/dashboard/workflows", "within", IsTime), ("/dashboard/workflows", "ended", IsTime),
        ("/dashboard/workflows", "before", IsId), ("/dashboard/workflows", "name", value => value == "pause_agent"), ("/dashboard/workflows", "agent", _ => false),
        ("/dashboard/workflows/figures", "within", IsTime), ("/dashboard/workflows/figures", "name", value => value == "pause_agent"), ("/dashboard/messages", "state", IsOne<MessageState>), ("/dashboard/messages", "before", IsId), ("/dashboard/notices", "state", IsOne<NoticeStanding>),
        ("/dashboard/notices", "before", IsId), ("/dashboard/commands", "before", IsId), ("/dashboard/audit", "subject", IsText), ("/dashboard/audit", "before", value => IsNumber(value, 1, long.MaxValue)),
        ("/dashboard/spending", "by", IsOne<SpendingBy>), ("/dashboard/spending", "kind", IsOne<SpendingKind>), ("/dashboard/spending", "model", IsText), ("/dashboard/spending", "before", value => IsNumber(value, 1, long.MaxValue)),
        ("/api/v1/spending", "by", IsOne<SpendingBy>), ("/api/v1/spending/entries", "kind", IsOne<SpendingKind>), ("/api/v1/spending/entries", "agent_id", IsId), ("/api/v1/spending/entries", "limit", IsLimit),
        ("/api/v1/agents", "status", IsOne<AgentStatus>), ("/api/v1/agents", "limit", IsLimit), ("/api/v1/agents", "offset", value => IsInt(value) is >= 0),
        ("/api/v1/workflows", "status", IsOne<WorkflowStatus>), ("/api/v1/workflows", "name", IsText), ("/api/v1/workflows", "agent_id", IsId), ("/api/v1/workflows", "cursor", IsId), ("/api/v1/workflows", "limit", IsLimit),
        ("/api/v1/workflows", "since", value => DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)),
        ("/api/v1/workflows/failed", "limit", IsLimit), ("/api/v1/workflows/failed", "cursor", IsId), ("/api/v1/notifications", "limit", IsLimit), ("/api/v1/notifications", "cursor", IsId),
        ("/api/v1/commands", "cursor", IsId), ("/api/v1/commands", "limit", IsLimit),
    ];

    private static readonly string[] Likely =
    [
        "failed", "FAILED", "running", "parked", "dead", "waiting", "success", "retries_exceeded", "open", "newest", "next_beat", "1h", "24h", "7d", "1", "2", "50", "500", "501", "0", "-1", "+1", " 1", "1e3", "1.0", "٣", "2147483647",
        "2147483648", "9223372036854775807", "99999999999999999999", "0190d1c6-7a5b-7c3d-8e4f-5a6b7c8d9e0f", "{0190d1c6-7a5b-7c3d-8e4f-5a6b7c8d9e0f}", "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff",
        "2026-01-31T12:00:00Z", "0001-01-01", "9999-12-31T23:59:59Z", "1960-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "yesterday", "pause_agent", "\0", "a\0b", "%", "_", "\\", "'", "';--", "<script>", "\"", "&x=1", "#", "\u202e", "😀", "null", "true",
        new('9', 400), new('x', 2_000),
    ];

    [Test]
    public async Task Whatever_a_list_is_asked_it_uses_or_refuses_by_name()
    {
        var api = (await SharedService.GetAsync()).Api;
        var wrong = new ConcurrentBag<string>();
        var values = Gen.OneOf(Gen.Elements(Likely), ArbMap.Default.ArbFor<NonNull<string>>().Generator.Select(text => text.Get));

        // Of agents, what other tests have named theirs would be found.
        var asked = Gen.Zip(Gen.Elements(Doors), values).Sample(2_000, 40).Where(sample => sample.Item2.Trim().Length > 0)
            .Select(sample => (Door: sample.Item1, Value: sample.Item1.Name == "agent" ? $"nobody {sample.Item2}" : sample.Item2)).ToList();

        await Parallel.ForEachAsync(asked, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (sample, _) =>
        {
            var ((path, name, isRight), value) = sample;
            using var answer = await api.GetAsync($"{path}?{name}={Uri.EscapeDataString(value)}", CancellationToken.None);
            var body = await answer.Content.ReadAsStringAsync(CancellationToken.None);

            // What a URL cannot carry arrives as something else: as such it is judged.
            var arrived = Uri.UnescapeDataString(Uri.EscapeDataString(value));
            var expected = isRight(arrived);
            var used = answer.StatusCode is HttpStatusCode.OK;
            var refused = answer.StatusCode is HttpStatusCode.UnprocessableEntity or HttpStatusCode.BadRequest && body.Contains(name, StringComparison.OrdinalIgnoreCase);
            if (used != expected || refused == expected)
            {
                wrong.Add($"{path}?{name}={value} should be {(expected ? "used" : "refused by name")}: {(int)answer.StatusCode}");
            }
        });

        Assert.That(asked, Has.Count.GreaterThan(1_500));
        Assert.That(wrong, Is.Empty);
    }

    [TestCase("/api/v1/agents?state=running", "state")]
    [TestCase("/api/v1/workflows?agent=x&within=24h", "agent", "within")]
    [TestCase("/api/v1/notifications?before=0190d1c6-7a5b-7c3d-8e4f-5a6b7c8d9e0f", "before")]
    [TestCase("/api/v1/commands?limit=5&limit=6", "limit")]
    [TestCase("/api/v1/contacts?q=1", "q")]
    [TestCase("/api/v1/retention?%00=1", "\ufffd")]
    public async Task A_parameter_that_a_list_does_not_have_is_refused(string address, params string[] fields)
    {
        var answer = await (await SharedService.GetAsync()).Api.GetJsonAsync(address);

        Assert.That(answer.Status is HttpStatusCode.UnprocessableEntity or HttpStatusCode.BadRequest);
        Assert.That(answer.ErrorFields, Is.EqualTo(fields));
    }

    [Test]
    public void Whatever_stands_in_an_address_each_name_of_it_is_read_or_told() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(10_000),
        Prop.ForAll(
            ArbMap.Default.ArbFor<KeyValuePair<NonEmptyString, string[]>[]>(),
            pairs =>
            {
                var given = new Dictionary<string, StringValues>(StringComparer.OrdinalIgnoreCase);
                foreach (var (name, values) in pairs.Append(new KeyValuePair<NonEmptyString, string[]>(NonEmptyString.NewNonEmptyString("status"), pairs.FirstOrDefault().Value ?? [])))
                {
                    given[name.Get] = new StringValues(values);
                }

                var query = new PageQuery(new QueryCollection(given));
                var status = query.OneOf<AgentStatus>("status");
                var all = query.AllOf<HeartbeatStatus>("beats");
                var page = query.Number("page", 1, 10);
                var text = given["status"].ToString();

                return query.Problems.All(problem => problem.Length < 400 && !problem.Contains('\0'))
                    && (status is not null || text.Trim().Length == 0 || query.Problems.Any(problem => problem.StartsWith("status ", StringComparison.Ordinal)))
                    && all.Distinct().Count() == all.Count
                    && page is null or (>= 1 and <= 10)
                    && query.Problems.Count(problem => problem.Contains("is not a filter of this page", StringComparison.Ordinal)) == given.Keys.Count(name => !name.Equals("status", StringComparison.OrdinalIgnoreCase) && !name.Equals("page", StringComparison.OrdinalIgnoreCase) && !name.Equals("beats", StringComparison.OrdinalIgnoreCase));
            }));

    private static bool IsOne<T>(string value) where T : struct, Enum => value.Length == 0 || EnumText.TryParse<T>(value.Trim(), out _);

    private static bool IsText(string value) => !value.Contains('\0');

    private static bool IsId(string value) => Guid.TryParse(value, out _);

    private static bool IsTime(string value) => WorkflowList.Times.Any(time => time.Name == value.Trim());

    private static bool IsHour(string value) => DateTimeOffset.TryParseExact(value.Trim(), PageQuery.HourFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);

    private static bool IsMinute(string value) => DateTimeOffset.TryParseExact(value.Trim(), PageQuery.MinuteFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);

    private static bool IsSize(string value) => value.Trim() is "25" or "50" or "100";

    private static bool IsNumber(string value, long least, long most) =>
        long.TryParse(value.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most;

    private static int? IsInt(string value) => int.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static bool IsLimit(string value) => IsInt(value) is >= 1 and <= 500;
}
