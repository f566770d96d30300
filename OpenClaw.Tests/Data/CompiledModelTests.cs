using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Scaffolding;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Data;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Data;

/// <summary>EF Core's model is compiled into the build, because to make it anew takes a third of a second of each start.</summary>
public sealed partial class CompiledModelTests
{
    private const string Update = "OPENCLAW_UPDATE_CONTRACT";
    private const string OneId = "0e5c1a3b-7d4f-4c7e-9a50-3b1d2c6f8e90";
    private const string Folder = "OpenClaw.Data/CompiledModel";

    [Test]
    public void The_compiled_model_is_that_of_the_entities()
    {
        using var db = new OpenClawDbContext(new DbContextOptionsBuilder<OpenClawDbContext>().UseOpenClaw("Host=127.0.0.1").Options);
        var scratch = Directory.CreateTempSubdirectory("openclaw-model-");

        Scaffold(db, scratch.FullName);

        var (made, committed) = (Read(scratch.FullName), Repository.PathTo(Folder));
        scratch.Delete(recursive: true);
        if (Environment.GetEnvironmentVariable(Update) == "1")
        {
            Write(made, committed);
        }

        Assert.That(made, Is.EquivalentTo(Read(committed)), $"Run this test with {Update}=1, and build again.");
    }

    private static void Scaffold(OpenClawDbContext db, string folder)
    {
        var services = new ServiceCollection().AddEntityFrameworkDesignTimeServices().AddDbContextDesignTimeServices(db);
#pragma warning disable EF1001 // The one way to the provider's part of it.
        new Npgsql.EntityFrameworkCore.PostgreSQL.Design.Internal.NpgsqlDesignTimeServices().ConfigureDesignTimeServices(services);
#pragma warning restore EF1001
        using var provider = services.BuildServiceProvider();
        provider.GetRequiredService<ICompiledModelScaffolder>().ScaffoldModel(
            db.GetService<IDesignTimeModel>().Model,
            folder,
            new CompiledModelCodeGenerationOptions
            {
                ContextType = typeof(OpenClawDbContext),
                ModelNamespace = $"{typeof(OpenClawDbContext).Namespace}.CompiledModel",
                Language = "C#",
                UseNullableReferenceTypes = true,
            });
    }

    private static Dictionary<string, string> Read(string folder) =>
        Directory.GetFiles(folder).ToDictionary(file => Path.GetFileName(file), file => ModelId().Replace(File.ReadAllText(file).ReplaceLineEndings("\n"), $"${{1}}{OneId}$2"));

    // Another one each time that it is made.
    [GeneratedRegex("""(modelId: new Guid\(")[^"]*("\))""")]
    private static partial Regex ModelId();

    private static void Write(Dictionary<string, string> files, string folder)
    {
        foreach (var file in Directory.GetFiles(folder))
        {
            File.Delete(file);
        }

        foreach (var (name, text) in files)
        {
            File.WriteAllText(Path.Combine(folder, name), text);
        }
    }
}
