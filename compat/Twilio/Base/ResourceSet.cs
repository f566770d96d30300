using System.Collections;

namespace Twilio.Base;

/// <summary>The first page; who needs more than a page asks for a larger one.</summary>
public class ResourceSet<T> : IEnumerable<T>
{
    private readonly IReadOnlyList<T> _records;

    internal ResourceSet(IReadOnlyList<T> records) => _records = records;

    public IEnumerator<T> GetEnumerator() => _records.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
