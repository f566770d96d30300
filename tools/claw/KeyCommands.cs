using System.CommandLine;

namespace OpenClaw.Claw;

/// <summary>Keys of programs.</summary>
internal static class KeyCommands
{
    private static readonly Argument<string> Name = new("name") { Description = "For people." };
    private static readonly Argument<string> Key = new("key") { Description = "Its id; claw keys list has them." };
    private static readonly Option<string[]> Scopes = new("--scope") { Description = "read, write, admin, hooks, runtime or metrics; more than once for more.", Required = true };
    private static readonly Option<string> ExpiresIn = new("--expires-in") { Description = "Such as 30d; left out, never." };

    public static ServiceCommand Make() => new("keys", "Keys of programs.", Act: null)
    {
        Parts =
        [
            new ServiceCommand("list", "List keys.", async context =>
                context.Table(await context.Service.GetAsync("keys", context.Cancelled), "keys", "id", "name", "scopes", "created_at", "expires_at", "revoked_at", "last_used_at")) { Example = "claw keys list" },
            new ServiceCommand("create", "Make a key; it is shown this once.", async context =>
            {
                var made = await context.Service.PostAsync("keys", new { name = context.Get(Name), scopes = context.Get(Scopes), expires_in = context.Get(ExpiresIn) }, context.Cancelled);
                return context.Say(made, made.Text("key")!);
            }) { Example = "claw keys create ci --scope read --expires-in 30d", Arguments = [Name], Options = [Scopes, ExpiresIn] },
            new ServiceCommand("rotate", "Give a key another secret; the one so far stays good for a day.", async context =>
            {
                var made = await context.Service.PostAsync($"keys/{Uri.EscapeDataString(context.Get(Key))}/rotate", body: null, context.Cancelled);
                return context.Say(made, made.Text("key")!);
            }) { Example = "claw keys rotate 3c9f01", Arguments = [Key] },
            new ServiceCommand("revoke", "End a key everywhere.", async context =>
            {
                var ended = await context.Service.DeleteAsync($"keys/{Uri.EscapeDataString(context.Get(Key))}", context.Cancelled);
                return context.Say(ended, $"The key {ended.Text("name")} is revoked.");
            }) { Example = "claw keys revoke 3c9f01", Arguments = [Key] },
        ],
    };
}
