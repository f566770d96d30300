using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using ArchUnitNET.NUnit;
using OpenClaw.Data;
using OpenClaw.Jobs.Agents;
using OpenClaw.Web.Hosting;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace OpenClaw.Tests;

/// <summary>What the rooms of the house may know of each other, as CONTRIBUTING's map says it.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class RoomTests
{
    private const string Jobs = @"^OpenClaw\.Jobs\.";

    // What every room may use.
    private const string Machinery = "Batching|ForeignInput|Loops|Outages|Outbound|Telemetry";

    private static readonly Architecture House =
        new ArchLoader().LoadAssemblies(typeof(OpenClawDbContext).Assembly, typeof(AgentService).Assembly, typeof(OpenClawApplication).Assembly).Build();

    [TestCase("Engine", Machinery)]
    [TestCase("Requests", $"{Machinery}|Engine")]
    [TestCase("Batching", "")]
    [TestCase("ForeignInput", "")]
    [TestCase("Loops", "")]
    [TestCase("Outages", "")]
    [TestCase("Outbound", "")]
    public void A_room_knows_only_what_is_below_it(string room, string below)
    {
        var others = $"{Jobs}(?!({(below.Length == 0 ? room : $"{room}|{below}")})(\\.|$))";

        Types().That().ResideInNamespaceMatching($"{Jobs}{room}").Should().NotDependOnAny(Types().That().ResideInNamespaceMatching(others)).Check(House);
    }

    [TestCase("Api")]
    [TestCase("Dashboard")]
    public void Pages_and_REST_know_of_the_gateway_what_it_tells_and_not_how_it_listens(string room) =>
        Types().That().ResideInNamespaceMatching($@"^OpenClaw\.Web\.{room}").Should()
            .NotDependOnAny(Types().That().ResideInNamespaceMatching(@"^OpenClaw\.Web\.Gateway\.(Connections|Http|Members|Methods|Nodes|Workers)")).Check(House);

    [Test]
    public void No_room_is_called_like_a_class_in_it()
    {
        var rooms = House.Types.Select(type => type.Namespace.FullName).Where(name => name.StartsWith("OpenClaw.", StringComparison.Ordinal)).Distinct();

        Assert.That(rooms.Where(room => House.Types.Any(type => type.Namespace.FullName == room && type.Name == room.Split('.')[^1])), Is.Empty);
    }

    [Test]
    public void A_file_stands_in_the_folder_of_its_namespace()
    {
        var strays = new[] { "OpenClaw.Data", "OpenClaw.Jobs", "OpenClaw.Web", "OpenClaw.Tests" }
            .SelectMany(project => Directory.EnumerateFiles(Support.Repository.PathTo(project), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin" or "CompiledModel" or "Migrations"))
            .Select(file => (File: Path.GetRelativePath(Support.Repository.PathTo("."), file), Namespace: File.ReadLines(file).FirstOrDefault(line => line.StartsWith("namespace ", StringComparison.Ordinal))))
            .Where(found => found.Namespace is not null && found.Namespace != $"namespace {Path.GetDirectoryName(found.File)!.Replace(Path.DirectorySeparatorChar, '.')};");

        Assert.That(strays.Select(found => found.File), Is.Empty);
    }
}
