# Shows a JSON text to people. Without `fields` it is laid out, a line a value. With fields="a,b" each object that has
# all of them gives a line of their values, in columns.

function indent(depth) { return sprintf("%" 2 * depth "s", "") }

# A string as people write it; what would steer a terminal, and letters beyond ASCII, stay as JSON has them.
function plain(value,    code, escape, result) {
  if (value !~ /^"/) { return value }
  value = substr(value, 2, length(value) - 2)
  result = ""
  while (match(value, /\\(u[0-9a-fA-F][0-9a-fA-F][0-9a-fA-F][0-9a-fA-F]|.)/)) {
    escape = substr(value, RSTART, RLENGTH)
    result = result substr(value, 1, RSTART - 1)
    value = substr(value, RSTART + RLENGTH)
    if (escape ~ /^\\u00[2-7]/) {
      code = 16 * (index("234567", substr(escape, 5, 1)) + 1) + index("0123456789abcdef", tolower(substr(escape, 6, 1))) - 1
      result = result (code < 127 ? sprintf("%c", code) : escape)
    } else if (escape == "\\\"" || escape == "\\\\" || escape == "\\/") {
      result = result substr(escape, 2)
    } else {
      result = result (escape == "\\n" || escape == "\\t" ? " " : escape)
    }
  }
  return result value
}

# The length of the token that `rest` begins with. A string ends at a quote with an even number of backslashes before it.
function token_length(    first, at, slashes, from) {
  first = substr(rest, 1, 1)
  if (index("{}[],:", first)) { return 1 }
  if (first != "\"") {
    match(rest, /^[^][{},:" \t\r\n]+/)
    return RLENGTH > 0 ? RLENGTH : 1
  }
  from = 2
  while (1) {
    at = index(substr(rest, from), "\"")
    if (at == 0) { return length(rest) }
    at += from - 1
    slashes = 0
    while (substr(rest, at - 1 - slashes, 1) == "\\") { slashes++ }
    if (slashes % 2 == 0) { return at }
    from = at + 1
  }
}

function begin_value() {
  if (line_open) { return }
  if (depth > 0) { printf "%s\n%s", count[depth]++ ? "," : "", indent(depth) }
}

function keep_row(    i, row) {
  for (i = 1; i <= wanted; i++) {
    if (!((depth, names[i]) in member)) { return }
  }
  rows++
  for (i = 1; i <= wanted; i++) {
    cell[rows, i] = plain(member[depth, names[i]])
    if (length(cell[rows, i]) > width[i]) { width[i] = length(cell[rows, i]) }
  }
}

function open(token) {
  if (!wanted) { begin_value(); printf "%s", token }
  depth++
  kind[depth] = token
  count[depth] = 0
  line_open = 0
  key[depth] = ""
  split("", seen)
  for (i = 1; i <= wanted; i++) { delete member[depth, names[i]] }
}

function close_container(token) {
  if (wanted && token == "}") { keep_row() }
  depth--
  if (!wanted) { printf "%s%s", count[depth + 1] ? "\n" indent(depth) : "", token }
  line_open = 0
}

function scalar(token) {
  if (kind[depth] == "{" && key[depth] == "") {
    key[depth] = token
    if (!wanted) { begin_value(); printf "%s: ", token; line_open = 1 }
    return
  }
  if (kind[depth] == "{") { member[depth, substr(key[depth], 2, length(key[depth]) - 2)] = token }
  if (!wanted) { begin_value(); printf "%s", token; line_open = 0 }
}

BEGIN { wanted = split(fields, names, ",") }

{ rest = rest (NR > 1 ? "\n" : "") $0 }

END {
  while (1) {
    sub(/^[ \t\r\n]+/, "", rest)
    if (rest == "") { break }
    size = token_length()
    token = substr(rest, 1, size)
    rest = substr(rest, size + 1)
    if (token == "{" || token == "[") { open(token) }
    else if (token == "}" || token == "]") { close_container(token) }
    else if (token == ",") { key[depth] = "" }
    else if (token != ":") { scalar(token) }
  }
  if (!wanted) { printf "\n" }
  for (r = 1; r <= rows; r++) {
    for (i = 1; i < wanted; i++) { printf "%-" width[i] "s  ", cell[r, i] }
    print cell[r, wanted]
  }
}
