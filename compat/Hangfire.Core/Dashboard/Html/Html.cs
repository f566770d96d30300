namespace Hangfire.Dashboard;

/// <summary>
/// Markup that is safe to send. The only ways to make it are an interpolated string, whose literal parts are
/// markup and whose holes are encoded, and joining what already is <see cref="Html"/>.
/// </summary>
internal readonly struct Html
{
    private readonly string? _markup;

    private Html(string markup) => _markup = markup;

    public static Html Empty => default;

    public bool IsEmpty => string.IsNullOrEmpty(_markup);

    public static Html Of(ref HtmlInterpolation markup) => new(markup.ToStringAndClear());

    public static Html Join(IEnumerable<Html> parts) => new(string.Concat(parts.Select(part => part._markup)));

    public static Html Join<T>(IEnumerable<T> items, Func<T, Html> render) => Join(items.Select(render));

    public static Html When(bool condition, Func<Html> render) => condition ? render() : Empty;

    public override string ToString() => _markup ?? "";
}
