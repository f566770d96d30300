namespace OpenClaw.Jobs.Agents;

/// <summary>Small Latin letters with marks, and the plain ones that they are in a slug.</summary>
/// <remarks>A table, because the service runs without the data of cultures, and there no text is taken apart into letters and marks.</remarks>
internal static class LatinLetters
{
    private static readonly Dictionary<string, string> Marked = new()
    {
        ["a"] = "àáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ",
        ["b"] = "ḃḅḇ",
        ["c"] = "çćĉċčḉ",
        ["e"] = "èéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ",
        ["f"] = "ḟ",
        ["g"] = "ĝğġģǧǵḡ",
        ["j"] = "ĵǰ",
        ["k"] = "ķǩḱḳḵ",
        ["m"] = "ḿṁṃ",
        ["n"] = "ñńņňǹṅṇṉṋ",
        ["p"] = "ṕṗ",
        ["r"] = "ŕŗřȑȓṙṛṝṟ",
        ["s"] = "śŝşšșṡṣṥṧṩ",
        ["t"] = "ţťțṫṭṯṱẗ",
        ["u"] = "ùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự",
        ["v"] = "ṽṿ",
        ["w"] = "ŵẁẃẅẇẉẘ",
        ["x"] = "ẋẍ",
        ["y"] = "ýÿŷȳẏẙỳỵỷỹ",
        ["z"] = "źżžẑẓẕ",

        // Those that are no plain letter with a mark.
        ["ae"] = "æ",
        ["d"] = "ďḋḍḏḑḓđð",
        ["h"] = "ĥȟḣḥḧḩḫẖħ",
        ["i"] = "ìíîïĩīĭįǐȉȋḭḯỉịı",
        ["l"] = "ĺļľḷḹḻḽł",
        ["o"] = "òóôõöōŏőơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợø",
        ["oe"] = "œ",
        ["ss"] = "ß",
        ["th"] = "þ",
    };

    private static readonly Dictionary<char, string> Plain = Marked.SelectMany(row => row.Value.Select(letter => (letter, row.Key))).ToDictionary(row => row.letter, row => row.Key);

    /// <summary>Null for any other letter.</summary>
    public static string? Of(char letter) => Plain.GetValueOrDefault(letter);
}
