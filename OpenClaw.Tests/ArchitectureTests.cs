using System.Reflection;
using Microsoft.Extensions.Logging;
using OpenClaw.Data;
using OpenClaw.Jobs.Agents;
using OpenClaw.Tests.Support;
using OpenClaw.Web.Hosting;

namespace OpenClaw.Tests;

/// <summary>What the parts of the product may know of each other, and how they are written.</summary>
public sealed class ArchitectureTests
{
    private const int LongestFile = 300;

    private static readonly Assembly Data = typeof(OpenClawDbContext).Assembly;
    private static readonly Assembly Jobs = typeof(AgentService).Assembly;
    private static readonly Assembly Web = typeof(OpenClawApplication).Assembly;

    private static readonly string[] Projects = ["OpenClaw.Data", "OpenClaw.Jobs", "OpenClaw.Web"];

    [Test]
    public void Data_knows_neither_the_engine_nor_the_web_and_jobs_know_no_HTTP_server()
    {
        Assert.Multiple(() =>
        {
            Assert.That(References(Data), Has.None.StartsWith("Hangfire").And.None.StartsWith("OpenClaw").And.None.StartsWith("Microsoft.AspNetCore").And.None.StartsWith("Twilio"));
            Assert.That(References(Jobs), Has.None.StartsWith("Microsoft.AspNetCore").And.None.EqualTo("OpenClaw.Web"));
            Assert.That(References(Jobs).Where(name => name.StartsWith("OpenClaw", StringComparison.Ordinal)), Is.EqualTo(new[] { "OpenClaw.Data" }));
        });
    }

    [Test]
    public void Every_event_of_the_log_has_a_number_of_its_own()
    {
        var events = Types().SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Select(method => (Method: $"{method.DeclaringType!.FullName}.{method.Name}", Id: method.GetCustomAttribute<LoggerMessageAttribute>()?.EventId))
            .Where(found => found.Id is not null).ToList();

        Assert.That(events, Has.Count.GreaterThan(30));
        Assert.That(
            events.GroupBy(found => found.Id).Where(same => same.Count() > 1).Select(same => $"{same.Key}: {string.Join(", ", same.Select(found => found.Method))}"), Is.Empty);
    }

    [Test]
    public void Classes_are_sealed_unless_they_are_made_to_be_derived_from()
    {
        var bases = Types().Select(type => type.BaseType).OfType<Type>().Select(type => type.IsGenericType ? type.GetGenericTypeDefinition() : type).ToHashSet();

        var open = Types().Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false } && !IsGenerated(type) && !bases.Contains(type)
            && type.Namespace?.StartsWith("OpenClaw", StringComparison.Ordinal) is true && type.BaseType?.Name is not ("Migration" or "ModelSnapshot" or "ComponentBase" or "LayoutComponentBase") && type.Name != "_Imports");

        Assert.That(open.Select(type => type.FullName), Is.Empty);
    }

    [Test]
    public void No_file_that_a_person_writes_is_longer_than_300_lines()
    {
        var files = Projects.SelectMany(project => Directory.EnumerateFiles(Repository.PathTo(project), "*.*", SearchOption.AllDirectories))
            .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal))
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin" or "CompiledModel" or "Migrations"));

        Assert.That(files.Where(file => File.ReadLines(file).Count() > LongestFile).Select(Path.GetFileName), Is.Empty);
    }

    private static IEnumerable<string> References(Assembly assembly) => assembly.GetReferencedAssemblies().Select(name => name.Name!);

    private static IEnumerable<Type> Types() => new[] { Data, Jobs, Web }.SelectMany(assembly => assembly.GetTypes());

    // By the compiler, a source generator or the builder of pages.
    private static bool IsGenerated(Type type) => type.Name.Contains('<', StringComparison.Ordinal) || type.DeclaringType is { } outer && IsGenerated(outer)
        || type.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute)) || type.IsDefined(typeof(System.CodeDom.Compiler.GeneratedCodeAttribute))
        || type.Namespace?.EndsWith(".CompiledModel", StringComparison.Ordinal) is true;
}
