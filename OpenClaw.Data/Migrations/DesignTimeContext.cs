using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace OpenClaw.Data.Migrations;

/// <summary>The context that <c>dotnet ef migrations add</c> compares with the snapshot. It connects to nothing.</summary>
internal sealed class DesignTimeContext : IDesignTimeDbContextFactory<OpenClawDbContext>
{
    public OpenClawDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<OpenClawDbContext>().UseOpenClaw("Host=127.0.0.1").Options);
}
