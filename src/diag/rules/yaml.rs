//! Rules about YAML itself: what cannot be read, and what reads as something else than it looks like.
super::rules! {
    /// ## What it does
    /// Reports a key that stands in one mapping twice.
    ///
    /// ## Why it matters
    /// YAML forbids it. Most readers keep one of the values without a word, not all the same one.
    ///
    /// ## Example
    /// ```yaml
    /// severity: Medium
    /// name: Stack deleted
    /// severity: High
    /// ```
    ///
    /// ## Fix
    /// Keep one of them. Until then the first one counts, so that other findings are about what it says.
    DUPLICATE_KEY = 1001 "duplicate-key" Error, source: "documented: YAML 1.2.2, chapter 3.2.1.1 (the keys of a mapping are unique)";

    /// ## What it does
    /// Reports text that is not YAML, in a way that no more specific rule covers.
    ///
    /// ## Why it matters
    /// What comes after it cannot be read, so that other findings further down wait for this one.
    ///
    /// ## Example
    /// ```yaml
    /// name: 'It's time'
    /// ```
    ///
    /// ## Fix
    /// The finding says what is wrong at this place. When in doubt, quote the text: `"It's time"`.
    SYNTAX = 1002 "yaml-syntax" Error, source: "documented: YAML 1.2.2, chapters 5 to 9";

    /// ## What it does
    /// Reports `{{input}}` without quotes.
    ///
    /// ## Why it matters
    /// Braces begin a mapping in YAML: `{{orgName}}` is a mapping whose key is a mapping, and text behind it is an error.
    ///
    /// ## Example
    /// ```yaml
    /// apiEndpoint: {{apiUrl}}/api/orgs
    /// ```
    ///
    /// ## Fix
    /// ```yaml
    /// apiEndpoint: "{{apiUrl}}/api/orgs"
    /// ```
    UNQUOTED_PLACEHOLDER = 1003 "unquoted-placeholder" Error, source: "documented: YAML 1.2.2, chapter 7.4.2 (flow mappings)";

    /// ## What it does
    /// Reports a JSONPath with brackets that stands in a list or mapping in brackets without quotes.
    ///
    /// ## Why it matters
    /// Inside of `[…]` and `{…}` each bracket belongs to YAML: `[$.a[*]]` is a list, a list in it, and an alias without a name.
    ///
    /// ## Example
    /// ```yaml
    /// eventsJsonPaths: [$.items[*]]
    /// ```
    ///
    /// ## Fix
    /// ```yaml
    /// eventsJsonPaths: ["$.items[*]"]
    /// ```
    UNQUOTED_BRACKETS = 1004 "unquoted-brackets" Error, source: "documented: YAML 1.2.2, chapter 7.3.3 (plain scalars inside of flow collections)";

    /// ## What it does
    /// Reports text that begins with, or holds, characters that YAML takes for its own.
    ///
    /// ## Why it matters
    /// `@`, `` ` `` and `%` may not begin a text; `*`, `!`, `|`, `>`, `[` and `{` begin something else; a colon and a blank make
    /// a key of what stands before.
    ///
    /// ## Example
    /// ```yaml
    /// description: Note: needs an administrator
    /// ```
    ///
    /// ## Fix
    /// ```yaml
    /// description: "Note: needs an administrator"
    /// ```
    UNQUOTED_TEXT = 1005 "unquoted-text" Error, source: "documented: YAML 1.2.2, chapters 5.3 (indicators) and 7.3.3 (plain style)";

    /// ## What it does
    /// Reports a tab where YAML counts blanks.
    ///
    /// ## Why it matters
    /// Indentation says what belongs to what, and a tab has no width. YAML forbids it there.
    ///
    /// ## Example
    /// ```sh
    /// printf 'version: 1\nsolution:\n\tname: Contoso\n' > sentinel.yaml
    /// sentinel-gen check sentinel.yaml
    /// ```
    ///
    /// ## Fix
    /// Indent with blanks, two for each level. Inside of a text block, behind its indentation, tabs are allowed.
    TAB = 1006 "tab-indentation" Error, source: "documented: YAML 1.2.2, chapter 6.1 (indentation spaces)";

    /// ## What it does
    /// Reports a line whose indentation fits nothing above it.
    ///
    /// ## Why it matters
    /// What the line belongs to would be a guess.
    ///
    /// ## Example
    /// ```yaml
    /// auth:
    ///     type: APIKey
    ///   apiKeyName: Authorization
    /// ```
    ///
    /// ## Fix
    /// Give keys of one mapping and items of one list the same number of blanks.
    INDENTATION = 1007 "indentation" Error, source: "documented: YAML 1.2.2, chapter 8 (block styles)";

    /// ## What it does
    /// Reports a bracket or a quote that is opened and never closed.
    ///
    /// ## Why it matters
    /// Everything behind it is taken for a part of it.
    ///
    /// ## Example
    /// ```yaml
    /// tactics: [Impact, Persistence
    /// query: …
    /// ```
    ///
    /// ## Fix
    /// Close it where the list, the mapping or the text ends.
    UNCLOSED = 1008 "unclosed" Error, source: "documented: YAML 1.2.2, chapters 7.3 and 7.4 (flow styles)";

    /// ## What it does
    /// Reports an alias (`*name`) whose anchor (`&name`) does not stand above it.
    ///
    /// ## Why it matters
    /// An alias stands for a value that is already there. Often none is meant: text that begins with `*` needs quotes.
    ///
    /// ## Example
    /// ```yaml
    /// domain: *.example.com
    /// ```
    ///
    /// ## Fix
    /// ```yaml
    /// domain: "*.example.com"
    /// ```
    UNKNOWN_ALIAS = 1009 "unknown-alias" Error, source: "documented: YAML 1.2.2, chapter 7.1 (alias nodes)";

    /// ## What it does
    /// Reports an alias inside of the value that it stands for.
    ///
    /// ## Why it matters
    /// Written out, the value would have no end.
    ///
    /// ## Example
    /// ```yaml
    /// request: &request
    ///   headers: *request
    /// ```
    ///
    /// ## Fix
    /// Write the inner value out.
    RECURSIVE_ALIAS = 1010 "recursive-alias" Error, source: "documented: YAML 1.2.2, chapter 3.2.1 (the graph may have cycles; a spec is a tree)";

    /// ## What it does
    /// Reports a YAML tag such as `!secret` or `!!int`.
    ///
    /// ## Why it matters
    /// Tags mean what a program says they mean. Here no value needs one: its place says what it is.
    ///
    /// ## Example
    /// ```yaml
    /// apiKey: !secret accessToken
    /// ```
    ///
    /// ## Fix
    /// Remove the tag; quote the text if it begins with `!`.
    TAG = 1011 "tag" Error, source: "documented: YAML 1.2.2, chapter 6.8 (node properties); sentinel-gen supports none";

    /// ## What it does
    /// Reports a key that is a list, a mapping or nothing at all.
    ///
    /// ## Why it matters
    /// Every key of a spec is a name. Such a key is nearly always text that lacks its quotes.
    ///
    /// ## Example
    /// ```yaml
    /// [Impact, Persistence]: high
    /// ```
    ///
    /// ## Fix
    /// Write a name before the colon.
    COMPLEX_KEY = 1012 "complex-key" Error, source: "documented: YAML 1.2.2, chapter 8.2.2 allows such keys; JSON, which everything here becomes, does not";

    /// ## What it does
    /// Reports the merge key `<<`.
    ///
    /// ## Why it matters
    /// It was an extension of YAML 1.1 and is not part of YAML 1.2; readers disagree on which value wins.
    ///
    /// ## Example
    /// ```yaml
    /// auth: { <<: *defaults, apiKeyName: Authorization }
    /// ```
    ///
    /// ## Fix
    /// Write the keys out. A whole value can be repeated by an anchor (`&name`) and an alias (`*name`); what several pollers
    /// share stands above them in the connector.
    MERGE_KEY = 1013 "merge-key" Error, source: "documented: the merge key is a draft for YAML 1.1 (yaml.org/type/merge.html), absent from YAML 1.2.2";

    /// ## What it does
    /// Reports control characters, NUL among them, byte order marks inside of the text, and carriage returns without a line feed.
    ///
    /// ## Why it matters
    /// YAML forbids most of them. They come from a broken copy, cannot be seen, and would go into texts and queries.
    ///
    /// ## Example
    /// ```sh
    /// printf 'version: 1\nsolution: { name: Con\000toso }\n' > sentinel.yaml   # a NUL byte
    /// sentinel-gen check sentinel.yaml
    /// ```
    ///
    /// ## Fix
    /// Remove them. Where a text needs one, write it as an escape in double quotes: `"\u001B"`.
    CONTROL_CHARACTER = 1014 "control-character" Error, source: "documented: YAML 1.2.2, chapter 5.1 (character set)";

    /// ## What it does
    /// Reports characters that turn the direction of writing, as right-to-left overrides do.
    ///
    /// ## Why it matters
    /// They are invisible and make a line show in another order than it runs: a reviewer reads a query that is not the one
    /// that is deployed.
    ///
    /// ## Example
    /// ```sh
    /// printf 'query: T_CL // \342\200\256 note\n' > sentinel.yaml   # U+202E in a comment of the query
    /// sentinel-gen check sentinel.yaml
    /// ```
    ///
    /// ## Fix
    /// Remove them, or write them as escapes in double quotes: `"\u202E"`.
    HIDDEN_DIRECTION = 1015 "hidden-direction" Warning, source: "documented: Unicode Technical Report 36, chapter 3.8 (bidirectional text spoofing); CVE-2021-42574";

    /// ## What it does
    /// Reports a spec without any content.
    ///
    /// ## Why it matters
    /// There is nothing to build from. Often the file was not saved, or everything in it is a comment.
    ///
    /// ## Example
    /// ```yaml
    /// # version: 1
    /// ```
    ///
    /// ## Fix
    /// Begin with `version: 1` and `solution:`.
    EMPTY = 1016 "empty-file" Error, source: "documented: the shape of a spec (README, the spec in one walk)";

    /// ## What it does
    /// Reports a second YAML document in the file.
    ///
    /// ## Why it matters
    /// A file is one solution. A line `---` in the middle would hide all that follows.
    ///
    /// ## Example
    /// ```yaml
    /// version: 1
    /// ---
    /// solution: …
    /// ```
    ///
    /// ## Fix
    /// Remove the line, or make two files in two folders. Before the first key one such line is allowed.
    SEVERAL_DOCUMENTS = 1017 "several-documents" Error, source: "documented: YAML 1.2.2, chapter 9.2 (streams); a spec is one document";

    /// ## What it does
    /// Reports a file that holds more than 200,000 values or 16 MiB of text, each alias counted with all it stands for, each
    /// anchored value once more.
    ///
    /// ## Why it matters
    /// Aliases of aliases grow by multiplication: a few lines can stand for more than a machine can hold.
    ///
    /// ## Example
    /// ```yaml
    /// a: &a [x, x, x, x, x, x, x, x, x, x]
    /// b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
    /// c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]   # and so on
    /// ```
    ///
    /// ## Fix
    /// Use fewer aliases of large values, or make two solutions of one.
    TOO_MUCH = 1018 "too-much-content" Error, source: "assumed: more than twenty times the largest package found among published solutions (observed: 8,089 values, 374 KB)";

    /// ## What it does
    /// Reports lists and mappings that stand more than 64 deep in each other.
    ///
    /// ## Why it matters
    /// No spec is that deep. Such a file is broken or means harm, and reading on would cost memory without bound.
    ///
    /// ## Example
    /// ```yaml
    /// tactics: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[Impact]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
    /// ```
    ///
    /// ## Fix
    /// Close brackets where they end.
    TOO_DEEP = 1019 "too-deep" Error, source: "assumed: twice the depth of the deepest package found among published solutions (observed: 31 levels)";
}
