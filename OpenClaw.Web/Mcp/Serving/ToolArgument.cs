namespace OpenClaw.Web.Mcp.Serving;

/// <summary>An argument of a tool.</summary>
/// <param name="Name">As clients write it.</param>
/// <param name="Schema">Its JSON schema, without the description.</param>
/// <param name="Description">For the model that fills it in.</param>
/// <param name="IsRequired">The tool does nothing without it.</param>
internal sealed record ToolArgument(string Name, string Schema, string Description, bool IsRequired = false)
{
    private const string TextSchema = """{"type":"string"}""";
    private const string NumberSchema = """{"type":"integer"}""";
    private const string AmountSchema = """{"type":"number"}""";
    private const string TextsSchema = """{"type":"array","items":{"type":"string"}}""";
    private const string FlagSchema = """{"type":"boolean"}""";
    private const string ObjectSchema = """{"type":"object"}""";
    private const string IdSchema = """{"type":"string","format":"uuid"}""";

    public static readonly ToolArgument AgentName = Text("agent", "The agent's id or name; list_agents has them. Of a stopped agent the id.").Needed();

    public static readonly ToolArgument Full = Flag("full", "true: the whole answer, up to 1 MiB. Otherwise it is cut to 8 KiB, and says how to get the rest.");

    public static readonly ToolArgument Limit = Number("limit", "1 to 500; default 50.");

    public static readonly ToolArgument Cursor = Id("cursor", "The cursor that the page before named.");

    public static readonly ToolArgument WorkflowId = Id("workflow", "The workflow's uuid.").Needed();

    public static readonly ToolArgument IdempotencyKey = Text("idempotency_key", "A text of your own. A repetition with the same key and arguments is done once and answered alike.");

    public static readonly ToolArgument Confirm = Flag("confirm", "true: a person has said that this is meant. It counts where the client cannot ask the person itself.");

    public static ToolArgument Text(string name, string description) => new(name, TextSchema, description);

    public static ToolArgument Number(string name, string description) => new(name, NumberSchema, description);

    public static ToolArgument Amount(string name, string description) => new(name, AmountSchema, description);

    public static ToolArgument Texts(string name, string description) => new(name, TextsSchema, description);

    public static ToolArgument Flag(string name, string description) => new(name, FlagSchema, description);

    public static ToolArgument Id(string name, string description) => new(name, IdSchema, description);

    public static ToolArgument Object(string name, string description, string schema = ObjectSchema) => new(name, schema, description);

    /// <summary>Null says something else than leaving it out.</summary>
    public ToolArgument OrNull() => this with { Schema = $$"""{"anyOf":[{{Schema}},{"type":"null"}]}""" };

    public ToolArgument Needed() => this with { IsRequired = true };
}
