using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace OpenClaw.Jobs.Heartbeats;

/// <summary>Finds in an answer the lines that are about items of the checklist: by their number, or by the item's own words.</summary>
internal sealed partial class HeartbeatItems
{
    private readonly IReadOnlyList<string> _checklist;
    private readonly ChecklistResult?[] _results;

    private HeartbeatItems(IReadOnlyList<string> checklist) => (_checklist, _results) = (checklist, new ChecklistResult?[checklist.Count]);

    /// <summary>In the checklist's order; null where no line says how the item is.</summary>
    public IReadOnlyList<ChecklistResult?> Results => _results;

    /// <summary>The lines that are about none of them.</summary>
    public string Rest { get; private set; } = "";

    public static HeartbeatItems Read(string text, IReadOnlyList<string> checklist)
    {
        var items = new HeartbeatItems(checklist);
        items.Rest = string.Join('\n', text.Split('\n').Where(line => !items.Take(line))).Trim();
        return items;
    }

    // The first line about an item counts; what else is said about it is left over, and read with the rest.
    private bool Take(string line)
    {
        var reader = new LineReader(line);
        var number = reader.Number();
        var index = number is >= 1 && number <= _checklist.Count ? number.Value - 1 : number is null ? reader.IndexOf(_checklist) : -1;
        if (index < 0 || _results[index] is not null)
        {
            return false;
        }

        reader.Skip(_checklist[index]);
        _results[index] = reader.Status(_checklist[index]);
        return _results[index] is not null;
    }

    /// <summary>Goes through a line from one thing that is said to the next, over all that it is dressed in.</summary>
    private ref struct LineReader
    {
        private ReadOnlySpan<char> _left;
        private bool _isGood;
        private bool _isBad;

        public LineReader(ReadOnlySpan<char> line)
        {
            _left = line;
            SkipClothes();
        }

        /// <summary>The number at the beginning, with a mark behind it.</summary>
        public int? Number()
        {
            foreach (var number in LeadingNumber().EnumerateMatches(_left))
            {
                var digits = _left[..number.Length];
                digits = digits[..digits.IndexOfAnyExceptInRange('0', '9')];
                _left = _left[number.Length..];
                SkipClothes();
                return int.Parse(digits, CultureInfo.InvariantCulture);
            }

            return null;
        }

        /// <summary>Which item the line begins with; -1 for none. Of "mail" and "mail server" the longer one.</summary>
        public readonly int IndexOf(IReadOnlyList<string> checklist)
        {
            var (found, length) = (-1, 0);
            for (var index = 0; index < checklist.Count; index++)
            {
                var item = Bare(checklist[index]);
                if (item.Length > length && Begins(item))
                {
                    (found, length) = (index, item.Length);
                }
            }

            return found;
        }

        /// <summary>Goes on behind the item's own words, if they come next.</summary>
        public void Skip(string item)
        {
            var words = Bare(item);
            if (Begins(words))
            {
                _left = _left[words.Length..];
                SkipClothes();
            }
        }

        /// <summary>How the item is, by its word or a sign; null when neither says.</summary>
        public readonly ChecklistResult? Status(string item)
        {
            foreach (var word in StatusWord().EnumerateMatches(_left))
            {
                var note = Trim(_left[word.Length..]);
                var isOk = _left[0] is 'o' or 'O' && !_isBad && !note.EnumerateRunes().Any(HeartbeatWords.IsBad) && !QuietPhrases.Contrast().IsMatch(note);
                return new ChecklistResult(item, isOk ? ChecklistResult.Ok : ChecklistResult.Attention, note.Length == 0 ? null : note);
            }

            var rest = Trim(_left);
            return _isBad ? new ChecklistResult(item, ChecklistResult.Attention, rest.Length == 0 ? null : rest)
                : _isGood || HeartbeatWords.Read(rest).SaysNothing ? new ChecklistResult(item, ChecklistResult.Ok, rest.Length == 0 ? null : rest)
                : null;
        }

        private readonly bool Begins(ReadOnlySpan<char> item) =>
            _left.StartsWith(item, StringComparison.OrdinalIgnoreCase) && (_left.Length == item.Length || !char.IsLetterOrDigit(_left[item.Length]));

        // An item may be dressed up too.
        private static ReadOnlySpan<char> Bare(string item)
        {
            var begin = 0;
            while (begin < item.Length && !char.IsLetterOrDigit(item[begin]))
            {
                begin++;
            }

            return item.AsSpan(begin).TrimEnd();
        }

        private static string Trim(ReadOnlySpan<char> text) => text.Trim(" \t\r*_`~|:,;.–—-=\"“”").ToString();

        private void SkipClothes()
        {
            while (_left.Length > 0)
            {
                if (_left.StartsWith("[x]", StringComparison.OrdinalIgnoreCase))
                {
                    _isGood = true;
                    _left = _left[3..];
                    continue;
                }

                Rune.DecodeFromUtf16(_left, out var rune, out var length);
                if (Rune.IsLetterOrDigit(rune))
                {
                    return;
                }

                _isGood |= HeartbeatWords.IsGood(rune);
                _isBad |= HeartbeatWords.IsBad(rune);
                _left = _left[length..];
            }
        }
    }

    [GeneratedRegex(@"^\d{1,3}(?:[.):\uFE0F\u20E3]|\s+[-–:](?=\s))(?!\d)")]
    private static partial Regex LeadingNumber();

    [GeneratedRegex(@"^(?:ok(?:ay)?|attention)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex StatusWord();
}
